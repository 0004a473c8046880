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
  /// - Throws: `ModelError.notEnoughMemory`, and what `observe` throws.
  public func features(of texts: CleanedTexts, observe: (Progress) throws -> Void = { _ in }) throws -> FeatureMatrix {
    let width = selection.width(for: model.configuration)
    try MemoryEstimate(features: model.configuration, texts: texts.count, width: width).requireFits()
    var values = [Float](repeating: 0, count: texts.count * width)
    var queue = TextQueue(texts, maximumLength: maximumLength, warmupPasses: warmupPasses)
    var readers = (0..<min(rows, texts.count)).map { _ in RowReader() }
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
      let chunk = Chunk(&readers, steps: Self.chunkSteps, queue: &queue)
      let encoded = model.encode(
        tokens: chunk.tokens, rows: readers.count, resetMask: chunk.resetMask, state: state, engine: engine)
      state = encoded.state
      let source = FeatureSource(encoded.layers, selection, model.configuration, rows: readers.count)
      for row in readers.indices {
        pooling[row].read(chunk.segments[row], from: source, row: row) { text, vector in
          values.replaceSubrange(text * width..<(text + 1) * width, with: vector)
          progress.texts += 1
        }
      }
      progress.tokens += chunk.segments.reduce(0) { $0 + $1.reduce(0) { $0 + $1.steps.count } }
      try observe(progress)
    }
    return try FeatureMatrix(rows: texts.count, columns: width, values: values)
  }
}

/// The texts that are still to be read, longest first.
private struct TextQueue {
  private let texts: CleanedTexts
  private let maximumLength: Int?
  private let warmupPasses: Int
  private var order: ArraySlice<Int>

  init(_ texts: CleanedTexts, maximumLength: Int?, warmupPasses: Int) {
    self.texts = texts
    self.maximumLength = maximumLength
    self.warmupPasses = warmupPasses
    let lengths = (0..<texts.count).map { texts.texts.withBytes(at: $0) { $0.count } }
    order = (0..<texts.count).sorted { (lengths[$0], $1) > (lengths[$1], $0) }[...]
  }

  mutating func next() -> (text: Int, tokens: [Int32], scoredFrom: Int)? {
    guard let text = order.popFirst() else { return nil }
    var tokens = texts.tokens(at: text)
    if let maximumLength { tokens = Array(tokens.prefix(maximumLength)) }
    // A text without tokens is read as one padding token, so that it has features at all.
    if tokens.isEmpty { tokens = [CharacterTokenizer.paddingID] }
    let repeated = (0...warmupPasses).flatMap { _ in tokens }
    return (text, repeated, warmupPasses * tokens.count)
  }
}

/// What one row is reading.
private struct RowReader {
  private(set) var text = 0
  private(set) var tokens: [Int32] = []
  private(set) var position = 0
  private(set) var scoredFrom = 0

  var remaining: Int { tokens.count - position }

  /// Takes a new text when the old one is finished; returns whether there is anything to read.
  mutating func fill(from queue: inout TextQueue) throws -> Bool {
    if remaining > 0 { return true }
    guard let next = queue.next() else { return false }
    (text, tokens, scoredFrom) = next
    position = 0
    return true
  }

  mutating func advance(_ count: Int) { position += count }
}

/// The part of a text that a row reads in one chunk.
private struct Segment {
  var text: Int
  /// Steps of the chunk.
  var steps: Range<Int>
  /// Steps of the chunk that count for pools: those of the last pass.
  var scored: Range<Int>
  var begins: Bool
  var ends: Bool
}

/// A few steps of all rows, time-major.
private struct Chunk {
  var tokens: [Int32]
  var resetMask: [Float]
  var segments: [[Segment]]

