import Corpora

/// Where validation or test text comes from.
public enum HeldOutChoice: Sendable, Codable, Equatable {
  /// A share of the training text.
  case share
  /// Files.
  case files([String])
  /// There is none, and nothing is evaluated.
  case none
}

/// Text that a model is evaluated on, and how much of it is read.
struct HeldOutText {
  /// Times that a text is read on average, at most, unless another number of batches was asked for.
  static let readings = 10

  var sampler: ShardSampler
  /// Batches of an evaluation.
  let batches: Int
  /// Why there are fewer than usual; nil when there are not.
  let limit: HeldOutLimit?

  /// - Parameter batches: what was asked for; nil for as many as usual and as the texts are worth.
  /// - Throws: what reading the texts throws.
  init(_ sampler: ShardSampler, batches: Int?) throws {
    self.sampler = sampler
    if let batches {
      (self.batches, limit) = (batches, nil)
      return
    }
    let usual = PretrainingConfiguration.usualEvaluationBatches
    let perBatch = Double(sampler.rows) * Double(sampler.sequenceLength)
    let enough = perBatch * Double(usual) / Double(Self.readings)
    var tokens = 0
    for index in 0..<sampler.source.count where Double(tokens) < enough {
      tokens += try sampler.source.tokens(at: index).count
    }
    let worth = Int((Double(tokens) * Double(Self.readings) / perBatch).rounded(.up))
    self.batches = min(usual, max(worth, 1))
    limit =
      self.batches == usual
      ? nil : HeldOutLimit(batches: self.batches, usual: usual, texts: sampler.source.count, tokens: tokens)
  }
}

/// An evaluation that reads fewer batches than usual, because there is little held-out text.
public struct HeldOutLimit: Sendable, Equatable {
  /// Batches that are read.
  public var batches: Int
  /// Batches that are read of longer texts.
  public var usual: Int
  /// Held-out texts.
  public var texts: Int
  /// Tokens in them.
  public var tokens: Int
}
