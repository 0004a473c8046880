import Files
import Formats
import Foundation

/// A file or folder of tensors in any of the formats that are read, seen from its contents and not from its name.
///
/// Opening maps the file and checks its structure; the numbers stay where they are.
public struct CheckpointFile {
  /// The formats.
  public enum Format: String, Sendable, CaseIterable {
    /// A safetensors file.
    case safetensors
    /// A PyTorch file in the archive container.
    case pyTorch = "pytorch"
    /// A PyTorch file in the sequential container.
    case sequentialPyTorch = "pytorch-sequential"
    /// One array in an npy file.
    case numpyArray = "npy"
    /// Arrays in an npz archive.
    case numpyArchive = "npz"
    /// A folder of the fifteen arrays `0.npy` to `14.npy`.
    case openAI = "openai"
    /// The TensorFlow reproduction's list of arrays.
    case reproduction
    /// A folder of eight arrays with folded gains.
    case folded
    /// A folder of a UniRep model's arrays, one file each.
    case uniRepFolder = "unirep-folder"
  }

  /// A tensor by name.
  public struct NamedTensor {
    /// The name it is stored under; keys that lead to it, joined by points.
    public let name: String
    /// Type, shape and elements.
    public let values: TensorPayload
  }

  /// Where the file is.
  public let path: String
  /// The format that the contents have.
  public let format: Format
  /// Its tensors in their order.
  public let tensors: [NamedTensor]
  /// Free text that a safetensors file carries, by key.
  public let metadata: [String: String]
  /// The object that a PyTorch file holds, or that one held which was converted.
  public let value: PythonValue?
  /// Updates that the TensorFlow reproduction counted, from the `global_step.npy` beside its model.
  public private(set) var steps: Int?

