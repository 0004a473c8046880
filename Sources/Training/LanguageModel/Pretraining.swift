import Checkpoints
import Corpora
import Files
import Foundation
import Models
import Optimization
import Tensors

/// A pretraining run from files of text to a checkpoint.
public final class Pretraining {
  let configuration: PretrainingConfiguration
  let observe: (PretrainingEvent) -> Void
  let shouldStop: () -> Bool
  /// Passes on what happens before a step can be taken, and throws when the caller asks to stop meanwhile.
  private let observePreparation: (PretrainingEvent) throws -> Void
  let engine: Engine
  let task: LanguageModelTask
  let trainer: Trainer<LanguageModelTask>
  let cleaning: CleaningMethod
  let seed: UInt32
  let folder: CheckpointFolder
  /// Steps of the whole run.
  let totalSteps: Int
  var data: PretrainingData
  var counts = TrainingState.Counts()
  var savedBest = false
  var window = ProgressWindow()
  /// Whether this run has written a checkpoint.
  var hasOwnCheckpoints = false
  /// Steps that were taken before this process went on.
  let firstStep: Int
  private let lock: TrainingLock
  private let resumedPath: String?
  private var trainingSeconds = 0.0
  private var charactersTimed = 0

  /// Reads the data and builds or loads the model.
  ///
  /// - Parameters:
  ///   - lock: that of ``PretrainingConfiguration/save``, where the caller has taken it already. The run holds it to its end.
  ///   - observe: is told what happens.
  ///   - shouldStop: is asked after every step and at least every second or so of an evaluation; `true` saves and ends
  ///     the run.
  /// - Throws: `CorpusError` for the data, `CheckpointError` for files, `ModelError` and ``TrainingError`` for settings.
  public init(
    _ configuration: PretrainingConfiguration, lock: TrainingLock? = nil,
    observe: @escaping (PretrainingEvent) -> Void = { _ in },
    shouldStop: @escaping () -> Bool = { false }
  ) throws {
    self.lock = try lock ?? TrainingLock(save: configuration.save)
    self.configuration = configuration
    self.observe = observe
    self.shouldStop = shouldStop
    folder = configuration.checkpointFolder
    engine = Engine(configuration.backend, threads: configuration.threads, precision: configuration.precision)

    let resumed = try Self.placeToResume(configuration)
    seed = configuration.isSeedDrawn ? resumed?.place.identity.seed ?? configuration.seed : configuration.seed
    resumedPath = resumed?.statePath
    // Once before the texts are prepared, which can take long, and again with the vocabulary that they give.
    let described = try configuration.load.map { try ModelFile.readCard($0).architecture }
    try Self.memory(for: described ?? configuration.architecture, configuration, engine).requireFits()
    let loaded = try configuration.load.map {
      try ModelFile.read(
        $0, normalized: configuration.architecture.usesWeightNormalization, dropout: configuration.loadedDropout,
        needsDecoder: true)
    }
    let cleaning = configuration.cleaning ?? loaded?.card.cleaning ?? .processString
    self.cleaning = cleaning
    observePreparation = { event in
      if shouldStop() { throw TrainingError.stoppedBeforeTraining }
      observe(event)
    }
    let preparation = TokenizerPreparation(configuration, loaded: loaded, observe: observePreparation)
    do {
      data = try PretrainingData(
        configuration, shard: Self.shard(of: resumed?.place, configuration), seed: seed, cleaning: cleaning,
        makeTokenizer: preparation.tokenizer, observe: observePreparation)
    } catch CorpusError.stopped {
      throw TrainingError.stoppedBeforeTraining
    }
    observe(
      .dataLoaded(
        data.summary, training: data.counts.training, validation: data.counts.validation, test: data.counts.test))
    var architecture = configuration.architecture
    architecture.vocabularySize = data.tokenizer.vocabularySize
    let memory = Self.memory(for: described ?? architecture, configuration, engine)
    observe(.memoryPredicted(memory))
    try memory.requireFits()

    let model = try loaded?.model ?? LanguageModel(architecture)
    if loaded == nil { model.initialize(seed: UInt64(seed)) }
    task = LanguageModelTask(
      model, sampler: data.training, rows: configuration.batchSize, seed: UInt64(seed))
    trainer = Trainer(
      task,
      updater: ParameterUpdater(
        configuration.optimizer.makeOptimizer(), parameters: model.parameters, lossScale: configuration.lossScale),
      schedule: configuration.schedule, clip: configuration.clip,
      accumulationSteps: configuration.accumulationSteps, engine: engine,
      recomputes: configuration.recomputesStates)
    totalSteps =
      configuration.additionalSteps.map { $0 + (resumed?.place.step ?? 0) } ?? configuration.totalSteps
    if configuration.additionalSteps != nil, configuration.stretchesSchedule {
      trainer.schedule.horizon = Double(totalSteps)
    }
    firstStep = resumed?.place.step ?? 0
    if let resumed { try resume(resumed.place, from: resumed.statePath) }
    if configuration.stepsPerCheckpoint > 0 { try AtomicFile.requireWritable(folder.modelPath(trainer.iteration)) }
    if let report = model.precisionReport(for: engine) { observe(.computing(report)) }
    observe(.modelReady(parameterCount: model.configuration.parameterCount, steps: totalSteps))
    for (part, text) in [(HeldOutPart.validation, data.validation), (.test, data.test)] {
      if let limit = text?.limit { observe(.evaluationLimited(part, limit)) }
    }
    if let resumed, let path = configuration.load {
      observe(.resumed(step: resumed.place.step, path: path))
      for change in resumed.place.settings?.changes(to: settings) ?? [] { observe(.settingChanged(change)) }
    }
  }

