import Foundation
import Testing

/// `--dry-run` shows how files are read and writes nothing.
@Suite struct DryRunCommandTests {
  private func show(_ bench: CommandBench, _ line: String, input: String? = nil) throws -> String {
    let before = try bench.snapshot()
    let run = try bench.succeed(line + " --dry-run --quiet", input: input)
    #expect(try bench.snapshot() == before)
    return run.output
  }

  @Test func transferShowsRowsLabelsLengthsAndParts() throws {
    try CommandBench.use { bench in
      try bench.write(
        "label,sentence\npos,\"Gr<br>eat, caf\u{E9}\"\nneg,bad\npos,\nneg,worse\nneg,awful\n", to: "in.csv")
      try bench.write("label,sentence\npos,fine\n,odd\n", to: "val.csv")
      let shown = try show(bench, "transfer --data in.csv --valid val.csv --split 3/1/1")
      #expect(
        shown == """
          data: in.csv, columns separated by ',', 4 rows read, 1 skipped (empty text: 1, at line 4)
            label 0 neg  3 rows, 75%
            label 1 pos  1 row, 25%
            bytes of a text: shortest 3, 10 % 3, median 5, 90 % 16, 99 % 16, longest 16; 29 bytes in all
            line 2, label pos
              read:    "Gr<br>eat, caf\u{E9}"
              cleaned: "\\n Gr eat, cafe " (process_str)
            line 3, label neg
              read:    "bad"
              cleaned: "\\n bad " (process_str)
            line 5, label neg
              read:    "worse"
              cleaned: "\\n worse " (process_str)
            line 6, label neg
              read:    "awful"
              cleaned: "\\n awful " (process_str)
          valid: val.csv, columns separated by ',', 1 row read, 1 skipped (empty label: 1, at line 3)
            label 1 pos  1 row, 100%
            bytes of a text: shortest 4, 10 % 4, median 4, 90 % 4, 99 % 4, longest 4; 4 bytes in all
            line 2, label pos
              read:    "fine"
              cleaned: "\\n fine " (process_str)
          split 3/1/1 of data: 3 rows for training, 0 for validation, 1 for test

          """)
    }
  }

  @Test func pretrainReadsPatternsAndStandardInput() throws {
    try CommandBench.use { bench in
      try bench.write("one\ntwo\n", to: "a1.txt")
      try bench.write("{\"sentence\": \"th\\u00e9\"}\n", to: "a2.jsonl")
      let shown = try show(bench, "pretrain --data a?.* --split 1 --process-fn none")
      #expect(shown.contains("data: a1.txt, plain text, one text a line, 2 rows read\n"))
      #expect(shown.contains("data: a2.jsonl, JSON Lines, 1 row read\n"))
      #expect(shown.contains("  a2.jsonl line 1\n    read:    \"thé\"\n    cleaned: \"thé\" (none)\n"))
      let piped = try show(bench, "pretrain --data - --split .5", input: "sentence\tx\na\t1\nb\t2\n")
      #expect(piped.hasPrefix("data: standard input, columns separated by TAB, 2 rows read\n"))
      #expect(piped.hasSuffix("split .5 of data: 1 row for training, 1 for validation, 0 for test\n"))
    }
  }

  @Test func errorsAreThoseOfTheCommand() throws {
    try CommandBench.use { bench in
      try bench.write("label,text\n1,a\n", to: "bad.csv")
      for command in ["pretrain", "transfer", "run-classifier --load x"] where !command.contains("load") {
        try bench.expectFailure(
          "\(command) --dry-run --data bad.csv",
          "bad.csv has no column \"sentence\"; its columns are \"label\", \"text\"")
      }
      try bench.expectFailure("pretrain --dry-run --data no-*.csv", "no file matches no-*.csv")
      try bench.expectFailure(
        "run-classifier --dry-run --load x --data bad.csv", "cannot read x: there is no such file")
    }
  }

  @Test func theCheckpointsCleaningIsShown() throws {
    try ReviewSamples.useModel { bench in
      let shown = try show(bench, "run-classifier --load \(ReviewSamples.classifier) --data test.csv")
      #expect(shown.contains("(process_str)"))
      #expect(shown.contains("data: test.csv, columns separated by ',', 30 rows read\n"))
      #expect(!shown.contains("split"))
    }
  }

  @Test func labelsAreRefusedAsByTheRun() throws {
    try CommandBench.use { bench in
      try bench.write("label,sentence\n1,a\n2,b\n", to: "in.csv")
      try bench.write("label,sentence\n0,a\n1,b\n", to: "good.csv")
      for (line, sentence) in [
        ("transfer --data in.csv", "say which labels become them, for example --label-map 1=0 2=1"),
        ("transfer --data good.csv --valid in.csv", "The validation labels"),
        ("transfer --data good.csv --test in.csv", "The test labels"),
      ] {
        for more in ["", " --dry-run"] {
          let run = try bench.run(line + more)
          #expect(run.status == 1 && run.errors.contains(sentence), "\(line + more): \(run.errors)")
        }
      }
      #expect(try bench.run("transfer --data good.csv --test in.csv --no-test-eval --dry-run").status == 0)
    }
  }

  @Test func standardInputIsNamedOnce() throws {
    try CommandBench.use { bench in
      for more in ["", " --dry-run"] {
        let run = try bench.run("transfer --data - --valid -" + more, input: "label,sentence\n0,a\n1,b\n")
        #expect(run.status == 1 && run.errors.contains("it is named twice"), "\(run.errors)")
      }
    }
  }
}
