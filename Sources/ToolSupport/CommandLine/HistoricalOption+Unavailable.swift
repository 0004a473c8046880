import Models

extension HistoricalOption {
  /// Options whose feature this version does not have yet.
  static func unavailable(for command: CommandName) -> [HistoricalOption] {
    guard command != .sentimentTools, command != .generate else { return [] }
    var options: [HistoricalOption] = []

    let oneProcess = "this version works in one process, which uses every core (see --threads)"
    let recurrent = "this version has the recurrent models \(CellKind.list)"
    options += named(
      ["world-size"], .limited(accepted: ["1"], noEffect: "one process does all the work", unavailable: oneProcess))
    options += named(["distributed-backend", "rank"], .unavailable(oneProcess))
    options += named(["multinode-init"], arity: .flag, .unavailable(oneProcess))
    options += named(
      [
        "attention-dropout", "relu-dropout", "decoder-embed-dim", "decoder-ffn-embed-dim", "decoder-layers",
        "decoder-attention-heads", "decoder-embed-path", "encoder-embed-path", "encoder-embed-dim",
        "encoder-ffn-embed-dim", "encoder-layers", "encoder-attention-heads",
      ], .unavailable(recurrent))
    options += named(
      [
        "decoder-learned-pos", "decoder-normalize-before", "share-decoder-input-output-embed", "use-final-embed",
        "encoder-normalize-before", "encoder-learned-pos", "share-all-embeddings",
      ], arity: .flag, .unavailable(recurrent))
    guard command != .pretrain else { return options }

    let linearUnit = "the classifier of this version is one linear unit on one label column"
    options += named(["classifier-hidden-layers"], arity: .list, .unavailable(linearUnit))
    if command == .transfer { options += named(["non-binary-cols"], arity: .list, .unavailable(linearUnit)) }
    options += named(
      ["classifier-hidden-activation", "classifier-dropout", "heads-per-class"], .unavailable(linearUnit))
    options += named(
      ["use-softmax", "double-thresh", "dual-thresh", "joint-binary-train"], arity: .flag, .unavailable(linearUnit))
    return options
  }
}