  private static func placeToResume(
    _ configuration: PretrainingConfiguration
  ) throws -> (place: TrainingState.Place, statePath: String)? {
    guard configuration.resumes, let path = configuration.load else { return nil }
    let statePath = CheckpointFolder.statePath(besideModel: path)
    let modelStep = try ModelFile.readCard(path).training?.steps ?? 0
    return (try TrainingState.readPlace(from: statePath, modelStep: modelStep), statePath)
  }

  /// The shard that a place's position in the data belongs to.
  private static func shard(of place: TrainingState.Place?, _ configuration: PretrainingConfiguration) -> Int {
    guard configuration.trainsShardByShard, let place, place.step > 0 else { return 0 }
    return (place.step - 1) / configuration.stepsPerEpoch % max(configuration.data.count, 1)
  }

  /// What training takes, or evaluation where that takes more.
  private static func memory(
    for architecture: LanguageModelConfiguration, _ configuration: PretrainingConfiguration, _ engine: Engine
  ) -> MemoryEstimate {
    let training = MemoryEstimate(
      training: architecture, rows: configuration.batchSize, steps: configuration.sequenceLength,
      stateArrays: configuration.optimizer.makeOptimizer().stateNames.count, precision: configuration.precision,
      isNative: engine.isPrecisionNative, recomputes: configuration.recomputesStates)
    let evaluation = MemoryEstimate(
      evaluating: architecture, rows: configuration.evaluationBatchSize,
      steps: configuration.evaluationSequenceLength, precision: configuration.precision)
    return training.bytes > evaluation.bytes ? training : evaluation
  }

  private func resume(_ place: TrainingState.Place, from path: String) throws {
    try place.identity.require(identity, path: path)
    try TrainingState.restore(trainer, to: place, from: path)
    counts = place.counts
    window = ProgressWindow(epochLosses: counts.epochLosses)
    savedBest = hasBestModel(at: configuration.save)
    let isFinished = step == totalSteps && counts.isEvaluated
    guard step <= totalSteps, !isFinished else {
      throw TrainingError.alreadyFinished(steps: step, total: totalSteps)
    }
  }

  /// What this run is.
  var identity: RunIdentity {
    RunIdentity(
      seed: seed, dataDigest: data.digest, cleaning: cleaning, tokenizer: data.tokenizer.identity,
      rows: configuration.batchSize, sequenceLength: configuration.sequenceLength,
      accumulationSteps: configuration.accumulationSteps,
      persistence: configuration.persistence, optimizer: configuration.optimizer.kind,
      precision: configuration.precision)
  }

  /// What may change from one process of the run to the next.
  var settings: RunSettings {
    RunSettings(configuration, schedule: trainer.schedule, dropout: task.model.configuration.dropout)
  }

  /// Steps taken or skipped.
  var step: Int { trainer.iteration }

  /// Trains, evaluates and saves.
  ///
  /// - Throws: ``TrainingError`` when the run diverges; `CheckpointError` when a file cannot be written.
  public func run() throws -> PretrainingResult {
    defer { lock.release() }
    let start = ContinuousClock.now
    folder.removePartialFiles()
    var end = RunEnd.none
    if configuration.onDivergence == .rollback, step == 0 { try saveCheckpoint(withState: true) }
    // The state of a run may have been saved before the epoch's evaluation.
    if step > 0, isAtEpochEnd, !counts.isEvaluated { end = try endEpoch(seconds: 0) }
    while step < totalSteps, end == .none {
      guard try startShard() else {
        end = .interrupted
        break
      }
      let epochStart = ContinuousClock.now
      switch try runEpoch(since: start) {
      case .none: end = try endEpoch(seconds: epochStart.secondsAgo)
      case .rolledBack: break
      case .interrupted: end = .interrupted
      }
    }
    var tested: (loss: Double, bitsPerCharacter: Double)?
    if end == .interrupted {
      try saveInterrupted()
    } else {
      tested = try testBest()
      if tested == nil, shouldStop() { observe(.interrupted(path: nil, remaining: 0)) }
    }
    return PretrainingResult(
      steps: step, charactersSeen: counts.charactersSeen,
      charactersPerSecond: trainingSeconds > 0 ? Double(charactersTimed) / trainingSeconds : 0,
      trainingLoss: window.lastMean, validationLoss: data.validation == nil ? nil : counts.bestLoss,
      validationBitsPerCharacter: data.validation == nil ? nil : counts.bestBitsPerCharacter,
      testLoss: tested?.loss, testBitsPerCharacter: tested?.bitsPerCharacter,
      skippedSteps: trainer.updater.skippedCount, lossScale: trainer.updater.lossScale.value,
      wasInterrupted: end == .interrupted, savedPath: savedBest ? configuration.save : nil)
  }

