import Foundation
import Testing

/// A folder of its own in which built commands are run.
struct CommandBench {
  /// What a run left behind.
  struct Outcome {
    /// Exit code, or the number of the signal that ended it.
    let status: Int32
    let wasKilled: Bool
    let output: String
    let errors: String
    let outputData: Data

    /// The lines on standard error that name an error.
    var errorLines: [String] {
      errors.split(separator: "\n").map(String.init).filter { $0.hasPrefix("Error: ") }
    }
  }

  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("command-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// Runs `body` in a new folder that is removed afterwards.
  static func use(_ body: (CommandBench) throws -> Void) throws {
    let bench = try CommandBench()
    defer { bench.remove() }
    try body(bench)
  }

  /// A built command, or a program of the system by its path.
  static func executable(_ name: String) throws -> URL {
    if name.hasPrefix("/") { return URL(fileURLWithPath: name) }
    return try ImportTool.executable().deletingLastPathComponent().appendingPathComponent(name)
  }

  /// Starts a command whose streams go to files; `finish` collects them.
  func start(
    _ command: String, _ arguments: [String], input: Any? = nil, environment: [String: String] = [:]
  ) throws -> RunningCommand {
    try RunningCommand(command, arguments, in: folder, input: input, environment: environment)
  }

  /// Runs a command to its end.
  private func execute(
    _ command: String, _ arguments: [String], input: String?, environment: [String: String]
  ) throws -> Outcome {
    var handle: FileHandle?
    if let input {
      let url = folder.appendingPathComponent(".input-\(UUID().uuidString)")
      try Data(input.utf8).write(to: url)
      handle = try FileHandle(forReadingFrom: url)
      try FileManager.default.removeItem(at: url)
    }
    return try start(command, arguments, input: handle, environment: environment).finish()
  }

  /// Runs a command given as words separated by single spaces.
  @discardableResult
  func run(_ line: String, _ more: [String] = [], input: String? = nil, environment: [String: String] = [:]) throws
    -> Outcome
  {
    let words = line.split(separator: " ").map(String.init)
    return try execute(words[0], Array(words.dropFirst()) + more, input: input, environment: environment)
  }

  /// Runs a command that must succeed.
  @discardableResult
  func succeed(
    _ line: String, _ more: [String] = [], input: String? = nil, environment: [String: String] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Outcome {
    let outcome = try run(line, more, input: input, environment: environment)
    try #require(outcome.status == 0, "\(line)\n\(outcome.errors)", sourceLocation: sourceLocation)
    return outcome
  }

  /// Runs a quiet command that must fail with one sentence, notes aside, and change no file.
  func expectFailure(
    _ line: String, _ sentence: String, input: String? = nil, more: [String] = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let before = try snapshot()
    let outcome = try run(line + " --quiet", more, input: input)
    #expect(outcome.status == 1, "\(line)\n\(outcome.errors)", sourceLocation: sourceLocation)
    let errors = outcome.errors.split(separator: "\n").filter { !$0.hasPrefix("Note: ") }.joined(separator: "\n")
    #expect(errors == "Error: \(sentence)", sourceLocation: sourceLocation)
    #expect(outcome.output.isEmpty, sourceLocation: sourceLocation)
    let after = try snapshot()
    #expect(after == before, "files changed: \(difference(before, after))", sourceLocation: sourceLocation)
  }

  private func difference(_ before: [String: Data], _ after: [String: Data]) -> [String] {
    Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }.sorted()
  }

  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  func write(_ text: String, to name: String) throws { try write(Data(text.utf8), to: name) }

  func write(_ data: Data, to name: String) throws {
    let url = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: url)
  }

  func data(_ name: String) throws -> Data { try Data(contentsOf: folder.appendingPathComponent(name)) }

  func text(_ name: String) throws -> String { String(decoding: try data(name), as: UTF8.self) }

  func lines(_ name: String) throws -> [String] {
    try text(name).split(separator: "\n").map(String.init)
  }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  func report(_ name: String = "report.json") throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: data(name)) as? [String: Any])
  }

  func number(_ key: String, in name: String = "report.json") throws -> Double {
    let found = try report(name)[key]
    return try #require((found as? NSNumber)?.doubleValue, "no number \(key)")
  }

  /// Every file below the folder with its bytes, and every folder.
  func snapshot() throws -> [String: Data] {
    var found: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path(name), isDirectory: &isFolder) else { continue }
      found[name] = isFolder.boolValue ? Data("folder".utf8) : try data(name)
    }
    return found
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }
}

/// A command that runs; its streams are files outside of its folder.
final class RunningCommand {
  let process = Process()
  private let outputURL: URL
  private let errorURL: URL

  init(
    _ command: String, _ arguments: [String], in folder: URL, input: Any?, environment: [String: String]
  ) throws {
    let stem = FileManager.default.temporaryDirectory.appendingPathComponent("streams-\(UUID().uuidString)").path
    outputURL = URL(fileURLWithPath: stem + ".out")
    errorURL = URL(fileURLWithPath: stem + ".err")
    for url in [outputURL, errorURL] { try Data().write(to: url) }
    process.executableURL = try CommandBench.executable(command)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.standardInput = input ?? FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: outputURL)
    process.standardError = try FileHandle(forWritingTo: errorURL)
    // A test run in the background may have been told to ignore interrupts, which a child would inherit.
    signal(SIGINT, SIG_DFL)
    process.environment = ProcessInfo.processInfo.environment
      .filter { !$0.key.hasSuffix("COLOR") && $0.key != "CLICOLOR_FORCE" }
      .merging(["SOURCE_DATE_EPOCH": "1700000000"]) { $1 }.merging(environment) { $1 }
    try process.run()
  }

  var output: String { (try? Data(contentsOf: outputURL)).map { String(decoding: $0, as: UTF8.self) } ?? "" }
  var errors: String { (try? Data(contentsOf: errorURL)).map { String(decoding: $0, as: UTF8.self) } ?? "" }

  func interrupt() { kill(process.processIdentifier, SIGINT) }

  /// Waits until `condition` holds or the time is over.
  func wait(upTo seconds: Double, until condition: () -> Bool) -> Bool {
    let end = Date().addingTimeInterval(seconds)
    while Date() < end {
      if condition() { return true }
      usleep(2000)
    }
    return condition()
  }

  /// Waits for the end, and kills what has not ended in time.
  func finish(timeout: Double = 60) throws -> CommandBench.Outcome {
    if !wait(upTo: timeout, until: { !process.isRunning }) { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    defer { for url in [outputURL, errorURL] { try? FileManager.default.removeItem(at: url) } }
    let data = try Data(contentsOf: outputURL)
    return CommandBench.Outcome(
      status: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal,
      output: String(decoding: data, as: UTF8.self), errors: errors, outputData: data)
  }
}
