import Files
import Formats
import Foundation
import Tensors

/// Turns a checkpoint of any format that is read into another layout or precision.
public struct CheckpointConversion: Sendable {
  /// Type that floating-point arrays are stored as; `nil` as in the file.
  public var precision: StoredType?
  /// Layout of what is written; `nil` as the ending of the path says.
  public var layout: CheckpointLayout?
  /// Order of an LSTM's blocks in a file that leaves it open; `nil` to choose by the loss on a short text.
  public var gateOrder: ModelCard.Origin.GateOrder?
  /// Whether arrays of another layout are removed from the folder that is written; false by default, which refuses them.
  public var replacesOtherArrays = false

  /// Names the wishes.
  public init(
    precision: StoredType? = nil, layout: CheckpointLayout? = nil, gateOrder: ModelCard.Origin.GateOrder? = nil
  ) {
    self.precision = precision
    self.layout = layout
    self.gateOrder = gateOrder
  }

  /// What a conversion did.
  public struct Result: Sendable {
    /// The layout that was written.
    public var layout: CheckpointLayout
    /// Number of arrays written.
    public var arrayCount: Int
    /// Bytes of these arrays.
    public var byteCount: Int
    /// Whether the order of the blocks that was asked for could matter for the file; nil when none was asked for.
    public var usedGateOrder: Bool?
  }

  /// Reads `source`, writes `target`, and compares what can be read back with what was meant to be written.
  ///
  /// - Throws: ``CheckpointError``.
  public func run(from source: String, to target: String) throws -> Result {
    let layout = try ConversionTarget(path: target, layout: layout).requireUsable(for: source)
    let file = try CheckpointFile(path: source)
    if case .model = file.content(gateOrder: gateOrder) {
      let contents = try file.modelContents(gateOrder: gateOrder).converted(to: precision)
      var result = try layout.isFolder ? writeFolder(contents, layout, to: target) : write(contents, layout, to: target)
      result.usedGateOrder = gateOrder.map { _ in file.takesGateOrder }
      return result
    }
    guard !layout.isFolder else {
      throw CheckpointError.unsupported(
        path: source, feature: "only a language model can be written in the layout \(layout.rawValue)")
    }
    var result = try write(tensorsOf: file, layout, to: target)
    result.usedGateOrder = gateOrder.map { _ in false }
    return result
  }

  private func write(_ contents: ModelContents, _ layout: CheckpointLayout, to target: String) throws -> Result {
    try ModelFile.write(contents, layout: layout, to: target)
    let written = try CheckpointFile(path: target).modelContents()
    try compare(contents.tensors, written.tensors, target)
    return result(layout, contents.tensors)
  }

  private func writeFolder(_ contents: ModelContents, _ layout: CheckpointLayout, to target: String) throws -> Result {
    let export = try InputMajorExport(contents)
    let folder = target.hasSuffix("/") ? String(target.dropLast()) : target
    func file(_ name: String) -> String { "\(folder)/\(name).npy" }
    let others = layout.otherArrays(in: folder)
    if let other = others.first, !replacesOtherArrays {
      throw ConversionError.otherArrays(path: target, layout: layout, example: other)
    }
    try AtomicFile.ensureWritableFolder(for: file("0"), creating: true)
    let arrays: [(name: String, values: TensorPayload)]
    switch layout {
    case .reproduction:
      let list = try export.reproduction()
      arrays = list.enumerated().map { ("\($0)", .float32($1)) }
      try NumpyObjectArray.write(list, to: file("model"))
      try NumpyFile.write(int32: Int32(truncatingIfNeeded: contents.card.training?.steps ?? 0), to: file("global_step"))
    case .folded: arrays = try export.folded()
    default: arrays = try export.openAI()
    }
    if layout != .reproduction {
      for (name, values) in arrays { try NumpyFile.write(float32: values.tensor, to: file(name)) }
    }
    for name in others { unlink("\(folder)/\(name)") }
    try compare(arrays, try CheckpointFile(path: folder).tensors.map { ($0.name, $0.values) }, folder)
    return result(layout, arrays)
  }

