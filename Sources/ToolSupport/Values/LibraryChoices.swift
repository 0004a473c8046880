import ArgumentParser
import Corpora
import Models
import Optimization
import Tensors
import Training

extension CellKind: NamedChoice {
  /// `RNNReLU` and `RNNTanh` in any case.
  public static var alternatives: [String: CellKind] { ["rnnrelu": .relu, "rnntanh": .tanh] }
}

extension OptimizerKind: NamedChoice {}

extension DivergenceResponse: NamedChoice {}

extension Precision: NamedChoice {
  /// Common short names.
  public static var alternatives: [String: Precision] {
    [
      "fp32": .float32, "f32": .float32, "bf16": .bfloat16, "fp16": .float16, "f16": .float16, "half": .float16,
    ]
  }
}

extension MatrixBackendKind: NamedChoice {}

extension CleaningMethod: NamedChoice {
  /// The same names spelt with dashes.
  public static var alternatives: [String: CleaningMethod] {
    ["process-str": .processString, "process-tweet": .processTweet]
  }
}

extension TextEncoding: NamedChoice {
  /// Other common spellings.
  public static var alternatives: [String: TextEncoding] { otherNames }
}

extension Quoting: NamedChoice {}

extension StatePersistence: NamedChoice {}

extension TextSampling: NamedChoice {}

/// How the learning rate falls over a run, as named on the command line.
public enum DecayStyle: String, NamedChoice {
  /// It stays as it is.
  case constant
  /// In a straight line to zero at the horizon.
  case linear
  /// Along half a cosine wave to zero at the horizon.
  case cosine
  /// By the same factor at every step, to a hundredth at the horizon.
  case exponential

  /// The schedule's decay.
  public var decay: LearningRateSchedule.Decay {
    switch self {
    case .constant: .constant
    case .linear: .linear
    case .cosine: .cosine
    case .exponential: .exponential
    }
  }
}
