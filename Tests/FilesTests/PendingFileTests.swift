import Foundation
import TestSupport
import Testing

@testable import Files

@Suite struct PendingFileTests {
  @Test func nothingShowsBeforeAllIsWhole() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write(Data("old".utf8), to: folder + "/a")
      let files = PendingFiles()
      let first = try files.begin(folder + "/a")
      try first.write("new")
      try files.complete(first)
      try files.begin(folder + "/b").write("more")
      #expect(try bytes(at: folder + "/a") == Array("old".utf8))
      try files.publish()
      #expect(try bytes(at: folder + "/a") == Array("new".utf8))
      #expect(try contents(of: folder) == ["a", "b"])
    }
  }

  @Test func whatIsNotPublishedLeavesNoTrace() throws {
    try withTemporaryFolder { folder in
      do {
        let files = PendingFiles()
        try files.begin(folder + "/x/y/a").write("new")
        try files.begin(folder + "/b").write("new")
      }
      #expect(try contents(of: folder).isEmpty)
    }
  }

  @Test func theRestOfAnOlderSetGoes() throws {
    try withTemporaryFolder { folder in
      for name in ["0", "1", "2"] {
        try AtomicFile.ensureWritableFolder(for: "\(folder)/\(name)/t", creating: true)
        try AtomicFile.write(Data("old".utf8), to: "\(folder)/\(name)/t")
      }
      try AtomicFile.write(Data("mine".utf8), to: folder + "/1/note")
      let files = PendingFiles()
      try files.begin(folder + "/0/t").write("new")
      try files.publish(removing: ["0", "1", "2"].map { "\(folder)/\($0)/t" })
      #expect(try bytes(at: folder + "/0/t") == Array("new".utf8))
      #expect(try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() == ["0", "0/t", "1", "1/note"])
    }
  }

  @Test func aLinkKeepsPointing() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write(Data("old".utf8), to: folder + "/real")
      try FileManager.default.createSymbolicLink(atPath: folder + "/link", withDestinationPath: "real")
      let files = PendingFiles()
      try files.begin(folder + "/link").write("new")
      try files.publish()
      #expect(try bytes(at: folder + "/real") == Array("new".utf8))
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder + "/link") == "real")
    }
  }
}