  /// What is no model keeps its names, and the object that a PyTorch file held around them.
  private func write(
    tensorsOf file: CheckpointFile, _ layout: CheckpointLayout, to target: String
  ) throws -> Result {
    let metadata = file.metadata.filter { $0.key != PythonStructure.metadataKey }
    let place = metadata[OptimizerLayout.metadataKey]
    var value = file.value ?? place.map { OptimizerLayout.value(file.tensors, place: $0) }
    value = value.map(converted)
    let tensors: [(name: String, values: TensorPayload)]
    if layout == .safetensors {
      var described = metadata
      if let value, let state = OptimizerLayout.contents(value) {
        tensors = state.tensors
        described[OptimizerLayout.metadataKey] = state.place
      } else {
        tensors = unique(value) ?? file.tensors.map { ($0.name.isEmpty ? "array" : $0.name, converted($0.values)) }
        if let value {
          described[PythonStructure.metadataKey] = try PythonStructure.encoded(value)
          if let transformer = TransformerDescription(value: value) {
            described[TransformerDescription.metadataKey] = try transformer.encoded()
          }
        }
      }
      try SafetensorsWriter.write(tensors: tensors, metadata: described, to: target)
    } else {
      let object =
        value
        ?? .dictionary(
          file.tensors.map { ($0.name, PythonValue.tensor(PythonValue.Leaf(converted($0.values)))) }, ordered: true)
      try TorchWriter.write(object, container: layout == .pyTorch ? .zip : .sequential, to: target)
      tensors = object.namedTensors.map { ($0.name, $0.leaf.values) }
    }
    try compare(tensors, try CheckpointFile(path: target).tensors.map { ($0.name, $0.values) }, target)
    return result(layout, tensors)
  }

  private func unique(_ value: PythonValue?) -> [(name: String, values: TensorPayload)]? {
    value?.namedTensors.map { ($0.name, $0.leaf.values) }
  }

  private func converted(_ values: TensorPayload) -> TensorPayload { precision.map(values.converted) ?? values }

  /// The object with its tensors in the wanted precision.
  private func converted(_ value: PythonValue) -> PythonValue {
    func members(_ list: [PythonValue.Member]) -> [PythonValue.Member] {
      list.map { PythonValue.Member(key: $0.key, value: converted($0.value)) }
    }
    switch value {
    case .tensor(let leaf): return .tensor(PythonValue.Leaf(converted(leaf.values), storage: leaf.storage))
    case .list(let elements): return .list(elements.map(converted))
    case .tuple(let elements): return .tuple(elements.map(converted))
    case .dictionary(let list, let isOrdered): return .dictionary(members(list), isOrdered: isOrdered)
    case .record(let name, let list): return .record(name: name, fields: members(list))
    default: return value
    }
  }

  private func result(
    _ layout: CheckpointLayout, _ tensors: [(name: String, values: TensorPayload)]
  ) -> Result {
    Result(
      layout: layout, arrayCount: tensors.count, byteCount: tensors.reduce(0) { $0 + $1.values.byteCount })
  }

  /// Success is claimed only for what reads back bit by bit.
  private func compare(
    _ meant: [(name: String, values: TensorPayload)], _ found: [(name: String, values: TensorPayload)],
    _ path: String
  ) throws {
    let byName = Dictionary(found.map { ($0.name, $0.values) }, uniquingKeysWith: { first, _ in first })
    for (name, values) in meant {
      guard let read = byName[name], read.type == values.type, read.shape == values.shape,
        try checksum(read) == checksum(values)
      else {
        throw FileError.writeFailed(
          path: path, reason: "tensor \(name.quoted) reads back differently from how it was written",
          previousKept: false)
      }
    }
  }

  private func checksum(_ values: TensorPayload) throws -> UInt32 {
    var checksum: UInt32 = 0
    try values.forEachPiece { checksum = Checksum.crc32($0, after: checksum) }
    return checksum
  }
}
