import Models

extension HistoricalOption {
  /// Options that are accepted and dropped with a notice, because nothing in `command` depends on them.
  static func ineffective(for command: CommandName) -> [HistoricalOption] {
    switch command {
    case .pretrain:
      everywhere + inPretrain
    case .transfer:
      everywhere + trainingOnly + inTransfer
    case .runClassifier:
      everywhere + trainingOnly + inRunClassifier
    case .generate:
      inGenerate
    case .sentimentTools:
      []
    }
  }

  private static let everywhere: [HistoricalOption] =
    named(["data-size"], .noEffect("the tokenizer sets the size of the vocabulary"))
    + named(["alphabet-size", "ncontext"], .noEffect("it never did anything"))
    + named(["preprocess", "neural-alphabet", "residuals"], arity: .flag, .noEffect("it never did anything"))
    + named(
      ["num-shards", "val-shards", "test-shards"],
      .noEffect("texts are drawn at random instead of from fixed shards, and --split sets the proportions"))
    + named(["base-gpu"], .noEffect("the work is done on the CPU"))
    + named(["tcp-port"], .noEffect("one process does all the work"))

  private static let trainingOnly: [HistoricalOption] = {
    let pretrainOnly = "only pretrain trains the language model"
    return named(
      ["tokenizer-type", "tokenizer-path", "tokenizer-model-type", "vocab-size"],
      .noEffect("the checkpoint brings its tokenizer along"))
      + named(
        ["lr", "constant-decay", "clip", "log-interval", "save-iters", "optim", "dropout", "loss-scale"],
        .noEffect(pretrainOnly))
      + named(
        ["load-optim", "save-optim", "no-weight-norm", "tied", "dynamic-loss-scale", "chkpt-grad"], arity: .flag,
        .noEffect(pretrainOnly))
  }()

  private static let inPretrain: [HistoricalOption] =
    named(["label-key", "eval-label-key"], .noEffect("a language model is trained without labels"))
    + named(["non-binary-cols"], arity: .list, .noEffect("a language model is trained without labels"))
    + named(["num-hidden-warmup"], .noEffect("the state already runs on from window to window"))

  private static let inTransfer: [HistoricalOption] =
    named(["save"], .noEffect("the result folder is named by --load and --save-results"))
    + named(["data-path"], .noEffect("it never did anything; --data names the files"))

  private static let inRunClassifier: [HistoricalOption] = {
    let oneFile = "every row of --data is classified"
    let checkpoint = "the checkpoint says how it was made"
    return named(["epochs"], .noEffect("nothing is trained"))
      + named(["seed"], .noEffect("nothing is random"))
      + named(["save"], .noEffect("--save-probs and --write-results name the outputs"))
      + named(["valid", "val", "test"], arity: .list, .noEffect(oneFile))
      + named(["split", "eval-batch-size", "eval-text-key", "eval-label-key"], .noEffect(oneFile))
      + named(
        ["model"],
        .limited(
          accepted: CellKind.spellings, noEffect: checkpoint,
          unavailable: "this version has the recurrent models \(CellKind.list)"))
      + named(["emsize", "nhid", "nlayers"], .noEffect(checkpoint))
      + named(
        ["all-layers", "concat-max", "concat-min", "concat-mean", "get-hidden"], arity: .flag, .noEffect(checkpoint))
  }()

  private static let inGenerate: [HistoricalOption] = {
    let checkpoint = "the checkpoint says how it was made"
    return named(
      ["model"],
      .limited(
        accepted: CellKind.spellings, noEffect: checkpoint,
        unavailable: "this version has the recurrent models \(CellKind.list)"))
      + named(["emsize", "nhid", "nlayers"], .noEffect(checkpoint))
      + named(["tied"], arity: .flag, .noEffect(checkpoint))
      + named(["dropout"], .noEffect("nothing is dropped while text is sampled"))
      + named(["all-layers"], arity: .flag, .noEffect("the neuron is always one of the last layer"))
      + named(["log-interval"], .noEffect("progress is shown as it happens"))
      + named(["base-gpu"], .noEffect("the work is done on the CPU"))
  }()
}
