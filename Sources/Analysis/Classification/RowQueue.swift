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
  private var rows: [CorpusRow] = []
  private var failure: (any Error)?
  private var isFinished = false

  init(capacity: Int) {
    self.capacity = capacity
  }

  /// Reads `path` on a thread of its own.
  ///
  /// The box has the file's format before the first row can be taken.
  func startReading(_ path: String, options: ReadingOptions) -> FormatBox {
    let box = FormatBox()
    Thread.detachNewThread { [self] in
      do {
        let reader = try RowReader(path: path, options: options)
        box.format = reader.format
        while let row = try reader.next() { put(row) }
        box.summary = reader.summary
      } catch {
        finish(error)
        return
      }
      finish(nil)
    }
    return box
  }

  /// Takes at least one and at most `capacity` rows; empty when there are no more.
  ///
  /// - Throws: what reading threw, after the rows before it were taken.
  func take() throws -> [CorpusRow] {
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

  private func put(_ row: CorpusRow) {
    condition.lock()
    while rows.count >= capacity { condition.wait() }
    rows.append(row)
    condition.broadcast()
    condition.unlock()
  }

  private func finish(_ error: (any Error)?) {
    condition.lock()
    failure = error
    isFinished = true
    condition.broadcast()
    condition.unlock()
  }
}

/// What a reading thread found: the format before the first row, the summary after the last.
final class FormatBox: @unchecked Sendable {
  private let lock = NSLock()
  private var found = CorpusFormat.plainText
  private var whole = ReadingSummary()

  var format: CorpusFormat {
    get { lock.withLock { found } }
    set { lock.withLock { found = newValue } }
  }

  var summary: ReadingSummary {
    get { lock.withLock { whole } }
    set { lock.withLock { whole = newValue } }
  }
}
