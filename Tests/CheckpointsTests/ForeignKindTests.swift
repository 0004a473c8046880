import Testing

@testable import Checkpoints

/// Files that are no checkpoints are named.
@Suite struct ForeignKindTests {
  @Test(arguments: [
    (Array("Dear diary,\ntoday".utf8), "text"), (Array("  {\"a\": 1}".utf8), "JSON text"), ([], "empty"),
    (Array("<!DOCTYPE html><html>".utf8), "a web page"), ([0x1F, 0x8B, 8, 0], "a gzip file; unpack it first"),
    ([UInt8](repeating: 0, count: 600), "zeros, as a download that did not finish leaves"),
    (Array("version https://git-lfs.github.com/spec/v1\n".utf8), "a Git LFS pointer, which stands for the file"),
    (Array(String(repeating: "ж", count: 300).utf8), "text"),
    ([UInt8](repeating: 1, count: 257) + Array("ustar".utf8), "a tar archive"),
  ])
  func isNamed(bytes: [UInt8], kind: String) {
    let found = message { _ = try CheckpointFile(MappedFile(bytes: bytes, path: "m")) }
    #expect(found.hasPrefix("cannot use m: it is not a safetensors file or another checkpoint, but \(kind)"))
  }

  @Test(arguments: [
    [9, 0, 0, 0, 0, 0, 0, 0] + Array("{}       ".utf8), [0xFF, 0xFE, 0, 1, 2, 3, 4, 5, 6], [3],
  ])
  func othersAreLeftToTheReaders(bytes: [UInt8]) {
    #expect(ForeignKind.name(of: MappedFile(bytes: bytes, path: "m")) == nil)
  }
}
