import Checkpoints
import Configuration
import Models
import Optimization
import TestSupport
import Testing
import Training

/// The model's file holds the configuration that made it.
@Suite struct RecordedConfigurationTests {
  private func recorded(_ path: String) throws -> PretrainingConfiguration {
    try PretrainingConfiguration(settings: try #require(try ModelFile.readCard(path).configuration))
  }

  @Test func whatDecidesTheNumbersIsInTheFile() throws {
    try withTemporaryFolder { folder in
      var run = try PretrainingTests.configuration(folder, cell: .gru)
      run.seed = 99
      run.optimizer = .sgd(momentum: 0.5)
      run.threads = 1
      _ = try PretrainingTests.run(run)
      let found = try recorded(run.save)
      #expect(found.seed == 99 && found.optimizer == .sgd(momentum: 0.5) && found.data == run.data)
      #expect(found.architecture.cell == .gru && found.architecture.hiddenSize == 8)
      #expect(found.cleaning == .processString)
      // Where and on what it ran is not.
      #expect(found.save == PretrainingConfiguration.defaults.save && found.threads == nil)
      // And made again from what is recorded, it is the same model.
      var again = found
      again.save = folder + "/again.safetensors"
      _ = try PretrainingTests.run(again)
      #expect(try PretrainingTests.parameters(again.save) == PretrainingTests.parameters(run.save))
    }
  }

  @Test func aStopLeavesNoTraceInIt() throws {
    try withTemporaryFolder { folder in
      var start = try PretrainingTests.configuration(folder)
      start.save = folder + "/start.safetensors"
      _ = try PretrainingTests.run(start)
      var whole = start
      whole.load = start.save
      whole.save = folder + "/whole.safetensors"
      _ = try PretrainingTests.run(whole)
      var stopped = whole
      stopped.save = folder + "/stopped.safetensors"
      let first = try PretrainingTests.run(stopped, stoppingAfter: 6)
      stopped.load = first.interrupted
      stopped.resumes = true
      _ = try PretrainingTests.run(stopped)
      #expect(try recorded(stopped.save) == recorded(whole.save))
      #expect(try recorded(stopped.save).load == start.save)
    }
  }
}
