import Files
import Foundation
import TestSupport
import Testing

@testable import ToolSupport

/// What `--logdir` leaves behind.
@Suite struct TrainingLogTests {
  private static let line =
    ReviewSamples.pretrain.replacing("--save-iters 0 --train-iters ", with: "--save-iters 5 --train-iters ")
    + "12 --log-interval 2 --logdir logs "

  private static func eventFiles(_ bench: CommandBench) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: bench.path("logs")).filter { $0.hasPrefix("events.out.") }
      .sorted()
  }

  @Test func eventsLinesAndPicture() throws {
    try ReviewSamples.use { bench in
      try bench.succeed(Self.line)
      let records = try bench.lines("logs/metrics.jsonl").map {
        try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Double])
      }
      let training = records.filter { $0["loss/training"] != nil }
      #expect(training.compactMap { $0["step"] } == [2, 4, 6, 8, 10, 12])
      #expect(
        training.allSatisfy {
          Set($0.keys) == [
            "step", "loss/training", "bits_per_character/training", "learning_rate", "gradient_norm", "loss_scale",
            "skipped_steps", "characters_per_second",
          ]
        })
      #expect(records.contains { $0["loss/validation"] != nil } && records.contains { $0["loss/test"] != nil })
      for record in training {
        let (nats, bits) = (record["loss/training"] ?? 0, record["bits_per_character/training"] ?? 0)
        #expect(abs(nats / log(2) - bits) < 1e-9)
      }
      let files = try Self.eventFiles(bench)
      #expect(files.count == 1)
      let events = try EventDecoder.events(bench.data("logs/" + files[0]))
      #expect(events.first?.version == "brain.Event:2")
      #expect(events.dropFirst().count == records.count)
      for (event, record) in zip(events.dropFirst(), records) {
        #expect(Double(event.step) == record["step"])
        for (tag, value) in event.scalars {
          #expect(abs(Float(record[tag] ?? .nan) - value) <= 1e-6 * abs(value), "\(tag)")
        }
      }
      #expect(try bench.data("logs/loss.png").starts(with: [0x89, 0x50, 0x4E, 0x47]))
    }
  }

  @Test func aResumedRunGoesOnInTheSameLog() throws {
    try ReviewSamples.use { bench in
      try bench.succeed(Self.line)
      let whole = try bench.lines("logs/metrics.jsonl")
      for name in ["e10", "e12"] {
        try FileManager.default.removeItem(atPath: bench.path("lang_model/\(name).safetensors"))
      }
      try bench.succeed(Self.line + "--resume")
      let again = try bench.lines("logs/metrics.jsonl")
      /// All but the speed, which no two runs share.
      func comparable(_ lines: [String]) -> [Substring] {
        lines.map { $0.split(separator: ", \"characters_per_second").first ?? "" }
      }
      #expect(again.count == whole.count)
      // The mean of steps 5 and 6 is that of step 6 alone in the run that began after step 5.
      func without6(_ lines: [String]) -> [Substring] { comparable(lines).filter { !$0.contains("\"step\": 6,") } }
      #expect(without6(again) == without6(whole))
      let files = try Self.eventFiles(bench)
      #expect(files.count == 2)
      let starts = try files.flatMap { try EventDecoder.events(bench.data("logs/" + $0)) }.filter(\.startsSession)
      #expect(starts.map(\.step) == [6])
    }
  }

  /// The reader that people use.
  @Test(.enabled(if: hasTensorBoard, "no Python with the package tensorboard; name one with SENTIMENT_PYTHON"))
  func tensorBoardReadsTheEvents() throws {
    try ReviewSamples.use { bench in
      try bench.succeed(Self.line)
      let program = """
        import json, sys
        from tensorboard.backend.event_processing import event_accumulator as e
        a = e.EventAccumulator(sys.argv[1]); a.Reload()
        print(json.dumps({t: [[s.step, s.value] for s in a.Scalars(t)] for t in a.Tags()['scalars']}))
        """
      let output = try #require(Python.run(program, [bench.path("logs")]))
      let found = try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: [[Double]]])
      let records = try bench.lines("logs/metrics.jsonl").compactMap {
        try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Double]
      }
      #expect(Set(found.keys) == Set(records.flatMap(\.keys)).subtracting(["step"]))
      for (tag, points) in found {
        let expected = records.filter { $0[tag] != nil }.map { [$0["step"] ?? 0, Double(Float($0[tag] ?? 0))] }
        // The reader of JSON here may be off by a unit in the last place.
        let isSame = zip(points, expected).allSatisfy { $0[0] == $1[0] && abs($0[1] - $1[1]) <= 1e-12 * abs($1[1]) }
        #expect(isSame && points.count == expected.count, "\(tag): \(points), \(expected)")
      }
    }
  }

  private static let hasTensorBoard = Python.has("tensorboard.backend.event_processing.event_accumulator")
}

@Suite struct ContinuationCommandTests {
  private func text(_ line: String, remaining: Int = 7) -> String {
    ContinuationCommand.text(
      command: "pretrain", arguments: line.split(separator: " ").map(String.init), as: .pretrain, remaining: remaining)
  }

  @Test(arguments: [
    ("--data a.csv b.csv --lr 1e-3", "pretrain --data a.csv b.csv --lr 1e-3 --resume"),
    ("--save m.safetensors --resume", "pretrain --save m.safetensors --resume"),
    ("--load x.safetensors --nhid 8", "pretrain --nhid 8 --resume"),
    ("--load_model=x.safetensors --nhid 8 --load_optim", "pretrain --nhid 8 --resume"),
    ("--resume --additional-iters 20", "pretrain --resume --additional-iters 7"),
    ("--seed -1 --text_key it's", "pretrain --seed=-1 --text-key 'it'\\''s' --resume"),
  ])
  func goesOn(_ row: (typed: String, expected: String)) { #expect(text(row.typed) == row.expected) }

  @Test func wordsForTheShell() {
    #expect(ContinuationCommand.quoted("") == "''")
    #expect(ContinuationCommand.quoted("a b") == "'a b'")
    #expect(ContinuationCommand.quoted("$HOME/*") == "'$HOME/*'")
    #expect(ContinuationCommand.quoted("data/x-1.csv") == "data/x-1.csv")
  }
}
