import Corpora
import Models
import Tensors

/// Turns texts into feature vectors with a language model.
///
/// The texts are dealt to the rows of a batch, longest first, and each row reads its texts one behind the other, starting
/// every one from a zero state. So no step is spent on padding while texts are left, and a text's features do not
/// depend on its neighbours.
public struct FeatureExtractor {
  /// How far an extraction is.
  public struct Progress: Sendable {
    /// Texts finished.
    public var texts: Int
    /// Texts in all.
    public var totalTexts: Int
    /// Tokens read.
    public var tokens: Int
  }

  private let model: LanguageModel
  private let selection: FeatureSelection
  private let engine: Engine
  private let rows: Int
  private let maximumLength: Int?
  private let warmupPasses: Int

  /// Steps that are run at once.
  private static let chunkSteps = 64

  /// Makes an extractor.
  ///
  /// - Parameters:
  ///   - rows: texts side by side.
  ///   - maximumLength: tokens of a text that are read; `nil` for all.
  ///   - warmupPasses: times a text is read beforehand with the state kept; its features are those of the last pass.
  public init(
    model: LanguageModel, selection: FeatureSelection, rows: Int = 128, maximumLength: Int? = nil,
    warmupPasses: Int = 0, engine: Engine
  ) {
    self.model = model
    self.selection = selection
    self.rows = rows
    self.maximumLength = maximumLength
    self.warmupPasses = warmupPasses
    self.engine = engine
  }

  /// Features of all texts, one row a text in their order.
  ///
  /// - Parameter observe: is told how far it is after every chunk; what it throws ends the extraction.
  /// - Throws: `ModelError.notEnoughMemory` and `sizeNotPositive`, `CorpusError.notTokenized`, and what `observe` throws.
  public func features(of texts: CleanedTexts, observe: (Progress) throws -> Void = { _ in }) throws -> FeatureMatrix {
    guard rows > 0 else { throw ModelError.sizeNotPositive(name: "the batch size", value: rows) }
    let width = selection.width(for: model.configuration)
    try MemoryEstimate(features: model.configuration, texts: texts.count, width: width, precision: engine.precision)
      .requireFits()
    var values = [Float](repeating: 0, count: texts.count * width)
    try extract(from: texts, observe: observe) { text, vector in
      values.replaceSubrange(text * width..<(text + 1) * width, with: vector)
    }
    return try FeatureMatrix(rows: texts.count, columns: width, values: values)
  }

  /// Hands over the feature vector of each text as soon as it is read to its end, in no particular order, so that nobody
  /// has to keep them all.
  ///
  /// - Parameters:
  ///   - observe: is told how far it is after every chunk; what it throws ends the extraction.
  ///   - take: takes the index of a text and its vector.
  /// - Throws: `CorpusError.notTokenized`, and what `observe` throws.
  public func extract(
    from texts: CleanedTexts, observe: (Progress) throws -> Void = { _ in }, take: (Int, [Float]) -> Void
  ) throws {
    var queue = TextQueue(
      texts, maximumLength: maximumLength, warmupPasses: warmupPasses, skipsLastToken: selection.skipsLastToken)
    var readers = (0..<min(rows, texts.count)).map { _ in PackedRow() }
    var state = RecurrentState(zerosFor: max(readers.count, 1), configuration: model.configuration)
    var pooling = readers.map { _ in PooledFeatures(selection, model.configuration) }
    var progress = Progress(texts: 0, totalTexts: texts.count, tokens: 0)
    while true {
      let active = try readers.indices.filter { try readers[$0].fill(from: &queue) }
      if active.isEmpty { break }
      if active.count < readers.count {
        readers = active.map { readers[$0] }
        pooling = active.map { pooling[$0] }
        state = state.selecting(active)
      }
      let chunk = try Chunk(&readers, steps: Self.chunkSteps, queue: &queue)
      let encoded = model.encode(
        tokens: chunk.tokens, rows: readers.count, resetMask: chunk.resetMask, state: state, engine: engine)
      state = encoded.state
      let source = FeatureSource(encoded.layers, selection, model.configuration, rows: readers.count)
      for row in readers.indices {
        pooling[row].read(chunk.segments[row], from: source, row: row) { text, vector in
          take(text, vector)
          progress.texts += 1
        }
      }
      progress.tokens += chunk.segments.reduce(0) { $0 + $1.reduce(0) { $0 + $1.steps.count } }
      try observe(progress)
    }
  }
}

extension RecurrentState {
  /// The states of some rows, in the order given.
  fileprivate func selecting(_ rows: [Int]) -> RecurrentState {
    func select(_ values: Tensor) -> Tensor {
      let result = Tensor(uninitialized: [rows.count, values.columns])
      for (target, row) in rows.enumerated() {
        result.rows(target, count: 1).copy(from: values.rows(row, count: 1))
      }
      return result
    }
    return RecurrentState(
      layers: layers.map { LayerState(hidden: select($0.hidden), cell: $0.cell.map(select)) })
  }
}
