import Corpora
import Foundation

/// Rows that one thread reads while another works on them.
///
/// The reading thread waits when the queue is full; the working thread takes all that is there, so that a single row is
/// answered at once and many are answered together.
final class RowQueue: @unchecked Sendable {
  // All state is guarded by `condition`.
  private let condition = NSCondition()
  private let capacity: Int
  private var rows: [Row] = []
  private var found: Shape?
  private var whole = ReadingSummary()
  private var failure: (any Error)?
  private var isFinished = false

  /// A row with what it has for the id that was asked for.
  struct Row: Sendable {
    var row: CorpusRow
    var identifier: OutputValue?
  }

  /// What is known before the first row.
  struct Shape: Sendable {
    var format: CorpusFormat
    var textName: String
    var hasLabelColumns: Bool
    var notices: [ReadingNotice]
  }

  init(capacity: Int) {
    self.capacity = capacity
  }

  /// Reads `path` on a thread of its own.
  func startReading(_ path: String, options: ReadingOptions) {
    Thread.detachNewThread { [self] in
      do {
        let reader = try RowReader(path: path, options: options)
        begin(
          Shape(
            format: reader.format, textName: reader.textName, hasLabelColumns: reader.hasLabelColumns,
            notices: reader.summary.notices))
        while let row = try reader.next() { put(Row(row: row, identifier: reader.identifier)) }
        finish(reader.summary, nil)
      } catch {
        finish(ReadingSummary(), error)
      }
    }
  }

  /// Waits until the start of the input is known.
  ///
  /// - Throws: what reading threw before that.
  func shape() throws -> Shape {
    condition.lock()
    defer { condition.unlock() }
    while found == nil, !isFinished { condition.wait() }
    if let found { return found }
    throw failure ?? AnalysisError.empty(what: "rows")
  }

  /// Takes at least one and at most `capacity` rows; empty when there are no more.
  ///
  /// - Throws: what reading threw, after the rows before it were taken.
  func take() throws -> [Row] {
    condition.lock()
    defer { condition.unlock() }
    while rows.isEmpty, !isFinished { condition.wait() }
    if rows.isEmpty, let failure { throw failure }
    defer {
      rows.removeAll()
      condition.broadcast()
    }
    return rows
  }

  /// What was read and left out, once all rows were taken.
  var summary: ReadingSummary {
    condition.lock()
    defer { condition.unlock() }
    return whole
  }

  private func begin(_ shape: Shape) {
    condition.lock()
    found = shape
    condition.broadcast()
    condition.unlock()
  }

  private func put(_ row: Row) {
    condition.lock()
    while rows.count >= capacity { condition.wait() }
    rows.append(row)
    condition.broadcast()
    condition.unlock()
  }

  private func finish(_ summary: ReadingSummary, _ error: (any Error)?) {
    condition.lock()
    whole = summary
    failure = error
    isFinished = true
    condition.broadcast()
    condition.unlock()
  }
}
