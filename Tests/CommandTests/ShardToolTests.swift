import Foundation
import Testing

@Suite struct ShardToolTests {
  private static let lines = (0..<7).map { #"{"reviewText": "Review \#($0) of caf\u00e9\n", "overall": 5.0}"# }

  @Test func cutsLinesAsTheyAre() throws {
    try CommandBench.use { bench in
      try bench.write(Self.lines[..<4].joined(separator: "\n") + "\n\n", to: "a.jsonl")
      try bench.write(Self.lines[4...].joined(separator: "\r\n"), to: "b.jsonl")
      let run = try bench.succeed("sentiment-tools shard --input a.jsonl b.jsonl --output out --rows 3")
      #expect(run.output == "out: 7 lines in 3 shards (left out: 1 empty line)\n")
      let names = try FileManager.default.contentsOfDirectory(atPath: bench.path("out")).sorted()
      #expect(names == ["0000.jsonl", "0001.jsonl", "0002.jsonl"])
      #expect(try names.flatMap { try bench.lines("out/" + $0) } == Self.lines)
      #expect(try bench.lines("out/0001.jsonl").count == 3)
    }
  }

  @Test func shardsOfAnEarlierJob() throws {
    try CommandBench.use { bench in
      try bench.write(Self.lines.joined(separator: "\n\n"), to: "a.jsonl")
      let shard = "sentiment-tools shard --input a.jsonl --output out "
      #expect(try bench.succeed(shard + "--rows 2").output == "out: 7 lines in 4 shards (left out: 6 empty lines)\n")
      let before = try bench.snapshot()
      for line in [shard + "--rows 4", shard + "--rows 4 --format text"] {
        let run = try bench.run(line)
        #expect(run.status == 1)
        #expect(
          run.errors
            == "Error: 'out' holds 4 shards of an earlier job; name another folder, or give --force to replace all of them.\n"
        )
      }
      #expect(try bench.run("sentiment-tools shard --input out/0000.jsonl --output out --force").status == 64)
      #expect(try bench.snapshot() == before)
      #expect(try bench.succeed(shard + "--rows 7 --force --text-key x").errors.contains("--text-key has no effect"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: bench.path("out")) == ["0000.jsonl"])
      try bench.succeed(shard + "--rows 4 --force --format text")
      #expect(
        try FileManager.default.subpathsOfDirectory(atPath: bench.path("out")).sorted() == [
          "0", "0/input.txt", "1", "1/input.txt",
        ])
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
      try bench.write("{\"a\":1}\n\n{\"a\":1\n", to: "cut.jsonl")
      try bench.write("{\"a\":1} {}\n", to: "two.jsonl")
      try fail("nowhere.jsonl", 1, "'nowhere.jsonl' is not there.")
      try fail("cut.jsonl", 1, "'cut.jsonl', line 3: its JSON object does not end.")
      try fail("two.jsonl", 1, "'two.jsonl', line 1: something follows the JSON object at byte 9.")
      try fail("empty.jsonl", 1, "'empty.jsonl' holds no rows.")
      try fail("array.jsonl", 1, "'array.jsonl', line 2: it is not a JSON object.")
      try fail(
        "number.jsonl --format text", 1, "'number.jsonl', line 1: it has no text under 'reviewText'.")
      try fail("number.jsonl --rows 0", 64, "--rows must be at least 1, not 0.")
      #expect(!bench.exists("out"))
    }
  }
}
