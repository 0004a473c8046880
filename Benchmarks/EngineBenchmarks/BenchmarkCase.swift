import Models
import Tensors

/// One line of the table: a model, the size of a batch, and what is done with it.
struct BenchmarkCase: Sendable {
  /// What is measured.
  enum Mode: Equatable, Sendable {
    /// Steps of training: forward, backward, clipping and Adam.
    case train
    /// The states of all tokens, without gradients.
    case features
    /// One row, one byte at a time; every byte reads all weights.
    case generate
  }

  var name: String
  var cell: CellKind
  /// Hidden units, H.
  var units: Int
  /// Rows of the batch, B.
  var rows: Int
  /// Time steps of one run, T.
  var steps: Int
  var mode: Mode
  var precision: Precision

  /// The model, with weights that are the same in every run.
  func makeModel() throws -> LanguageModel {
    let model = try LanguageModel(LanguageModelConfiguration(cell: cell, hiddenSize: units))
    model.initialize(seed: 1)
    return model
  }

  /// Characters that one run trains on, reads or writes.
  var charactersPerRun: Int { rows * steps }

  /// Weights of the matrices that are multiplied for each character.
  ///
  /// The input's matrices are not among them, because their products are tables of one row a token.
  private var multipliedWeights: Double {
    let recurrent = cell.hiddenBlocks * units * units
    let decoder = units * LanguageModelConfiguration().vocabularySize
    return Double(mode == .features ? recurrent : recurrent + decoder)
  }

  /// What a run costs: float operations, or for one row the bytes of weights that are read.
  ///
  /// A multiply-add is two operations; training multiplies once forward and twice backward.
  var cost: Double {
    switch mode {
    case .train: 6 * multipliedWeights * Double(charactersPerRun)
    case .features: 2 * multipliedWeights * Double(charactersPerRun)
    case .generate: Double(precision.weightByteCount) * multipliedWeights * Double(charactersPerRun)
    }
  }

  /// Which of the machine's limits ``cost`` is held against.
  var limit: MachineLimit {
    mode == .generate ? .memoryReading : .multiplyAdds
  }

  /// Whether the share of the limit means anything: the multiply-adds are measured in float32 only.
  var hasFractionOfPeak: Bool { limit == .memoryReading || precision == .float32 }

  /// Name of the same case in float32, for a ratio; `nil` when this is it.
  var float32Name: String? {
    guard let dash = name.lastIndex(of: "-"), name[dash...] != "-f32" else { return nil }
    return name[..<dash] + "-f32"
  }
}
