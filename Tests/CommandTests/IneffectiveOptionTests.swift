import Testing
import ToolSupport

/// Options that change nothing beside the others on the line are told, each once.
@Suite struct IneffectiveOptionTests {
  @Test(arguments: [
    (CommandName.generate, "--temperature 0 --top-k 5 --seed 1", ["top-k", "seed"]),
    (.generate, "--gen-length -1 --temperature 0.5 --text a --heatmap", ["temperature"]),
    (.generate, "--top-k 1 --temperature 2", ["temperature"]),
    (.generate, "--neuron 3 --negate", ["neuron", "negate"]),
    (.generate, "--process-fn process_str", ["process-fn"]),
    (
      .generate, "--neuron 3 --overwrite 1 --negate --text a --process-fn none --top-k 5 --seed 1 --temperature 0.5", []
    ),
    (.pretrain, "--initial-loss-scale 128 --loss-scale-window 5", ["initial-loss-scale", "loss-scale-window"]),
    (.pretrain, "--fp16 --loss-scale 128 --min-loss-scale 2", ["min-loss-scale"]),
    (.pretrain, "--fp16 --initial-loss-scale 128 --loss-scale-window 5 --min-loss-scale 2", []),
    (.pretrain, "--stlr-cut-frac 0.1 --warmup 0.1 --decay-style linear", ["decay-style", "warmup"]),
    (.pretrain, "--constant-decay 100", ["constant-decay"]),
    (.pretrain, "--constant-decay 100 --decay-style constant", ["constant-decay"]),
    (.pretrain, "--constant-decay 100 --warmup 0.1", []),
    (.pretrain, "--save-iters 0 --keep-checkpoints 5 --weights-only", ["keep-checkpoints", "weights-only"]),
    (.pretrain, "--tokenizer-type CharacterLevelTokenizer --vocab-size 300", ["vocab-size"]),
    (.pretrain, "--split 1 --eval-iters 5 --eval-seq-length 8", ["eval-iters", "eval-seq-length"]),
    (.pretrain, "--valid none --test none --eval-batch-size 8", ["eval-batch-size"]),
    (.pretrain, "--eval-text-key x", ["eval-text-key"]),
    (.pretrain, "--valid a.csv --eval-text-key x --eval-iters 5", []),
    (.pretrain, "--valid a.csv --test b.csv --split 8,1,1", ["split"]),
    (.pretrain, "--dry-run --report r.json", ["report"]),
    (.transfer, "--data a.csv --no-test-eval --eval-label-key x", ["eval-label-key", "no-test-eval"]),
    (.transfer, "--no-test-eval --eval-label-key x", []),
    (.transfer, "--data a.csv --split 8,1,1 --no-test-eval --eval-batch-size 4", []),
    (.runClassifier, "--load c --label-key a --non-binary-cols b c", ["label-key"]),
    (.runClassifier, "--load c --label-key a", []),
  ])
  func areTold(command: CommandName, line: String, names: [String]) {
    let (outcome, notices) = Sample.execute(command, line)
    #expect(outcome.exitCode == 0, "\(outcome.standardError)")
    let told = notices.compactMap {
      $0.firstMatch(of: /Note: --([a-z0-9-]+) has no effect here: .+\./).map { String($0.1) }
    }
    #expect(told.sorted() == names.sorted())
  }
}
