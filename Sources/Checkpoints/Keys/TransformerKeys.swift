extension KeyMap {
  /// The transformer of the original toolkit, whose arrays stand below `decoder` in language models and below `encoder`
  /// in classifiers; those arrays that tell its sizes.
  static let originalTransformer = KeyMap(
    [Rule("embedding.weight", "embed_tokens.weight"), Rule("positions.weight", "embed_positions.weight")]
      + Rule.matrix("output.weight", "embed_out")
      + Rule.matrix("layers.*.feedForward.weight", "layers.*.fc1.weight"),
    optionalPrefixes: ["decoder.", "encoder."])
}
