import Foundation
import Optimization
import Testing

/// Runs that are stopped and go on.
@Suite struct ResumeCommandTests {
  private static func line(_ cell: String) -> String {
    ReviewSamples.pretrain.replacing("--save-iters 0 --train-iters ", with: "")
      + "--model \(cell) --nlayers 2 --dropout 0.3 --decay-style linear --constant-decay 20 --train-iters 10 "
      + "--save-optim --save-iters "
  }

  @Test(arguments: ["mLSTM", "LSTM", "GRU", "ReLU", "Tanh"])
  func aResumedRunEndsLikeAnUninterruptedOne(cell: String) throws {
    try ReviewSamples.use { bench in
      let line = Self.line(cell)
      try bench.succeed(line + "20 --epochs 2 --save whole.safetensors --report whole.json")
      try bench.succeed(line + "10 --epochs 1 --save part.safetensors")
      try bench.succeed(
        line + "10 --epochs 2 --save part.safetensors --load part/e10.safetensors --load-optim --report part.json")
      let whole = try ReviewSamples.tensors(bench, "whole/e20.safetensors")
      #expect(try whole == ReviewSamples.tensors(bench, "part/e20.safetensors"))
      let state = try ReviewSamples.tensors(bench, "whole/e20.optim.safetensors")
      #expect(try state == ReviewSamples.tensors(bench, "part/e20.optim.safetensors"))
      for key in ["characters_seen", "validation_loss", "steps"] {
        #expect(try bench.number(key, in: "whole.json") == bench.number(key, in: "part.json"))
      }
    }
  }

  @Test func refusesWhatIsAnotherRun() throws {
    try ReviewSamples.use { bench in
      let line = Self.line("GRU") + "5 --save a.safetensors "
      try bench.succeed(line)
      try bench.expectFailure(
        line + "--resume",
        "the run has already taken 10 of 10 steps; raise --train-iters or --epochs to go on, or ask for more with "
          + "--additional-iters")
      let state = "cannot continue from a/e10.optim.safetensors: "
      for (change, sentence) in [
        ("--seed 5", "it was made with seed 1234, and this run has 5; give --seed 1234"),
        ("--batch-size 3", "it was made with batch size 4, and this run has 3; give --batch-size 4"),
        ("--seq-length 31", "it was made with sequence length 32, and this run has 31; give --seq-length 32"),
        (
          "--accumulation-steps 2",
          "it was made with number of accumulated batches 1, and this run has 2; give --accumulation-steps 1"
        ),
        (
          "--persist-state 0", "it was made with persistence of the state 1, and this run has 0; give --persist-state 1"
        ),
        ("--optim AdamW", "it was made with optimizer Adam, and this run has AdamW; give --optim Adam"),
        (
          "--split 4,1,1",
          "its training texts are not those of this run; give the same --data and --split, or --load it without "
            + "--load-optim to train on other texts"
        ),
      ] {
        try bench.expectFailure(line + "--epochs 2 --resume " + change, state + sentence)
      }
      // As many texts as before, of the same length, but not the same.
      try bench.write(try bench.text("unsup.csv").replacing("the", with: "eht"), to: "unsup.csv")
      try bench.expectFailure(
        line + "--epochs 2 --resume",
        state + "its training texts are not those of this run; give the same --data and --split, or --load it "
          + "without --load-optim to train on other texts")
      try bench.expectFailure(
        Self.line("GRU") + "5 --save none.safetensors --resume",
        "there is no checkpoint to resume in none; leave out --resume to start, or name the --save of the run")
    }
  }

  @Test func asksForMore() throws {
    try ReviewSamples.use { bench in
      let line = Self.line("LSTM") + "0 --decay-style constant "
      try bench.succeed(Self.line("LSTM") + "20 --decay-style constant --save whole.safetensors --epochs 2")
      try bench.succeed(Self.line("LSTM") + "20 --decay-style constant --save part.safetensors")
      #expect(bench.exists("part/e10.safetensors") && bench.exists("part/e10.optim.safetensors"))
      try bench.succeed(
        Self.line("LSTM") + "20 --decay-style constant --save part.safetensors --resume --additional-iters 10 "
          + "--report report.json")
      #expect(try bench.number("steps") == 20)
      for name in ["e20.safetensors", "e20.optim.safetensors"] {
        #expect(
          try ReviewSamples.tensors(bench, "whole/\(name)") == ReviewSamples.tensors(bench, "part/\(name)"))
      }
      // Without intermediate checkpoints there is nothing to go on from.
      try bench.succeed(line + "--save bare.safetensors")
      #expect(!bench.exists("bare"))
    }
  }

  @Test func keepsTheLastCheckpointsAndTheBest() throws {
    try ReviewSamples.use { bench in
      try bench.succeed(Self.line("GRU") + "2 --save a.safetensors --keep-checkpoints 2")
      let kept = try FileManager.default.contentsOfDirectory(atPath: bench.path("a")).sorted()
      #expect(kept == ["e10.optim.safetensors", "e10.safetensors", "e8.optim.safetensors", "e8.safetensors"])
      #expect(bench.exists("a.safetensors") && !bench.exists("a.safetensors.train_lock"))
      try bench.succeed(
        Self.line("GRU").replacing("--save-optim ", with: "--weights-only ")
          + "2 --save b.safetensors --keep-checkpoints 0")
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: bench.path("b")).sorted()
          == ["e10", "e2", "e4", "e6", "e8"].map { $0 + ".safetensors" })
    }
  }

  @Test func interruptSavesAndSaysHowToGoOn() throws {
    try ReviewSamples.use { bench in
      let words = (ReviewSamples.pretrain + "1000000 --log-interval 1").split(separator: " ").map(String.init)
      let run = try bench.start(words[0], Array(words.dropFirst()))
      #expect(run.wait(upTo: 20) { run.errors.contains("| step 3/") })
      run.interrupt()
      let outcome = try run.finish(timeout: 20)
      #expect(!outcome.wasKilled && outcome.status == 130)
      #expect(outcome.errors.contains("Exiting from training early\n"))
      let sentence = try #require(outcome.errors.split(separator: "\n").first { $0.hasPrefix("to go on: ") })
      #expect(sentence.hasPrefix("to go on: /") && sentence.hasSuffix(" --log-interval 1 --resume"))
      #expect(bench.exists("lang_model.safetensors") && !bench.exists("lang_model.safetensors.train_lock"))
      let names = try FileManager.default.contentsOfDirectory(atPath: bench.path("lang_model")).sorted()
      #expect(names.count == 2)
      let step = try #require(Int(names[0].trimmingPrefix("e").prefix { $0.isNumber }))
      let typed = sentence.trimmingPrefix("to go on: ").split(separator: " ").dropFirst().joined(separator: " ")
      let again = try bench.succeed(
        "pretrain " + typed.replacing("--train-iters 1000000", with: "--train-iters \(step + 2)")
          + " --report report.json")
      #expect(again.errors.contains("| step \(step + 1)/\(step + 2) |"))
      #expect(try bench.number("steps") == Double(step + 2))
    }
  }
}