  /// Why a part of the run ended.
  enum RunEnd { case none, interrupted, rolledBack }

  /// Steps after which the epoch of `step` ends.
  private var epochEnd: Int {
    min((step / configuration.stepsPerEpoch + 1) * configuration.stepsPerEpoch, totalSteps)
  }

  var isAtEpochEnd: Bool { step % configuration.stepsPerEpoch == 0 || step == totalSteps }

  /// Reads the file of the epoch that begins or goes on now; `false` when the caller asked to stop meanwhile.
  private func startShard() throws -> Bool {
    guard configuration.trainsShardByShard else { return true }
    let shard = step / configuration.stepsPerEpoch % configuration.data.count
    if shard != data.shard {
      let tokenizer = data.tokenizer
      do {
        data = try PretrainingData(
          configuration, shard: shard, seed: seed, cleaning: cleaning, makeTokenizer: { _ in tokenizer },
          observe: observePreparation)
        task.sampler = data.training
      } catch TrainingError.stoppedBeforeTraining {
        return false
      } catch CorpusError.stopped {
        return false
      }
    }
    observe(
      .shardStarted(path: configuration.data[shard], number: shard + 1, of: configuration.data.count))
    return true
  }

  /// Takes the epoch's remaining steps.
  private func runEpoch(since start: ContinuousClock.Instant) throws -> RunEnd {
    window.begin(newEpoch: step % configuration.stepsPerEpoch == 0)
    let (end, epoch) = (epochEnd, step / configuration.stepsPerEpoch + 1)
    counts.isEvaluated = false
    while step < end {
      let stepStart = ContinuousClock.now
      let scale = trainer.updater.lossScale.value
      let bytesBefore = task.bytesDelivered
      let outcome: StepOutcome
      do {
        guard let taken = try trainer.step() else { throw CorpusError.noTokens }
        outcome = taken
      } catch let error as TrainingError where configuration.onDivergence == .rollback {
        try rollBack(after: error)
        return .rolledBack
      }
      trainingSeconds += stepStart.secondsAgo
      let characters = task.bytesDelivered - bytesBefore
      counts.charactersSeen += characters
      charactersTimed += characters
      window.add(outcome, characters: characters)
      if outcome.isSkipped {
        observe(.overflowed(step: step, scale: scale, next: trainer.updater.lossScale.value))
      } else if try isDiverging(outcome) {
        return .rolledBack
      }
      observe(
        .step(
          step, total: totalSteps, charactersSeen: counts.charactersSeen, loss: outcome.loss,
          bitsPerCharacter: TokenLoss.bits(
            outcome.loss, tokens: outcome.weight, characters: characters)))
      if step % configuration.logInterval == 0 || step == end {
        observe(
          .progress(
            window.close(
              epoch: epoch, epochs: configuration.epochCount, step: step, totalSteps: totalSteps,
              skippedSteps: trainer.updater.skippedCount, elapsed: start.secondsAgo)))
      }
      if configuration.stepsPerCheckpoint > 0, step % configuration.stepsPerCheckpoint == 0 {
        try saveCheckpoint(withState: configuration.savesTrainingState)
      }
      if shouldStop(), step < totalSteps { return .interrupted }
    }
    return .none
  }

  /// Looks at a step's loss; whether the run went back because of it.
  private func isDiverging(_ outcome: StepOutcome) throws -> Bool {
    let mean = counts.detector.mean
    guard counts.detector.observe(outcome.loss), configuration.onDivergence != .ignore else { return false }
    observe(.diverging(step: step, loss: outcome.loss, mean: mean))
    let error = TrainingError.diverged(step: step, loss: outcome.loss, mean: mean, rate: outcome.rate)
    switch configuration.onDivergence {
    case .ignore, .warn: return false
    case .stop: throw error
    case .rollback:
      try rollBack(after: error)
      return true
    }
  }
}
