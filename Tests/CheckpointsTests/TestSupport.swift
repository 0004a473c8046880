import Foundation

@testable import Checkpoints

/// The folder with files that other programs wrote.
let goldenFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Golden").path

/// The folder with files that earlier versions of this program wrote.
let fixtureFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Fixtures").path

/// Whether the tests that take minutes run too.
let runsEveryTest = ProcessInfo.processInfo.environment["SENTIMENT_TEST_ALL"] == "1"

/// Calls `body` with the path of a new folder, which is gone afterwards.
func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(path: "checkpoints-\(UUID().uuidString)").path
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  return try body(folder)
}

/// What `folder` holds, hidden files included.
func contents(of folder: String) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
}

func bytes(at path: String) throws -> [UInt8] {
  Array(try Data(contentsOf: URL(fileURLWithPath: path)))
}

/// The sentence of the error that `body` throws, or "no error".
func message(_ body: () throws -> Void) -> String {
  do {
    try body()
    return "no error"
  } catch {
    return "\(error)"
  }
}

/// A safetensors file from its header's text and its data.
func safetensors(_ header: String, data: [UInt8] = []) -> MappedFile {
  let json = Array(header.utf8)
  return MappedFile(
    bytes: withUnsafeBytes(of: UInt64(json.count).littleEndian) { Array($0) } + json + data, path: "m.safetensors")
}

/// An npy file of version 1.0 from its header's text and its data.
func npy(_ header: String, data: [UInt8] = []) -> MappedFile {
  let text = Array(header.utf8)
  let length = [UInt8(text.count & 0xff), UInt8(text.count >> 8)]
  return MappedFile(bytes: NumpyHeader.magic + [1, 0] + length + text + data, path: "a.npy")
}

/// SplitMix64: the same numbers in every run.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}

/// Python 3 with NumPy and safetensors, where the machine has them.
enum Python {
  static let hasNumpy = run("import numpy") != nil
  static let hasSafetensors = run("import numpy, safetensors") != nil
  static let hasTorch = run("import torch, numpy") != nil

  /// The interpreter; `SENTIMENT_PYTHON` names one with the packages that the system's lacks.
  private static let interpreter = ProcessInfo.processInfo.environment["SENTIMENT_PYTHON"] ?? "python3"

  /// Standard output of the program, nil when it fails.
  static func run(_ program: String, _ arguments: [String] = []) -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [interpreter, "-c", program] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
  }
}