  /// Opens what is at `path`.
  ///
  /// Throws ``CheckpointError``.
  public init(path: String) throws {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      let folder = try ArrayFolder(path: path)
      self.init(path, folder.format, folder.tensors)
      if format == .reproduction { steps = try Self.steps(inFolder: path) }
      return
    }
    try self.init(MappedFile(path: path))
    if format == .reproduction { steps = try Self.steps(inFolder: WriteTarget.folder(of: path)) }
  }

  private static func steps(inFolder folder: String) throws -> Int? {
    let path = (folder.hasSuffix("/") ? folder : folder + "/") + "global_step.npy"
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    return try NumpyFile.read(path).int64Values().first.map { Int($0) }
  }

  /// Reads a file whose bytes are at hand already.
  public init(_ file: MappedFile) throws {
    let start = file.bytes(0..<min(file.count, 14))
    let path = file.path
    if start.starts(with: ZipArchive.mark) || start.starts(with: [0x50, 0x4b, 0x05, 0x06]) {
      let archive = try ZipArchive(file)
      let arrays = archive.members.filter { !$0.name.hasSuffix("/") }
      if !arrays.contains(where: { $0.name.hasSuffix(".npy") || $0.name.hasSuffix(".pkl") }) {
        throw Self.refusal(of: file) ?? CheckpointError.notACheckpoint(path: path, reason: "it is an empty archive")
      }
      guard let pickle = archive.members.first(where: { $0.name == "data.pkl" || $0.name.hasSuffix("/data.pkl") })
      else {
        self.init(path, .numpyArchive, try NumpyArchive.read(archive))
        return
      }
      let torch = try TorchFile(archive: archive, prefix: String(pickle.name.dropLast("data.pkl".count)))
      self.init(path, .pyTorch, torch.value)
    } else if Self.beginsLikeAPickle(start) {
      self.init(path, .sequentialPyTorch, try TorchFile(sequential: file).value)
    } else if start.starts(with: NumpyHeader.magic) {
      guard try NumpyHeader.isObjectArray(file) else {
        self.init(path, .numpyArray, [("", try NumpyArray(file).stored())])
        return
      }
      let arrays = try NumpyObjectArray.read(file)
      self.init(path, .reproduction, arrays.enumerated().map { ("\($0)", $1) })
    } else if let refusal = Self.refusal(of: file) {
      throw refusal
    } else {
      let safetensors = try SafetensorsFile(file)
      let tensors = try safetensors.entries.map {
        NamedTensor(name: $0.name, values: .stored(try safetensors.stored($0)))
      }
      let value = try PythonStructure.value(metadata: safetensors.metadata, tensors: tensors, path: path)
      self.init(path, .safetensors, tensors, metadata: safetensors.metadata, value: value)
    }
  }

  /// What the file is instead of a checkpoint, where its first bytes say so.
  private static func refusal(of file: MappedFile) -> CheckpointError? {
    foreignKind(of: file).map { .notACheckpoint(path: file.path, reason: "it is \($0)") }
  }

  private static func foreignKind(of file: MappedFile) -> String? {
    guard file.count > 0 else { return "empty" }
    let start = file.bytes(0..<min(file.count, 1 << 12))
    if start.count >= 8, start.allSatisfy({ $0 == 0 }) { return "zeros, as a download that did not finish leaves" }
    switch ForeignFile(startingWith: start) {
    case .safetensors?: return nil
    case let kind? where kind.isPacked: return kind.name + "; unpack it first"
    case .largeFilePointer?:
      let pointer = ForeignFile.largeFilePointer
      return pointer.name + (pointer.adviceForTexts.map { "; \($0)" } ?? "")
    case let kind?: return kind.name
    case nil: break
    }
    guard looksLikeText(start.prefix(256)) else { return nil }
    let first = start.first { !($0 == 0x20 || (9...13).contains($0)) }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[") ? "a file of JSON text" : "a text file"
  }

  /// Whether all bytes are letters, marks and blanks; the length of a safetensors header is mostly zeros.
  private static func looksLikeText(_ start: ArraySlice<UInt8>) -> Bool {
    // The last character may be cut.
    start.count >= 8 && start.allSatisfy { $0 >= 0x20 && $0 != 0x7F || (9...13).contains($0) }
      && !String(decoding: start, as: UTF8.self).unicodeScalars.dropLast(3).contains("\u{FFFD}")
  }

  /// Whether the first bytes are those of a pickle, and not the length of a safetensors header, whose brace is the ninth.
  private static func beginsLikeAPickle(_ start: [UInt8]) -> Bool {
    start.count > 8 && start[0] == TorchFile.sequentialMark[0] && (2...5).contains(start[1])
      && start[8] != UInt8(ascii: "{")
  }

  private init(
    _ path: String, _ format: Format, _ tensors: [NamedTensor], metadata: [String: String] = [:],
    value: PythonValue? = nil
  ) {
    self.path = path
    self.format = format
    self.tensors = tensors
    self.metadata = metadata
    self.value = value
  }

  private init(_ path: String, _ format: Format, _ arrays: [(name: String, tensor: StoredTensor)]) {
    self.init(path, format, arrays.map { NamedTensor(name: $0.name, values: .stored($0.tensor)) })
  }

  private init(_ path: String, _ format: Format, _ value: PythonValue) {
    self.init(
      path, format, value.namedTensors.map { NamedTensor(name: $0.name, values: $0.leaf.values) }, value: value)
  }

  /// The model in the file, in this program's layout.
  ///
  /// - Parameters:
  ///   - gateOrder: the order of the blocks in a file of others that does not tell; `nil` to choose by the loss.
  ///   - comparesGateOrders: whether both orders are tried where the file leaves them open; true by default.
  /// - Throws: ``CheckpointError`` when it is damaged or no model that this program runs.
  func modelContents(
    gateOrder: ModelCard.Origin.GateOrder? = nil, comparesGateOrders: Bool = true
  ) throws -> ModelContents {
    let contents = try uncheckedContents(gateOrder, comparesGateOrders)
    try contents.card.checkValues(path: path)
    try contents.requirePlausibleSizes()
    return contents
  }

  private func uncheckedContents(
    _ gateOrder: ModelCard.Origin.GateOrder?, _ comparesGateOrders: Bool
  ) throws -> ModelContents {
    switch format {
    case .safetensors:
      let card = try ModelCard.decode(metadata: metadata, path: path)
      return ModelContents(path: path, card: card, tensors: tensors.map { ($0.name, $0.values) })
    case .pyTorch, .sequentialPyTorch:
      let original = OriginalModel(path: path, value: value ?? .none)
      guard gateOrder == nil, comparesGateOrders, original.leavesGateOrderOpen else {
        return try original.contents(gateOrder: gateOrder)
      }
      return try GateOrderChoice.better(
        try original.contents(gateOrder: .candidateThird), try original.contents(gateOrder: .candidateLast))
    case .openAI: return try InputMajorModel(openAI: arrays).contents(.openAI)
    case .reproduction: return try InputMajorModel(reproduction: arrays).contents(.reproduction, steps: steps)
    case .folded: return try InputMajorModel(folded: arrays).contents(.folded)
    case .uniRepFolder: return try InputMajorModel(uniRepFolder: arrays).contents(.uniRep)
    case .numpyArchive:
      guard arrays["mlstm.0.wx"] != nil else {
        throw CheckpointError.notACheckpoint(path: path, reason: "its arrays are not those of a known model")
      }
      return try InputMajorModel(uniRep: arrays).contents(.uniRep)
    case .numpyArray:
      throw CheckpointError.notACheckpoint(path: path, reason: "it is one array, not a model")
    }
  }

  /// Whether the order of an LSTM's blocks can be said for this file: only those of others in PyTorch's format leave it
  /// open.
  var takesGateOrder: Bool { (format == .pyTorch || format == .sequentialPyTorch) && !hasModelCard }

  private var arrays: NamedArrays {
    NamedArrays(
      path: path,
      byName: Dictionary(
        tensors.compactMap { tensor in
          guard case .stored(let stored) = tensor.values else { return nil }
          return (tensor.name, stored)
        }, uniquingKeysWith: { first, _ in first }))
  }
}
