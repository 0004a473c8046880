import Corpora
import Models

/// Turns texts into feature vectors with whatever model encodes them.
public struct FeatureExtractor {
  /// How far an extraction is.
  public struct Progress: Sendable {
    /// Texts finished.
    public var texts: Int
    /// Texts in all.
    public var totalTexts: Int
    /// Tokens read.
    public var tokens: Int
  }

  private let encoder: any TextEncoder
  private let rows: Int
  private let maximumLength: Int?

  /// Makes an extractor.
  ///
  /// - Parameters:
  ///   - rows: texts side by side; 128 by default.
  ///   - maximumLength: tokens of a text that are read; `nil` for all.
  public init(_ encoder: any TextEncoder, rows: Int = 128, maximumLength: Int? = nil) {
    self.encoder = encoder
    self.rows = rows
    self.maximumLength = maximumLength
  }

  /// Features of all texts, one row a text in their order.
  ///
  /// - Parameter observe: is told how far it is after every batch; what it throws ends the extraction.
  /// - Throws: `ModelError.notEnoughMemory` and `sizeNotPositive`, `CorpusError.notTokenized`, and what `observe` throws.
  public func features(of texts: CleanedTexts, observe: (Progress) throws -> Void = { _ in }) throws -> FeatureMatrix {
    try encoder.memory(forTexts: texts.count).requireFits()
    let width = encoder.featureWidth
    var values = [Float](repeating: 0, count: texts.count * width)
    try extract(from: texts, observe: observe) { text, vector in
      values.replaceSubrange(text * width..<(text + 1) * width, with: vector)
    }
    return try FeatureMatrix(rows: texts.count, columns: width, values: values)
  }

  /// Hands over the feature vector of each text as soon as it is read to its end, in no particular order, so that nobody
  /// has to keep them all.
  ///
  /// - Parameters:
  ///   - observe: is told how far it is after every batch; what it throws ends the extraction.
  ///   - take: takes the index of a text and its vector.
  /// - Throws: `ModelError.sizeNotPositive` for a batch of nothing, `CorpusError.notTokenized`, and what `observe` throws.
  public func extract(
    from texts: CleanedTexts, observe: (Progress) throws -> Void = { _ in }, take: (Int, [Float]) -> Void
  ) throws {
    guard rows > 0 else { throw ModelError.sizeNotPositive(name: "the batch size", value: rows) }
    var queue = TextQueue(texts, maximumLength: maximumLength)
    var progress = Progress(texts: 0, totalTexts: texts.count, tokens: 0)
    try encoder.encode(&queue, rows: rows) { tokens in
      progress.tokens += tokens
      try observe(progress)
    } take: { text, vector in
      take(text, vector)
      progress.texts += 1
    }
  }
}
