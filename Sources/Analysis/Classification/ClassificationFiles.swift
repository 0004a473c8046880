import Checkpoints
import Corpora
import Files
import Formats
import Foundation

/// The files of a classification while rows are added to them.
struct ClassificationFiles {
  private let probabilities: NumpyRowSink
  private let decisions: NumpyRowSink
  private let tableSink: FileSink?
  private var table: PredictionTable?

  /// Opens the files of `rows` rows, lets `body` add the rows, and gives the files their names when it is done.
  ///
  /// - Parameters:
  ///   - columns: classes.
  ///   - table: an empty table, where one is wanted.
  static func write(
    _ configuration: ClassificationConfiguration, rows: Int, columns: Int, table: PredictionTable?,
    _ body: (inout ClassificationFiles) throws -> Void
  ) throws {
    func withTable(_ body: (FileSink?) throws -> Void) throws {
      guard table != nil, let path = configuration.tablePath else { return try body(nil) }
      try AtomicFile.write(to: path) { try body($0) }
    }
    try NumpyFile.write(float32Rows: rows, of: columns, to: configuration.probabilitiesPath) { probabilities in
      try NumpyFile.write(float32Rows: rows, of: columns, to: configuration.decisionsPath) { decisions in
        try withTable { sink in
          var files = ClassificationFiles(
            probabilities: probabilities, decisions: decisions, tableSink: sink, table: sink == nil ? nil : table)
          try body(&files)
          try files.finish()
        }
      }
    }
  }

  /// Whether a table is written.
  var hasTable: Bool { table != nil }

  /// Adds the answers of a text.
  mutating func append(_ answers: [Float], decisions answered: [Bool]) throws {
    try probabilities.append(answers)
    try decisions.append(answered.map { $0 ? 1 : 0 })
  }

  /// Adds a row to the table.
  mutating func append(tableRow row: [OutputValue], id: OutputValue?) { table?.append(row, id: id) }

  /// Hands the rows of the table so far to the file.
  mutating func flush() throws {
    if let data = table?.takeData() { try tableSink?.write(data) }
  }

  private mutating func finish() throws {
    if let data = table?.finish() { try tableSink?.write(data) }
  }
}
