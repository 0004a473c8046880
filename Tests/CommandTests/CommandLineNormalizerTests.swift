import Optimization
import Testing
import ToolSupport

@Suite struct CommandLineNormalizerTests {
  struct Rewrite: Sendable, CustomTestStringConvertible {
    var command: CommandName
    var typed: String
    var canonical: String
    var testDescription: String { "\(command) \(typed)" }

    init(_ command: CommandName, _ typed: String, _ canonical: String) {
      self.command = command
      self.typed = typed
      self.canonical = canonical
    }
  }

  static let rewrites = [
    Rewrite(.pretrain, "--text_key review_text", "--text-key review_text"),
    Rewrite(.pretrain, "--text_key=review_text", "--text-key=review_text"),
    Rewrite(.pretrain, "--train_iters 10 -- --text_key a_b", "--train-iters 10 -- --text_key a_b"),
    Rewrite(.pretrain, "--un_known_option a_b", "--un-known-option a_b"),
    Rewrite(.pretrain, "--seed -1", "--seed=-1"),
    Rewrite(.pretrain, "--persist_state -1 --lazy", "--persist-state=-1 --lazy"),
    Rewrite(.pretrain, "--data a_b.json c_d.json --lazy", "--data a_b.json c_d.json --lazy"),
    Rewrite(.pretrain, "--val v.csv w.csv", "--valid v.csv w.csv"),
    Rewrite(.pretrain, "--val=v.csv", "--valid=v.csv"),
    Rewrite(.pretrain, "--valid", "--valid none"),
    Rewrite(.pretrain, "--valid --test --lazy", "--valid none --test none --lazy"),
    Rewrite(.pretrain, "-loose_json", "--loose-json"),
    Rewrite(.pretrain, "--load_model x.pt", "--load x.pt"),
    Rewrite(.transfer, "--load_model x.pt --save_results sst", "--load x.pt --save-results sst"),
    Rewrite(
      .transfer, "--no_test_eval --use_cached --drop_neurons --all_layers",
      "--no-test-eval --use-cached --drop-neurons --all-layers"),
    Rewrite(.runClassifier, "--load_model c.pt --save_probs p_q.npy", "--load c.pt --save-probs p_q.npy"),
    Rewrite(.runClassifier, "--neurons -1 --data -", "--neurons=-1 --data -"),
    Rewrite(.generate, "--load_model m.pt --gen_length -1 --heatmap", "--load m.pt --gen-length=-1 --visualize"),
    Rewrite(.generate, "-text great -overwrite -1 negate", "--text great --overwrite=-1 --negate"),
    Rewrite(.generate, "--text negate", "--text negate"),
    Rewrite(.generate, "--text --weird_value", "--text=--weird_value"),
    Rewrite(.generate, "--text --- --temperature 0", "--text=--- --temperature 0"),
    Rewrite(.generate, "--text=--visualize", "--text=--visualize"),
    Rewrite(.generate, "--text= --neuron 0", "--text  --neuron 0"),
    Rewrite(
      .sentimentTools, "threshold --preds_file p_q.csv --task binary",
      "threshold --preds-file p_q.csv --task binary"),
  ]

  @Test(arguments: rewrites) func rewritesTheSpelling(_ rewrite: Rewrite) throws {
    let result = try CommandLineNormalizer.normalize(Sample.split(rewrite.typed), for: rewrite.command)
    #expect(result.arguments == Sample.split(rewrite.canonical))
    #expect(result.notices.isEmpty)
  }

  @Test func keepsTextWithSpacesAndEmptyValues() throws {
    let result = try CommandLineNormalizer.normalize(
      ["--text", "- a list_item --heatmap", "--save", ""], for: .generate)
    #expect(result.arguments == ["--text=- a list_item --heatmap", "--save", ""])
  }

  @Test func isIdempotent() throws {
    for rewrite in Self.rewrites {
      let once = try CommandLineNormalizer.normalize(Sample.split(rewrite.typed), for: rewrite.command)
      let twice = try CommandLineNormalizer.normalize(once.arguments, for: rewrite.command)
      #expect(twice == once)
    }
  }

