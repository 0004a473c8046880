import Corpora

/// What a pretraining run tells its caller while it runs.
public enum PretrainingEvent: Sendable {
  /// The tokenizer is being got.
  case tokenizer(TokenizerEvent)
  /// Tokens of texts are being made on disk.
  case preparingTexts(LazyCorpus.Progress)
  /// The texts were read; the summary is that of the training files.
  case dataLoaded(ReadingSummary, training: Int, validation: Int, test: Int)
  /// The model stands; its parameters are counted before weight normalisation.
  case modelReady(parameterCount: Int, steps: Int)
  /// A step was taken; `loss` is its own, in nats a token.
  case step(Int, total: Int, charactersSeen: Int, loss: Double, bitsPerCharacter: Double)
  /// The means since the last such event.
  case progress(PretrainingProgress)
  /// An evaluation on validation text begins.
  case validating
  /// An epoch ended; `loss` is the validation loss in nats a token, or the training loss where there is no validation
  /// text.
  case epochEnded(epoch: Int, seconds: Double, loss: Double, bitsPerCharacter: Double, isValidation: Bool)
  /// A model was written.
  case saved(path: String)
  /// The caller asked to stop; `path` is the checkpoint to go on from.
  case interrupted(path: String)
  /// The evaluation on test text begins, with the best model.
  case testing
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
  /// Mean loss in nats a token since the last event.
  public var loss: Double
  /// The same in bits for each character (byte of text) that the tokens stand for.
  public var bitsPerCharacter: Double
  /// Mean norm of the gradients before clipping.
  public var gradientNorm: Double
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
  /// Whether the caller stopped the run.
  public var wasInterrupted: Bool
  /// The best model's file.
  public var savedPath: String?
}
