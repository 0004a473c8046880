import CBLAS

/// A dense symmetric matrix, row after row.
struct SquareMatrix {
  let size: Int
  private(set) var values: [Double]

  init(size: Int) {
    self.size = size
    values = [Double](repeating: 0, count: size * size)
  }

  /// Adds A·Aᵀ to the upper triangle, A being `size` rows of `width` values.
  mutating func addProduct(of factor: UnsafeMutableBufferPointer<Double>, width: Int) {
    let order = Int32(size)
    values.withUnsafeMutableBufferPointer { values in
      cblas_dsyrk(
        CblasRowMajor, CblasUpper, CblasNoTrans, order, Int32(width), 1, factor.baseAddress, Int32(width), 1,
        values.baseAddress, max(order, 1))
    }
  }

  /// Copies the upper triangle to the lower one.
  mutating func mirror() {
    values.withUnsafeMutableBufferPointer { values in
      for row in 0..<size {
        for column in 0..<row { values[row * size + column] = values[column * size + row] }
      }
    }
  }

  /// The rows and columns with the given indices.
  func selecting(_ indices: [Int]) -> SquareMatrix {
    var part = SquareMatrix(size: indices.count)
    for (position, row) in indices.enumerated() {
      for (other, column) in indices.enumerated() {
        part.values[position * indices.count + other] = values[row * size + column]
      }
    }
    return part
  }

  /// Solves M·x = b for a positive definite M by its Cholesky factor, in blocks; nil when M is not positive definite.
  ///
  /// - Parameter ridge: Added to the diagonal, relative to its largest value, so that equal columns do no harm.
  func solution(of rightSide: [Double], ridge: Double) -> [Double]? {
    var factor = values
    let largest = (0..<size).reduce(0) { max($0, values[$1 * size + $1]) }
    for index in 0..<size { factor[index * size + index] += ridge * largest }
    let isDefinite = factor.withUnsafeMutableBufferPointer { factor in
      Self.factorize(factor, size: size)
    }
    guard isDefinite else { return nil }
    var result = rightSide
    let order = Int32(size)
    for transposition in [CblasNoTrans, CblasTrans] {
      cblas_dtrsv(CblasRowMajor, CblasLower, transposition, CblasNonUnit, order, factor, order, &result, 1)
    }
    return result
  }

  /// Overwrites the lower triangle with L, M = L·Lᵀ; false when a pivot is not positive.
  private static func factorize(_ matrix: UnsafeMutableBufferPointer<Double>, size: Int) -> Bool {
    guard let base = matrix.baseAddress else { return true }
    let stride = Int32(size)
    // Below this size, waking BLAS's threads for each small block costs more than they save.
    let block = size <= 640 ? size : 128
    for start in Swift.stride(from: 0, to: size, by: block) {
      let end = min(start + block, size)
      for column in start..<end {
        let finished = UnsafeBufferPointer(rebasing: matrix[column * size + start..<column * size + column])
        let pivot = matrix[column * size + column] - dotProduct(finished, finished)
        guard pivot > 0, pivot.isFinite else { return false }
        let root = pivot.squareRoot()
        matrix[column * size + column] = root
        for row in column + 1..<end {
          let other = UnsafeBufferPointer(rebasing: matrix[row * size + start..<row * size + column])
          matrix[row * size + column] = (matrix[row * size + column] - dotProduct(other, finished)) / root
        }
      }
      guard end < size else { break }
      let below = base + end * size + start
      let rows = Int32(size - end)
      let width = Int32(end - start)
      cblas_dtrsm(
        CblasRowMajor, CblasRight, CblasLower, CblasTrans, CblasNonUnit, rows, width, 1, base + start * size + start,
        stride, below, stride)
      cblas_dsyrk(
        CblasRowMajor, CblasLower, CblasNoTrans, rows, width, -1, below, stride, 1, base + end * size + end, stride)
    }
    return true
  }
}
