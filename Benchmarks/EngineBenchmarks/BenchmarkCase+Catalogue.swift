import Models
import Tensors

extension BenchmarkCase {
  /// All cases in the order of the table: those in a narrower type follow the float32 case they are compared with.
  static let catalogue: [BenchmarkCase] = [
    training("mlstm-256-train-f32", units: 256, rows: 32, steps: 64),
    training("mlstm-512-train-f32", units: 512, rows: 32, steps: 64),
    training("mlstm-1024-train-f32", units: 1024, rows: 64, steps: 64),
    training("mlstm-1024-train-bf16", units: 1024, rows: 64, steps: 64, precision: .bfloat16),
    training("mlstm-1024-train-fp16", units: 1024, rows: 64, steps: 64, precision: .float16),
    training("mlstm-4096-train-f32", units: 4096, rows: 128, steps: 32),
    training("mlstm-4096-train-bf16", units: 4096, rows: 128, steps: 32, precision: .bfloat16),
    training("lstm-1024-train-f32", cell: .lstm, units: 1024, rows: 64, steps: 64),
    features("mlstm-1024-features-f32", units: 1024, precision: .float32),
    features("mlstm-4096-features-f32", precision: .float32),
    features("mlstm-4096-features-bf16", precision: .bfloat16),
    generation("mlstm-4096-generate-f32", precision: .float32),
    generation("mlstm-4096-generate-f16", precision: .float16),
    generation("mlstm-4096-generate-int8", precision: .int8),
  ]

  private static func training(
    _ name: String, cell: CellKind = .multiplicativeLSTM, units: Int, rows: Int, steps: Int,
    precision: Precision = .float32
  ) -> BenchmarkCase {
    BenchmarkCase(name: name, cell: cell, units: units, rows: rows, steps: steps, mode: .train, precision: precision)
  }

  private static func features(_ name: String, units: Int = 4096, precision: Precision) -> BenchmarkCase {
    BenchmarkCase(
      name: name, cell: .multiplicativeLSTM, units: units, rows: 128, steps: 64, mode: .features, precision: precision)
  }

  private static func generation(_ name: String, precision: Precision) -> BenchmarkCase {
    BenchmarkCase(
      name: name, cell: .multiplicativeLSTM, units: 4096, rows: 1, steps: 64, mode: .generate, precision: precision)
  }
}
