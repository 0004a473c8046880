import Foundation
import Testing

@Suite struct ShardToolTests {
  private static let lines = (0..<7).map { #"{"reviewText": "Review \#($0) of caf\u00e9\n", "overall": 5.0}"# }

  @Test func cutsLinesAsTheyAre() throws {
    try CommandBench.use { bench in
      try bench.write(Self.lines[..<4].joined(separator: "\n") + "\n\n", to: "a.jsonl")
      try bench.write(Self.lines[4...].joined(separator: "\r\n"), to: "b.jsonl")
      let run = try bench.succeed("sentiment-tools shard --input a.jsonl b.jsonl --output out --rows 3")
      #expect(run.output == "out: 7 lines in 3 shards\n")
      let names = try FileManager.default.contentsOfDirectory(atPath: bench.path("out")).sorted()
      #expect(names == ["0000.jsonl", "0001.jsonl", "0002.jsonl"])
      #expect(try names.flatMap { try bench.lines("out/" + $0) } == Self.lines)
      #expect(try bench.lines("out/0001.jsonl").count == 3)
    }
  }

  @Test func writesTheTextsAlone() throws {
    try CommandBench.use { bench in
      try bench.write(Self.lines.joined(separator: "\n"), to: "a.jsonl")
      try bench.succeed("sentiment-tools shard --input a.jsonl --output out --rows 5 --format text")
      #expect(try bench.text("out/1/input.txt") == "Review 5 of café\n\nReview 6 of café\n\n")
    }
  }

  @Test func trainsOnWhatItCut() throws {
    try CommandBench.use { bench in
      try bench.write(Self.lines.joined(separator: "\n"), to: "a.jsonl")
      try bench.succeed("sentiment-tools shard --input a.jsonl --output out --rows 4")
      let run = try bench.succeed(
        "pretrain --shards --data out/0000.jsonl out/0001.jsonl --text-key reviewText --split 1 --nhid 4 --emsize 4 "
          + "--batch-size 2 --seq-length 8 --train-iters 3 --threads 1 --report report.json")
      #expect(run.errors.contains("shard 2 of 2: out/0001.jsonl\n"))
      #expect(try bench.number("steps") == 6)
      #expect(bench.exists("lang_model/e3.safetensors") && bench.exists("lang_model/e6.optim.safetensors"))
    }
  }

  @Test func refusals() throws {
    try CommandBench.use { bench in
      func fail(_ options: String, _ status: Int32, _ sentence: String) throws {
        let run = try bench.run("sentiment-tools shard --output out --input " + options)
        #expect(run.status == status)
        #expect(run.errors.hasPrefix("Error: \(sentence)\n"), "\(run.errors)")
      }
      try bench.write("{\"reviewText\": 1}\n", to: "number.jsonl")
      try bench.write("\n[1]\n", to: "array.jsonl")
      try bench.write("\n", to: "empty.jsonl")
      try fail("empty.jsonl", 1, "'empty.jsonl' holds no rows.")
      try fail("array.jsonl", 1, "'array.jsonl', line 2, is not a review: it is not a JSON object.")
      try fail(
        "number.jsonl --format text", 1, "'number.jsonl', line 1, is not a review: it has no text under 'reviewText'.")
      try fail("number.jsonl --rows 0", 64, "--rows must be at least 1, not 0.")
      #expect(!bench.exists("out"))
    }
  }
}
