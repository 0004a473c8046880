/// What can differ between a run and the one that goes on with it, by the names that run files have for it.
public enum RunSetting: String, Sendable, Codable, CaseIterable {
  // What makes a run the run it is.
  case seed
  case batchSize
  case sequenceLength
  case accumulationSteps
  case sampling
  case persistence
  case optimizer
  case precision
  case cleaning
  case tokenizer
  // What may change on the way.
  case learningRate
  case decay
  case warmup
  case horizon
  case clip
  case weightDecay
  case momentum
  case nesterov
  case dropout
  case lossScale
  case evaluationBatchSize
  case evaluationSequenceLength
  case evaluationBatches

  /// The names that files of earlier versions have, which put two dashes before them.
  private static let formerNames: [String: RunSetting] = [
    "lr": .learningRate, "decay-style": .decay, "warmup": .warmup, "constant-decay": .horizon, "clip": .clip,
    "weight-decay": .weightDecay, "momentum": .momentum, "nesterov": .nesterov, "dropout": .dropout,
    "loss-scale": .lossScale, "eval-batch-size": .evaluationBatchSize, "eval-seq-length": .evaluationSequenceLength,
    "eval-iters": .evaluationBatches,
  ]

  /// The setting of this name, today's or a former one.
  init?(stored name: String) {
    guard let setting = RunSetting(rawValue: name) ?? Self.formerNames[String(name.drop { $0 == "-" })] else {
      return nil
    }
    self = setting
  }
}

extension RunSetting: CustomStringConvertible {
  /// The setting in words.
  public var description: String {
    switch self {
    case .seed: "seed"
    case .batchSize: "batch size"
    case .sequenceLength: "sequence length"
    case .accumulationSteps: "number of accumulated batches"
    case .sampling: "order of the texts"
    case .persistence: "persistence of the state"
    case .optimizer: "optimizer"
    case .precision: "precision"
    case .cleaning: "cleaning"
    case .tokenizer: "tokenizer"
    case .learningRate: "learning rate"
    case .decay: "decay"
    case .warmup: "warm-up"
    case .horizon: "horizon of the decay"
    case .clip: "largest gradient norm"
    case .weightDecay: "weight decay"
    case .momentum: "momentum"
    case .nesterov: "Nesterov momentum"
    case .dropout: "dropout"
    case .lossScale: "loss scale"
    case .evaluationBatchSize: "batch size of evaluations"
    case .evaluationSequenceLength: "sequence length of evaluations"
    case .evaluationBatches: "number of batches of an evaluation"
    }
  }
}
