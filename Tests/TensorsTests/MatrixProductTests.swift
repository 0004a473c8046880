import Tensors
import Testing

@Suite struct MatrixProductTests {
  static let shapes = [(1, 1, 1), (1, 7, 3), (3, 1, 5), (5, 4, 1), (17, 33, 9), (64, 48, 80), (2, 130, 257)]

  @Test(arguments: MatrixBackendKind.allCases)
  func everyTranspositionMatchesTheNaiveProduct(kind: MatrixBackendKind) {
    let backend = Engine(kind).backend
    for (m, n, k) in Self.shapes {
      for transposeA in [false, true] {
        for transposeB in [false, true] {
          let a = randomTensor(transposeA ? [k, m] : [m, k], seed: 1)
          let b = randomTensor(transposeB ? [n, k] : [k, n], seed: 2)
          let expected = naiveProduct(a, transposeA: transposeA, b, transposeB: transposeB)
          let c = Tensor(uninitialized: [m, n])
          c.fill(.nan)
          backend.multiply(a, transposeA: transposeA, b, transposeB: transposeB, into: c, accumulate: false)
          #expect(largestDifference(c.values, expected) < 1e-4, "\(m) \(n) \(k) \(transposeA) \(transposeB)")
          backend.multiply(a, transposeA: transposeA, b, transposeB: transposeB, into: c, accumulate: true)
          #expect(largestDifference(c.values, expected.map { 2 * $0 }) < 2e-4, "accumulated \(m) \(n) \(k)")
        }
      }
    }
  }

  @Test(arguments: MatrixBackendKind.allCases)
  func packedOperandsMatchForAnyNumberOfRows(kind: MatrixBackendKind) {
    let backend = Engine(kind).backend
    for (_, n, k) in Self.shapes {
      for transposed in [false, true] {
        let b = randomTensor(transposed ? [n, k] : [k, n], seed: 3)
        let packed = backend.pack(b, transposed: transposed, rows: 8, as: .float32)
        #expect(packed.innerCount == k)
        #expect(packed.columnCount == n)
        for m in [1, 5, 8, 33] {
          let a = randomTensor([m, k], seed: 4)
          let expected = naiveProduct(a, transposeA: false, b, transposeB: transposed)
          let c = Tensor(uninitialized: [m, n])
          backend.multiply(a, packed, into: c, accumulate: false)
          #expect(largestDifference(c.values, expected) < 1e-4, "\(m) \(n) \(k) \(transposed)")
          backend.multiply(a, packed, into: c, accumulate: true)
          #expect(largestDifference(c.values, expected.map { 2 * $0 }) < 2e-4)
        }
      }
    }
  }

  @Test(arguments: MatrixBackendKind.allCases)
  func rowsOfALargerTensorAreOperandsToo(kind: MatrixBackendKind) {
    let backend = Engine(kind).backend
    let all = randomTensor([10, 6], seed: 5)
    let b = randomTensor([4, 6], seed: 6)
    let result = Tensor(zeros: [12, 4])
    backend.multiply(
      all.rows(3, count: 5), transposeA: false, b, transposeB: true, into: result.rows(2, count: 5), accumulate: false)
    let expected = naiveProduct(all.rows(3, count: 5), transposeA: false, b, transposeB: true)
    #expect(largestDifference(result.rows(2, count: 5).values, expected) < 1e-5)
    #expect(result.rows(0, count: 2).values.allSatisfy { $0 == 0 })
    #expect(result.rows(7, count: 5).values.allSatisfy { $0 == 0 })
  }

  @Test func backendsNameThemselves() {
    #expect(Engine(.oneDNN).backend.name.hasPrefix("oneDNN "))
    #expect(Engine(.blas).backend.name.contains("kernels"))
  }
}
