extension KeyMap {
  /// The recurrent language model in files of the original toolkit since 2018 and in those of this program.
  public static let recurrentLanguageModel = KeyMap(
    [
      Rule("embedding.weight", "encoder.encoder.weight"), Rule("decoder.weight", "decoder.weight"),
      Rule("decoder.bias", "decoder.bias"), Rule("layers.*.inputBias", "encoder.rnn.rnns.*.b_ih"),
      Rule("layers.*.hiddenBias", "encoder.rnn.rnns.*.b_hh"),
    ] + Rule.matrix("layers.*.inputWeight", "encoder.rnn.rnns.*.w_ih")
      + Rule.matrix("layers.*.hiddenWeight", "encoder.rnn.rnns.*.w_hh")
      + Rule.matrix("layers.*.multiplierInputWeight", "encoder.rnn.rnns.*.w_mih")
      + Rule.matrix("layers.*.multiplierHiddenWeight", "encoder.rnn.rnns.*.w_mhh"))

  /// The same in files of December 2017: flat names, matrices merged, one bias a layer.
  static let recurrentLanguageModelOf2017 = KeyMap([
    Rule("embedding.weight", "embedder.weight"), Rule("decoder.weight", "rnn.h2o.weight"),
    Rule("decoder.bias", "rnn.h2o.bias"), Rule("layers.*.inputWeight", "rnn.layers.*.wx.weight"),
    Rule("layers.*.hiddenWeight", "rnn.layers.*.wh.weight"), Rule("layers.*.inputBias", "rnn.layers.*.wh.bias"),
    Rule("layers.*.multiplierInputWeight", "rnn.layers.*.wmx.weight"),
    Rule("layers.*.multiplierHiddenWeight", "rnn.layers.*.wmh.weight"),
  ])
}