  struct Drop: Sendable, CustomTestStringConvertible {
    var command: CommandName
    var typed: String
    var kept: String
    var notices: [String]
    var testDescription: String { "\(command) \(typed)" }

    init(_ command: CommandName, _ typed: String, keeps kept: String = "", _ notices: String...) {
      self.command = command
      self.typed = typed
      self.kept = kept
      self.notices = notices
    }
  }

  static let drops = [
    Drop(
      .pretrain, "--data_size 256 --lazy", keeps: "--lazy",
      "--data-size has no effect in pretrain: the tokenizer sets the size of the vocabulary."),
    Drop(
      .pretrain, "--neural-alphabet --alphabet-size 128 --ncontext=2 --residuals --preprocess",
      "--neural-alphabet has no effect in pretrain: it never did anything.",
      "--alphabet-size has no effect in pretrain: it never did anything.",
      "--ncontext has no effect in pretrain: it never did anything.",
      "--residuals has no effect in pretrain: it never did anything.",
      "--preprocess has no effect in pretrain: it never did anything."),
    Drop(
      .pretrain, "--num_shards 1002 --lr 1e-3", keeps: "--lr 1e-3",
      "--num-shards has no effect in pretrain: texts are drawn at random instead of from fixed shards, and --split "
        + "sets the proportions."),
    Drop(
      .pretrain, "--base-gpu 0 --tcp-port 6000",
      "--base-gpu has no effect in pretrain: the work is done on the CPU.",
      "--tcp-port has no effect in pretrain: one process does all the work."),
    Drop(
      .pretrain, "--label-key overall --non-binary-cols a b --lazy", keeps: "--lazy",
      "--label-key has no effect in pretrain: a language model is trained without labels.",
      "--non-binary-cols has no effect in pretrain: a language model is trained without labels."),
    Drop(
      .pretrain, "--world_size 1",
      "--world-size 1 has no effect in pretrain: one process does all the work."),
    Drop(
      .runClassifier, "--tokenizer_type SentencePieceTokenizer --vocab_size 32000",
      "--tokenizer-type has no effect in run-classifier: the checkpoint brings its tokenizer along.",
      "--vocab-size has no effect in run-classifier: the checkpoint brings its tokenizer along."),
    Drop(
      .transfer, "--lr 2e-5 --optim Adam --save x.pt --tied --save-iters -1",
      "--lr has no effect in transfer: only pretrain trains the language model.",
      "--optim has no effect in transfer: only pretrain trains the language model.",
      "--save has no effect in transfer: the result folder is named by --load and --save-results.",
      "--tied has no effect in transfer: only pretrain trains the language model.",
      "--save-iters has no effect in transfer: only pretrain trains the language model."),
    Drop(
      .runClassifier, "--valid a.csv b.csv --nhid 512 --model lstm --get-hidden --seed -1",
      "--valid has no effect in run-classifier: every row of --data is classified.",
      "--nhid has no effect in run-classifier: the checkpoint says how it was made.",
      "--model lstm has no effect in run-classifier: the checkpoint says how it was made.",
      "--get-hidden has no effect in run-classifier: the checkpoint says how it was made.",
      "--seed has no effect in run-classifier: nothing is random."),
    Drop(
      .generate, "--log-interval 100 --all_layers --model mLSTM",
      "--log-interval has no effect in generate: progress is shown as it happens.",
      "--all-layers has no effect in generate: the neuron is always one of the last layer.",
      "--model mLSTM has no effect in generate: the checkpoint says how it was made."),
  ]

  @Test(arguments: drops) func dropsWithANotice(_ drop: Drop) throws {
    let result = try CommandLineNormalizer.normalize(Sample.split(drop.typed), for: drop.command)
    #expect(result.arguments == Sample.split(drop.kept))
    #expect(result.notices == drop.notices)
  }

  @Test func printsNoticesBeforeTheRun() {
    let (outcome, notices) = Sample.execute(.pretrain, "--data_size 256")
    #expect(outcome == CommandOutcome(exitCode: 0))
    #expect(notices == ["Note: --data-size has no effect in pretrain: the tokenizer sets the size of the vocabulary."])
  }
}
