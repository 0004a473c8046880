import Checkpoints
import Files
import Formats
import Foundation
import Models
import Optimization
import TestSupport
import Testing

@testable import Corpora
@testable import Training

/// A run that is stopped and resumed ends exactly where one that is not stopped ends.
@Suite struct ResumeTests {
  private func configuration(
    _ folder: String, cell: CellKind, sampling: TextSampling? = nil
  ) throws -> PretrainingConfiguration {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var run = try PretrainingTests.configuration(folder, cell: cell)
    run.architecture.dropout = 0.25
    run.architecture.layerCount = 2
    run.clip = 1
    run.sampling = sampling
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

  @Test(arguments: CellKind.allCases, TextSampling.allCases)
  func withinAnEpoch(cell: CellKind, sampling: TextSampling) throws {
    try withTemporaryFolder { folder in
      try expectSame(
        try configuration(folder + "/stopped", cell: cell, sampling: sampling), after: 6,
        as: try configuration(folder + "/whole", cell: cell, sampling: sampling))
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

  /// The evaluation that follows the last step is left out, and made up for by the run that goes on.
  @Test func aStopAtTheLastStep() throws {
    try withTemporaryFolder { folder in
      try expectSame(
        try configuration(folder + "/stopped", cell: .lstm), after: 12,
        as: try configuration(folder + "/whole", cell: .lstm))
    }
  }

  @Test func aStopInAnEvaluationIsPrompt() throws {
    try withTemporaryFolder { folder in
      var run = try configuration(folder, cell: .lstm)
      run.evaluationBatches = nil
      run.evaluationSequenceLength = 1
      var asked = 0
      var isValidating = false
      let result = try Pretraining(
        run, observe: { if case .validating = $0 { isValidating = true } },
        shouldStop: {
          if isValidating { asked += 1 }
          return asked > 3
        }
      ).run()
      #expect(result.wasInterrupted)
      #expect(result.steps == 4)
      #expect(run.checkpointFolder.newestResumable() == folder + "/model/e4.safetensors")
    }
  }

  /// The same number of steps in one run and in a run that was finished and asked for more.
  @Test func additionalSteps() throws {
    try withTemporaryFolder { folder in
      var whole = try configuration(folder + "/whole", cell: .gru)
      whole.schedule = LearningRateSchedule(baseRate: 0.02)
      whole.stepsPerCheckpoint = 100
      var first = try configuration(folder + "/part", cell: .gru)
      first.schedule = whole.schedule
      first.stepsPerCheckpoint = 100
      first.epochs = 1
      _ = try PretrainingTests.run(whole)
      _ = try PretrainingTests.run(first)
      var more = first
      more.load = first.checkpointFolder.newestResumable()
      more.resumes = true
      more.additionalSteps = 8
      let result = try PretrainingTests.run(more).result
      #expect(result.steps == 12)
      #expect(
        try PretrainingTests.parameters(folder + "/part/model/e12.safetensors")
          == PretrainingTests.parameters(folder + "/whole/model/e12.safetensors"))
    }
  }

  @Test func aDrawnSeedIsKept() throws {
    try withTemporaryFolder { folder in
      var run = try configuration(folder, cell: .gru)
      run.isSeedDrawn = true
      run.seed = 77
      _ = try PretrainingTests.run(run, stoppingAfter: 5)
      run.load = run.checkpointFolder.newestResumable()
      run.resumes = true
      run.seed = 78
      let second = try PretrainingTests.run(run).result
      #expect(second.steps == 12)
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
      // Back to before the last checkpoint, which is made anew.
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
      run.load = folder + "/model/e10.safetensors"
      let state = folder + "/model/e10.optim.safetensors"
      run.epochs = 2
      #expect(throws: TrainingError.alreadyFinished(steps: 10, total: 8)) { try Pretraining(run) }
      run.epochs = 3
      run.batchSize = 5
      #expect(throws: TrainingError.differentRun(path: state, what: .batchSize, saved: "4", now: "5")) {
        try Pretraining(run)
      }
      run.batchSize = 4
      run.optimizer = .sgd()
      #expect(throws: TrainingError.differentRun(path: state, what: .optimizer, saved: "Adam", now: "SGD")) {
        try Pretraining(run)
      }
      run.optimizer = .adam()
      run.seed += 1
      #expect(throws: TrainingError.self) { try Pretraining(run) }
      run.seed -= 1
      run.sampling = .shards
      #expect(throws: TrainingError.differentRun(path: state, what: .sampling, saved: "shuffled", now: "shards")) {
        try Pretraining(run)
      }
      run.sampling = nil
      _ = try Pretraining(run)
      let other = folder + "/model/e5.optim.safetensors"
      let saved = try Data(contentsOf: URL(fileURLWithPath: state))
      try Data(contentsOf: URL(fileURLWithPath: other)).write(to: URL(fileURLWithPath: state))
      #expect(throws: TrainingError.stateOfAnotherStep(path: state, modelStep: 10, stateStep: 5)) {
        try Pretraining(run)
      }
      try FileManager.default.removeItem(atPath: state)
      #expect(throws: FileError.notFound(path: state)) { try Pretraining(run) }
      try FileManager.default.copyItem(atPath: run.save, toPath: state)
      #expect(
        throws: TrainingError.stateMismatch(path: state, reason: "it holds no state of a training run")
      ) { try Pretraining(run) }
      try saved.write(to: URL(fileURLWithPath: state))
      _ = try Pretraining(run)
      try writeTexts(40, to: run.data[0], seed: 2)
      #expect(throws: TrainingError.differentTexts(path: state)) { try Pretraining(run) }
    }
  }

  /// The state as the first version wrote it: rows of the sampler in the text, no settings, and only shards known.
  @Test func goesOnFromAStateOfTheFirstVersion() throws {
    try withTemporaryFolder { folder in
      var run = try configuration(folder, cell: .lstm, sampling: .shards)
      _ = try PretrainingTests.run(run, stoppingAfter: 6)
      let model = run.checkpointFolder.modelPath(6)
      let path = run.checkpointFolder.statePath(6)
      let file = try SafetensorsFile(path: path)
      let place = try TrainingState.readPlace(from: path, modelStep: 6)
      let key = try #require(file.metadata.keys.first)
      var text = try #require(
        try JSONSerialization.jsonObject(with: Data((file.metadata[key] ?? "").utf8)) as? [String: Any])
      var sampler = try #require(text["sampler"] as? [String: Any])
      guard case .shards(let shards) = place.sampler else { throw TrainingError.stoppedBeforeTraining }
      sampler["rows"] = try JSONSerialization.jsonObject(with: JSONEncoder().encode(shards.rows))
      text["sampler"] = sampler
      var identity = try #require(text["identity"] as? [String: Any])
      #expect(identity.removeValue(forKey: "sampling") != nil)
      text["identity"] = identity
      text["settings"] = nil
      let old = String(decoding: try JSONSerialization.data(withJSONObject: text), as: UTF8.self)
      let tensors = try file.names.filter { !$0.hasPrefix("sampler.") }.map {
        ($0, TensorPayload.float32(try file.tensor(named: $0)))
      }
      var whole = run
      whole.save = folder + "/whole.safetensors"
      _ = try PretrainingTests.run(whole)
      try SafetensorsWriter.write(tensors: tensors, metadata: [key: old], to: path)
      run.load = model
      run.resumes = true
      // A run keeps its way where none is named.
      run.sampling = nil
      _ = try PretrainingTests.run(run)
      #expect(try PretrainingTests.parameters(run.save) == PretrainingTests.parameters(whole.save))
    }
  }

  /// What is saved does not grow in the text with the rows of a batch, of which there may be 65,536.
  @Test func rowsAreNotInTheText() throws {
    try withTemporaryFolder { folder in
      var run = try configuration(folder, cell: .gru)
      run.batchSize = 64
      _ = try PretrainingTests.run(run, stoppingAfter: 2)
      let file = try SafetensorsFile(path: run.checkpointFolder.statePath(2))
      #expect(file.metadata.values.allSatisfy { $0.utf8.count < 4000 })
    }
  }

  @Test func changedSettingsAreTold() throws {
    try withTemporaryFolder { folder in
      var run = try configuration(folder, cell: .gru)
      run.optimizer = .adamW()
      _ = try PretrainingTests.run(run, stoppingAfter: 3)
      run.load = run.checkpointFolder.newestResumable()
      run.resumes = true
      func changes(_ change: (inout PretrainingConfiguration) -> Void) throws -> [SettingChange] {
        var changed = run
        change(&changed)
        var told: [SettingChange] = []
        _ = try Pretraining(changed) { if case .settingChanged(let change) = $0 { told.append(change) } }
        return told
      }
      #expect(try changes { _ in } == [])
      #expect(
        try changes {
          $0.schedule.baseRate = 0.5
          $0.clip = 2
          $0.optimizer = .adamW(weightDecay: 0.1)
          $0.loadedDropout = 0
          $0.evaluationBatches = nil
        } == [
          SettingChange(setting: .learningRate, saved: "0.02", now: "0.5"),
          SettingChange(setting: .clip, saved: "1.0", now: "2.0"),
          SettingChange(setting: .weightDecay, saved: "0.01", now: "0.1"),
          SettingChange(setting: .dropout, saved: "0.25", now: "0.0"),
          SettingChange(setting: .evaluationBatches, saved: "3", now: "all held-out text"),
        ])
      #expect(
        try changes { $0.schedule = LearningRateSchedule(baseRate: 0.02, decay: .cosine, warmupSteps: 1, horizon: 24) }
          == [
            SettingChange(setting: .decay, saved: "linear", now: "cosine"),
            SettingChange(setting: .warmup, saved: "3 steps", now: "1 steps"),
            SettingChange(setting: .horizon, saved: "12 steps", now: "24 steps"),
          ])
      #expect(
        try changes { $0.schedule = LearningRateSchedule(baseRate: 0.02, warmupSteps: 3, horizon: 99) }
          == [SettingChange(setting: .decay, saved: "linear", now: "constant")])
    }
  }
}
