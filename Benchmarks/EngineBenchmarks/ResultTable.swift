import Foundation

/// Lines of the table as they are printed, one after another.
enum ResultTable {
  private static let widths = [26, 13, 9, 12, 24, 14, 9, 9, 9]

  static var heading: String {
    line(["name", "kernels", "threads", "value", "unit", "throughput", "of peak", "own f32", "PyTorch"])
  }

  static func line(_ measurement: Measurement) -> String {
    let throughput = measurement.throughput.map { String(format: "%.0f ", $0.value) + $0.unit }
    return line([
      measurement.name, measurement.instructionSet, "\(measurement.threads)", text(measurement.value), measurement.unit,
      throughput ?? "", ratio(measurement.fractionOfPeak), ratio(measurement.versusFloat32),
      ratio(measurement.versusPyTorch),
    ])
  }

  private static func line(_ columns: [String]) -> String {
    zip(columns, widths).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }.joined()
  }

  private static func text(_ value: Double) -> String {
    String(format: value == 0 || value >= 1000 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value)
  }

  private static func ratio(_ value: Double?) -> String { value.map { String(format: "%.2f", $0) } ?? "" }
}
