import Foundation
import Testing

/// Results never replace the files they were made from.
@Suite struct OutputCheckTests {
  @Test func outputsAreNoInputs() throws {
    try ReviewSamples.useModel { bench in
      try FileManager.default.createSymbolicLink(
        atPath: bench.path("link.csv"), withDestinationPath: bench.path("test.csv"))
      let before = try bench.snapshot()
      let classify = "run-classifier --load \(ReviewSamples.classifier) --data test.csv"
      for (line, sentence) in [
        (
          "generate --load lang_model.safetensors --save ./lang_model.safetensors",
          "--save would replace './lang_model.safetensors', which --load names too; choose another name."
        ),
        (classify + " --write-results test.csv", "--write-results would replace 'test.csv', which --data names too"),
        (classify + " --write-results link.csv", "--write-results would replace 'link.csv', which --data names too"),
        (classify + " --save-probs new.npy --report new.npy", "--report would replace 'new.npy', which --save-probs"),
        (
          classify + " --save-probs p.npy --write-results p.pred.npy",
          "--write-results would replace 'p.pred.npy', which --save-probs names too"
        ),
        (
          ReviewSamples.transfer + " --load lang_model.safetensors --report val.csv",
          "--report would replace 'val.csv', which --valid names too"
        ),
        (ReviewSamples.pretrain + "2 --save unsup.csv", "--save would replace 'unsup.csv', which --data names too"),
        (
          "generate --load lang_model.safetensors --neuron 0 --heatmap --save text.png",
          "--heatmap would replace 'text.png', which --save names too"
        ),
      ] {
        let run = try bench.run(line)
        #expect(run.status == 64, "\(line)")
        #expect(run.errorLines.count == 1 && run.errors.contains("Error: " + sentence), "\(run.errors)")
        #expect(try bench.snapshot() == before)
      }
      // Going on with a model in place is what --load and --save are for.
      try bench.succeed(
        "pretrain --data unsup.csv --batch-size 2 --seq-length 8 --train-iters 1 --eval-iters 1 --save-iters 0 --threads 1 "
          + "--load lang_model.safetensors --save lang_model.safetensors --report /dev/null")
    }
  }
}
