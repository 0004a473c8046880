/// Batches of texts that are each read once, packed over the rows: a row that comes to the end of a text goes on with the next
/// text that no row has taken, so that no step is spent on padding while texts are left.
///
/// The state is zeroed before each text and carried within it from batch to batch. A window has S + 1 tokens and
/// overlaps the next by one.
public struct PackedSampler: Sendable {
  /// The texts.
  public let source: any TokenSource
  /// The order in which they are taken.
  public private(set) var order: TextOrder
  /// Rows of a batch, B.
  public let rows: Int
  /// Steps of a batch, S; the last batch of an order that ends is as long as its longest row.
  public let sequenceLength: Int
  /// Whether the state is zeroed before each text.
  public let resetsState: Bool
  /// Whether the first token of a text is a target of the token before it.
  ///
  /// That teaches a model how a text follows another. Without it what is counted is a property of the texts, whatever
  /// their neighbours are: of each text all tokens but the first, which nothing precedes.
  public let predictsAcrossTexts: Bool
  /// What was given out since the sampler was made or restarted.
  public private(set) var delivered: DeliveredTargets

  private var streams: [PackedRow]
  private var queue: TextQueue

  /// Texts that are read once, to be measured on: each from a zero state, and nothing counts that depends on neighbours.
  ///
  /// - Throws: `CorpusError.invalidBatch` for a size that is not positive, `CorpusError.noTokens` for no texts.
  public init(
    measuring source: any TokenSource, order: TextOrder = .asTheyStand, rows: Int, sequenceLength: Int
  ) throws(CorpusError) {
    try self.init(
      source, order, rows: min(rows, max(source.count, 1)), sequenceLength: sequenceLength, resetsState: true,
      predictsAcrossTexts: false)
  }

  /// Texts to train on: pass after pass, each in another order.
  ///
  /// - Parameters:
  ///   - persistence: `never` carries the state also over the ends of texts; there are no shards to begin anew at.
  ///   - generator: gives one number, the seed of the orders.
  /// - Throws: as the other.
  public init(
    training source: any TokenSource, rows: Int, sequenceLength: Int, persistence: StatePersistence = .perText,
    generator: inout MersenneTwister
  ) throws(CorpusError) {
    try self.init(
      source, .shuffled(seed: generator.next32()), rows: rows, sequenceLength: sequenceLength,
      resetsState: persistence != .never, predictsAcrossTexts: true)
  }

  private init(
    _ source: any TokenSource, _ order: TextOrder, rows: Int, sequenceLength: Int, resetsState: Bool,
    predictsAcrossTexts: Bool
  ) throws(CorpusError) {
    try CorpusError.requireBatch(rows: rows, sequenceLength: sequenceLength)
    guard source.count > 0 else { throw .noTokens }
    self.source = source
    self.order = order
    self.rows = rows
    self.sequenceLength = sequenceLength
    self.resetsState = resetsState
    self.predictsAcrossTexts = predictsAcrossTexts
    delivered = DeliveredTargets(byteCounts: source.byteCounts)
    streams = Array(repeating: PackedRow(), count: rows)
    queue = TextQueue(order, count: source.count)
  }

  /// The next batch; nil when all texts were read.
  ///
  /// - Throws: `CorpusError.noTokens` when all texts are empty; what the source throws.
  public mutating func nextBatch() throws -> LanguageModelBatch? {
    var windows = WindowBatch(rows: rows, sequenceLength: sequenceLength)
    var steps = 0
    for row in 0..<rows {
      steps = max(
        steps,
        try streams[row].writeWindow(
          into: &windows, row: row, from: source, queue: &queue, resetsState: resetsState,
          predictsAcrossTexts: predictsAcrossTexts))
    }
    guard steps > 0 else { return nil }
    delivered.add(windows)
    let batch = LanguageModelBatch(windows)
    return steps < sequenceLength ? batch.steps(0..<steps) : batch
  }

  /// Begins anew with the first text.
  public mutating func restart() {
    streams = Array(repeating: PackedRow(), count: rows)
    queue = TextQueue(order, count: source.count)
    delivered.reset()
  }

  /// The place of every row in its text, and what was taken; nil for an order that ends, which is begun anew.
  var state: PackedSamplerState? {
    guard case .shuffled(let seed) = order else { return nil }
    return PackedSamplerState(
      sourceCount: source.count, sequenceLength: sequenceLength, orderSeed: seed, taken: queue.next,
      rows: streams.map(\.state))
  }

  /// Goes on where `state` was taken.
  ///
  /// The sampler is unchanged when this throws.
  ///
  /// - Throws: `CorpusError.stateMismatch` when texts, rows or lengths differ.
  mutating func restore(_ state: PackedSamplerState) throws {
    try CorpusError.require("the number of texts", state.sourceCount, source.count)
    try CorpusError.require("the batch size", state.rows.count, rows)
    try CorpusError.require("the sequence length", state.sequenceLength, sequenceLength)
    let isInRange =
      state.taken >= 0 && state.rows.allSatisfy { (-1..<state.taken).contains($0.text) && $0.delivered >= 0 }
    guard isInRange else { throw CorpusError.stateMismatch(reason: "it names texts that were not taken") }
    let order = TextOrder.shuffled(seed: state.orderSeed)
    var queue = TextQueue(order, count: source.count, next: state.taken)
    streams = try state.rows.map { try PackedRow(resuming: $0, queue: &queue, source: source) }
    (self.order, self.queue) = (order, queue)
  }
}
