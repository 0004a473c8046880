import Foundation
import Testing

@Suite struct GenerateCommandTests {
  private static let line = "generate --threads 1 --load \(ReviewSamples.classifier) "

  private func text(_ bench: CommandBench, _ options: String, _ more: [String] = []) throws -> String {
    let run = try bench.succeed(Self.line + options, more)
    let written = try bench.data("generated.txt")
    #expect(String(data: written, encoding: .utf8) != nil)
    #expect(String(data: run.outputData, encoding: .utf8) != nil)
    return String(try bench.text("generated.txt").dropLast())
  }

  @Test func lengthCountsTheGivenTextToo() throws {
    try ReviewSamples.useModel { bench in
      let free = try text(bench, "--gen-length 40")
      #expect(free.unicodeScalars.count == 40)
      #expect(try text(bench, "--gen-length 40", ["--text", "A film"]).unicodeScalars.count == 40)
      #expect(try text(bench, "--gen-length 3", ["--text", "A film"]) == "A film")
      #expect(try text(bench, "--gen_length -1", ["--text", "A film"]) == "A film")
      #expect(try text(bench, "--gen-length 0") == "")
    }
  }

  @Test func temperatureZeroAndSeedsRepeat() throws {
    try ReviewSamples.useModel { bench in
      #expect(try text(bench, "--gen-length 60 --temperature 0") == text(bench, "--gen-length 60 --temperature 0"))
      let first = try text(bench, "--gen-length 60 --seed 4")
      #expect(try first == text(bench, "--gen-length 60 --seed 4"))
      #expect(try first != text(bench, "--gen-length 60 --seed 5"))
      #expect(try text(bench, "--gen-length 60 --top-k 1 --seed 1") == text(bench, "--gen-length 60 --temperature 0"))
      #expect(try text(bench, "--gen-length 60 --temperature 1e-300") == text(bench, "--gen-length 60 --temperature 0"))
    }
  }

  @Test func bytesOfOtherScriptsStayWhole() throws {
    try ReviewSamples.useModel { bench in
      let given = "Zoë: 映画 😀"
      let result = try text(bench, "--gen-length 30 --seed 1", ["--text", given])
      #expect(result.hasPrefix(given) && result.unicodeScalars.count == 30)
      // A hot model draws bytes of every kind.
      _ = try text(bench, "--gen-length 400 --seed 2 --temperature 50 --heatmap", ["--text", given])
      #expect(try bench.text("generated.html").contains("映"))
    }
  }

  @Test func theHeldNeuronSteersTheText() throws {
    try ReviewSamples.useModel { bench in
      let texts = try ["--overwrite 9", "--overwrite -9", "--overwrite 9 --negate", ""].map {
        try text(bench, "--gen-length 200 --seed 1 --neuron 0 " + $0)
      }
      #expect(texts[0] != texts[1] && texts[0] != texts[3] && texts[1] != texts[3])
      #expect(texts[1] == texts[2])
      try bench.succeed(Self.line + "--gen-length 20 --neuron 0 --overwrite 1 --report report.json")
      #expect(try bench.number("neuron") == 0)
      try bench.succeed("generate --load lang_model.safetensors --gen-length 20 --neuron 0 --overwrite 1")
    }
  }

  @Test func theStrongestNeuronIsTheDefault() throws {
    try ReviewSamples.useModel { bench in
      try bench.succeed(ReviewSamples.transfer + " --load lang_model.safetensors --report transfer.json")
      try bench.succeed(Self.line + "--gen-length 20 --overwrite 1 --report report.json")
      #expect(try bench.report()["neuron"] as? Int == (bench.report("transfer.json")["top_neurons"] as? [Int])?.first)
    }
  }

  @Test func aTextCanBeAnalysedOnly() throws {
    try ReviewSamples.useModel { bench in
      let run = try bench.succeed(
        Self.line + "--gen-length -1 --heatmap --report report.json", ["--text", "Good, bad"],
        environment: ["COLUMNS": "80"])
      #expect(try bench.text("generated.txt") == "Good, bad\n")
      #expect(run.output.contains("Good, bad"))
      #expect(try (bench.report()["values"] as? [Any])?.count == 9)
      #expect(try bench.number("generated_bytes") == 0)
      #expect(bench.exists("generated.html") && bench.exists("generated.png"))
    }
  }

  @Test func coloursAreForTerminalsOrOnDemand() throws {
    try ReviewSamples.useModel { bench in
      let line = Self.line + "--gen-length 20 --temperature 0 --heatmap"
      let plain = try bench.succeed(line)
      #expect(!plain.output.contains("\u{1B}["))
      #expect(try bench.succeed(line, environment: ["CLICOLOR_FORCE": "1"]).output.contains("\u{1B}["))
      #expect(
        try !bench.succeed(line, environment: ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"]).output.contains("\u{1B}["))
    }
  }
}
