import Foundation
import Models
import Optimization
import Testing
import Training

/// Ten steps of a fixed tiny run: a change that should not alter numbers repeats these losses.
///
/// To make the constants anew after a change that means to alter them (another draw of initial values, another sampler),
/// run the tests with `PRINT_PINNED_LOSSES=1` and copy what the failing test says.
@Suite struct PinnedLossTests {
  private static let pinned = [
    5.5421293, 5.4962312, 5.4597512, 5.4154046, 5.3285443, 5.2982834, 5.2426552, 5.2053533, 5.1800854, 5.1169727,
  ]

  @Test func tenStepsRepeatTheCommittedLosses() throws {
    let losses = try losses()
    try #require(losses.count == 10)
    if ProcessInfo.processInfo.environment["PRINT_PINNED_LOSSES"] != nil {
      Issue.record("\(losses.map { String(format: "%.7f", $0) }.joined(separator: ", "))")
    }
    #expect(zip(losses, Self.pinned).allSatisfy { abs($0 - $1) < 1e-5 } && Self.pinned.count == 10, "\(losses)")
  }

  private func losses() throws -> [Double] {
    var losses: [Double] = []
    try CommandBench.use { bench in
      let nouns = ["film", "room", "soup", "story", "lamp"]
      let words = ["plain", "fine", "dull", "bright"]
      let rows = (0..<40).map { "The \(nouns[$0 % 5]) was \(words[$0 % 4]) on day \($0)." }
      try bench.write("sentence\n" + rows.joined(separator: "\n") + "\n", to: "texts.csv")
      var run = PretrainingConfiguration()
      run.data = [bench.path("texts.csv")]
      run.split = "1"
      run.architecture = LanguageModelConfiguration(
        cell: .multiplicativeLSTM, embeddingSize: 8, hiddenSize: 16, layerCount: 2, dropout: 0.1)
      run.batchSize = 3
      run.sequenceLength = 20
      run.sampling = .shards
      run.schedule = LearningRateSchedule(baseRate: 0.01, decay: .cosine, warmupSteps: 2, horizon: 10)
      run.clip = 1
      run.stepsPerEpoch = 10
      run.save = bench.path("model.safetensors")
      run.seed = 7
      run.threads = 1
      _ = try Pretraining(run) { event in
        if case .step(_, _, _, let loss, _) = event { losses.append(loss) }
      }.run()
    }
    return losses
  }
}
