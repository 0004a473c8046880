/// Everything that a ``TrainingSampler`` needs to go on with the next batch, given the same texts.
///
/// What concerns rows is kept in ``arrays``, because there may be tens of thousands of them; coding covers the rest.
public enum SamplerState: Sendable, Equatable {
  /// Of a ``ShardSampler``.
  case shards(ShardSamplerState)
  /// Of a ``PackedSampler``.
  case shuffled(PackedSamplerState)

  /// An array of whole numbers, row-major.
  public struct NamedArray: Sendable {
    /// What it is saved under.
    public let name: String
    /// The numbers.
    public let values: [Int64]
    /// Size of each dimension.
    public let shape: [Int]

    /// - Parameter name: without ``namePrefix``.
    init(_ name: String, _ values: [Int64], shape: [Int]) {
      self.name = SamplerState.namePrefix + name
      self.values = values
      self.shape = shape
    }
  }

  /// What the names of ``arrays`` begin with.
  static let namePrefix = "sampler."

  /// What concerns rows.
  public var arrays: [NamedArray] {
    switch self {
    case .shards(let state): state.arrays
    case .shuffled(let state): state.arrays
    }
  }

  /// Whether rows are still to be taken from arrays; states that older versions saved have them already.
  public var lacksRows: Bool {
    switch self {
    case .shards(let state): state.rows.isEmpty
    case .shuffled(let state): state.rows.isEmpty
    }
  }

  /// Takes the rows from ``arrays`` as they were saved.
  ///
  /// - Parameter values: gives the numbers saved under a name.
  /// - Throws: ``CorpusError/stateMismatch(reason:)`` when sizes do not fit; what `values` throws.
  public mutating func takeRows(_ values: (String) throws -> [Int64]) throws {
    switch self {
    case .shards(var state):
      try state.takeRows(values)
      self = .shards(state)
    case .shuffled(var state):
      try state.takeRows(values)
      self = .shuffled(state)
    }
  }
}

extension SamplerState: Codable {
  /// Tells the two apart by what they have.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: PackedSamplerState.CodingKeys.self)
    self =
      container.contains(.orderSeed)
      ? .shuffled(try PackedSamplerState(from: decoder)) : .shards(try ShardSamplerState(from: decoder))
  }

  /// Writes all but the rows.
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .shards(let state): try state.encode(to: encoder)
    case .shuffled(let state): try state.encode(to: encoder)
    }
  }
}
