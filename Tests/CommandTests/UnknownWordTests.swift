import Testing

@testable import ToolSupport

/// What is misspelt is told before what is missing.
@Suite struct UnknownWordTests {
  @Test(arguments: [
    (CommandName.runClassifier, "--lod c.safetensors --data a.csv", "Unknown option '--lod'. Did you mean '--load'?"),
    (.runClassifier, "-load c.safetensors", "Unknown option '-load'. Did you mean '--load'?"),
    (.generate, "--temp=0.5", "Unknown option '--temp'. Did you mean '--temperature'?"),
    (.transfer, "--frobnicate", "Unknown option '--frobnicate'"),
  ])
  func options(command: CommandName, line: String, sentence: String) {
    let (outcome, _) = Sample.execute(command, line)
    #expect(outcome.exitCode == 64)
    #expect(outcome.standardError.split(separator: "\n").first.map(String.init) == "Error: \(sentence)")
  }

  @Test func helpIsShownAllTheSame() {
    let (outcome, _) = Sample.execute(.runClassifier, "--lod x --help")
    #expect(outcome.exitCode == 0)
    #expect(outcome.standardOutput.hasPrefix("USAGE: run-classifier"))
  }

  @Test func valuesAreNoOptions() {
    let (outcome, _) = Sample.execute(.generate, ["--text", "-x is --lod", "--save", "a", "--", "--lod"])
    #expect(!outcome.standardError.contains("Unknown option"))
  }

  @Test func jobs() throws {
    try CommandBench.use { bench in
      for (line, sentence) in [
        ("sentiment-tools inspct x", "Unknown job 'inspct'. Did you mean 'inspect'?"),
        ("sentiment-tools import sts --input x", "Unknown job 'sts'. Did you mean 'sst'?"),
        (
          "sentiment-tools frobnicate",
          "Unknown job 'frobnicate'. The jobs are import, shard, convert, inspect and make-sample-data."
        ),
        ("sentiment-tools shard --inptu a --output b", "Unknown option '--inptu'. Did you mean '--input'?"),
        ("sentiment-tools convert a --precison float16", "Unknown option '--precison'. Did you mean '--precision'?"),
      ] {
        let run = try bench.run(line)
        #expect(run.status == 64)
        #expect(run.errors.hasPrefix("Error: \(sentence)\n"), "\(run.errors)")
      }
      #expect(try bench.run("sentiment-tools make_sample_data --out_put x").status == 64)
      #expect(try bench.run("sentiment-tools inspect --no_sums none.pt").errors.contains("there is no such file"))
    }
  }
}
