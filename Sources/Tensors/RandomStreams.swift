/// What random numbers are drawn for; each purpose has a stream of its own.
public enum RandomPurpose: UInt64, Sendable, CaseIterable {
  /// Initial values of a model.
  case initialValues = 1
  /// The split of texts and their order; the step is the number of the shard of the data.
  case texts
  /// Keys of dropout masks; the step is the optimizer's.
  case dropout
  /// A key's masks for the embeddings.
  case embeddingDropout
  /// A key's masks for the outputs of the top layer.
  case outputDropout
  /// The solver of a regression.
  case solver
  /// The search for thresholds.
  case thresholds
  /// The draws of a text that is written.
  case generation
}

/// All streams of random numbers that come from one seed, by purpose, layer, step and rank.
public struct RandomStreams: Sendable, Equatable {
  /// The seed.
  public let seed: UInt64

  /// The streams of a seed.
  public init(seed: UInt64) { self.seed = seed }

  /// The seed of one stream.
  ///
  /// - Parameters:
  ///   - layer: for what each layer draws for itself; 0 for the first, or where there are none.
  ///   - step: for what is drawn anew at every step.
  ///   - rank: for what each of several processes draws for itself.
  public func seed(of purpose: RandomPurpose, layer: Int = 0, step: Int = 0, rank: Int = 0) -> UInt64 {
    if layer == 0, rank == 0, let pinned = pinned(purpose, step: step) { return pinned }
    // A whole round of the generator stands before every number, so that no two streams meet by adding up alike.
    let numbers = [purpose.rawValue] + [layer, step, rank].map { UInt64(bitPattern: Int64($0)) }
    return Self.mixed(numbers.reduce(seed) { Self.mixed($0) ^ $1 })
  }

  private static func mixed(_ word: UInt64) -> UInt64 {
    var generator = SeededGenerator(seed: word)
    return generator.next()
  }

  /// The generator of one stream; see ``seed(of:layer:step:rank:)``.
  public func generator(
    of purpose: RandomPurpose, layer: Int = 0, step: Int = 0, rank: Int = 0
  ) -> SeededGenerator {
    SeededGenerator(seed: seed(of: purpose, layer: layer, step: step, rank: rank))
  }

  /// Streams of the first layer and process, as they were before streams had names: a run of an earlier version must go
  /// on bit for bit, and its seed must give the same model.
  private func pinned(_ purpose: RandomPurpose, step: Int) -> UInt64? {
    let step = UInt64(bitPattern: Int64(step))
    return switch purpose {
    case .texts: UInt64(UInt32(truncatingIfNeeded: seed) &+ UInt32(truncatingIfNeeded: step))
    case .dropout: seed &+ step &* 0x9E37_79B9
    case .outputDropout: step == 0 ? seed ^ 0xD1B5_4A32_D192_ED03 : nil
    case .initialValues, .embeddingDropout, .solver, .thresholds, .generation: step == 0 ? seed : nil
    }
  }
}
