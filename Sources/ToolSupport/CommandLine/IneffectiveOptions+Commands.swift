import Analysis
import Configuration
import Corpora
import Foundation
import Tensors

extension IneffectiveOptions {
  mutating func checkGenerate() {
    let length = typed.number("gen-length") ?? Double(GenerationConfiguration.defaults.totalLength)
    note(
      "temperature", "top-k", "seed", "overwrite", when: length <= 0,
      "with --gen-length \(Int(length)) nothing is written")
    let isCertain = typed.number("temperature") == 0
    note("top-k", "seed", when: isCertain, "at temperature 0 the likeliest character is always taken")
    note(
      "temperature", "seed", when: typed.number("top-k") == 1, "with --top-k 1 the likeliest character is always taken")
    note(
      "neuron", "negate", when: !typed.has("overwrite") && !typed.has("visualize"),
      "a neuron matters only with --overwrite or --heatmap")
    note("process-fn", when: typed.value("text") ?? "" == "", "there is no --text to clean")
  }

  mutating func checkPretrain() {
    checkDryRun()
    checkEvaluation(EvaluationParts(typed, defaultSplit: LanguageModelData.defaultSplit, hasDefaultFiles: false))
    let half = typed.has("fp16") || typed.value("precision").flatMap { Precision(argument: $0) } == .float16
    let dynamic = ["initial-loss-scale", "loss-scale-factor", "loss-scale-window", "min-loss-scale"]
    for name in dynamic {
      note(name, when: !half, "gradients are scaled only with --fp16")
      note(
        name, when: typed.has("loss-scale") && !typed.has("dynamic-loss-scale"), "--loss-scale is a fixed scale")
    }
    note("loss-scale", when: !half, "gradients are scaled only with --fp16")

    note(
      "decay-style", "warmup", when: typed.has("stlr-cut-frac"), "--stlr-cut-frac is a schedule of its own")
    let falls = typed.has("decay-style") && typed.value("decay-style")?.lowercased() != DecayStyle.constant.rawValue
    note(
      "constant-decay",
      when: !falls && (typed.number("warmup") ?? 0) == 0 && !typed.has("stlr-cut-frac"),
      "the learning rate stays as it is without --decay-style, --warmup or --stlr-cut-frac")
    note(
      "keep-checkpoints", "weights-only", when: typed.number("save-iters") == 0 && !typed.has("shards"),
      "with --save-iters 0 there are no intermediate checkpoints")
    checkTokenizer()
  }

  private mutating func checkTokenizer() {
    let training = "a SentencePiece model is not trained, because"
    note(
      "vocab-size", "tokenizer-model-type", "tokenizer-path",
      when: typed.value("tokenizer-type").flatMap { TokenizerKind(argument: $0) } == .characters,
      "each byte is a token with CharacterLevelTokenizer")
    note(
      "vocab-size", "tokenizer-model-type", when: typed.has("load") || typed.has("resume"),
      "\(training) the checkpoint brings its tokenizer along")
    let path = typed.value("tokenizer-path") ?? "tokenizer.model"
    let existing = [path, path + ".model"].first { FileManager.default.fileExists(atPath: $0) }
    note("vocab-size", "tokenizer-model-type", when: existing != nil, "\(training) \(existing ?? path) exists")
  }

  mutating func checkTransfer() {
    checkDryRun()
    let parts = EvaluationParts(typed, defaultSplit: LabelledData.defaultSplit, hasDefaultFiles: !typed.has("data"))
    checkEvaluation(parts)
    note("no-test-eval", when: !parts.hasTest, "there are no texts for the test")
  }

  mutating func checkRunClassifier() {
    checkDryRun()
    note("label-key", when: typed.has("non-binary-cols"), "--non-binary-cols takes its place")
  }

  private mutating func checkDryRun() {
    for name in ["report", "logdir", "write-results"] {
      note(name, when: typed.has("dry-run"), "--dry-run writes nothing")
    }
  }

  private mutating func checkEvaluation(_ parts: EvaluationParts) {
    note(
      "eval-iters", "eval-batch-size", "eval-seq-length", "eval-text-key", "eval-label-key",
      when: !parts.hasValidation && !parts.hasTest, "there are no texts for validation or test")
    note(
      "eval-text-key", "eval-label-key", when: !parts.readsFiles,
      "it is for the files of --valid and --test, and none are named")
    note(
      "split", when: typed.namesFiles("valid") && typed.namesFiles("test"),
      "--valid and --test name the files of the other parts")
  }
}

/// Which parts beside the training texts a line asks for.
private struct EvaluationParts {
  let hasValidation: Bool
  let hasTest: Bool
  /// Whether one of them has files of its own.
  let readsFiles: Bool

  init(_ typed: TypedOptions, defaultSplit: String, hasDefaultFiles: Bool) {
    let hasFiles = { (part: String) in typed.namesFiles(part) || (hasDefaultFiles && !typed.saysNone(part)) }
    let (validation, test) = (hasFiles("valid"), hasFiles("test"))
    // A split that cannot be read is refused before this matters.
    let shares = try? SplitFractions(
      parsing: typed.value("split") ?? defaultSplit, hasValidation: validation, hasTest: test)
    hasValidation = validation || (!typed.saysNone("valid") && (shares?.validation ?? 0) > 0)
    hasTest = test || (!typed.saysNone("test") && (shares?.test ?? 0) > 0)
    readsFiles = validation || test
  }
}
