import Checkpoints
import Corpora
import Foundation
import Models
import Tensors

/// A pretraining run from files of text to a checkpoint.
public final class Pretraining {
  private let configuration: PretrainingConfiguration
  private let observe: (PretrainingEvent) -> Void
  private let shouldStop: () -> Bool
  private let engine: Engine
  private let trainer: LanguageModelTrainer
  private let cleaning: CleaningMethod
  private var trainingSampler: ShardSampler
  private var validationSampler: ShardSampler?
  private var testSampler: ShardSampler?

  private var charactersSeen = 0
  private var bestLoss: Double?
  private var savedBest = false
  private var trainingSeconds = 0.0
  private var charactersTimed = 0
  private var window = ProgressWindow()

  /// Reads the data and builds or loads the model.
  ///
  /// - Parameters:
  ///   - observe: is told what happens.
  ///   - shouldStop: is asked after every step; `true` saves and ends the run.
  /// - Throws: `CorpusError` for the data, `CheckpointError` for files, `ModelError` and ``TrainingError`` for settings.
  public init(
    _ configuration: PretrainingConfiguration, observe: @escaping (PretrainingEvent) -> Void = { _ in },
    shouldStop: @escaping () -> Bool = { false }
  ) throws {
    try AtomicFile.requireWritable(configuration.save)
    self.configuration = configuration
    self.observe = observe
    self.shouldStop = shouldStop
    engine = Engine(configuration.backend, threads: configuration.threads)

    var generator = MersenneTwister(seed: configuration.seed)
    let texts = try LanguageModelTexts(configuration, generator: &generator)
    observe(
      .dataLoaded(
        texts.summary, training: texts.training.count, validation: texts.validation?.count ?? 0,
        test: texts.test?.count ?? 0))
    let loaded = try configuration.load.map {
      try ModelFile.read(
        $0, normalized: configuration.architecture.usesWeightNormalization, dropout: configuration.loadedDropout,
        needsDecoder: true)
    }
    try Self.requireMemory(for: loaded?.card.architecture ?? configuration.architecture, configuration)
    let cleaning = configuration.cleaning ?? loaded?.card.cleaning ?? .processString
    self.cleaning = cleaning
    trainingSampler = try ShardSampler(
      source: CleanedTexts(texts.training, cleaning: cleaning), rows: configuration.batchSize,
      sequenceLength: configuration.sequenceLength, persistence: configuration.persistence, generator: &generator)
    func evaluationSampler(_ texts: TextStore?) throws -> ShardSampler? {
      try texts.map {
        try ShardSampler(
          source: CleanedTexts($0, cleaning: cleaning), rows: configuration.evaluationBatchSize,
          sequenceLength: configuration.evaluationSequenceLength, persistence: configuration.persistence,
          generator: &generator)
      }
    }
    validationSampler = try evaluationSampler(texts.validation)
    testSampler = try evaluationSampler(texts.test)

    let model = try loaded?.model ?? LanguageModel(configuration.architecture)
    if loaded == nil { model.initialize(seed: UInt64(configuration.seed)) }
    trainer = LanguageModelTrainer(
      model: model,
      optimizer: configuration.optimizer.makeOptimizer(), schedule: configuration.schedule, clip: configuration.clip,
      rows: configuration.batchSize, seed: UInt64(configuration.seed), engine: engine)
    if configuration.resumes, let path = configuration.load {
      let counts = try TrainingState.restore(
        trainer, sampler: &trainingSampler, modelStep: loaded?.card.training?.steps ?? 0,
        from: TrainingState.path(besideCheckpoint: path))
      (charactersSeen, bestLoss) = (counts.charactersSeen, counts.bestLoss)
      window = ProgressWindow(epochLosses: counts.epochLosses)
      savedBest = hasBestModel(at: configuration.save)
      guard trainer.updater.stepCount < configuration.totalSteps else {
        throw TrainingError.alreadyFinished(steps: trainer.updater.stepCount, total: configuration.totalSteps)
      }
    }
    if configuration.stepsPerCheckpoint > 0 {
      try AtomicFile.requireWritable(checkpointPath)
    }
    observe(
      .modelReady(parameterCount: model.configuration.parameterCount, steps: configuration.totalSteps))
  }

