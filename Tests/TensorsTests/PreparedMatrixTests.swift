import Tensors
import Testing

/// Products with prepared weights in every precision, against the naive product of the rounded numbers.
@Suite struct PreparedMatrixTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var precision: Precision
    var backend: MatrixBackendKind
    var testDescription: String { "\(precision) with \(backend)" }
  }

  static let cases = Precision.allCases.flatMap { precision in
    MatrixBackendKind.allCases.map { Case(precision: precision, backend: $0) }
  }

  /// What the product should be to rounding of the operands; the tolerance is for float32 sums.
  static func rounded(_ matrix: Tensor, _ precision: Precision) -> Tensor {
    switch precision {
    case .float32: matrix
    case .bfloat16: matrix.converted(to: .bfloat16).converted(to: .float32)
    case .float16: matrix.converted(to: .float16).converted(to: .float32)
    case .int8:
      Tensor(
        (0..<matrix.rowCount).flatMap { row -> [Float] in
          let values = matrix.rows(row, count: 1).values
          let scale = (values.map { abs($0) }.max() ?? 0) / 127
          return values.map { scale == 0 ? 0 : ($0 / scale).rounded() * scale }
        }, shape: matrix.shape)
    }
  }

  @Test(arguments: cases)
  func everyShape(_ example: Case) {
    let engine = Engine(example.backend, precision: example.precision)
    for (n, k) in [(1, 1), (7, 3), (33, 17), (80, 300), (700, 400), (64, 5000)] {
      for transposed in [false, true] {
        let b = randomTensor(transposed ? [n, k] : [k, n], seed: 3)
        for rows in [1, 5] {
          let prepared = engine.prepare(b, transposed: transposed, rows: rows)
          let isRounded = example.precision == .bfloat16 && !(rows == 1 && transposed)
          let a = randomTensor([rows, k], seed: 4).converted(to: isRounded ? .bfloat16 : .float32)
          let expected = naiveProduct(a, transposeA: false, Self.rounded(b, example.precision), transposeB: transposed)
          let c = Tensor(uninitialized: [rows, n])
          c.fill(.nan)
          prepared.multiply(a, into: c, accumulate: false)
          let tolerance = (example.precision == .int8 ? 2e-5 : 4e-6) * Float(k).squareRoot() + 1e-6
          #expect(largestDifference(c.values, expected) < 10 * tolerance, "\(rows) \(n) \(k) \(transposed)")
          prepared.multiply(a, into: c, accumulate: true)
          #expect(largestDifference(c.values, expected.map { 2 * $0 }) < 20 * tolerance, "accumulated")
        }
      }
    }
  }

  @Test(arguments: [ElementType.float32, .bfloat16, .float16], MatrixBackendKind.allCases)
  func weightGradientsOfNarrowOperands(type: ElementType, backend: MatrixBackendKind) {
    let engine = Engine(backend)
    // More rows than are widened at once.
    let a = randomTensor([2500, 9], seed: 1).converted(to: type)
    let b = randomTensor([2500, 13], seed: 2).converted(to: type)
    let expected = naiveProduct(a, transposeA: true, b, transposeB: false)
    let c = Tensor(uninitialized: [9, 13])
    c.fill(.nan)
    engine.multiply(a, transposeA: true, b, transposeB: false, into: c, accumulate: false)
    #expect(largestDifference(c.values, expected) < 1e-3)
    engine.multiply(a, transposeA: true, b, transposeB: false, into: c, accumulate: true)
    #expect(largestDifference(c.values, expected.map { 2 * $0 }) < 2e-3)
  }

  @Test func aRowOfZerosIsQuantizedToZeros() {
    let engine = Engine(precision: .int8)
    let c = Tensor(uninitialized: [1, 2])
    let prepared = engine.prepare(Tensor(zeros: [2, 5]), transposed: true, rows: 1)
    prepared.multiply(randomTensor([1, 5], seed: 1), into: c, accumulate: false)
    #expect(c.values == [0, 0])
    prepared.multiply(Tensor(zeros: [1, 5]), into: c, accumulate: false)
    #expect(c.values == [0, 0])
  }

  @Test func roundingErrorsAreThoseOfTheTypes() {
    let matrix = randomTensor([50, 400], seed: 8)
    func relative(_ precision: Precision) -> Double {
      let (error, norm) = precision.roundingError(of: matrix)
      return error / norm
    }
    #expect(relative(.float32) == 0)
    #expect((1e-4...3e-4).contains(relative(.float16)))
    #expect((1e-3...3e-3).contains(relative(.bfloat16)))
    // A unit is 1/127 of the row's largest, and the error uniform on half of it to each side.
    #expect(abs(relative(.int8) - 3.0.squareRoot() / 127 / 12.0.squareRoot()) < 2e-4)
  }

  @Test func longRowsOfExtremeIntegersDoNotOverflow() {
    let engine = Engine(precision: .int8)
    let prepared = engine.prepare(
      Tensor([Float](repeating: 1, count: 20_000), shape: [1, 20_000]), transposed: true, rows: 1)
    let c = Tensor(uninitialized: [1, 1])
    prepared.multiply(Tensor([Float](repeating: 1, count: 20_000), shape: [1, 20_000]), into: c, accumulate: false)
    #expect(abs(c.values[0] - 20_000) < 1)
  }
}
