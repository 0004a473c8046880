/// One row that reads whole texts one behind the other, each of them the next that no row has taken.
struct PackedRow: Sendable {
  /// What it takes to go on with a row.
  struct State: Sendable, Equatable {
    /// Number under which the text was taken that the row is in; −1 before the first.
    var text = -1
    /// Tokens of it that have been delivered.
    var delivered = 0
  }

  private(set) var state = State()
  private var waiting = WaitingTokens()
  /// Tokens of the text that the row is in.
  private var textLength = 0

  init() {}

  /// A row that goes on from a saved state.
  init(resuming state: State, queue: inout TextQueue, source: some TokenSource) throws {
    self.state = state
    guard state.text >= 0, let text = queue.text(state.text) else { return }
    waiting.append(try source.tokens(at: text))
    textLength = waiting.count
    guard textLength >= state.delivered else {
      throw CorpusError.stateMismatch(reason: "its texts are shorter than they were")
    }
    waiting.drop(state.delivered)
  }

  /// Writes the next window into row `row` of a batch.
  ///
  /// - Returns: the steps of it that are real; 0 when the texts have come to their end.
  /// - Throws: `CorpusError.noTokens` when all texts are empty; what the source throws.
  mutating func writeWindow(
    into batch: inout WindowBatch, row: Int, from source: some TokenSource, queue: inout TextQueue,
    resetsState: Bool, predictsAcrossTexts: Bool
  ) throws -> Int {
    let length = batch.sequenceLength
    var emptyTexts = 0
    while waiting.count <= length, let taken = queue.take() {
      let tokens = try source.tokens(at: taken.text)
      // An order without an end must not be followed for ever.
      emptyTexts = tokens.isEmpty ? emptyTexts + 1 : 0
      guard emptyTexts < source.count else { throw CorpusError.noTokens }
      guard !tokens.isEmpty else { continue }
      waiting.append(tokens)
      (state.text, textLength) = (taken.number, tokens.count)
    }
    let steps = max(0, min(waiting.count - 1, length))
    if steps > 0 {
      waiting.writeWindow(into: &batch, row: row, predictsAcrossTexts: predictsAcrossTexts) { _, startsText in
        startsText && resetsState
      }
    }
    waiting.drop(length)
    // A window reads no text beyond the one that it ends in, so all that waits is of that one.
    state.delivered = textLength - waiting.count
    return steps
  }
}
