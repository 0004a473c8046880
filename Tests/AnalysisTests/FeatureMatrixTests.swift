import Analysis
import Testing

@Suite("Feature matrix")
struct FeatureMatrixTests {
  static func matrix() throws -> FeatureMatrix { try FeatureMatrix(rows: 2, columns: 3, values: [1, 2, 3, 4, 5, 6]) }

  @Test("Columns can be read, selected in any order and removed")
  func columns() throws {
    let matrix = try Self.matrix()
    #expect(try matrix.column(1) == [2, 5])
    #expect(try matrix.selecting(columns: [2, 0]).values == [3, 1, 6, 4])
    let rest = try matrix.removing(columns: [1, 1])
    #expect(rest.values == [1, 3, 4, 6] && rest.columns == 2 && rest.rows == 2)
    #expect(matrix[1, 2] == 6)
  }

  @Test("Wrong shapes and indices are refused with a sentence")
  func refusals() throws {
    let matrix = try Self.matrix()
    #expect(throws: AnalysisError.matrixShape(rows: 2, columns: 2, values: 3)) {
      try FeatureMatrix(rows: 2, columns: 2, values: [1, 2, 3])
    }
    #expect(throws: AnalysisError.matrixShape(rows: -1, columns: -1, values: 1)) {
      try FeatureMatrix(rows: -1, columns: -1, values: [1])
    }
    for index in [-1, 3] {
      #expect(throws: AnalysisError.columnOutOfRange(column: index, columns: 3)) { try matrix.column(index) }
      #expect(throws: AnalysisError.columnOutOfRange(column: index, columns: 3)) {
        try matrix.removing(columns: [index])
      }
    }
    #expect(
      AnalysisError.columnOutOfRange(column: 3, columns: 3).description
        == "There is no neuron 3: the features have 3 columns, numbered from 0 to 2.")
  }
}
