import Tensors
import Testing

/// Products in panels beyond every block: of rows, of columns, of the summed dimension.
@Suite struct PanelBackendTests {
  static let shapes = [
    (97, 33, 257), (200, 47, 300), (13, 100, 600), (6, 16, 256), (12, 32, 512), (1, 9, 513), (250, 5, 3),
  ]

  @Test func shapesBeyondEveryBlock() {
    let backend = PanelBackend()
    for (m, n, k) in Self.shapes {
      for transposeA in [false, true] {
        let a = randomTensor(transposeA ? [k, m] : [m, k], seed: 1)
        let b = randomTensor([k, n], seed: 2)
        let expected = naiveProduct(a, transposeA: transposeA, b, transposeB: false)
        let c = Tensor(uninitialized: [m, n])
        c.fill(.nan)
        backend.multiply(a, transposeA: transposeA, b, transposeB: false, into: c, accumulate: false)
        #expect(largestDifference(c.values, expected) < 1e-4, "\(m) \(n) \(k) \(transposeA)")
        backend.multiply(a, transposeA: transposeA, b, transposeB: false, into: c, accumulate: true)
        #expect(largestDifference(c.values, expected.map { 2 * $0 }) < 2e-4, "accumulated \(m) \(n) \(k) \(transposeA)")
      }
    }
  }

  @Test(arguments: [ElementType.float32, .bfloat16, .float16], [ElementType.float32, .bfloat16, .float16])
  func operandsOfTypesOfTheirOwn(left: ElementType, right: ElementType) {
    let backend = PanelBackend()
    for (m, n, k) in Self.shapes {
      for transposed in [false, true] {
        let a = randomTensor(transposed ? [k, m] : [m, k], seed: 1).converted(to: left)
        let b = randomTensor(transposed ? [n, k] : [k, n], seed: 2)
        let rounded = b.converted(to: right)
        let expected = naiveProduct(
          a.converted(to: .float32), transposeA: transposed, rounded.converted(to: .float32), transposeB: transposed)
        let c = Tensor(uninitialized: [m, n])
        backend.multiply(a, transposeA: transposed, rounded, transposeB: transposed, into: c, accumulate: false)
        #expect(largestDifference(c.values, expected) < 1e-4, "\(m) \(n) \(k)")
        guard !transposed else { continue }
        let packed = backend.pack(b, transposed: false, rows: m, as: right)
        let again = Tensor(uninitialized: [m, n])
        backend.multiply(a, packed, into: again, accumulate: false)
        #expect(again.values == c.values, "packed \(m) \(n) \(k)")
      }
    }
  }

  @Test func aRowDoesNotDependOnTheOthers() {
    let backend = PanelBackend()
    let a = randomTensor([131, 700], seed: 3)
    let packed = backend.pack(randomTensor([50, 700], seed: 4), transposed: true, rows: 131, as: .float32)
    let all = Tensor(uninitialized: [131, 50])
    backend.multiply(a, packed, into: all, accumulate: false)
    for (first, count) in [(0, 1), (7, 2), (90, 13), (100, 31)] {
      let some = Tensor(uninitialized: [count, 50])
      backend.multiply(a.rows(first, count: count), packed, into: some, accumulate: false)
      #expect(some.values == all.rows(first, count: count).values, "rows \(first)...")
    }
  }

  @Test func infinitiesAndNaNStayInTheirRow() {
    let backend = PanelBackend()
    let a = randomTensor([20, 30], seed: 5)
    a.rows(3, count: 1).fill(.infinity)
    a.rows(11, count: 1).fill(.nan)
    let c = Tensor(uninitialized: [20, 17])
    backend.multiply(
      a, transposeA: false, randomTensor([30, 17], seed: 6), transposeB: false, into: c, accumulate: false)
    for row in 0..<20 {
      #expect(c.rows(row, count: 1).values.allSatisfy { $0.isFinite } == (row != 3 && row != 11), "row \(row)")
    }
  }
}
