import Checkpoints
import Foundation
import Testing

/// Results that go to open descriptors, pipes and devices, and results of an earlier run beside new ones.
@Suite struct OutputNameCommandTests {
  private static let generate = "generate --threads 1 --load lang_model.safetensors --gen-length 12 --seed 1 --quiet"

  /// Runs a command line in a shell, for its redirections.
  private func shell(_ bench: CommandBench, _ line: String) throws -> (status: Int32, errors: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", line]
    process.currentDirectoryURL = bench.folder
    let folder = try CommandBench.executable("generate").deletingLastPathComponent().path
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["PATH": folder + ":/usr/bin:/bin", "GOMP_SPINCOUNT": "1000"]) { $1 }
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text)
  }

  @Test func aLogIsNeverReplaced() throws {
    try ReviewSamples.useModel { bench in
      let text = String(try bench.succeed(Self.generate).output.dropLast())
      let classify = "run-classifier --threads 1 --load \(ReviewSamples.classifier) --data test.csv --quiet"
      for (line, expected) in [
        (Self.generate + " --save /dev/stdout >>log", text),
        (Self.generate + " --save t.txt --report /dev/fd/3 3>>log", "\"command\": \"generate\""),
        (classify + " --save-probs /dev/null --write-results /proc/self/fd/3 3>>log", "label pred"),
        ("sentiment-tools import amazon --input r.jsonl --output /dev/stdout >>log", "{\"reviewText\":\"good\"}"),
      ] {
        try bench.write("precious\n", to: "log")
        try bench.write("{\"reviewText\":\"good\"}\n", to: "r.jsonl")
        let run = try shell(bench, line)
        #expect(run.status == 0, "\(line)\n\(run.errors)")
        let log = try bench.text("log")
        #expect(log.hasPrefix("precious\n") && log.contains(expected), "\(line)\n\(log)")
      }
      // The text is not written a second time.
      try bench.write("", to: "log")
      _ = try shell(bench, Self.generate + " --save /dev/stdout >>log")
      #expect(try bench.text("log") == text + "\n")
    }
  }

  @Test func anArrayGoesThroughAPipe() throws {
    try ReviewSamples.useModel { bench in
      let line =
        "run-classifier --threads 1 --load \(ReviewSamples.classifier) --data test.csv --quiet --save-probs >(cat >p.npy)"
      let run = try shell(bench, line + " >out; status=$?; wait $!; exit $status")
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.errors.contains("decisions are not written"))
      try bench.succeed(
        "run-classifier --threads 1 --load \(ReviewSamples.classifier) --data test.csv --quiet --save-probs q.npy")
      #expect(try bench.data("p.npy") == bench.data("q.npy"))
      #expect(bench.exists("q.pred.npy"))
    }
  }

  @Test func whatNeedsAFileSaysSo() throws {
    try ReviewSamples.useModel { bench in
      for (line, sentence) in [
        (
          Self.generate + " --save /dev/stdout --heatmap --neuron 1",
          "--save must name a file, not '/dev/stdout': the heat map lies beside it."
        ),
        (
          ReviewSamples.pretrain + "2 --save /dev/fd/1",
          "--save must name a file, not '/dev/fd/1': checkpoints lie in a folder beside it, and it is read again to go on."
        ),
      ] {
        let run = try bench.run(line)
        #expect(run.status == 64 && run.errors.hasPrefix("Error: \(sentence)\n"), "\(run.errors)")
      }
      let run = try shell(
        bench, "generate --load lang_model.safetensors --quiet --gen-length 5 --save out.txt >out.txt")
      #expect(run.status == 64 && run.errors.contains("which standard output goes to"), "\(run.errors)")
    }
  }

  @Test func picturesOfAnEarlierTextVanish() throws {
    try ReviewSamples.useModel { bench in
      try bench.succeed(Self.generate + " --save t.txt --heatmap --neuron 1")
      #expect(bench.exists("t.html") && bench.exists("t.png"))
      let run = try bench.succeed(Self.generate + " --save t.txt")
      #expect(run.errors.contains("removed t.html") && !bench.exists("t.html") && !bench.exists("t.png"))
      // A page of somebody else stays, and so does its picture.
      try bench.write("<html>", to: "t.html")
      try bench.write("mine", to: "t.png")
      try bench.succeed(Self.generate + " --save t.txt")
      #expect(bench.exists("t.html") && bench.exists("t.png"))
    }
  }

  @Test func featuresOfAnEarlierTransferVanish() throws {
    try ReviewSamples.useModel { bench in
      let folder = "lang_model_transfer/sentiment/"
      try bench.succeed(ReviewSamples.transfer + " --load lang_model.safetensors --drop-neurons --quiet")
      let older = [
        "teXt.npy", "teY.npy", "teXt.fingerprint", "dropped_neurons_score.txt", "dropped_neurons_probs.json",
      ]
      #expect(older.allSatisfy { bench.exists(folder + $0) })
      try bench.succeed("transfer --data train.csv --valid val.csv --threads 1 --load lang_model.safetensors --quiet")
      #expect(older.allSatisfy { !bench.exists(folder + $0) })
      #expect(bench.exists(folder + "vaXt.npy") && bench.exists(folder + "trXt.npy"))
    }
  }
}
