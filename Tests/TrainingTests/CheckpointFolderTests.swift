import Checkpoints
import Foundation
import Optimization
import TestSupport
import Testing

@testable import Training

@Suite struct CheckpointFolderTests {
  /// A run of twelve steps that leaves checkpoints after 4, 8 and 12.
  private static func run(_ folder: String) throws -> PretrainingConfiguration {
    var run = try PretrainingTests.configuration(folder, cell: .gru)
    run.stepsPerCheckpoint = 4
    _ = try PretrainingTests.run(run)
    return run
  }

  private static func date(_ path: String, secondsAgo: Double) throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -secondsAgo)], ofItemAtPath: path)
  }

  @Test func theNewestIsTheOneWithTheMostSteps() throws {
    try withTemporaryFolder { path in
      let checkpoints = try Self.run(path).checkpointFolder
      for step in [4, 8, 12] { try Self.date(checkpoints.modelPath(step), secondsAgo: Double(step) * 100) }
      #expect(checkpoints.newestResumable() == checkpoints.modelPath(12))
      // Under another name it is what it was.
      for (from, to) in [
        (checkpoints.modelPath(12), checkpoints.modelPath(2)), (checkpoints.statePath(12), checkpoints.statePath(2)),
      ] { try FileManager.default.moveItem(atPath: from, toPath: to) }
      #expect(checkpoints.newestResumable() == checkpoints.modelPath(2))
      try FileManager.default.removeItem(atPath: checkpoints.statePath(2))
      #expect(checkpoints.newestResumable() == checkpoints.modelPath(8), "a model without its state is half of one")
      try Data("damaged".utf8).write(to: URL(fileURLWithPath: checkpoints.modelPath(8)))
      #expect(checkpoints.newestResumable() == checkpoints.modelPath(4))
      try Data("damaged".utf8).write(to: URL(fileURLWithPath: checkpoints.modelPath(4)))
      #expect(checkpoints.newestResumable() == checkpoints.modelPath(8), "to be told what is wrong with it")
      #expect(CheckpointFolder(forSave: path + "/other.safetensors").newestResumable() == nil)
    }
  }

  /// A run that begins anew must not be resumed from where an older one ended.
  @Test func checkpointsOfAnEarlierRunAreSetAside() throws {
    try withTemporaryFolder { path in
      var run = try Self.run(path)
      let checkpoints = run.checkpointFolder
      let last = try Data(contentsOf: URL(fileURLWithPath: checkpoints.modelPath(12)))
      run.schedule = LearningRateSchedule(baseRate: 0.001)
      _ = try PretrainingTests.run(run, stoppingAfter: 5)
      #expect(checkpoints.newestResumable() == checkpoints.modelPath(5))
      let earlier = checkpoints.path + "/earlier-1"
      #expect(try FileManager.default.contentsOfDirectory(atPath: earlier).count == 6)
      #expect(try Data(contentsOf: URL(fileURLWithPath: earlier + "/e12.safetensors")) == last)
      // Its own are never moved, and one that goes back leaves those behind it.
      run.resumes = true
      run.load = checkpoints.newestResumable()
      _ = try PretrainingTests.run(run)
      #expect(checkpoints.newestResumable() == checkpoints.modelPath(12))
      run.load = checkpoints.modelPath(8)
      _ = try PretrainingTests.run(run, stoppingAfter: 9)
      #expect(checkpoints.newestResumable() == checkpoints.modelPath(9))
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: checkpoints.path + "/earlier-2").sorted()
          == ["e12.optim.safetensors", "e12.safetensors"])
    }
  }

  @Test func theStateLiesBesideTheCheckpoint() {
    #expect(CheckpointFolder.statePath(besideModel: "/a/b/e5.safetensors") == "/a/b/e5.optim.safetensors")
    #expect(CheckpointFolder(forSave: "a/m.safetensors").path == "a/m")
    #expect(CheckpointFolder(forSave: "model").path == "model.checkpoints")
  }

  @Test func partialFilesOfThisModelOnlyAreRemoved() throws {
    try withTemporaryFolder { path in
      let checkpoints = CheckpointFolder(forSave: path + "/m.safetensors")
      try FileManager.default.createDirectory(atPath: checkpoints.path, withIntermediateDirectories: true)
      let names = [
        ".m.safetensors.abc.partial", ".m.safetensors.old.abc.partial", ".n.safetensors.abc.partial",
        "m/.e5.safetensors.abc.partial", "m/.e5.optim.safetensors.abc.partial", "m/x.partial",
      ]
      for name in names { _ = FileManager.default.createFile(atPath: path + "/" + name, contents: nil) }
      checkpoints.removePartialFiles()
      let left = names.filter { FileManager.default.fileExists(atPath: path + "/" + $0) }
      #expect(left == [names[1], names[2], names[5]])
    }
  }
}
