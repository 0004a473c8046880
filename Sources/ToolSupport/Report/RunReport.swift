import Checkpoints
import Files
import Foundation

/// The facts of one run, written as a JSON object to the file of `--report`.
///
/// Members keep the order in which they were first set. `finish()` adds `wall_seconds` and `peak_memory_bytes`.
public struct RunReport: Sendable {
  private var members: [JSONValue.Member] = []
  private let start: ContinuousClock.Instant

  /// A report on a command that starts now; it begins with the command's name, the version and the arguments.
  public init(command: CommandName, arguments: [String] = Array(CommandLine.arguments.dropFirst())) {
    start = .now
    self["command"] = .string(command.rawValue)
    self["version"] = .string(PackageVersion.text)
    self["arguments"] = .array(arguments.map { .string($0) })
  }

  /// The value named `name`; setting nil removes it.
  public subscript(name: String) -> JSONValue? {
    get { members.first { $0.name == name }?.value }
    set {
      let position = members.firstIndex { $0.name == name }
      switch (position, newValue) {
      case (let position?, let value?): members[position].value = value
      case (let position?, nil): members.remove(at: position)
      case (nil, let value?): members.append(JSONValue.Member(name, value))
      case (nil, nil): break
      }
    }
  }

  /// Seconds since the report was begun.
  public var wallSeconds: Double { start.duration(to: .now) / .seconds(1) }

  /// The report as JSON text with a line end.
  public var text: String { JSONValue.object(members).text + "\n" }

  /// Adds time and memory, and writes the report when there is a file for it.
  ///
  /// - Throws: `FileError.writeFailed`; the file that stood there before is untouched.
  public mutating func finish(writingTo path: String?) throws {
    self["wall_seconds"] = .number(wallSeconds)
    self["peak_memory_bytes"] = PeakMemory.bytes.map { .integer($0) } ?? .null
    guard let path else { return }
    try AtomicFile.write(Data(text.utf8), to: path)
  }
}
