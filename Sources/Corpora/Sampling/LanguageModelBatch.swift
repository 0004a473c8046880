/// One window of each row of a sampler, row-major: that of row b and time t stands at `b * (S + 1) + t`.
public struct WindowBatch: Sendable, Equatable {
  /// Number of rows, B.
  public var rows: Int
  /// Steps, S; a window has S + 1 tokens.
  public var sequenceLength: Int
  /// Tokens, padded with 0.
  public var tokens: [Int32]
  /// 1 where the state is zeroed before the token.
  public var resetMask: [Float]
  /// 1 where the next token is real, so that it counts as a target.
  ///
  /// The last of each row is 0.
  public var lossMask: [Float]

  init(rows: Int, sequenceLength: Int) {
    self.rows = rows
    self.sequenceLength = sequenceLength
    let count = rows * (sequenceLength + 1)
    tokens = Array(repeating: CharacterTokenizer.paddingID, count: count)
    resetMask = Array(repeating: 0, count: count)
    lossMask = Array(repeating: 0, count: count)
  }
}

/// What one step of a language model takes, time-major: that of time t and row b stands at `t * B + b`.
public struct LanguageModelBatch: Sendable, Equatable {
  /// Steps, S.
  public var sequenceLength: Int
  /// Number of rows, B.
  public var rows: Int
  /// Input tokens, S × B.
  public var inputs: [Int32]
  /// Tokens to predict, S × B: those one step later.
  public var targets: [Int32]
  /// 1 where the state is zeroed before the input.
  public var resetMask: [Float]
  /// 1 where the target counts.
  public var lossMask: [Float]

  /// Number of targets that count.
  public var targetCount: Int { lossMask.reduce(0) { $0 + ($1 > 0 ? 1 : 0) } }

  /// Inputs and targets of windows: all but the last, and all but the first token.
  public init(_ windows: WindowBatch) {
    let (length, rows) = (windows.sequenceLength, windows.rows)
    sequenceLength = length
    self.rows = rows
    inputs = Array(repeating: 0, count: length * rows)
    targets = inputs
    resetMask = Array(repeating: 0, count: length * rows)
    lossMask = resetMask
    for row in 0..<rows {
      let start = row * (length + 1)
      for time in 0..<length {
        let place = time * rows + row
        inputs[place] = windows.tokens[start + time]
        targets[place] = windows.tokens[start + time + 1]
        resetMask[place] = windows.resetMask[start + time]
        lossMask[place] = windows.lossMask[start + time]
      }
    }
  }
}

extension LanguageModelBatch {
  /// Some successive steps of the batch, all rows.
  public func steps(_ range: Range<Int>) -> LanguageModelBatch {
    var part = self
    let places = range.lowerBound * rows..<range.upperBound * rows
    part.sequenceLength = range.count
    part.inputs = Array(inputs[places])
    part.targets = Array(targets[places])
    part.resetMask = Array(resetMask[places])
    part.lossMask = Array(lossMask[places])
    return part
  }
}
