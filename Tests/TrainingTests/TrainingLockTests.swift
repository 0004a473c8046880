import Foundation
import TestSupport
import Testing

@testable import Training

@Suite struct TrainingLockTests {
  @Test func aSecondProcessIsRefusedAndAnAbandonedFileIsNot() throws {
    try withTemporaryFolder { folder in
      let save = folder + "/m.safetensors"
      try Data().write(to: URL(fileURLWithPath: save + ".train_lock"))
      let lock = try TrainingLock(save: save)
      #expect(throws: TrainingError.alreadyRunning(save: save)) { try TrainingLock(save: save) }
      lock.release()
      #expect(!FileManager.default.fileExists(atPath: save + ".train_lock"))
    }
  }

  /// From the first event to the last a second run is refused, and what the first has half-written stays.
  @Test func isHeldForTheWholeRun() throws {
    try withTemporaryFolder { folder in
      var run = try PretrainingTests.configuration(folder)
      run.stepsPerCheckpoint = 5
      let partial = run.checkpointFolder.path + "/.e5.safetensors.x.partial"
      var (refused, events) = (0, 0)
      let pretraining = try Pretraining(run) { event in
        events += 1
        if case .saved = event { _ = FileManager.default.createFile(atPath: partial, contents: nil) }
        do {
          _ = try Pretraining(run)
        } catch TrainingError.alreadyRunning {
          refused += 1
        } catch {
          Issue.record(error)
        }
      }
      #expect(throws: TrainingError.alreadyRunning(save: run.save)) { try Pretraining(run) }
      _ = try pretraining.run()
      #expect(events > 20 && refused == events)
      #expect(FileManager.default.fileExists(atPath: partial))
      #expect(!FileManager.default.fileExists(atPath: run.save + ".train_lock"))
      // The next run tidies up.
      _ = try Pretraining(run).run()
      #expect(!FileManager.default.fileExists(atPath: partial))
    }
  }

  @Test func foldersMadeForItGoWithIt() throws {
    try withTemporaryFolder { folder in
      let save = folder + "/a/b/m.safetensors"
      var lock: TrainingLock? = try TrainingLock(save: save)
      #expect(FileManager.default.fileExists(atPath: save + ".train_lock"))
      lock = nil
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
      lock = try TrainingLock(save: save)
      _ = FileManager.default.createFile(atPath: save, contents: nil)
      lock?.release()
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/a/b") == ["m.safetensors"])
    }
  }
}
