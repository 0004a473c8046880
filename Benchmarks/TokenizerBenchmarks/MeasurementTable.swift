import Foundation

/// Columns of the printed table.
func row(_ columns: String...) -> String {
  zip(columns, [34, 14, 14, 14]).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }.joined()
}

/// Times in seconds, printed and gathered for the file of all benchmarks.
struct MeasurementTable {
  private var entries: [[String: Any]] = []

  /// Takes a time here and that of Python, which may be missing.
  mutating func add(_ name: String, _ seconds: Double, _ python: Double?) {
    func shown(_ value: Double?, _ format: String) -> String { value.map { String(format: format, $0) } ?? "-" }
    print(
      row(name, shown(seconds, "%.1f s"), shown(python, "%.1f s"), shown(python.map { $0 / seconds }, "%.2f")))
    var entry: [String: Any] = ["name": name, "value": seconds, "unit": "s"]
    if let python {
      entry["python_seconds"] = python
      entry["versus_python"] = python / seconds
    }
    entries.append(entry)
  }

  /// Replaces the entries of the same names in the file, and keeps the others.
  func merge(into path: String) throws {
    let names = Set(entries.compactMap { $0["name"] as? String })
    let data = FileManager.default.contents(atPath: path) ?? Data("[]".utf8)
    let others = (try JSONSerialization.jsonObject(with: data) as? [[String: Any]]) ?? []
    let kept = others.filter { entry in !names.contains(entry["name"] as? String ?? "") }
    let merged = try JSONSerialization.data(withJSONObject: kept + entries, options: [.prettyPrinted, .sortedKeys])
    try merged.write(to: URL(fileURLWithPath: path))
    print("merged into \(path)")
  }
}
