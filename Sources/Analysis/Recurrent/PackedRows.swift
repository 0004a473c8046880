import Corpora

/// What one row is reading.
struct PackedRow {
  private let warmupPasses: Int
  private let skipsLastToken: Bool
  private(set) var text = 0
  private(set) var tokens: [Int32] = []
  private(set) var position = 0
  private(set) var scoredFrom = 0

  init(warmupPasses: Int, skipsLastToken: Bool) {
    self.warmupPasses = warmupPasses
    self.skipsLastToken = skipsLastToken
  }

  var remaining: Int { tokens.count - position }

  /// Takes a new text when the old one is finished; returns whether there is anything to read.
  mutating func fill(from queue: inout TextQueue) throws -> Bool {
    if remaining > 0 { return true }
    guard var next = try queue.next() else { return false }
    if skipsLastToken, next.tokens.count > 1 { next.tokens.removeLast() }
    text = next.text
    tokens = (0...warmupPasses).flatMap { _ in next.tokens }
    scoredFrom = warmupPasses * next.tokens.count
    position = 0
    return true
  }

  mutating func advance(_ count: Int) { position += count }
}

/// The part of a text that a row reads in one chunk.
struct Segment {
  var text: Int
  /// Steps of the chunk.
  var steps: Range<Int>
  /// Steps of the chunk that count for pools: those of the last pass.
  var scored: Range<Int>
  var begins: Bool
  var ends: Bool
}

/// A few steps of all rows, time-major.
struct Chunk {
  var tokens: [Int32]
  var resetMask: [Float]
  var segments: [[Segment]]

  /// Every row reads on, with further texts behind the one that ends; the chunk is shorter when no row has more.
  init(_ readers: inout [PackedRow], steps wanted: Int, queue: inout TextQueue) throws {
    let rows = readers.count
    var longest = 0
    var columns: [[Int32]] = []
    var resets: [[Int]] = []
    segments = []
    for row in 0..<rows {
      var column: [Int32] = []
      var starts: [Int] = []
      var parts: [Segment] = []
      while column.count < wanted, try readers[row].fill(from: &queue) {
        let reader = readers[row]
        let count = min(wanted - column.count, reader.remaining)
        let steps = column.count..<column.count + count
        if reader.position == 0 { starts.append(column.count) }
        let scoredStart = column.count + max(0, min(count, reader.scoredFrom - reader.position))
        parts.append(
          Segment(
            text: reader.text, steps: steps, scored: scoredStart..<steps.upperBound,
            begins: reader.position <= reader.scoredFrom, ends: count == reader.remaining))
        column += reader.tokens[reader.position..<reader.position + count]
        readers[row].advance(count)
      }
      longest = max(longest, column.count)
      columns.append(column)
      resets.append(starts)
      segments.append(parts)
    }
    tokens = [Int32](repeating: CharacterTokenizer.paddingID, count: longest * rows)
    resetMask = [Float](repeating: 0, count: longest * rows)
    for row in 0..<rows {
      for (step, token) in columns[row].enumerated() { tokens[step * rows + row] = token }
      for step in resets[row] { resetMask[step * rows + row] = 1 }
    }
  }
}
