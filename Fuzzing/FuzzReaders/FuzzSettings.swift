import Foundation

/// What the command line asks for.
struct FuzzSettings {
  var inputs = 100_000
  var seed: UInt64 = 1
  var corpus = "Fuzzing/corpus"
  /// Only this reader.
  var reader: FuzzTarget?
  /// Only the input of this number.
  var only: Int?
  /// One input may take this long.
  let secondsAllowed = 2.0
  /// Peak of the whole process, the cleaning's tables included.
  let memoryAllowed = 400 << 20

  struct UsageError: Error, CustomStringConvertible {
    var description: String
  }

  init(_ arguments: some Sequence<String>) throws {
    var words = Array(arguments)[...]
    while let name = words.popFirst() {
      guard let value = words.popFirst() else { throw UsageError(description: "\(name) needs a value") }
      switch name {
      case "--inputs": inputs = try Self.number(name, value)
      case "--seed": seed = UInt64(try Self.number(name, value))
      case "--only": only = try Self.number(name, value)
      case "--corpus": corpus = value
      case "--reader":
        guard let found = FuzzTarget(rawValue: value) else {
          let known = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
          throw UsageError(description: "unknown reader \(value); expected \(known)")
        }
        reader = found
      default:
        throw UsageError(description: "unknown option \(name); expected --inputs, --seed, --reader, --only or --corpus")
      }
    }
  }

  private static func number(_ name: String, _ text: String) throws -> Int {
    guard let number = Int(text), number >= 0 else { throw UsageError(description: "\(name) must be a number") }
    return number
  }
}

/// The files that inputs are made from.
struct SeedCorpus {
  let files: [[UInt8]]
  private let names: [String]

  init(folder: String) throws {
    names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    files = try names.map { [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/" + $0))) }
    guard !files.isEmpty else { throw FuzzSettings.UsageError(description: "\(folder) holds no files") }
  }

  /// The files that are made for a reader; all where there are none.
  func files(for target: FuzzTarget) -> [[UInt8]] {
    let own = zip(names, files).filter { name, _ in target.endings.contains { name.hasSuffix($0) } }.map(\.1)
    return own.isEmpty ? files : own
  }
}
