/// A dense matrix of features: one row a text, one column a neuron.
public struct FeatureMatrix: Sendable, Equatable {
  /// Number of texts.
  public let rows: Int
  /// Number of features of each text.
  public let columns: Int
  /// The values, row after row (`rows · columns`).
  public let values: [Float]

  /// Wraps row-major values.
  ///
  /// - Throws: ``AnalysisError/matrixShape(rows:columns:values:)`` unless there are `rows · columns` values.
  public init(rows: Int, columns: Int, values: [Float]) throws {
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    guard rows >= 0, columns >= 0, !overflow, count == values.count else {
      throw AnalysisError.matrixShape(rows: rows, columns: columns, values: values.count)
    }
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  /// Wraps row-major values that are known to have the right shape.
  private init(checkedRows rows: Int, columns: Int, values: [Float]) {
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  /// The value of one feature for one text.
  public subscript(row: Int, column: Int) -> Float {
    precondition(column >= 0 && column < columns, "column \(column) of \(columns)")
    return values[row * columns + column]
  }

  /// All values of one feature, one for each row.
  ///
  /// - Throws: ``AnalysisError/columnOutOfRange(column:columns:)``.
  public func column(_ index: Int) throws -> [Float] {
    try checkColumn(index)
    return (0..<rows).map { values[$0 * columns + index] }
  }

  /// The matrix of the given columns only, in the given order.
  ///
  /// - Throws: ``AnalysisError/columnOutOfRange(column:columns:)``.
  public func selecting(columns indices: [Int]) throws -> FeatureMatrix {
    try indices.forEach(checkColumn)
    var kept: [Float] = []
    kept.reserveCapacity(rows * indices.count)
    for row in 0..<rows {
      let start = row * columns
      for index in indices { kept.append(values[start + index]) }
    }
    return FeatureMatrix(checkedRows: rows, columns: indices.count, values: kept)
  }

  /// The matrix without the given columns; the others keep their order.
  ///
  /// - Throws: ``AnalysisError/columnOutOfRange(column:columns:)``.
  public func removing(columns indices: [Int]) throws -> FeatureMatrix {
    try indices.forEach(checkColumn)
    let removed = Set(indices)
    return try selecting(columns: (0..<columns).filter { !removed.contains($0) })
  }

  private func checkColumn(_ index: Int) throws {
    guard index >= 0, index < columns else {
      throw AnalysisError.columnOutOfRange(column: index, columns: columns)
    }
  }

  /// Refuses features that are not finite numbers.
  ///
  /// - Throws: ``AnalysisError/nonFiniteFeature(split:row:column:)`` for the first such value.
  func requireFinite(split: String) throws {
    let first = values.withUnsafeBufferPointer { values in
      values.firstIndex { !$0.isFinite }
    }
    guard let first else { return }
    throw AnalysisError.nonFiniteFeature(split: split, row: first / columns, column: first % columns)
  }
}
