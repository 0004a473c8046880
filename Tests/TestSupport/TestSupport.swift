import Files
import Formats
import Foundation

/// Whether a sanitizer watches the tests: memory and time are then its own.
package let isSanitized = ProcessInfo.processInfo.environment["SENTIMENT_SANITIZED"] == "1"

/// Whether the tests that take minutes run too.
package let runsEveryTest = ProcessInfo.processInfo.environment["SENTIMENT_TEST_ALL"] == "1"

/// Calls `body` with the path of a new folder, which is gone afterwards.
package func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(path: "sentiment-tests-\(UUID().uuidString)").path
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  return try body(folder)
}

/// What `folder` holds, hidden files included.
package func contents(of folder: String) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
}

package func bytes(at path: String) throws -> [UInt8] {
  Array(try Data(contentsOf: URL(fileURLWithPath: path)))
}

/// The sentence of the error that `body` throws, or "no error".
package func message(_ body: () throws -> Void) -> String {
  do {
    try body()
    return "no error"
  } catch {
    return "\(error)"
  }
}

/// A safetensors file from its header's text and its data.
package func safetensors(_ header: String, data: [UInt8] = []) -> MappedFile {
  let json = Array(header.utf8)
  return MappedFile(
    bytes: withUnsafeBytes(of: UInt64(json.count).littleEndian) { Array($0) } + json + data, path: "m.safetensors")
}

/// An npy file of version 1.0 from its header's text and its data.
package func npy(_ header: String, data: [UInt8] = []) -> MappedFile {
  let text = Array(header.utf8)
  let length = [UInt8(text.count & 0xff), UInt8(text.count >> 8)]
  return MappedFile(bytes: NumpyHeader.magic + [1, 0] + length + text + data, path: "a.npy")
}
