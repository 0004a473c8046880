import Files
import Formats
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct DiskFullTests {
  @Test func theFullDeviceIsReportedAtOnceAndAtTheEnd() {
    let expected = "cannot write /dev/full: no space left on device"
    #expect(message { try AtomicFile.write(Data("x".utf8), to: "/dev/full") } == expected)
    #expect(message { try AtomicFile.write(Data(count: 5 << 20), to: "/dev/full") } == expected)
  }

  @Test(.enabled(if: SmallDisk.isPossible, "mounting a small file system needs the superuser"))
  func aFullDiskLeavesTheOldFile() throws {
    try SmallDisk.use(kibibytes: 256) { folder in
      let path = folder + "/model.safetensors"
      let small = Tensor([1, 2, 3], shape: [3])
      try SafetensorsWriter.write(tensors: [("w", .float32(small))], to: path)
      let old = try bytes(at: path)
      let large = Tensor(zeros: [1 << 20])
      #expect(
        message { try SafetensorsWriter.write(tensors: [("w", .float32(large))], to: path) }
          == "cannot write \(path): no space left on device; the previous file is unchanged")
      #expect(try bytes(at: path) == old)
      #expect(
        message { try NumpyFile.write(float32: large, to: folder + "/x.npy") }
          == "cannot write \(folder)/x.npy: no space left on device")
      #expect(try contents(of: folder) == ["model.safetensors"])
    }
  }
}

/// A file system in memory of a given size.
enum SmallDisk {
  static let isPossible = (try? use(kibibytes: 64) { _ in }) != nil

  struct NotPossible: Error {}

  static func use(kibibytes: Int, _ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      guard run("mount", "-t", "tmpfs", "-o", "size=\(kibibytes)k", "tmpfs", folder) else { throw NotPossible() }
      defer { _ = run("umount", folder) }
      try body(folder)
    }
  }

  private static func run(_ arguments: String...) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
