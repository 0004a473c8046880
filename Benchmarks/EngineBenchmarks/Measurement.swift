import Foundation
import Tensors

/// One object of the JSON file, and one line of the table.
struct Measurement: Codable {
  var name: String
  var value: Double
  var unit: String
  /// What ``value`` amounts to in billions of operations or bytes a second.
  var throughput: (value: Double, unit: String)?
  /// Share of the limit measured beside it.
  var fractionOfPeak: Double?
  /// Ratio to the same case in float32.
  var versusFloat32: Double?
  /// Ratio to PyTorch in the same precision.
  var versusPyTorch: Double?
  /// What the kernels ran on.
  var instructionSet = Engine.instructionSet
  var threads = Engine.threadCount

  private enum CodingKeys: String, CodingKey {
    case name, value, unit, threads
    case instructionSet = "instruction_set"
    case fractionOfPeak = "fraction_of_peak"
    case versusPyTorch = "versus_pytorch"
    case versusFloat32 = "versus_float32"
  }

  /// Writes all keys, with null for what is not known.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(instructionSet, forKey: .instructionSet)
    try container.encode(threads, forKey: .threads)
    try container.encode(value, forKey: .value)
    try container.encode(unit, forKey: .unit)
    try container.encode(fractionOfPeak, forKey: .fractionOfPeak)
    try container.encode(versusPyTorch, forKey: .versusPyTorch)
    try container.encode(versusFloat32, forKey: .versusFloat32)
  }

  /// Writes an array of measurements.
  static func write(_ measurements: [Measurement], to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try encoder.encode(measurements).write(to: URL(fileURLWithPath: path), options: .atomic)
  }

  /// Reads what ``write(_:to:)`` has written.
  static func read(_ path: String) throws -> [Measurement] {
    try JSONDecoder().decode([Measurement].self, from: Data(contentsOf: URL(fileURLWithPath: path)))
  }
}