  /// Every row reads on, with further texts behind the one that ends; the chunk is shorter when no row has more.
  init(_ readers: inout [RowReader], steps wanted: Int, queue: inout TextQueue) {
    let rows = readers.count
    var longest = 0
    var columns: [[Int32]] = []
    var resets: [[Int]] = []
    segments = []
    for row in 0..<rows {
      var column: [Int32] = []
      var starts: [Int] = []
      var parts: [Segment] = []
      while column.count < wanted, (try? readers[row].fill(from: &queue)) == true {
        let reader = readers[row]
        let count = min(wanted - column.count, reader.remaining)
        let steps = column.count..<column.count + count
        if reader.position == 0 { starts.append(column.count) }
        let scoredStart = column.count + max(0, min(count, reader.scoredFrom - reader.position))
        parts.append(
          Segment(
            text: reader.text, steps: steps, scored: scoredStart..<steps.upperBound,
            begins: reader.position <= reader.scoredFrom, ends: count == reader.remaining))
        column += reader.tokens[reader.position..<reader.position + count]
        readers[row].advance(count)
      }
      longest = max(longest, column.count)
      columns.append(column)
      resets.append(starts)
      segments.append(parts)
    }
    tokens = [Int32](repeating: CharacterTokenizer.paddingID, count: longest * rows)
    resetMask = [Float](repeating: 0, count: longest * rows)
    for row in 0..<rows {
      for (step, token) in columns[row].enumerated() { tokens[step * rows + row] = token }
      for step in resets[row] { resetMask[step * rows + row] = 1 }
    }
  }
}

/// The states of one chunk that features are read from.
private struct FeatureSource {
  private let layers: [Tensor]
  private let rows: Int

  init(
    _ states: [LayerState], _ selection: FeatureSelection, _ configuration: LanguageModelConfiguration, rows: Int
  ) {
    layers = selection.layers(of: configuration).map { layer in
      selection.state == .hidden ? states[layer].hidden : states[layer].cell ?? states[layer].hidden
    }
    self.rows = rows
  }

  /// The selected states of a row after a step, layers bottom to top.
  func withState(step: Int, row: Int, _ body: (_ layer: Int, UnsafeBufferPointer<Float>) -> Void) {
    for (index, layer) in layers.enumerated() {
      layer.rows(step * rows + row, count: 1).withUnsafeElements { body(index, $0) }
    }
  }
}

/// A row's pools over the text it is reading.
private struct PooledFeatures {
  private let selection: FeatureSelection
  private let width: Int
  private let layerWidth: Int
  private var maxima: [Float]
  private var minima: [Float]
  private var sums: [Double]
  private var count = 0

  init(_ selection: FeatureSelection, _ configuration: LanguageModelConfiguration) {
    self.selection = selection
    layerWidth = configuration.hiddenSize
    width = layerWidth * selection.layers(of: configuration).count
    maxima = selection.pools.contains(.maximum) ? [Float](repeating: -.infinity, count: width) : []
    minima = selection.pools.contains(.minimum) ? [Float](repeating: .infinity, count: width) : []
    sums = selection.pools.contains(.mean) ? [Double](repeating: 0, count: width) : []
  }

  /// Reads a row's segments and hands over the vector of each text that ends.
  mutating func read(
    _ segments: [Segment], from source: FeatureSource, row: Int, finish: (_ text: Int, _ vector: [Float]) -> Void
  ) {
    for segment in segments {
      if segment.begins { restart() }
      if !selection.pools.isEmpty {
        for step in segment.scored { add(source, step: step, row: row) }
      }
      if segment.ends { finish(segment.text, vector(source, step: segment.steps.upperBound - 1, row: row)) }
    }
  }

  private mutating func restart() {
    count = 0
    for i in maxima.indices { maxima[i] = -.infinity }
    for i in minima.indices { minima[i] = .infinity }
    for i in sums.indices { sums[i] = 0 }
  }

  private mutating func add(_ source: FeatureSource, step: Int, row: Int) {
    count += 1
    // Plain loops over unchecked buffers, which the compiler turns into vector code; they run for every token.
    maxima.withUnsafeMutableBufferPointer { maxima in
      minima.withUnsafeMutableBufferPointer { minima in
        sums.withUnsafeMutableBufferPointer { sums in
          source.withState(step: step, row: row) { layer, state in
            let base = layer * layerWidth
            if !maxima.isEmpty {
              for j in state.indices where state[j] > maxima[base + j] { maxima[base + j] = state[j] }
            }
            if !minima.isEmpty {
              for j in state.indices where state[j] < minima[base + j] { minima[base + j] = state[j] }
            }
            if !sums.isEmpty { for j in state.indices { sums[base + j] += Double(state[j]) } }
          }
        }
      }
    }
  }

  private func vector(_ source: FeatureSource, step: Int, row: Int) -> [Float] {
    var vector: [Float] = []
    vector.reserveCapacity(width * (1 + selection.pools.count))
    source.withState(step: step, row: row) { vector.append(contentsOf: $1) }
    vector += maxima
    vector += minima
    vector += sums.map { Float($0 / Double(max(count, 1))) }
    return vector
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
