import Foundation
import Testing

/// Runs the built `sentiment-tools` in a folder of its own.
struct ImportTool {
  struct Outcome {
    let status: Int32
    let output: String
    let errors: String
  }

  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("import-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  static let packageRoot = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func executable() throws -> URL {
    let besideTests = [CommandLine.arguments.first, Bundle.main.executablePath].compactMap { $0 }
      .map { URL(fileURLWithPath: $0).deletingLastPathComponent() }
    let folders = besideTests + [".build/release", ".build/debug"].map { packageRoot.appendingPathComponent($0) }
    return try #require(
      folders.map { $0.appendingPathComponent("sentiment-tools") }
        .first { FileManager.default.isExecutableFile(atPath: $0.path) },
      "sentiment-tools was not built beside the tests")
  }

  func run(_ arguments: String...) throws -> Outcome {
    let process = Process()
    process.executableURL = try Self.executable()
    process.arguments = arguments
    process.currentDirectoryURL = folder
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let outputData = output.fileHandleForReading.readDataToEndOfFile()
    let errorData = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: String(decoding: outputData, as: UTF8.self),
      errors: String(decoding: errorData, as: UTF8.self))
  }

  func write(_ text: String, to path: String) throws {
    try write(Data(text.utf8), to: path)
  }

  func write(_ data: Data, to path: String) throws {
    let url = folder.appendingPathComponent(path)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: url)
  }

  func read(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.appendingPathComponent(path)), as: UTF8.self)
  }

  /// Names in a folder, hidden ones included, in order; `nil` when there is no such folder.
  func names(in path: String) -> [String]? {
    try? FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(path).path).sorted()
  }

  func remove() {
    try? FileManager.default.removeItem(at: folder)
  }
}

@Suite struct ImportToolTests {
  @Test func listsTheDataSets() throws {
    let tool = try ImportTool()
    defer { tool.remove() }
    let help = try tool.run("import", "--help")
    #expect(help.status == 0)
    for name in ["sst", "imdb", "semeval", "amazon"] { #expect(help.output.contains("\n  \(name) ")) }
  }

  @Test func refusesAFolderAsOutputFile() throws {
    let tool = try ImportTool()
    defer { tool.remove() }
    try tool.write("ID\tTweet\n1\tHello\n", to: "tweets.txt")
    try tool.write("", to: "taken/inside")
    let outcome = try tool.run("import", "semeval", "--input", "tweets.txt", "--output", "taken")
    #expect(outcome.status == 1)
    #expect(outcome.errors == "Error: cannot write taken: it is a folder\n")
    #expect(tool.names(in: ".") == ["taken", "tweets.txt"])
  }
}
