import Files
import Foundation
import TestSupport
import Tensors
import Testing

@Suite struct AtomicFileTests {
  @Test func replacesTheContentsAndLeavesNothingElse() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/model.bin"
      try AtomicFile.write(Data("first".utf8), to: path)
      try AtomicFile.write(Data("second".utf8), to: path)
      #expect(try bytes(at: path) == Array("second".utf8))
      #expect(try contents(of: folder) == ["model.bin"])
    }
  }

  @Test func foldersThatAreMissingAreFoundAboveAnyPath() throws {
    try withTemporaryFolder { folder in
      #expect(AtomicFile.missingFolders(above: folder + "/m") == [])
      #expect(AtomicFile.missingFolders(above: folder + "/a/b/m") == [folder + "/a/b", folder + "/a"])
    }
    #expect(AtomicFile.missingFolders(above: "q/z/m") == ["q/z", "q"])
    for path in ["m", "", "/m", "./m"] { #expect(AtomicFile.missingFolders(above: path) == [], "\(path)") }
  }

  @Test func writesAnEmptyFile() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write(Data(), to: folder + "/empty")
      #expect(try bytes(at: folder + "/empty").isEmpty)
    }
  }

  @Test func theOldFileStandsUntilTheNewOneIsComplete() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/model.bin"
      try AtomicFile.write(Data("old".utf8), to: path)
      try AtomicFile.write(to: path) { sink in
        try sink.write([UInt8](repeating: 7, count: 3 << 20))
        #expect(try bytes(at: path) == Array("old".utf8))
      }
      #expect(try bytes(at: path).count == 3 << 20)
    }
  }

  @Test func piecesOfEverySizeArriveInOrder() throws {
    try withTemporaryFolder { folder in
      var expected: [UInt8] = []
      var generator = SeededGenerator(seed: 1)
      try AtomicFile.write(to: folder + "/pieces") { sink in
        for _ in 0..<60 {
          let size = Bool.random(using: &generator) ? Int.random(in: 0..<100, using: &generator) : 1 << 18
          let piece = (0..<size).map { _ in UInt8.random(in: 0...255, using: &generator) }
          try sink.write(piece)
          expected += piece
        }
        try sink.write([UInt8](repeating: 9, count: (1 << 20) + 1))
        try sink.overwrite(at: 1, [1, 2, 3])
        #expect(sink.byteCount == expected.count + (1 << 20) + 1)
      }
      expected += [UInt8](repeating: 9, count: (1 << 20) + 1)
      expected.replaceSubrange(1..<4, with: [1, 2, 3])
      #expect(try bytes(at: folder + "/pieces") == expected)
    }
  }

  @Test func anErrorOfTheBodyIsPassedOnAndTheOldFileIsUntouched() throws {
    struct Interrupted: Error {}
    try withTemporaryFolder { folder in
      let path = folder + "/model.bin"
      try AtomicFile.write(Data("old".utf8), to: path)
      #expect(throws: Interrupted.self) {
        try AtomicFile.write(to: path) { sink in
          try sink.write([UInt8](repeating: 0, count: 2 << 20))
          throw Interrupted()
        }
      }
      #expect(try bytes(at: path) == Array("old".utf8))
      #expect(try contents(of: folder) == ["model.bin"])
    }
  }

  @Test func keepsThePermissionsOfTheFileItReplaces() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/model.bin"
      try AtomicFile.write(Data("old".utf8), to: path)
      try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
      try AtomicFile.write(Data("new".utf8), to: path)
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect(attributes[.posixPermissions] as? Int == 0o640)
    }
  }

  @Test(arguments: [true, false]) func followsASymbolicLink(toExistingFile exists: Bool) throws {
    try withTemporaryFolder { folder in
      try FileManager.default.createDirectory(atPath: folder + "/big", withIntermediateDirectories: false)
      if exists { try AtomicFile.write(Data("old".utf8), to: folder + "/big/model.bin") }
      try FileManager.default.createSymbolicLink(atPath: folder + "/link", withDestinationPath: "big/model.bin")
      try AtomicFile.write(Data("new".utf8), to: folder + "/link")
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder + "/link") == "big/model.bin")
      #expect(try bytes(at: folder + "/big/model.bin") == Array("new".utf8))
      #expect(try contents(of: folder + "/big") == ["model.bin"])
    }
  }

  @Test func acceptsTheLongestFileName() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/" + String(repeating: "ж", count: 127)
      try AtomicFile.write(Data("x".utf8), to: path)
      #expect(try bytes(at: path) == Array("x".utf8))
      let tooLong = message { try AtomicFile.write(Data(), to: path + "жж") }
      #expect(tooLong.hasSuffix(": file name too long"))
    }
  }

  @Test func refusesAFolderAsTarget() throws {
    try withTemporaryFolder { folder in
      #expect(message { try AtomicFile.write(Data(), to: folder) } == "cannot write \(folder): it is a folder")
      #expect(
        message { try AtomicFile.write(Data(), to: folder + "/new/") }
          == "cannot write \(folder)/new/: it names a folder, not a file")
    }
  }

  @Test func namesTheMissingFolder() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/models/x.bin"
      let expected = "cannot write \(path): the folder \(folder)/models does not exist"
      #expect(message { try AtomicFile.write(Data(), to: path) } == expected)
      #expect(message { try AtomicFile.ensureWritableFolder(for: path) } == expected)
    }
  }

  @Test func refusesAFileUsedAsFolder() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write(Data(), to: folder + "/file")
      let path = folder + "/file/x.bin"
      let expected = "cannot write \(path): not a directory"
      #expect(message { try AtomicFile.write(Data(), to: path) } == expected)
      #expect(
        message { try AtomicFile.ensureWritableFolder(for: path, creating: true) }
          == "cannot write \(path): \(folder)/file is not a folder")
    }
  }

  @Test func refusesAFolderThatTakesNoFiles() {
    let expected = "cannot write /proc/x.bin: the folder /proc takes no new files"
    #expect(message { try AtomicFile.write(Data(), to: "/proc/x.bin") }.hasPrefix(expected))
    #expect(message { try AtomicFile.ensureWritableFolder(for: "/proc/x.bin") }.hasPrefix(expected))
    #expect(
      message { try AtomicFile.ensureWritableFolder(for: "/proc/a/b/x.bin", creating: true) }
        .hasPrefix("cannot write /proc/a/b/x.bin: cannot make the folder /proc/a: "))
  }

  @Test func refusesPathsThatAreNone() {
    #expect(message { try AtomicFile.write(Data(), to: "") } == "cannot write : the path is empty")
    #expect(
      message { try AtomicFile.write(Data(), to: "a\0b") }
        == "cannot write a\\0b: the path contains a zero byte")
  }

  @Test func makesTheFoldersWhenAsked() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a/b/c/x.bin"
      try AtomicFile.ensureWritableFolder(for: path, creating: true)
      #expect(try contents(of: folder + "/a/b/c").isEmpty)
      try AtomicFile.write(Data("x".utf8), to: path)
      try AtomicFile.ensureWritableFolder(for: path, creating: true)
      #expect(try contents(of: folder + "/a/b/c") == ["x.bin"])
    }
  }

  @Test func writesToADeviceWithoutReplacingIt() throws {
    try AtomicFile.write(Data("gone".utf8), to: "/dev/null")
    try AtomicFile.ensureWritableFolder(for: "/dev/null")
    let attributes = try FileManager.default.attributesOfItem(atPath: "/dev/null")
    #expect(attributes[.type] as? FileAttributeType == .typeCharacterSpecial)
  }
}