  private static func requireMemory(
    for architecture: LanguageModelConfiguration, _ configuration: PretrainingConfiguration
  ) throws {
    try MemoryEstimate(
      training: architecture, rows: configuration.batchSize, steps: configuration.sequenceLength,
      stateArrays: configuration.optimizer.makeOptimizer().stateNames.count
    ).requireFits()
    try MemoryEstimate(
      evaluating: architecture, rows: configuration.evaluationBatchSize, steps: configuration.evaluationSequenceLength
    ).requireFits()
  }

  private var step: Int { trainer.updater.stepCount }
  private var checkpointPath: String { "\(configuration.checkpointFolder)/e\(step).safetensors" }

  /// Trains, evaluates and saves.
  ///
  /// - Throws: ``TrainingError/lossNotFinite(step:rate:isClipped:)``; `CheckpointError` when a file cannot be written.
  public func run() throws -> PretrainingResult {
    let start = ContinuousClock.now
    var wasInterrupted = false
    // The state of a run is saved before the epoch's evaluation.
    if step > 0, step % configuration.stepsPerEpoch == 0 {
      try endEpoch(step / configuration.stepsPerEpoch, seconds: 0)
    }
    while step < configuration.totalSteps, !wasInterrupted {
      let epoch = step / configuration.stepsPerEpoch + 1
      let epochStart = ContinuousClock.now
      wasInterrupted = try runEpoch(epoch, since: start)
      if wasInterrupted {
        try saveInterrupted()
      } else {
        try endEpoch(epoch, seconds: epochStart.secondsAgo)
      }
    }
    return PretrainingResult(
      steps: step, charactersSeen: charactersSeen,
      charactersPerSecond: trainingSeconds > 0 ? Double(charactersTimed) / trainingSeconds : 0,
      trainingLoss: window.lastMean, validationLoss: validationSampler == nil ? nil : bestLoss,
      testLoss: wasInterrupted ? nil : try testBest(), wasInterrupted: wasInterrupted,
      savedPath: savedBest ? configuration.save : nil)
  }

  /// Takes the epoch's remaining steps; returns whether the caller asked to stop.
  private func runEpoch(_ epoch: Int, since start: ContinuousClock.Instant) throws -> Bool {
    window.begin(newEpoch: step % configuration.stepsPerEpoch == 0)
    while step < epoch * configuration.stepsPerEpoch {
      let stepStart = ContinuousClock.now
      let outcome = try trainer.step(try trainingSampler.nextBatch())
      trainingSeconds += stepStart.secondsAgo
      charactersSeen += outcome.targetCount
      charactersTimed += outcome.targetCount
      window.add(outcome)
      observe(
        .step(step, total: configuration.totalSteps, charactersSeen: charactersSeen, loss: outcome.loss))
      if step % configuration.logInterval == 0 || step == epoch * configuration.stepsPerEpoch {
        observe(.progress(window.close(epoch: epoch, configuration, step: step, elapsed: start.secondsAgo)))
      }
      if configuration.stepsPerCheckpoint > 0, step % configuration.stepsPerCheckpoint == 0 {
        try saveCheckpoint(withState: configuration.savesTrainingState)
      }
      if shouldStop(), step < configuration.totalSteps { return true }
    }
    return false
  }

  /// Evaluates, and saves the model when it is the best so far; the earlier one stays on a tie.
  private func endEpoch(_ epoch: Int, seconds: Double) throws {
    var loss = window.epochMean
    if validationSampler != nil {
      observe(.validating)
      loss = try evaluate(trainer.model, on: &validationSampler) ?? loss
    }
    observe(.epochEnded(epoch: epoch, seconds: seconds, loss: loss, isValidation: validationSampler != nil))
    guard loss.isFinite else {
      throw TrainingError.lossNotFinite(
        step: step, rate: trainer.schedule.rate(afterSteps: step), isClipped: configuration.clip > 0)
    }
    if bestLoss.map({ loss < $0 }) ?? true {
      bestLoss = loss
      try save(to: configuration.save, validationLoss: validationSampler == nil ? nil : loss)
      savedBest = true
    }
  }

