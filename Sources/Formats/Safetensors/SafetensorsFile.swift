import Files
import Tensors

/// A safetensors file, opened for reading.
///
/// The file is mapped into memory, so that opening costs only its header and each tensor is read when it is asked for.
/// The header is checked in full: types, shapes, and that the tensors cover the rest of the file without gap or
/// overlap.
///
/// The format: 8 bytes with the header's length (little-endian), the header as JSON, then the tensors' bytes.
public struct SafetensorsFile: Sendable {
  /// Where the file is.
  public let path: String

  /// The free text that the file carries, by key.
  public let metadata: [String: String]

  /// The tensors in the order of their bytes.
  public let entries: [SafetensorsEntry]

  private let indexByName: [String: Int]
  private let file: MappedFile

  /// Opens the file at `path`.
  ///
  /// Throws ``FormatError``: the file is missing, unreadable, cut short, no safetensors file, or has an element
  /// type that is not among ``StoredType``.
  public init(path: String) throws {
    try self.init(MappedFile(path: path))
  }

  /// Reads a file whose bytes are at hand already; throws as ``init(path:)`` does.
  public init(_ file: MappedFile) throws {
    let header = try SafetensorsHeader(of: file)
    path = file.path
    metadata = header.metadata
    entries = header.entries
    indexByName = Dictionary(
      header.entries.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    self.file = file
  }

  /// The tensors' names in the order of their bytes.
  public var names: [String] { entries.map(\.name) }

  /// Names and shapes, for ``KeyMismatch``.
  public var namesAndShapes: [(name: String, shape: [Int])] { entries.map { ($0.name, $0.shape) } }

  /// Whether there is a tensor of this name.
  public func contains(_ name: String) -> Bool { indexByName[name] != nil }

  /// Type, shape and place of a tensor; throws ``FormatError/missingKey(path:key:available:)``.
  public func entry(named name: String) throws -> SafetensorsEntry {
    guard let index = indexByName[name] else {
      throw FormatError.missingKey(path: path, key: name, available: names)
    }
    return entries[index]
  }

  /// A tensor as float32; numbers of a wider type are rounded to the nearest.
  ///
  /// Throws ``FormatError/missingKey(path:key:available:)``, and
  /// ``FormatError/wrongType(path:key:expected:found:)`` for a tensor of integers.
  public func tensor(named name: String) throws -> Tensor {
    let entry = try entry(named: name)
    guard entry.type.isFloatingPoint else {
      throw FormatError.wrongType(
        path: path, key: name, expected: "floating-point numbers", found: entry.type.rawValue)
    }
    let tensor = Tensor(uninitialized: entry.shape)
    file.withBytes(entry.bytes) { source in
      tensor.withUnsafeMutableElements { entry.type.decode(source, into: $0) }
    }
    return tensor
  }

  /// As ``tensor(named:)``, and throws ``FormatError/wrongShape(path:key:expected:found:)`` unless its shape is
  /// `shape`.
  public func tensor(named name: String, shape: [Int]) throws -> Tensor {
    let found = try entry(named: name).shape
    guard found == shape else {
      throw FormatError.wrongShape(path: path, key: name, expected: shape, found: found)
    }
    return try tensor(named: name)
  }

  /// A tensor as it stands in the file; its bytes were checked when the file was opened.
  package func stored(_ entry: SafetensorsEntry) throws -> StoredTensor {
    guard let tensor = StoredTensor(file, type: entry.type, shape: entry.shape, bytes: entry.bytes) else {
      throw FormatError.malformed(path: path, reason: "tensor \(entry.name.quoted) has too many dimensions")
    }
    return tensor
  }

  /// The elements of a tensor of integers or truth values, row-major.
  ///
  /// Throws ``FormatError/missingKey(path:key:available:)``, and
  /// ``FormatError/wrongType(path:key:expected:found:)`` for a tensor of floating-point numbers.
  public func int64Values(named name: String) throws -> [Int64] {
    let entry = try entry(named: name)
    guard let values = file.withBytes(entry.bytes, { entry.type.integers($0) }) else {
      throw FormatError.wrongType(path: path, key: name, expected: "integers", found: entry.type.rawValue)
    }
    return values
  }

  /// Calls `body` with the stored bytes of a tensor, of any type.
  ///
  /// The buffer must not leave the closure.
  ///
  /// Throws ``FormatError/missingKey(path:key:available:)`` and what `body` throws.
  public func withBytes<Result>(
    named name: String, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result {
    try file.withBytes(entry(named: name).bytes, body)
  }
}
