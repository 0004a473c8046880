import Tensors
import Testing

@Suite struct ArithmeticTests {
  static let shapes = [[1, 1], [3, 5], [2, 4, 16], [5, 33], [3, 37], [2, 300]]

  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var operation: @Sendable (Variable, Variable, Tape) -> Variable
    var twin: @Sendable (Float, Float) -> Float
  }

  static let cases = [
    Case(testDescription: "add", operation: { add($0, $1, on: $2) }, twin: { $0 + $1 }),
    Case(testDescription: "subtract", operation: { subtract($0, $1, on: $2) }, twin: { $0 - $1 }),
    Case(testDescription: "multiply", operation: { multiply($0, $1, on: $2) }, twin: { $0 * $1 }),
  ]

  @Test(arguments: cases)
  func matchesItsTwinAndGradient(_ example: Case) {
    for shape in Self.shapes {
      for isRow in [false, true] {
        let a = Variable(randomTensor(shape, seed: 1))
        let b = Variable(randomTensor(isRow ? [shape[shape.count - 1]] : shape, seed: 2))
        let y = example.operation(a, b, Tape(Engine(), recording: false)).value
        #expect(y.shape == shape)
        let (left, right) = (a.value.values, b.value.values)
        #expect(y.values == left.indices.map { example.twin(left[$0], right[$0 % right.count]) })
        checkGradients(of: [a, b], "\(example) \(shape) \(isRow)") { example.operation(a, b, $0) }
      }
    }
  }

  @Test(arguments: cases)
  func bothSidesMayBeTheSame(_ example: Case) {
    let x = Variable(randomTensor([3, 37], seed: 3))
    let tape = Tape(Engine(), recording: true)
    tape.backward(from: sum(example.operation(x, x, tape), on: tape))
    let expected: (Float) -> Float = example.testDescription == "multiply" ? { 2 * $0 } : { _ in 0 }
    let constant: Float = example.testDescription == "add" ? 2 : 0
    #expect(largestDifference(x.gradient?.values ?? [], x.value.values.map { expected($0) + constant }) < 1e-6)
  }

  @Test func scaling() {
    for shape in Self.shapes {
      let x = Variable(randomTensor(shape, seed: 4))
      let y = scale(x, by: -2.5, on: Tape(Engine(), recording: false))
      #expect(y.value.values == x.value.values.map { -2.5 * $0 })
      checkGradients(of: [x], "scale \(shape)") { scale(x, by: -2.5, on: $0) }
    }
  }

  @Test func aGradientHandedOnIsNotShared() {
    // Both inputs of the sum go on accumulating after the sum gave them its gradient.
    let (a, b) = (Variable(randomTensor([2, 9], seed: 5)), Variable(randomTensor([2, 9], seed: 6)))
    checkGradients(of: [a, b], "shared") { tape in
      let sum = add(a, b, on: tape)
      return add(multiply(sum, a, on: tape), add(sum, b, on: tape), on: tape)
    }
  }

  @Test func unlikeShapesAreRefused() async {
    await #expect(processExitsWith: .failure) {
      _ = add(Variable(Tensor(zeros: [2, 3])), Variable(Tensor(zeros: [2])), on: Tape(Engine(), recording: false))
    }
  }
}
