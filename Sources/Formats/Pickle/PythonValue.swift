/// Plain data as Python programs keep them in checkpoints: numbers, texts, containers and tensors.
public indirect enum PythonValue {
  /// `None`.
  case none
  /// `True` or `False`.
  case boolean(Bool)
  /// A whole number.
  case integer(Int)
  /// A floating-point number.
  case number(Double)
  /// A string.
  case text(String)
  /// A tensor or an array.
  case tensor(Leaf)
  /// A list.
  case list([PythonValue])
  /// A tuple.
  case tuple([PythonValue])
  /// A dictionary or, when `isOrdered`, an `OrderedDict`.
  case dictionary([Member], isOrdered: Bool)
  /// The fields of an object whose class is `name`, such as `Namespace`.
  case record(name: String, fields: [Member])
  /// Something that is there but not kept, such as the bytes of a string that is no text.
  case opaque(String)

  /// A key and its value.
  public struct Member {
    /// Text or a number.
    public var key: PythonValue
    /// What stands under the key.
    public var value: PythonValue

    /// Names both.
    public init(_ key: String, _ value: PythonValue) {
      self.key = .text(key)
      self.value = value
    }

    package init(key: PythonValue, value: PythonValue) {
      self.key = key
      self.value = value
    }
  }

  /// A tensor, and where its elements live when several share them.
  public struct Leaf {
    /// The elements.
    public var values: TensorPayload
    /// Equal for tensors over the same elements.
    public var storage: String?

    /// Names both.
    public init(_ values: TensorPayload, storage: String? = nil) {
      self.values = values
      self.storage = storage
    }
  }

  /// The value under a text key of a dictionary or a record; of equal keys the last counts, as in Python.
  public subscript(key: String) -> PythonValue? {
    switch self {
    case .dictionary(let members, _), .record(_, let members): members.last { $0.key.text == key }?.value
    default: nil
    }
  }

  /// The text, when it is one.
  public var text: String? { if case .text(let text) = self { text } else { nil } }

  /// The whole number, when it is one.
  public var integer: Int? { if case .integer(let value) = self { value } else { nil } }

  /// The number, when it is one, or that of a tensor of one element.
  public var number: Double? {
    switch self {
    case .number(let value): value
    case .integer(let value): Double(value)
    case .boolean(let value): value ? 1 : 0
    case .tensor(let leaf) where leaf.values.count == 1: leaf.values.tensor.values.first.map(Double.init)
    default: nil
    }
  }

  /// The truth value, when it is one.
  public var boolean: Bool? { if case .boolean(let value) = self { value } else { nil } }

  /// The elements of a list or a tuple.
  public var elements: [PythonValue]? {
    switch self {
    case .list(let elements), .tuple(let elements): elements
    default: nil
    }
  }

  /// The members of a dictionary or a record.
  public var members: [Member]? {
    switch self {
    case .dictionary(let members, _), .record(_, let members): members
    default: nil
    }
  }

  /// A dictionary of text keys.
  package static func dictionary(_ members: [(String, PythonValue)], ordered: Bool = false) -> PythonValue {
    .dictionary(members.map { Member($0.0, $0.1) }, isOrdered: ordered)
  }

  /// All tensors with the keys that lead to them, joined by points; a name that occurs again gets `#2`.
  package var namedTensors: [(name: String, leaf: Leaf)] {
    var used: [String: Int] = [:]
    var found: [(String, Leaf)] = []
    collect("") { name, leaf in
      used[name, default: 0] += 1
      let count = used[name] ?? 1
      found.append((count == 1 ? name : "\(name)#\(count)", leaf))
    }
    return found
  }

  private func collect(_ path: String, _ body: (String, Leaf) -> Void) {
    func joined(_ part: String) -> String { path.isEmpty ? part : path + "." + part }
    switch self {
    case .tensor(let leaf): body(path, leaf)
    case .list(let elements), .tuple(let elements):
      for (index, element) in elements.enumerated() { element.collect(joined("\(index)"), body) }
    case .dictionary(let members, _), .record(_, let members):
      for member in members { member.value.collect(joined(member.key.keyText), body) }
    default: break
    }
  }

  /// A key as part of a name.
  package var keyText: String {
    switch self {
    case .text(let text): text
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .boolean(let value): value ? "True" : "False"
    default: "?"
    }
  }
}
