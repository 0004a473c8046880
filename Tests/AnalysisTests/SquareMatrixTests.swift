import Testing

@testable import Analysis

@Suite("Dense symmetric systems")
struct SquareMatrixTests {
  @Test("A·Aᵀ is mirrored, and solving it gives back the solution", arguments: [1, 2, 47, 700])
  func solve(size: Int) throws {
    var state: UInt64 = 3
    let width = size + 5
    var factor = (0..<size * width).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double((state >> 33) % 2001) / 1000 - 1
    }
    // A dominant diagonal keeps the system well conditioned.
    for index in 0..<size { factor[index * width + index] += 40 }
    var matrix = SquareMatrix(size: size)
    factor.withUnsafeMutableBufferPointer { matrix.addProduct(of: $0, width: width) }
    matrix.mirror()
    for (row, column) in [(0, size - 1), (size - 1, 0), (size / 2, size / 3)] {
      let expected = (0..<width).reduce(0) { $0 + factor[row * width + $1] * factor[column * width + $1] }
      #expect(abs(matrix.values[row * size + column] - expected) < 1e-9)
    }

    let wanted = (0..<size).map { Double($0 % 7) - 3 }
    let rightSide = (0..<size).map { row in
      (0..<size).reduce(0) { $0 + matrix.values[row * size + $1] * wanted[$1] }
    }
    let found = try #require(matrix.solution(of: rightSide, ridge: 0))
    #expect(zip(found, wanted).allSatisfy { abs($0 - $1) < 1e-9 })
  }

  @Test("A matrix that is not positive definite has no solution; a ridge makes equal columns solvable")
  func indefinite() {
    var ones = SquareMatrix(size: 2)
    var factor = [1.0, 1.0]
    factor.withUnsafeMutableBufferPointer { ones.addProduct(of: $0, width: 1) }
    ones.mirror()
    #expect(ones.solution(of: [1, 1], ridge: 0) == nil)
    let shared = ones.solution(of: [2, 2], ridge: 1e-9)
    #expect(shared?.allSatisfy { abs($0 - 1) < 1e-6 } == true)
  }
}
