/// The architecture of a recurrent language model: all that is needed to build it, as written into checkpoints.
public struct LanguageModelConfiguration: Sendable, Codable, Equatable {
  /// The recurrent cell.
  public var cell: CellKind
  /// Tokens in the vocabulary, padding included (V); 257 for bytes.
  public var vocabularySize: Int
  /// Width of the embedding (E).
  public var embeddingSize: Int
  /// Hidden units a layer (H).
  public var hiddenSize: Int
  /// Stacked layers (L).
  public var layerCount: Int
  /// Probability of dropping an element of the embeddings and of the top layer's output, in training.
  public var dropout: Double
  /// Whether the decoder's weight is the embedding; needs E = H.
  public var isTied: Bool
  /// Whether the matrices of the recurrent layers are stored as gains and directions.
  public var usesWeightNormalization: Bool

  /// Describes a model; the defaults are those of `pretrain`.
  public init(
    cell: CellKind = .multiplicativeLSTM, vocabularySize: Int = 257, embeddingSize: Int = 64, hiddenSize: Int = 4096,
    layerCount: Int = 1, dropout: Double = 0, isTied: Bool = false, usesWeightNormalization: Bool = true
  ) {
    self.cell = cell
    self.vocabularySize = vocabularySize
    self.embeddingSize = embeddingSize
    self.hiddenSize = hiddenSize
    self.layerCount = layerCount
    self.dropout = dropout
    self.isTied = isTied
    self.usesWeightNormalization = usesWeightNormalization
  }

  /// Parameters before weight normalisation adds its gains, at most `Int.max`.
  ///
  /// `V·E + V·H + V`, and what the cell declares in each layer; a tied decoder's weight is not counted again.
  public var parameterCount: Int { memoryNeeds().parameterCount }

  /// What the model takes in memory, layer by layer.
  func memoryNeeds(_ types: MemoryTypes = MemoryTypes()) -> MemoryNeeds {
    Embedding.needs(count: vocabularySize, width: embeddingSize)
      + RecurrentLayer.needs(layer(0), types: types)
      + RecurrentLayer.needs(layer(1), types: types).times(ElementCount.sum(layerCount, -1))
      + Linear.needs(from: hiddenSize, to: vocabularySize, sharesWeight: isTied, types: types)
  }

  /// The layer of that number, from the bottom.
  func layer(_ index: Int) -> RecurrentLayer.Description {
    RecurrentLayer.Description(
      kind: cell, inputSize: index == 0 ? embeddingSize : hiddenSize, hiddenSize: hiddenSize,
      isNormalized: usesWeightNormalization)
  }
}
