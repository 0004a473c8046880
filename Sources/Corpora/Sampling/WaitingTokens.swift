/// Tokens that a row of a batch has read and not yet delivered, with the places where texts begin.
struct WaitingTokens: Sendable {
  private var tokens: [Int32] = []
  /// For each of `tokens` whether it starts a text.
  private var startsText: [Bool] = []
  /// Tokens before it have been delivered.
  private var head = 0

  /// How many there are.
  var count: Int { tokens.count - head }

  /// Lays a text behind the others; an empty one leaves no trace.
  mutating func append(_ text: [Int32]) {
    guard !text.isEmpty else { return }
    startsText.append(true)
    startsText.append(contentsOf: repeatElement(false, count: text.count - 1))
    tokens.append(contentsOf: text)
  }

  /// Forgets the first tokens, or all where there are fewer.
  mutating func drop(_ dropped: Int) {
    head += min(dropped, count)
    // Moving what is left only when half is done with keeps long texts from being moved at every window.
    guard head * 2 >= tokens.count else { return }
    tokens.removeFirst(head)
    startsText.removeFirst(head)
    head = 0
  }

  /// Writes the first of them as the window of row `row`; they stay.
  ///
  /// - Parameters:
  ///   - predictsAcrossTexts: whether the first token of a text is a target of the token before it.
  ///   - resets: whether the state is zeroed before a token, by its place and by whether it starts a text.
  func writeWindow(
    into batch: inout WindowBatch, row: Int, predictsAcrossTexts: Bool = true, resets: (Int, Bool) -> Bool
  ) {
    let real = min(count, batch.sequenceLength + 1)
    let start = row * (batch.sequenceLength + 1)
    for time in 0..<real {
      batch.tokens[start + time] = tokens[head + time]
      let isPredicting = time < real - 1 && (predictsAcrossTexts || !startsText[head + time + 1])
      batch.lossMask[start + time] = isPredicting ? 1 : 0
      batch.resetMask[start + time] = resets(time, startsText[head + time]) ? 1 : 0
    }
  }
}
