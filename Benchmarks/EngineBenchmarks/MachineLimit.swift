import Tensors

/// A limit of the machine that a case can be held against.
enum MachineLimit: CaseIterable {
  /// Fused multiply-adds in float32.
  case multiplyAdds
  /// Reading memory in order.
  case memoryReading

  /// Name of its own line in the table.
  var name: String {
    switch self {
    case .multiplyAdds: "fma-peak-f32"
    case .memoryReading: "memory-read-peak"
    }
  }

  /// Unit of the measured limit in billions.
  var unit: String {
    switch self {
    case .multiplyAdds: "GFLOP/s"
    case .memoryReading: "GB/s"
    }
  }

  /// Operations or bytes a second at this moment.
  func measure(seconds: Double) -> Double {
    switch self {
    case .multiplyAdds: MachinePeak.floatOperationsPerSecond(measuringFor: seconds)
    case .memoryReading: MachinePeak.memoryReadBytesPerSecond(measuringFor: seconds)
    }
  }
}
