import Foundation
import Testing

@testable import Corpora

/// Reads that wait for a pipe, and what a stop makes of them; each in a process of its own, because there is one request.
@Suite struct StopRequestTests {
  @Test func aReadThatWaitsForAPipeEnds() async {
    await #expect(processExitsWith: .exitCode(7)) {
      let path = try makePipe()
      // Held open for writing, as by a program that has nothing to say yet.
      let writer = open(path, O_RDWR)
      try stopsSoon { _ = try CorpusReader.read(path, options: ReadingOptions()) }
      close(writer)
    }
  }

  @Test func aReadThatWaitsForTheFirstWriterEnds() async {
    await #expect(processExitsWith: .exitCode(7)) {
      let path = try makePipe()
      try stopsSoon { _ = try RowReader(path: path, options: ReadingOptions()) }
    }
  }

  @Test func noMoreIsReadAfterAStop() async {
    await #expect(processExitsWith: .exitCode(7)) {
      let path = try makePipe() + ".csv"
      try Data("sentence\na\n".utf8).write(to: URL(fileURLWithPath: path))
      StopRequest.make()
      try stopsSoon { _ = try CorpusReader.read(path, options: ReadingOptions()) }
    }
  }

  @Test func aWriterThatComesLateIsWaitedFor() throws {
    let path = try makePipe()
    Thread.detachNewThread {
      usleep(100_000)
      guard let handle = FileHandle(forWritingAtPath: path) else { return }
      for text in ["one\n", "two\n"] {
        usleep(50_000)
        try? handle.write(contentsOf: Data(text.utf8))
      }
      try? handle.close()
    }
    #expect(try CorpusReader.read(path, options: ReadingOptions()).texts.count == 2)
  }
}

/// A new named pipe.
private func makePipe() throws -> String {
  let path = FileManager.default.temporaryDirectory.appendingPathComponent("pipe-\(UUID().uuidString)").path
  guard mkfifo(path, 0o600) == 0 else { throw CorpusError.unwritable(path: path, reason: "it cannot be made") }
  return path
}

/// Leaves with code 7 when `body` ends with the right error after a stop that another thread asks for.
private func stopsSoon(_ body: () throws -> Void) throws {
  Thread.detachNewThread {
    usleep(100_000)
    StopRequest.make()
    sleep(20)
    exit(8)
  }
  do {
    try body()
  } catch CorpusError.stopped {
    exit(7)
  }
}
