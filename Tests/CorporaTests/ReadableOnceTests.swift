import Foundation
import Testing

@testable import Corpora

@Suite final class ReadableOnceTests {
  private let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("once-\(UUID().uuidString)").path

  init() throws { try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(atPath: scratch) }

  /// Opening the pipe, which has no writer, would wait for ever.
  @Test func aPipeIsRefusedBeforeItIsOpened() throws {
    let path = scratch + "/pipe"
    #expect(mkfifo(path, 0o600) == 0)
    #expect(
      sentence {
        _ = try LazyCorpus([path], options: ReadingOptions(), cleaning: .none, tokenizer: CharacterTokenizer())
      }
        == "\(path) can be read only once, but texts that stay on disk are read again and again; save its texts in a "
        + "file and name that")
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch) == ["pipe"])
  }

  @Test func aPipeCanBeNamedOnce() throws {
    let (pipe, link, file) = (scratch + "/p", scratch + "/link", scratch + "/f")
    #expect(mkfifo(pipe, 0o600) == 0 && symlink(pipe, link) == 0)
    try Data("x".utf8).write(to: URL(fileURLWithPath: file))
    try ReadableOnce.refuseRepeated([pipe, "-", file, file])
    #expect(throws: CorpusError.readsOnlyOnce(path: link, why: "it is named twice")) {
      try ReadableOnce.refuseRepeated([pipe, file, link])
    }
    #expect(throws: CorpusError.readsOnlyOnce(path: "-", why: "it is named twice")) {
      try ReadableOnce.refuseRepeated(["-", "-"])
    }
    #expect(throws: CorpusError.missingFile(path: "nothing", hint: nil)) {
      try ReadableOnce.refuseRepeated(["nothing"])
    }
  }
}
