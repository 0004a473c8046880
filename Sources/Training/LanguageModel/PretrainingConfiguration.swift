import Configuration
import Corpora
import Models
import Optimization
import Tensors

/// Everything a pretraining run needs to know.
public struct PretrainingConfiguration: RunConfiguration {
  /// Files of the training text.
  public var data: [String] = []
  /// The validation text.
  public var validation = HeldOutChoice.share
  /// The test text.
  public var test = HeldOutChoice.share
  /// Proportions of training, validation and test text where no file is given.
  public var split = "100,1,1"
  /// How the files are read.
  public var reading = ReadingOptions(labels: .ignored)
  /// Text key of validation and test files, where it differs.
  public var evaluationTextKey: String?
  /// Whether texts stay on disk.
  public var isLazy = false
  /// Whether each file of ``data`` is a shard: epoch after epoch is trained on the next one alone, each ends with a
  /// checkpoint, and ``epochs`` counts passes over all of them.
  public var trainsShardByShard = false
  /// How text is cleaned; `nil` for what a loaded model was trained with, else `process_str`.
  public var cleaning: CleaningMethod?

  /// The tokenizer; `nil` for that of a loaded model, else bytes.
  public var tokenizer: TokenizerChoice?

  /// The architecture, when no model is loaded; its vocabulary is that of the tokenizer.
  public var architecture = LanguageModelConfiguration()
  /// Model to start from.
  public var load: String?
  /// Dropout in place of the loaded model's; `nil` keeps that.
  public var loadedDropout: Double?
  /// Whether to go on with the loaded model's optimizer, data position and counters.
  public var resumes = false
  /// Steps to take beyond those of the run that is resumed, in place of ``epochs`` times ``stepsPerEpoch`` in all.
  public var additionalSteps: Int?

  /// Rows of a batch.
  public var batchSize = 128
  /// Rows of a batch in evaluation; `nil` for as many as the held-out texts fill.
  public var evaluationBatchSize: Int?
  /// Tokens a step.
  public var sequenceLength = 256
  /// Tokens a step in evaluation.
  public var evaluationSequenceLength = 256
  /// When the state is reset; ``TextSampling/shuffled`` texts form no shards, so that all but `never` means each text.
  public var persistence = StatePersistence.perShard
  /// How the training texts follow one another; `nil` for what a run that is resumed had, else ``usualSampling``.
  public var sampling: TextSampling?
  /// How they do where nothing else was asked for.
  public static let usualSampling = TextSampling.shuffled

  /// The optimizer.
  public var optimizer = OptimizerChoice.adam()
  /// The learning rate.
  public var schedule = LearningRateSchedule(baseRate: 5e-4)
  /// Whether the schedule's horizon is set to the end of the run when ``additionalSteps`` move that.
  public var stretchesSchedule = false
  /// Largest norm of the gradients; 0 for no limit.
  public var clip = 0.0
  /// Batches whose gradients are gathered for one optimizer step.
  public var accumulationSteps = 1
  /// Whether states are computed anew in the backward pass instead of kept.
  public var recomputesStates = false
  /// Element type of operands.
  public var precision = Precision.float32
  /// What the loss is multiplied by; only for ``precision`` float16.
  public var lossScale = LossScale.none
  /// What is done when the loss leaves its range.
  public var onDivergence = DivergenceResponse.warn
  /// Blocks of ``stepsPerEpoch`` steps, each followed by an evaluation.
  public var epochs = 1
  /// Optimizer steps an epoch.
  public var stepsPerEpoch = 1000
  /// Batches an evaluation reads at most; `nil` for all held-out text.
  public var evaluationBatches: Int?

  /// Where the best model goes.
  public var save = "lang_model.safetensors"
  /// Steps between intermediate checkpoints; 0 for none.
  public var stepsPerCheckpoint = 10_000
  /// Whether intermediate checkpoints come with the state of the run.
  public var savesTrainingState = true
  /// Intermediate checkpoints that are kept, the last ones; 0 for all.
  public var keptCheckpoints = 3
  /// Steps between progress events.
  public var logInterval = 100

  /// Seeds the split, the order of the texts, the initial values and dropout.
  public var seed: UInt32 = 1234
  /// Whether ``seed`` was drawn at random, so that a run that is resumed keeps its own.
  public var isSeedDrawn = false
  /// The matrix library.
  public var backend = MatrixBackendKind.automatic
  /// Threads; `nil` for one a processor.
  public var threads: Int?

  /// A run with all defaults and no data.
  public init() {}

  /// Blocks of ``stepsPerEpoch`` steps in all, shards counted.
  public var epochCount: Int { trainsShardByShard ? epochs * max(data.count, 1) : epochs }

  /// Steps of the whole run, where ``additionalSteps`` do not say otherwise.
  public var totalSteps: Int { epochCount * stepsPerEpoch }

  /// The folder of intermediate checkpoints.
  public var checkpointFolder: CheckpointFolder { CheckpointFolder(forSave: save) }
}
