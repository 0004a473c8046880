import Corpora
import Foundation
import Testing

/// A folder that is removed with its owner.
final class ScratchFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "corpora-tests-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and returns its path.
  func file(_ name: String, _ text: String) throws -> String { try file(name, bytes: Array(text.utf8)) }

  func file(_ name: String, bytes: [UInt8]) throws -> String {
    let file = path + "/" + name
    // Writing over a file, and Foundation's own writing, wait for the disk; thousands of small files cannot afford that.
    unlink(file)
    let stream = try #require(fopen(file, "w"))
    defer { fclose(stream) }
    #expect(fwrite(bytes, 1, bytes.count, stream) == bytes.count)
    return file
  }
}

/// What independent programs made of the same inputs; written by `Golden/make_golden.py`.
struct Golden: Decodable {
  struct CSVCase: Decodable {
    var file: String
    var texts: [String]
  }

  struct CodecCase: Decodable {
    var bytes: [UInt8]
    var text: String

    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      bytes = try container.decode([UInt8].self)
      text = try container.decode(String.self)
    }
  }

  var csv: [CSVCase]
  var html: [[String]]
  var cleaning: [[String]]
  var codec: [CodecCase]
  var emoji: [[String]]

  static func load() throws -> Golden {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden/golden.json")
    return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
  }
}

/// Data sets beside the package, which need not be there.
enum SharedData {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared/data").path

  static let isPresent = FileManager.default.fileExists(atPath: folder)
}

/// The sentence of the error that `body` throws.
func sentence(_ body: () throws -> some Any) -> String {
  do {
    _ = try body()
    return "no error"
  } catch {
    return "\(error)"
  }
}

extension Corpus {
  var strings: [String] { (0..<count).map { texts.string(at: $0) } }
}
