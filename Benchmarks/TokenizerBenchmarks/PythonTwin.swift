import Corpora
import Foundation

/// The same work by the Python package, in a process of its own.
struct PythonTwin {
  /// Seconds of each part, and the tokens of all texts.
  struct Times: Decodable {
    var train: Double
    var encode: Double
    var encodeThreads: Double
    var tokens: Int
  }

  private let python: String
  private let folder: URL
  private let arguments: [String]

  /// Writes the texts where Python can read them; nil when no Python has the package.
  init?(_ texts: TextStore, pieces: Int, threads: Int) throws {
    let candidates = [ProcessInfo.processInfo.environment["SENTENCEPIECE_PYTHON"], "python3"].compactMap { $0 }
    guard let found = candidates.first(where: { Self.run($0, ["-c", "import sentencepiece"]) != nil }) else {
      return nil
    }
    python = found
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("tokenizers-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // One JSON string a line keeps line breaks within texts apart from those between them.
    var lines = Data()
    let encoder = JSONEncoder()
    for index in 0..<texts.count {
      lines.append(try encoder.encode(texts.string(at: index)))
      lines.append(UInt8(ascii: "\n"))
    }
    let path = folder.appendingPathComponent("texts.jsonl")
    try lines.write(to: path)
    arguments = ["Benchmarks/sentencepiece_twin.py", path.path, "\(pieces)", "\(threads)"]
  }

  func run() throws -> Times? {
    defer { try? FileManager.default.removeItem(at: folder) }
    guard let output = Self.run(python, arguments) else { return nil }
    return try JSONDecoder().decode(Times.self, from: output)
  }

  /// Standard output of a command that succeeds.
  private static func run(_ command: String, _ arguments: [String]) -> Data? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [command] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? data : nil
  }
}
