/// Means over the steps since the last progress event and since the epoch began; skipped steps only count as such.
struct ProgressWindow {
  private var losses = TokenLoss()
  private(set) var epochLosses: TokenLoss
  private var norms = WeightedMean()
  private var rate = 0.0
  private var lossScale = 1.0
  private var steps = 0
  private var characters = 0
  private var start = ContinuousClock.now
  private(set) var lastMean: Double?

  init(epochLosses: TokenLoss = TokenLoss(), lastMean: Double? = nil) {
    self.epochLosses = epochLosses
    self.lastMean = lastMean
  }

  /// Starts the clock; an epoch that is resumed keeps the losses of its earlier steps.
  mutating func begin(newEpoch: Bool) {
    self = ProgressWindow(epochLosses: newEpoch ? TokenLoss() : epochLosses, lastMean: lastMean)
  }

  /// - Parameter characters: bytes of text that the step's targets stand for.
  mutating func add(_ outcome: StepOutcome, characters: Int) {
    steps += 1
    self.characters += characters
    (rate, lossScale) = (outcome.rate, outcome.lossScale)
    guard !outcome.isSkipped else { return }
    losses.add(outcome.loss, tokens: outcome.weight, characters: characters)
    epochLosses.add(outcome.loss, tokens: outcome.weight, characters: characters)
    norms.add(outcome.gradientNorm, weight: 1)
  }

  mutating func close(
    epoch: Int, epochs: Int, step: Int, totalSteps: Int, skippedSteps: Int, elapsed: Double
  ) -> PretrainingProgress {
    let seconds = max(start.secondsAgo, 1e-9)
    let isEmpty = losses.count == 0
    let progress = PretrainingProgress(
      epoch: epoch, epochs: epochs, step: step, totalSteps: totalSteps, rate: rate, loss: isEmpty ? .nan : losses.value,
      bitsPerCharacter: isEmpty ? .nan : losses.bitsPerCharacter, gradientNorm: isEmpty ? .nan : norms.value,
      lossScale: lossScale,
      skippedSteps: skippedSteps,
      millisecondsPerStep: 1000 * seconds / Double(max(steps, 1)),
      charactersPerSecond: Double(characters) / seconds, elapsed: elapsed)
    if losses.count > 0 { lastMean = losses.value }
    losses = TokenLoss()
    norms = WeightedMean()
    (steps, characters) = (0, 0)
    start = .now
    return progress
  }
}

extension ContinuousClock.Instant {
  /// Seconds from this moment until now.
  var secondsAgo: Double { duration(to: .now) / .seconds(1) }
}
