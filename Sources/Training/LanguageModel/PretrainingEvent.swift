import Corpora
import Models

/// What a pretraining run tells its caller while it runs.
public enum PretrainingEvent: Sendable {
  /// The tokenizer is being got.
  case tokenizer(TokenizerEvent)
  /// Tokens of texts are being made on disk.
  case preparingTexts(LazyCorpus.Progress)
  /// The texts were read; the summary is that of the training files.
  case dataLoaded(ReadingSummary, training: Int, validation: Int, test: Int)
  /// Memory that the tensors will take, told before it is allocated.
  case memoryPredicted(MemoryEstimate)
  /// The model computes in another precision than float32.
  case computing(PrecisionReport)
  /// The model stands; its parameters are counted before weight normalisation.
  case modelReady(parameterCount: Int, steps: Int)
  /// A setting is another than in the run that is resumed.
  case settingChanged(SettingChange)
  /// Checkpoints of an earlier run were moved to this folder.
  case setAside(folder: String)
  /// A step was taken; `loss` is its own, in nats a token.
  case step(Int, total: Int, charactersSeen: Int, loss: Double, bitsPerCharacter: Double)
  /// The run goes on after `step` steps, from the checkpoint at `path`.
  case resumed(step: Int, path: String)
  /// A gradient was not finite, so the step was skipped; the loss scale falls from `scale` to `next`.
  case overflowed(step: Int, scale: Double, next: Double)
  /// The loss of a step is far above the running mean.
  case diverging(step: Int, loss: Double, mean: Double)
  /// The run went back to a checkpoint, and goes on with `rateFactor` times the scheduled rate.
  case rolledBack(path: String, rateFactor: Double)
  /// Training goes on with the next file: its number from 1, and how many there are.
  case shardStarted(path: String, number: Int, of: Int)
  /// The means since the last such event.
  case progress(PretrainingProgress)
  /// An evaluation on validation text begins.
  case validating
  /// An evaluation has counted some of the tokens that it will count.
  case evaluating(HeldOutPart, tokens: Int, of: Int)
  /// An epoch ended; `loss` is the validation loss in nats a token, or the training loss where there is no validation
  /// text.
  case epochEnded(epoch: Int, step: Int, seconds: Double, loss: Double, bitsPerCharacter: Double, isValidation: Bool)
  /// A model was written.
  case saved(path: String)
  /// The caller asked to stop; `path` is the checkpoint to go on from, `nil` when all steps were
  /// taken and evaluated; `remaining` steps are still to be taken.
  case interrupted(path: String?, remaining: Int)
  /// The evaluation on test text begins, with the best model.
  case testing
  /// The loss of the best model on test text, in nats a token.
  case tested(step: Int, loss: Double, bitsPerCharacter: Double)
}

/// What held-out text is for.
public enum HeldOutPart: String, Sendable {
  /// To choose the best model.
  case validation
  /// To measure it.
  case test
}

/// How a run stands.
public struct PretrainingProgress: Sendable {
  /// Epoch, from 1.
  public var epoch: Int
  /// Epochs in all.
  public var epochs: Int
  /// Steps taken in the whole run.
  public var step: Int
  /// Steps of the whole run.
  public var totalSteps: Int
  /// The learning rate of the last step.
  public var rate: Double
  /// Mean loss in nats a token since the last event; not a number when all steps since were skipped.
  public var loss: Double
  /// The same in bits for each character (byte of text) that the tokens stand for.
  public var bitsPerCharacter: Double
  /// Mean norm of the gradients before clipping.
  public var gradientNorm: Double
  /// What the loss of the last step was multiplied by.
  public var lossScale: Double
  /// Steps of the whole run that were skipped.
  public var skippedSteps: Int
  /// Milliseconds a step since the last event.
  public var millisecondsPerStep: Double
  /// Characters learned from a second since the last event.
  public var charactersPerSecond: Double
  /// Seconds since the run began.
  public var elapsed: Double
}

/// What a pretraining run achieved.
public struct PretrainingResult: Sendable {
  /// Steps taken.
  public var steps: Int
  /// Characters (bytes of text) learned from.
  public var charactersSeen: Int
  /// Characters learned from for each second of training, evaluations not counted.
  public var charactersPerSecond: Double
  /// Mean loss of the last progress interval.
  public var trainingLoss: Double?
  /// Lowest validation loss, in nats a token.
  public var validationLoss: Double?
  /// The same in bits a character.
  public var validationBitsPerCharacter: Double?
  /// Loss of the best model on the test text.
  public var testLoss: Double?
  /// The same in bits a character.
  public var testBitsPerCharacter: Double?
  /// Steps skipped because a gradient was not finite.
  public var skippedSteps: Int
  /// The loss scale at the end.
  public var lossScale: Double
  /// Whether the caller stopped the run.
  public var wasInterrupted: Bool
  /// The best model's file.
  public var savedPath: String?
}
