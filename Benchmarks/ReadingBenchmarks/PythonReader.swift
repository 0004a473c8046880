import Foundation

/// The readers that people use otherwise, timed in the same run on the same file.
enum PythonReader {
  /// The interpreter: that of `PYTHON`, else `python3`.
  static var executable: String { ProcessInfo.processInfo.environment["PYTHON"] ?? "python3" }

  private static let pandas = """
    import sys, time, pandas
    best = 1e9
    for _ in range(3):
        start = time.perf_counter()
        rows = pandas.read_csv(sys.argv[1], usecols=["label", sys.argv[2]])
        best = min(best, time.perf_counter() - start)
    print(best)
    """

  private static let json = """
    import sys, time, json
    best = 1e9
    for _ in range(3):
        start = time.perf_counter()
        texts, labels = [], []
        with open(sys.argv[1], encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                texts.append(row[sys.argv[2]])
                labels.append(row["label"])
        best = min(best, time.perf_counter() - start)
    print(best)
    """

  /// Seconds that the other reader needs, nil where it is not installed.
  static func bestSeconds(of path: String, format: ReadingSample.Format, textKey: String) -> Double? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [executable, "-c", format == .csv ? pandas : json, path, textKey]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return nil }
    return Double(String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
  }
}