  /// Whether the file is the best model of the run that is resumed, so that it is tested when nothing better comes.
  private func hasBestModel(at path: String) -> Bool {
    guard let bestLoss, let training = try? ModelFile.readCard(path).training else { return false }
    return training.data == configuration.data && training.steps <= step
      && training.validationLoss == (validationSampler == nil ? nil : bestLoss)
  }

  private func evaluate(_ model: LanguageModel, on sampler: inout ShardSampler?) throws -> Double? {
    guard var evaluated = sampler else { return nil }
    defer { sampler = evaluated }
    return try LanguageModelEvaluator(engine: engine).loss(
      of: model, on: &evaluated, batches: configuration.evaluationBatches)
  }

  /// The test loss of the best model that this run wrote.
  private func testBest() throws -> Double? {
    guard testSampler != nil, savedBest else { return nil }
    observe(.testing)
    return try evaluate(try ModelFile.read(configuration.save).model, on: &testSampler)
  }

  private func save(to path: String, validationLoss: Double? = nil) throws {
    // Folders are made with their first file, so that a run that fails before leaves none.
    try AtomicFile.ensureWritableFolder(for: path, creating: true)
    try ModelFile.write(
      trainer.model,
      card: ModelCard(
        kind: .languageModel, architecture: trainer.model.configuration, cleaning: cleaning,
        training: ModelCard.TrainingRecord(
          data: configuration.data, steps: step, charactersSeen: charactersSeen, validationLoss: validationLoss)),
      to: path)
    observe(.saved(path: path))
  }

  private func saveCheckpoint(withState: Bool) throws {
    try save(to: checkpointPath)
    if withState {
      try TrainingState.write(
        trainer, sampler: trainingSampler,
        counts: TrainingState.Counts(
          charactersSeen: charactersSeen, bestLoss: bestLoss, epochLosses: window.epochLosses),
        to: TrainingState.path(besideCheckpoint: checkpointPath))
    }
  }

  /// Keeps everything needed to go on, and a model at ``PretrainingConfiguration/save`` where there is none yet.
  private func saveInterrupted() throws {
    try saveCheckpoint(withState: true)
    if !savedBest, bestLoss == nil {
      try save(to: configuration.save)
      savedBest = true
    }
    observe(.interrupted(path: checkpointPath))
  }
}

/// Means over the steps since the last progress event and since the epoch began.
private struct ProgressWindow {
  private var losses = WeightedMean()
  private(set) var epochLosses: WeightedMean
  private var norms = WeightedMean()
  private var rate = 0.0
  private var start = ContinuousClock.now
  private(set) var lastMean: Double?

  /// Mean training loss of the epoch.
  var epochMean: Double { epochLosses.value }

  /// Starts the clock; an epoch that is resumed keeps the losses of its earlier steps.
  mutating func begin(newEpoch: Bool) {
    self = ProgressWindow(epochLosses: newEpoch ? WeightedMean() : epochLosses, lastMean: lastMean)
  }

  init(epochLosses: WeightedMean = WeightedMean(), lastMean: Double? = nil) {
    self.epochLosses = epochLosses
    self.lastMean = lastMean
  }

  mutating func add(_ outcome: LanguageModelTrainer.StepOutcome) {
    let weight = Double(outcome.targetCount)
    losses.add(outcome.loss, weight: weight)
    epochLosses.add(outcome.loss, weight: weight)
    norms.add(outcome.gradientNorm, weight: 1)
    rate = outcome.rate
  }

  mutating func close(
    epoch: Int, _ configuration: PretrainingConfiguration, step: Int, elapsed: Double
  ) -> PretrainingProgress {
    let progress = PretrainingProgress(
      epoch: epoch, epochs: configuration.epochs, step: step, totalSteps: configuration.totalSteps, rate: rate,
      loss: losses.value, gradientNorm: norms.value,
      millisecondsPerStep: 1000 * start.secondsAgo / max(norms.weight, 1),
      charactersPerSecond: losses.weight / max(start.secondsAgo, 1e-9), elapsed: elapsed)
    lastMean = losses.value
    losses = WeightedMean()
    norms = WeightedMean()
    start = .now
    return progress
  }
}

extension ContinuousClock.Instant {
  /// Seconds from this moment until now.
  fileprivate var secondsAgo: Double {
    let duration = duration(to: .now)
    return Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  }
}
