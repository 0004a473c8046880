import Formats
import Foundation

/// The object of a PyTorch file without its numbers, kept in the metadata of the safetensors file it became.
///
/// With it the way back gives the same nesting, the same plain values and the same shared tensors.
enum PythonStructure {
  static let metadataKey = "python_object"

  /// One value; containers hold further ones.
  private struct Node: Codable {
    var kind: Kind
    var text: String?
    var integer: Int?
    var number: Double?
    var keys: [Node]?
    var values: [Node]?
  }

  private enum Kind: String, Codable {
    case none, boolean, integer, number, text, tensor, list, tuple, dictionary, ordered, record, opaque
  }

  private static let greatestDepth = 64
  private static let greatestTextLength = 32 << 20

  /// `value` as JSON, its tensors by name; tensors over the same elements share one name.
  static func encoded(_ value: PythonValue) throws -> String {
    var names = value.namedTensors.map(\.name)[...]
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return String(decoding: try encoder.encode(node(value, &names)), as: UTF8.self)
  }

  private static func node(_ value: PythonValue, _ names: inout ArraySlice<String>) -> Node {
    func members(_ kind: Kind, _ members: [PythonValue.Member], text: String? = nil) -> Node {
      var node = Node(kind: kind, text: text, keys: [], values: [])
      for member in members {
        node.keys?.append(self.node(member.key, &names))
        node.values?.append(self.node(member.value, &names))
      }
      return node
    }
    switch value {
    case .none: return Node(kind: .none)
    case .boolean(let value): return Node(kind: .boolean, integer: value ? 1 : 0)
    case .integer(let value): return Node(kind: .integer, integer: value)
    case .number(let value): return Node(kind: .number, number: value)
    case .text(let text): return Node(kind: .text, text: text)
    case .tensor(let leaf):
      return Node(kind: .tensor, text: names.popFirst(), keys: leaf.storage.map { [Node(kind: .text, text: $0)] })
    case .list(let elements): return Node(kind: .list, values: elements.map { node($0, &names) })
    case .tuple(let elements): return Node(kind: .tuple, values: elements.map { node($0, &names) })
    case .dictionary(let list, let isOrdered): return members(isOrdered ? .ordered : .dictionary, list)
    case .record(let name, let list): return members(.record, list, text: name)
    case .opaque(let text): return Node(kind: .opaque, text: text)
    }
  }

  /// The object that a safetensors file carries, nil when it carries none.
  ///
  /// Throws ``CheckpointError`` when it is damaged or names tensors that are not there.
  static func value(
    metadata: [String: String], tensors: [CheckpointFile.NamedTensor], path: String
  ) throws -> PythonValue? {
    guard let text = metadata[metadataKey] else { return nil }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard text.utf8.count <= greatestTextLength, let node = try? decoder.decode(Node.self, from: Data(text.utf8))
    else { throw CheckpointError.notACheckpoint(path: path, reason: "the object in its metadata is not readable") }
    let byName = Dictionary(tensors.map { ($0.name, $0.values) }, uniquingKeysWith: { first, _ in first })
    guard let value = value(node, byName, depth: 0) else {
      throw CheckpointError.notACheckpoint(
        path: path, reason: "the object in its metadata does not fit its tensors")
    }
    return value
  }

  private static func value(_ node: Node, _ tensors: [String: TensorPayload], depth: Int) -> PythonValue? {
    guard depth <= greatestDepth else { return nil }
    func children(_ nodes: [Node]?) -> [PythonValue]? {
      var result: [PythonValue] = []
      for node in nodes ?? [] {
        guard let child = value(node, tensors, depth: depth + 1) else { return nil }
        result.append(child)
      }
      return result
    }
    func members() -> [PythonValue.Member]? {
      guard let keys = children(node.keys), let values = children(node.values), keys.count == values.count else {
        return nil
      }
      return zip(keys, values).map { PythonValue.Member(key: $0, value: $1) }
    }
    switch node.kind {
    case .none: return PythonValue.none
    case .boolean: return .boolean(node.integer == 1)
    case .integer: return node.integer.map(PythonValue.integer)
    case .number: return node.number.map(PythonValue.number)
    case .text: return node.text.map(PythonValue.text)
    case .tensor:
      guard let values = node.text.flatMap({ tensors[$0] }) else { return nil }
      return .tensor(PythonValue.Leaf(values, storage: node.keys?.first?.text))
    case .list: return children(node.values).map(PythonValue.list)
    case .tuple: return children(node.values).map(PythonValue.tuple)
    case .dictionary, .ordered: return members().map { .dictionary($0, isOrdered: node.kind == .ordered) }
    case .record: return members().map { .record(name: node.text ?? "", fields: $0) }
    case .opaque: return .opaque(node.text ?? "")
    }
  }
}
