import Corpora
import Models
import Tensors

/// Feature vectors of a recurrent language model: its state after the last token of a text, and pools over all states.
///
/// The texts are dealt to the rows of a batch, longest first, and each row reads its texts one behind the other, starting
/// every one from a zero state. So no step is spent on padding while texts are left.
public struct RecurrentTextEncoder: TextEncoder {
  private let model: LanguageModel
  private let selection: FeatureSelection
  private let warmupPasses: Int
  private let engine: Engine

  /// Steps that are run at once.
  private static let chunkSteps = 64

  /// Makes an encoder.
  ///
  /// - Parameter warmupPasses: times a text is read beforehand with the state kept; its features are those of the last
  ///   pass.
  public init(_ model: LanguageModel, _ selection: FeatureSelection, warmupPasses: Int = 0, engine: Engine) {
    self.model = model
    self.selection = selection
    self.warmupPasses = warmupPasses
    self.engine = engine
  }

  /// Numbers in one vector.
  public var featureWidth: Int { selection.width(for: model.configuration) }

  /// What the engine's precision does to the weights; `nil` in float32.
  public var precisionReport: PrecisionReport? { model.precisionReport(for: engine) }

  /// Weights, packed copies and vectors.
  public func memory(forTexts count: Int) -> MemoryEstimate {
    MemoryEstimate(features: model.configuration, texts: count, width: featureWidth, precision: engine.precision)
  }

  /// Adds weights, architecture, selection, passes and precision.
  public func identify(in fingerprint: inout Fingerprint) {
    fingerprint.add(model)
    fingerprint.add("\(selection) \(warmupPasses) \(model.configuration) \(engine.precision)")
  }

  /// Encodes all texts of a queue.
  public func encode(
    _ texts: inout TextQueue, rows: Int, observe: (Int) throws -> Void, take: (Int, [Float]) -> Void
  ) throws {
    var readers = (0..<min(rows, texts.count)).map { _ in
      PackedRow(warmupPasses: warmupPasses, skipsLastToken: selection.skipsLastToken)
    }
    var state = RecurrentState(zerosFor: max(readers.count, 1), configuration: model.configuration)
    var pooling = readers.map { _ in PooledFeatures(selection, model.configuration) }
    while true {
      let active = try readers.indices.filter { try readers[$0].fill(from: &texts) }
      if active.isEmpty { break }
      if active.count < readers.count {
        readers = active.map { readers[$0] }
        pooling = active.map { pooling[$0] }
        state = state.selecting(active)
      }
      let chunk = try Chunk(&readers, steps: Self.chunkSteps, queue: &texts)
      let encoded = model.encode(
        tokens: chunk.tokens, rows: readers.count, resetMask: chunk.resetMask, state: state, engine: engine)
      state = encoded.state
      let source = FeatureSource(encoded.layers, selection, model.configuration, rows: readers.count)
      for row in readers.indices {
        pooling[row].read(chunk.segments[row], from: source, row: row, finish: take)
      }
      try observe(chunk.segments.reduce(0) { $0 + $1.reduce(0) { $0 + $1.steps.count } })
    }
  }
}

extension FeatureExtractor {
  /// An extractor of a recurrent language model's features; see ``RecurrentTextEncoder``.
  public init(
    model: LanguageModel, selection: FeatureSelection, rows: Int = 128, maximumLength: Int? = nil,
    warmupPasses: Int = 0, engine: Engine
  ) {
    self.init(
      RecurrentTextEncoder(model, selection, warmupPasses: warmupPasses, engine: engine), rows: rows,
      maximumLength: maximumLength)
  }
}

extension Fingerprint {
  /// Adds names and values of all parameters.
  mutating func add(_ model: LanguageModel) {
    for parameter in model.parameters {
      add(parameter.path)
      parameter.variable.value.withUnsafeElements { add(UnsafeRawBufferPointer($0)) }
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
