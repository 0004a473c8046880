extension KeyMap {
  /// The original UniRep release, a file for each variable of TensorFlow, as the names in archives of it.
  static let uniRepFolder = KeyMap(
    [
      Rule("embedding", "embed_matrix:0", orReads: "embed_matrix"),
      Rule("dense.w", "fully_connected_weights:0", orReads: "fully_connected_weights"),
      Rule("dense.b", "fully_connected_biases:0", orReads: "fully_connected_biases"),
    ] + layers)

  private static let parts = ["b", "wx", "wh", "wmx", "wmh", "gx", "gh", "gmx", "gmh"]

  /// One layer alone, or a stack that names each of its layers twice.
  private static let layers = parts.flatMap { part in
    [Rule("mlstm.0.\(part)", "rnn_mlstm_mlstm_\(part):0", orReads: "rnn_mlstm_mlstm_\(part)")]
      + (0..<8).map { layer in
        let key = "rnn_mlstm_stack_mlstm_stack\(layer)_mlstm_stack\(layer)_\(part)"
        return Rule("mlstm.\(layer).\(part)", key + ":0", orReads: key)
      }
  }
}
