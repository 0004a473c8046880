import Corpora
import Models

/// Where validation or test text comes from.
public enum HeldOutChoice: Sendable, Codable, Equatable {
  /// A share of the training text.
  case share
  /// Files.
  case files([String])
  /// There is none, and nothing is evaluated.
  case none
}

/// Text that a model is evaluated on, each text once, and how much of it is read.
struct HeldOutText {
  /// Rows of a batch, at most, unless another number was asked for.
  static let mostRows = 256

  var sampler: PackedSampler
  /// Batches of an evaluation at most; nil for all there are.
  let batches: Int?
  /// Targets that an evaluation counts; at most, where the batches are limited.
  let targets: Int

  /// - Parameters:
  ///   - rows: what was asked for; nil for as many as the texts fill without padding.
  ///   - batches: a limit; texts are then read as they stand, because the longest would be no fair choice of them.
  /// - Throws: `CorpusError.noTokens` when no text has two tokens; what reading the texts throws.
  init(_ source: any TokenSource, rows: Int?, sequenceLength: Int, batches: Int?) throws {
    let mostTargets = batches.map { (batches: Int) -> Int in
      let perBatch = (rows ?? Self.mostRows) * sequenceLength
      let product = batches.multipliedReportingOverflow(by: perBatch)
      return product.overflow ? .max : product.partialValue
    }
    let lengths = try TextLengths(of: source, upTo: mostTargets ?? .max)
    guard lengths.targets > 0 else { throw CorpusError.noTokens }
    let order = batches == nil ? lengths.longestFirst.map(TextOrder.listed) : nil
    sampler = try PackedSampler(
      measuring: source, order: order ?? .asTheyStand, rows: rows ?? lengths.rows(atMost: Self.mostRows),
      sequenceLength: sequenceLength)
    self.batches = batches
    let perBatch = sampler.rows * sequenceLength
    targets = batches.map { $0 > lengths.targets / perBatch ? lengths.targets : $0 * perBatch } ?? lengths.targets
  }
}
