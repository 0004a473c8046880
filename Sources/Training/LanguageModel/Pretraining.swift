import Checkpoints
import Corpora
import Files
import Foundation
import Models
import Optimization
import Tensors

/// A pretraining run from files of text to a checkpoint.
public final class Pretraining: TrainingRun {
  let configuration: PretrainingConfiguration
  let observe: (PretrainingEvent) -> Void
  let shouldStop: () -> Bool
  /// Passes on what happens before a step can be taken, and throws when the caller asks to stop meanwhile.
  let observePreparation: (PretrainingEvent) throws -> Void
  let engine: Engine
  let task: LanguageModelTask
  let trainer: Trainer<LanguageModelTask>
  let cleaning: CleaningMethod
  let seed: UInt32
  /// The model that the run began with, before it was first stopped; `nil` for one of initial values.
  let startingModel: String?
  let sampling: TextSampling
  let plan: RunPlan
  var data: PretrainingData
  var counts = TrainingState.Counts()
  var record: RunRecord {
    get { counts.record }
    set { counts.record = newValue }
  }
  var savedBest = false
  var window = ProgressWindow()
  /// Whether this run has written a checkpoint.
  var hasOwnCheckpoints = false
  /// Steps that were taken before this process went on.
  let firstStep: Int
  private let lock: TrainingLock
  private let resumedPath: String?
  var trainingSeconds = 0.0
  var charactersTimed = 0
  /// Bytes of text delivered before the step that is being taken.
  var bytesDelivered = 0
  /// Bytes of text that the last step's targets stand for.
  var stepCharacters = 0
  /// The last evaluation in bits a character.
  var epochBits = 0.0
  var start = ContinuousClock.now

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
    engine = Engine(configuration.backend, threads: configuration.threads, precision: configuration.precision)

    let resumed = try Self.placeToResume(configuration)
    seed = configuration.isSeedDrawn ? resumed?.place.identity.seed ?? configuration.seed : configuration.seed
    resumedPath = resumed?.statePath
    sampling = configuration.sampling ?? resumed?.place.identity.textSampling ?? PretrainingConfiguration.usualSampling
    // Once before the texts are prepared, which can take long, and again with the vocabulary that they give.
    let described = try configuration.load.map {
      try ModelFile.readCard($0).architecture.requireRecurrent(path: $0)
    }
    try Self.memory(for: described ?? configuration.architecture, configuration, engine).requireFits()
    let loaded = try configuration.load.map {
      try ModelFile.read(
        $0, normalized: configuration.architecture.usesWeightNormalization, dropout: configuration.loadedDropout,
        needsDecoder: true)
    }
    startingModel =
      configuration.resumes ? loaded?.card.configuration?["load"]?.text : configuration.load
    let cleaning = configuration.cleaning ?? loaded?.card.cleaning ?? .processString
    self.cleaning = cleaning
    observePreparation = { event in
      if shouldStop() { throw TrainingError.stoppedBeforeTraining }
      observe(event)
    }
    let preparation = TokenizerPreparation(configuration, loaded: loaded, observe: observePreparation)
    do {
      data = try PretrainingData(
        configuration, sampling: sampling, shard: Self.shard(of: resumed?.place, configuration), seed: seed,
        cleaning: cleaning,
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
    let totalSteps =
      configuration.additionalSteps.map { $0 + (resumed?.place.step ?? 0) } ?? configuration.totalSteps
    plan = RunPlan(
      totalSteps: totalSteps, stepsPerEpoch: configuration.stepsPerEpoch,
      stepsPerCheckpoint: configuration.stepsPerCheckpoint,
      endsEpochsWithCheckpoint: configuration.trainsShardByShard, savesState: configuration.savesTrainingState,
      keptCheckpoints: configuration.keptCheckpoints, onDivergence: configuration.onDivergence,
      folder: configuration.checkpointFolder)
    if configuration.additionalSteps != nil, configuration.stretchesSchedule {
      trainer.schedule.horizon = Double(totalSteps)
    }
    firstStep = resumed?.place.step ?? 0
    if let resumed { try resume(resumed.place, from: resumed.statePath) }
    if configuration.stepsPerCheckpoint > 0 { try AtomicFile.requireWritable(plan.folder.modelPath(trainer.iteration)) }
    if let report = model.precisionReport(for: engine) { observe(.computing(report)) }
    observe(.modelReady(parameterCount: model.configuration.parameterCount, steps: totalSteps))
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
    let rows = configuration.evaluationBatchSize ?? HeldOutText.mostRows
    let evaluation = MemoryEstimate(
      evaluating: architecture, rows: rows,
      steps: min(
        configuration.evaluationSequenceLength, LanguageModelEvaluator.stepsAtOnce(architecture, rows: rows)),
      precision: configuration.precision)
    return training.bytes > evaluation.bytes ? training : evaluation
  }

  private func resume(_ place: TrainingState.Place, from path: String) throws {
    try place.identity.require(identity, path: path)
    try TrainingState.restore(trainer, to: place, from: path)
    counts = place.counts
    window = ProgressWindow(epochLosses: counts.epochLosses)
    savedBest = hasBestModel(at: configuration.save)
    let totalSteps = plan.totalSteps
    let isFinished = step == totalSteps && record.isEvaluated
    guard step <= totalSteps, !isFinished else {
      throw TrainingError.alreadyFinished(steps: step, total: totalSteps)
    }
  }

  /// What this run is.
  var identity: RunIdentity {
    RunIdentity(
      seed: seed, dataDigest: data.digest, cleaning: cleaning, tokenizer: data.tokenizer.identity,
      rows: configuration.batchSize, sequenceLength: configuration.sequenceLength,
      accumulationSteps: configuration.accumulationSteps, sampling: sampling,
      persistence: configuration.persistence, optimizer: configuration.optimizer.kind,
      precision: configuration.precision)
  }

  /// What may change from one process of the run to the next.
  var settings: RunSettings {
    RunSettings(configuration, schedule: trainer.schedule, dropout: task.model.configuration.dropout)
  }

  /// Trains, evaluates and saves.
  ///
  /// - Throws: ``TrainingError`` when the run diverges; `CheckpointError` when a file cannot be written.
  public func run() throws -> PretrainingResult {
    defer { lock.release() }
    start = .now
    let end = try takeSteps()
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
      trainingLoss: window.lastMean, validationLoss: data.validation == nil ? nil : record.bestLoss,
      validationBitsPerCharacter: data.validation == nil ? nil : counts.bestBitsPerCharacter,
      testLoss: tested?.loss, testBitsPerCharacter: tested?.bitsPerCharacter,
      skippedSteps: trainer.updater.skippedCount, lossScale: trainer.updater.lossScale.value,
      wasInterrupted: end == .interrupted, savedPath: savedBest ? configuration.save : nil)
  }
}
