/// The options each command offers, with the number of values they take.
///
/// The normaliser needs it before parsing, to tell option names from values (`--text --weird`). A test compares
/// it with the option groups, so that the two cannot drift apart.
public enum OptionCatalogue {
  /// The options of the jobs of `sentiment-tools`, by the words that name a job.
  public static let jobs: [String: [String: OptionArity]] = [
    "import sst": table(values: ["input", "output"]),
    "import imdb": table(values: ["input", "output"]),
    "import semeval": table(values: ["output"], lists: ["input"]),
    "import amazon": table(values: ["output", "limit"], lists: ["input"]),
    "shard": table(flags: ["force"], values: ["output", "rows", "format", "text-key"], lists: ["input"]),
    "convert": table(flags: ["force"], values: ["precision", "layout", "gate-order"]),
    "inspect": table(flags: ["json", "no-sums"]),
    "make-sample-data": table(values: ["output", "seed"]),
  ]

  /// The options that a line can use: those of the command, or of the job that its first words name.
  ///
  /// Empty where no known job is named.
  static func options(of command: CommandName, arguments: [String]) -> [String: OptionArity] {
    guard command == .sentimentTools else { return options(of: command) }
    let words = arguments.prefix { !$0.hasPrefix("-") }.prefix(2)
    return jobs[words.joined(separator: " ")] ?? words.first.flatMap { jobs[$0] } ?? [:]
  }

  /// The options that `command` offers: canonical name without dashes → arity.
  ///
  /// `sentiment-tools` has none of its own; see ``jobs``.
  public static func options(of command: CommandName) -> [String: OptionArity] {
    switch command {
    case .pretrain:
      table(
        flags: [
          "tied", "no-weight-norm", "loose-json", "dry-run", "lazy", "shards", "nesterov", "chkpt-grad", "fp16",
          "dynamic-loss-scale", "load-optim", "save-optim", "weights-only", "resume", "quiet",
        ],
        values: [
          "model", "emsize", "nhid", "nlayers", "dropout", "split", "batch-size", "eval-batch-size", "process-fn",
          "delim", "quoting", "text-key", "text-column", "eval-text-key", "encoding", "seq-length", "eval-seq-length",
          "sampling", "persist-state",
          "tokenizer-type", "tokenizer-model-type", "vocab-size", "tokenizer-path", "train-iters", "additional-iters",
          "epochs", "eval-iters", "seed", "log-interval", "logdir", "optim", "lr", "weight-decay", "momentum", "clip",
          "accumulation-steps", "on-divergence", "decay-style", "stlr-cut-frac", "warmup", "constant-decay",
          "precision", "loss-scale", "initial-loss-scale", "loss-scale-factor", "loss-scale-window", "min-loss-scale",
          "save", "load", "save-iters", "keep-checkpoints", "backend", "threads", "report",
        ],
        lists: ["data", "valid", "test"])
    case .transfer:
      table(
        flags: [
          "loose-json", "dry-run", "all-layers", "concat-max", "concat-min", "concat-mean", "get-hidden", "mcc",
          "no-test-eval", "use-cached", "drop-neurons", "fp16", "quiet",
        ],
        values: [
          "load", "model", "emsize", "nhid", "nlayers", "split", "batch-size", "eval-batch-size", "process-fn",
          "delim", "quoting", "text-key", "text-column", "label-key", "eval-text-key", "eval-label-key", "encoding",
          "max-seq-len",
          "num-hidden-warmup", "neurons", "epochs", "seed", "save-results", "write-results", "precision", "backend",
          "threads", "report",
        ],
        lists: ["data", "valid", "test", "label-map"])
    case .runClassifier:
      table(
        flags: ["loose-json", "dry-run", "fp16", "quiet"],
        values: [
          "load", "batch-size", "process-fn", "delim", "quoting", "text-key", "text-column", "label-key", "id-key",
          "encoding", "max-seq-len",
          "num-hidden-warmup", "neurons", "save-probs", "write-results", "precision", "backend", "threads", "report",
        ],
        lists: ["data", "non-binary-cols", "label-map"])
    case .generate:
      table(
        flags: ["negate", "visualize", "fp16", "quiet"],
        values: [
          "load", "save", "gen-length", "temperature", "top-k", "text", "process-fn", "overwrite", "neuron", "seed",
          "precision", "backend", "threads", "report",
        ],
        lists: [])
    case .sentimentTools:
      [:]
    }
  }

  private static func table(
    flags: [String] = [], values: [String] = [], lists: [String] = []
  ) -> [String: OptionArity] {
    var table: [String: OptionArity] = [:]
    for name in flags { table[name] = .flag }
    for name in values { table[name] = .one }
    for name in lists { table[name] = .list }
    return table
  }
}
