import Models

/// Turns tokens of texts into feature vectors: all that features, transfer and classification know of a model.
///
/// A vector depends on its text alone, not on its neighbours, the batch or the order.
public protocol TextEncoder {
  /// Numbers in one vector.
  var featureWidth: Int { get }

  /// What the precision of the encoder's engine does to the weights; `nil` in float32.
  var precisionReport: PrecisionReport? { get }

  /// Memory that the weights and the vectors of so many texts take.
  func memory(forTexts count: Int) -> MemoryEstimate

  /// Adds everything that the vectors depend on beside the texts, weights included, so that stored vectors of another
  /// encoder are not taken for its own.
  func identify(in fingerprint: inout Fingerprint)

  /// Encodes all texts of a queue.
  ///
  /// - Parameters:
  ///   - rows: texts side by side; at least 1.
  ///   - observe: is told after every batch how many tokens it had; what it throws ends the work.
  ///   - take: takes the index of a text and its vector, in whatever order texts are finished.
  /// - Throws: `CorpusError.notTokenized`, and what `observe` throws.
  func encode(
    _ texts: inout TextQueue, rows: Int, observe: (_ tokens: Int) throws -> Void, take: (_ text: Int, [Float]) -> Void
  ) throws
}
