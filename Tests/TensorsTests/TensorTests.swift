import Tensors
import Testing

@Suite struct TensorTests {
  @Test func shapesCountAndRows() {
    let tensor = Tensor([1, 2, 3, 4, 5, 6], shape: [3, 2])
    #expect(tensor.count == 6 && tensor.rowCount == 3 && tensor.columns == 2)
    #expect(tensor.rows(1, count: 2).values == [3, 4, 5, 6])
    #expect(tensor.reshaped([6]).values == tensor.values)
    #expect(Tensor(zeros: []).values == [0])
    #expect(Tensor(zeros: [0, 4]).rowCount == 0)
  }

  @Test func viewsShareStorageAndCopiesDoNot() {
    let tensor = Tensor([1, 2, 3, 4], shape: [2, 2])
    let copy = tensor.copied()
    tensor.rows(1, count: 1).fill(9)
    #expect(tensor.values == [1, 2, 9, 9])
    #expect(copy.values == [1, 2, 3, 4])
  }

  @Test func generatorIsReproducibleAndContinues() {
    var first = SeededGenerator(seed: 7)
    let values = (0..<4).map { _ in first.next() }
    var second = SeededGenerator(seed: 7)
    #expect((0..<2).map { _ in second.next() } == Array(values[..<2]))
    var resumed = SeededGenerator(seed: 0)
    resumed.state = second.state
    #expect((0..<2).map { _ in resumed.next() } == Array(values[2...]))
    #expect(Set(values).count == 4)
  }

  @Test func normalValuesHaveTheirMoments() {
    var generator = SeededGenerator(seed: 3)
    let tensor = Tensor(uninitialized: [40_000])
    tensor.fillNormal(standardDeviation: 2, using: &generator)
    let mean = tensor.values.reduce(0) { $0 + Double($1) } / 40_000
    let variance = tensor.values.reduce(0) { $0 + Double($1) * Double($1) } / 40_000
    #expect(abs(mean) < 0.05)
    #expect(abs(variance - 4) < 0.15)
  }
}
