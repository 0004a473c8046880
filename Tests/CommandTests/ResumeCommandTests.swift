import Foundation
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
      let state = try ReviewSamples.tensors(bench, "whole/optim.safetensors")
      #expect(try state == ReviewSamples.tensors(bench, "part/optim.safetensors"))
      for key in ["characters_seen", "validation_loss", "steps"] {
        #expect(try bench.number(key, in: "whole.json") == bench.number(key, in: "part.json"))
      }
    }
  }

  @Test func refusesStateThatDoesNotBelong() throws {
    try ReviewSamples.use { bench in
      let line = Self.line("GRU")
      try bench.succeed(line + "5 --save a.safetensors")
      try bench.expectFailure(
        line + "5 --epochs 2 --save b.safetensors --load a/e5.safetensors --load-optim",
        "a/optim.safetensors holds the optimizer after step 10, but the model was saved after step 5; load the "
          + "checkpoint of step 10, or leave out --load-optim to start the optimizer anew")
      try bench.expectFailure(
        line + "5 --save b.safetensors --load a/e10.safetensors --load-optim",
        "the run has already taken 10 of 10 steps; raise --train-iters or --epochs to go on")
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
      let path = try #require(sentence.split(separator: " ").drop { $0 != "--load" }.dropFirst().first)
      #expect(sentence == "to go on: the same command with --load \(path) --load-optim")
      #expect(bench.exists("lang_model.safetensors"))
      let step = try #require(Int(path.trimmingPrefix("lang_model/e").prefix { $0.isNumber }))
      let again = try bench.succeed(
        ReviewSamples.pretrain + "\(step + 2) --load \(path) --load-optim --report report.json --log-interval 1")
      #expect(again.errors.contains("| step \(step + 1)/\(step + 2) |"))
      #expect(try bench.number("steps") == Double(step + 2))
    }
  }
}
