import CBLAS
import CLAPACKE
import Tensors

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
    Engine.adoptThreadCount()
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

  /// Solves M·x = b for a positive definite M by its Cholesky factor; nil when M is not positive definite.
  ///
  /// - Parameter ridge: Added to the diagonal, relative to its largest value, so that equal columns do no harm.
  func solution(of rightSide: [Double], ridge: Double) -> [Double]? {
    precondition(rightSide.count == size, "a right side of \(rightSide.count) for a matrix of \(size)")
    guard size > 0 else { return [] }
    var factor = values
    let largest = (0..<size).reduce(0) { max($0, values[$1 * size + $1]) }
    for index in 0..<size { factor[index * size + index] += ridge * largest }
    Engine.adoptThreadCount()
    let order = Int32(size)
    // The matrix is symmetric, so that the triangle of either name may be read in the library's own order of columns.
    let uplo = CChar(bitPattern: UInt8(ascii: "U"))
    guard LAPACKE_dpotrf(LAPACK_COL_MAJOR, uplo, order, &factor, order) == 0 else { return nil }
    var result = rightSide
    guard LAPACKE_dpotrs(LAPACK_COL_MAJOR, uplo, order, 1, factor, order, &result, order) == 0 else { return nil }
    return result.allSatisfy(\.isFinite) ? result : nil
  }
}
