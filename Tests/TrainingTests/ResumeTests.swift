import Checkpoints
import Foundation
import Models
import Testing

@testable import Training

/// A run that is stopped and resumed ends exactly where one that is not stopped ends.
@Suite struct ResumeTests {
  private func configuration(_ folder: String, cell: CellKind) throws -> PretrainingConfiguration {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var run = try PretrainingTests.configuration(folder, cell: cell)
    run.architecture.dropout = 0.25
    run.architecture.layerCount = 2
    run.clip = 1
    run.schedule = LearningRateSchedule(baseRate: 0.02, decay: .linear, warmupSteps: 3, horizon: 12)
    return run
  }

  private func expectSame(
    _ stopped: PretrainingConfiguration, after steps: Int, as whole: PretrainingConfiguration,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let uninterrupted = try PretrainingTests.run(whole)
    let first = try PretrainingTests.run(stopped, stoppingAfter: steps)
    #expect(first.result.wasInterrupted, sourceLocation: sourceLocation)
    #expect(first.result.testLoss == nil, sourceLocation: sourceLocation)
    let checkpoint = try #require(first.interrupted, sourceLocation: sourceLocation)
    #expect(checkpoint.hasSuffix("/e\(steps).safetensors"), sourceLocation: sourceLocation)
    var resumed = stopped
    resumed.load = checkpoint
    resumed.resumes = true
    let second = try PretrainingTests.run(resumed)
    #expect(!second.result.wasInterrupted, sourceLocation: sourceLocation)
    #expect(second.result.steps == uninterrupted.result.steps, sourceLocation: sourceLocation)
    #expect(second.result.charactersSeen == uninterrupted.result.charactersSeen, sourceLocation: sourceLocation)
    #expect(first.losses + second.losses == uninterrupted.losses, sourceLocation: sourceLocation)
    #expect(second.result.validationLoss == uninterrupted.result.validationLoss, sourceLocation: sourceLocation)
    #expect(second.result.testLoss == uninterrupted.result.testLoss, sourceLocation: sourceLocation)
    let (found, expected) = (
      try PretrainingTests.parameters(stopped.save), try PretrainingTests.parameters(whole.save)
    )
    #expect(found == expected, sourceLocation: sourceLocation)
    #expect(
      try ModelFile.readCard(stopped.save).training?.steps == ModelFile.readCard(whole.save).training?.steps,
      sourceLocation: sourceLocation)
  }

  @Test(arguments: CellKind.allCases)
  func withinAnEpoch(cell: CellKind) throws {
    try withTemporaryFolder { folder in
      try expectSame(
        try configuration(folder + "/stopped", cell: cell), after: 6,
        as: try configuration(folder + "/whole", cell: cell))
    }
  }

  @Test(arguments: [1, 4, 8, 11])
  func atEveryKindOfStep(step: Int) throws {
    try withTemporaryFolder { folder in
      try expectSame(
        try configuration(folder + "/stopped", cell: .multiplicativeLSTM), after: step,
        as: try configuration(folder + "/whole", cell: .multiplicativeLSTM))
    }
  }

  /// The epoch's mean training loss, which then chooses the best model, covers the steps before the stop.
  @Test(arguments: [2, 4, 6])
  func withoutValidationText(step: Int) throws {
    try withTemporaryFolder { folder in
      var (stopped, whole) = (
        try configuration(folder + "/stopped", cell: .lstm), try configuration(folder + "/whole", cell: .lstm)
      )
      stopped.split = "1."
      whole.split = "1."
      try expectSame(stopped, after: step, as: whole)
    }
  }

  @Test func whenTheRestOfTheRunFindsNothingBetter() throws {
    try withTemporaryFolder { folder in
      var (stopped, whole) = (
        try configuration(folder + "/stopped", cell: .gru), try configuration(folder + "/whole", cell: .gru)
      )
      stopped.schedule = LearningRateSchedule(baseRate: 0)
      whole.schedule = LearningRateSchedule(baseRate: 0)
      try expectSame(stopped, after: 6, as: whole)
    }
  }

  @Test func aStopAtTheLastStepChangesNothing() throws {
    try withTemporaryFolder { folder in
      let run = try PretrainingTests.run(try configuration(folder, cell: .lstm), stoppingAfter: 12)
      #expect(!run.result.wasInterrupted)
      #expect(run.losses.count == 3)
      #expect(run.result.testLoss != nil)
    }
  }

  @Test func fromACheckpointOfTheLastStepOfAnEpoch() throws {
    try withTemporaryFolder { folder in
      var whole = try configuration(folder, cell: .multiplicativeLSTM)
      whole.stepsPerCheckpoint = 8
      whole.savesTrainingState = true
      let uninterrupted = try PretrainingTests.run(whole)
      let expected = try PretrainingTests.parameters(whole.save)
      var resumed = whole
      resumed.load = folder + "/model/e8.safetensors"
      resumed.resumes = true
      let second = try PretrainingTests.run(resumed)
      #expect(second.losses == Array(uninterrupted.losses.suffix(2)))
      #expect(second.result.validationLoss == uninterrupted.result.validationLoss)
      #expect(try PretrainingTests.parameters(whole.save) == expected)
    }
  }

  @Test func refusals() throws {
    try withTemporaryFolder { folder in
      var run = try configuration(folder, cell: .lstm)
      run.savesTrainingState = true
      run.stepsPerCheckpoint = 5
      _ = try PretrainingTests.run(run)
      run.resumes = true
      let optimizer = folder + "/model/optim.safetensors"

      run.load = folder + "/model/e5.safetensors"
      #expect(throws: TrainingError.stateOfAnotherStep(path: optimizer, modelStep: 5, stateStep: 10)) {
        try Pretraining(run)
      }
      run.load = folder + "/model/e10.safetensors"
      run.epochs = 2
      #expect(throws: TrainingError.alreadyFinished(steps: 10, total: 8)) { try Pretraining(run) }
      run.epochs = 3
      run.batchSize = 5
      #expect(throws: (any Error).self) { try Pretraining(run) }
      run.batchSize = 4
      run.optimizer = .sgd
      #expect(throws: CheckpointError.self) { try Pretraining(run) }
      run.optimizer = .adam
      _ = try Pretraining(run)
      try FileManager.default.removeItem(atPath: optimizer)
      #expect(throws: CheckpointError.notFound(path: optimizer)) { try Pretraining(run) }
      try FileManager.default.copyItem(atPath: run.save, toPath: optimizer)
      #expect(
        throws: TrainingError.stateMismatch(path: optimizer, reason: "it holds no state of a training run")
      ) { try Pretraining(run) }
    }
  }

  @Test func theStateLiesBesideTheCheckpoint() {
    #expect(TrainingState.path(besideCheckpoint: "/a/b/e5.safetensors") == "/a/b/optim.safetensors")
    #expect(
      ["optim.safetensors", "./optim.safetensors"].contains(TrainingState.path(besideCheckpoint: "e5.safetensors")))
    #expect(TrainingState.path(besideCheckpoint: "m/e5.safetensors") == "m/optim.safetensors")
  }
}
