import Foundation
import Testing

/// Precisions and instruction sets as a user chooses them.
@Suite struct PrecisionCommandTests {
  @Test func everyPrecisionSeesNearlyTheSame() throws {
    try ReviewSamples.useModel { bench in
      let line =
        "generate --threads 1 --load \(ReviewSamples.classifier) --gen-length -1 --heatmap --report report.json "
      func values(_ options: String) throws -> (values: [Double], errors: String) {
        let run = try bench.succeed(line + options, ["--text", "A good film."])
        return (try #require(try bench.report()["values"] as? [Double]), run.errors)
      }
      let exact = try values("").values
      let scale = exact.map { abs($0) }.max() ?? 0
      for (name, error) in [("bfloat16", 0.1...0.3), ("float16", 0.01...0.04), ("int8", 0.3...2)] {
        let (found, errors) = try values("--precision \(name)")
        #expect(found != exact && zip(found, exact).allSatisfy { abs($0 - $1) < 0.05 * scale }, "\(name): \(found)")
        let note = try #require(errors.split(separator: "\n").first { $0.hasPrefix("weights in \(name)") })
        let words = note.split(separator: " ")
        let place = try #require(words.firstIndex(of: "error"))
        let percent = try #require(Double(words[place + 1]))
        #expect(error.contains(percent), "\(note)")
      }
      #expect(try values("--fp16").values == values("--precision float16").values)
    }
  }

  @Test func probabilitiesMoveLittle() throws {
    try ReviewSamples.useModel { bench in
      let line = "run-classifier --threads 1 --load \(ReviewSamples.classifier) --data - --quiet "
      let rows = "sentence\nA film to remember .\nA waste of time and money .\n"
      func probabilities(_ options: String) throws -> [Double] {
        let run = try bench.succeed(line + options, input: rows)
        return run.output.split(separator: "\n").dropFirst().compactMap {
          $0.split(separator: ",").dropFirst().first.flatMap { Double($0) }
        }
      }
      let exact = try probabilities("")
      try #require(exact.count == 2)
      for name in ["bfloat16", "float16", "int8"] {
        let found = try probabilities("--precision \(name)")
        #expect(zip(found, exact).allSatisfy { abs($0 - $1) < 0.02 } && found.count == 2, "\(name): \(found)")
      }
    }
  }

  @Test func aPrecisionThatIsNoneIsAUsageError() throws {
    try ReviewSamples.useModel { bench in
      let run = try bench.run("generate --load \(ReviewSamples.classifier) --precision int4")
      #expect(run.status == 64)
      #expect(run.errors.contains("int8"))
      #expect(try bench.run("generate --load x --fp16 --precision int8").status == 64)
    }
  }

  @Test(arguments: ["avx512", "avx2", "portable"])
  func everyInstructionSetLearnsTheSame(kernels: String) throws {
    try ReviewSamples.use { bench in
      func loss(_ kernels: String?, _ options: String = "") throws -> Double {
        try bench.succeed(
          ReviewSamples.pretrain + "12 --quiet --report report.json " + options,
          environment: kernels.map { ["SENTIMENT_KERNELS": $0] } ?? [:])
        return try bench.number("training_loss")
      }
      for options in ["", "--precision bfloat16"] {
        let forced = try loss(kernels, options)
        let free = try loss(nil, options)
        #expect(abs(forced - free) < (options.isEmpty ? 1e-4 : 1e-2))
      }
    }
  }
}
