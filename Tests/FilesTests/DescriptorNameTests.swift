import Foundation
import TestSupport
import Testing

@testable import Files

/// Names of open descriptors are written to as they are, whatever is behind them.
@Suite struct DescriptorNameTests {
  /// Opens `path` and hands out the descriptor.
  private func withDescriptor(_ path: String, _ flags: Int32, _ body: (Int32) throws -> Void) throws {
    let descriptor = open(path, flags)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    try body(descriptor)
  }

  @Test(arguments: ["/dev/fd/", "/proc/self/fd/", "/proc/thread-self/fd/"])
  func aLogIsAppendedTo(folder: String) throws {
    try withTemporaryFolder { place in
      let log = place + "/log"
      try AtomicFile.write(Data("precious\n".utf8), to: log)
      let before = try FileManager.default.attributesOfItem(atPath: log)[.systemFileNumber] as? Int
      try withDescriptor(log, O_WRONLY | O_APPEND) { descriptor in
        let name = folder + "\(descriptor)"
        #expect(AtomicFile.isStream(name))
        try AtomicFile.ensureWritableFolder(for: name, creating: true)
        try AtomicFile.write(Data("one\n".utf8), to: name)
        try FileManager.default.createSymbolicLink(atPath: place + "/link", withDestinationPath: name)
        let files = PendingFiles()
        try files.begin(place + "/link").write("two\n")
        try files.publish()
      }
      #expect(try bytes(at: log) == Array("precious\none\ntwo\n".utf8))
      #expect(try FileManager.default.attributesOfItem(atPath: log)[.systemFileNumber] as? Int == before)
      #expect(try contents(of: place) == ["link", "log"])
    }
  }

  @Test func writingGoesOnWhereTheDescriptorStands() throws {
    try withTemporaryFolder { place in
      try withDescriptor(place + "/new", O_WRONLY | O_CREAT) { _ in }
      chmod(place + "/new", 0o600)
      try withDescriptor(place + "/new", O_WRONLY) { descriptor in
        _ = write(descriptor, "a", 1)
        try AtomicFile.write(Data("b".utf8), to: "/dev/fd/\(descriptor)")
        _ = write(descriptor, "c", 1)
      }
      #expect(try bytes(at: place + "/new") == Array("abc".utf8))
    }
  }

  @Test func whatTakesNoBytesIsRefusedBeforeTheWork() throws {
    try withTemporaryFolder { place in
      try AtomicFile.write(Data("x".utf8), to: place + "/file")
      try withDescriptor(place + "/file", O_RDONLY) { descriptor in
        let name = "/dev/fd/\(descriptor)"
        #expect(
          message { try AtomicFile.ensureWritableFolder(for: name) }
            == "cannot write \(name): descriptor \(descriptor) is open for reading only")
      }
      #expect(
        message { try AtomicFile.ensureWritableFolder(for: "/dev/fd/987") }
          == "cannot write /dev/fd/987: descriptor 987 is not open")
      #expect(!AtomicFile.isStream(place + "/file") && !AtomicFile.isStream(place + "/3"))
    }
  }

  @Test func aPipeTakesItsBytes() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    defer { close(ends[0]) }
    try AtomicFile.write(Data("through".utf8), to: "/proc/self/fd/\(ends[1])")
    close(ends[1])
    var buffer = [UInt8](repeating: 0, count: 100)
    let count = read(ends[0], &buffer, buffer.count)
    #expect(Array(buffer.prefix(max(count, 0))) == Array("through".utf8))
  }
}
