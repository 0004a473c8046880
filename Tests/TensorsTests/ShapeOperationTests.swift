import Tensors
import Testing

/// Parts, joins and transpositions.
@Suite struct ShapeOperationTests {
  static func tape() -> Tape { Tape(Engine(), recording: false) }

  @Test func rowsAndColumns() {
    for (rows, columns) in [(1, 1), (5, 7), (3, 37), (9, 130)] {
      let x = Variable(randomTensor([rows, columns], seed: 1))
      let (some, others) = (rows / 3..<rows, columns / 3..<(columns + 1) / 2 + columns / 4)
      let values = x.value.values
      let expected = some.flatMap { Array(values[$0 * columns..<($0 + 1) * columns]) }
      #expect(sliceRows(x, some, on: Self.tape()).value.values == expected)
      let narrow = sliceColumns(x, others, on: Self.tape()).value
      #expect(narrow.shape == [rows, others.count])
      #expect(narrow.values == (0..<rows).flatMap { row in others.map { values[row * columns + $0] } })
      checkGradients(of: [x], "rows \(rows)x\(columns)") { sliceRows(x, some, on: $0) }
      checkGradients(of: [x], "columns \(rows)x\(columns)") { sliceColumns(x, others, on: $0) }
      checkGradients(of: [x], "overlapping") {
        add(sliceColumns(x, 0..<1, on: $0), sliceColumns(x, 0..<1, on: $0), on: $0)
      }
    }
  }

  @Test func slicesHaveAStorageOfTheirOwn() {
    let x = Variable(randomTensor([3, 4], seed: 1))
    let before = x.value.values
    sliceRows(x, 1..<3, on: Self.tape()).update { $0.fill(7) }
    #expect(x.value.values == before)
  }

  @Test func joiningUndoesCutting() {
    let x = Variable(randomTensor([5, 37], seed: 2))
    let tape = Self.tape()
    let rows = [0..<2, 2..<2, 2..<5].map { sliceRows(x, $0, on: tape) }
    #expect(concatenateRows(rows, on: tape).value.values == x.value.values)
    let columns = [0..<20, 20..<21, 21..<37].map { sliceColumns(x, $0, on: tape) }
    #expect(concatenateColumns(columns, on: tape).value.values == x.value.values)
    let other = Variable(randomTensor([2, 37], seed: 3))
    checkGradients(of: [x, other], "rows") { concatenateRows([x, other, x], on: $0) }
    let beside = Variable(randomTensor([5, 3], seed: 4))
    checkGradients(of: [x, beside], "columns") { concatenateColumns([beside, x, beside], on: $0) }
  }

  @Test func everyOrderOfDimensions() {
    func orders(_ rest: [Int]) -> [[Int]] {
      rest.isEmpty ? [[]] : rest.flatMap { first in orders(rest.filter { $0 != first }).map { [first] + $0 } }
    }
    for shape in [[6], [5, 37], [2, 3, 19], [2, 3, 4, 5]] {
      let x = Variable(randomTensor(shape, seed: 5))
      for order in orders(Array(shape.indices)) {
        let y = permute(x, order: order, on: Self.tape()).value
        #expect(y.shape == order.map { shape[$0] })
        var expected: [Float] = []
        let values = x.value.values
        for flat in 0..<values.count {
          var (rest, place) = (flat, [Int](repeating: 0, count: shape.count))
          for d in order.indices.reversed() {
            place[order[d]] = rest % shape[order[d]]
            rest /= shape[order[d]]
          }
          expected.append(values[shape.indices.reduce(0) { $0 * shape[$1] + place[$1] }])
        }
        #expect(y.values == expected, "\(shape) as \(order)")
        checkGradients(of: [x], "\(shape) as \(order)") { permute(x, order: order, on: $0) }
      }
    }
  }

  @Test func batchedProducts() {
    for (m, n, k) in [(1, 1, 1), (3, 5, 2), (4, 17, 37)] {
      for leading in [[], [3], [2, 2]] {
        for (transposeA, transposeB) in [(false, false), (true, false), (false, true), (true, true)] {
          let a = Variable(randomTensor(leading + (transposeA ? [k, m] : [m, k]), seed: 6))
          let b = Variable(randomTensor(leading + (transposeB ? [n, k] : [k, n]), seed: 7))
          func product(_ tape: Tape) -> Variable {
            batchedProduct(a, transposeA: transposeA, b, transposeB: transposeB, on: tape)
          }
          let y = product(Self.tape()).value
          #expect(y.shape == leading + [m, n])
          let (rowsA, rowsB) = (transposeA ? k : m, transposeB ? n : k)
          let expected = (0..<leading.reduce(1, *)).flatMap {
            naiveProduct(
              a.value.rows($0 * rowsA, count: rowsA), transposeA: transposeA, b.value.rows($0 * rowsB, count: rowsB),
              transposeB: transposeB)
          }
          #expect(largestDifference(y.values, expected) < 1e-5)
          checkGradients(of: [a, b], "\(m) \(n) \(k) \(leading) \(transposeA) \(transposeB)", product)
        }
      }
    }
  }

  @Test func whatDoesNotFitIsRefused() async {
    await #expect(processExitsWith: .failure) {
      _ = sliceRows(Variable(Tensor(zeros: [2, 3])), 1..<3, on: Tape(Engine(), recording: false))
    }
    await #expect(processExitsWith: .failure) {
      _ = permute(Variable(Tensor(zeros: [2, 3])), order: [0, 0], on: Tape(Engine(), recording: false))
    }
    await #expect(processExitsWith: .failure) {
      let (a, b) = (Variable(Tensor(zeros: [2, 3, 4])), Variable(Tensor(zeros: [3, 4, 2])))
      _ = batchedProduct(a, b, on: Tape(Engine(), recording: false))
    }
  }
}
