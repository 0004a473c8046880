import Files
import TestSupport
import Testing

@testable import Checkpoints

/// Files that are no checkpoints are named.
@Suite struct ForeignKindTests {
  @Test(arguments: [
    (Array("Dear diary,\ntoday".utf8), "a text file"), (Array("  {\"a\": 1}".utf8), "a file of JSON text"),
    ([], "empty"),
    (Array("<!DOCTYPE html><html>".utf8), "a web page"), ([0x1F, 0x8B, 8, 0], "compressed with gzip; unpack it first"),
    ([UInt8](repeating: 0, count: 600), "zeros, as a download that did not finish leaves"),
    (Array("version https://git-lfs.github.com/spec/v1\n".utf8), "a Git LFS pointer in place of the file; fetch"),
    (Array(String(repeating: "ж", count: 300).utf8), "a text file"),
    ([UInt8](repeating: 1, count: 257) + Array("ustar".utf8), "a tar archive; unpack it first"),
  ])
  func isNamed(bytes: [UInt8], kind: String) {
    let found = message { _ = try CheckpointFile(MappedFile(bytes: bytes, path: "m")) }
    #expect(found.hasPrefix("cannot use m: it is \(kind)"))
  }
}
