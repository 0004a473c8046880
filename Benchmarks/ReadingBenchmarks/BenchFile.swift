import Foundation

/// One line of the table of reading speeds.
struct ReadingResult {
  var format: ReadingSample.Format
  var megabytesPerSecond: Double
  var rows: Int
  /// How many times faster than the other reader.
  var versusTwin: Double?

  var name: String { "read-\(format.rawValue)" }

  var line: String {
    let twin = versusTwin.map { String(format: ", %.1f times %@", $0, format.twin) } ?? ""
    return name.padding(toLength: 24, withPad: " ", startingAt: 0)
      + String(format: "%.0f MB/s, %d rows", megabytesPerSecond, rows) + twin
  }

  var measurement: [String: Any] {
    [
      "name": name, "value": megabytesPerSecond, "unit": "MB/s", "fraction_of_peak": NSNull(),
      "versus_pytorch": NSNull(),
      format == .csv ? "versus_pandas" : "versus_python_json": versusTwin.map { $0 as Any } ?? NSNull(),
    ]
  }
}

/// The file in which all benchmarks leave their measurements.
enum BenchFile {
  /// Puts measurements in the place of those of the same names, behind what others have measured.
  static func merge(_ measurements: [[String: Any]], into path: String) throws {
    let url = URL(fileURLWithPath: path)
    let found = (try? JSONSerialization.jsonObject(with: Data(contentsOf: url))) as? [[String: Any]] ?? []
    let names = Set(measurements.compactMap { $0["name"] as? String })
    let kept = found.filter { entry in !names.contains(entry["name"] as? String ?? "") }
    let data = try JSONSerialization.data(withJSONObject: kept + measurements, options: [.prettyPrinted, .sortedKeys])
    try data.write(to: url, options: .atomic)
  }
}
