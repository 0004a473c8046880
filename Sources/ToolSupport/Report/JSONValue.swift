import Files
import Corpora

/// A JSON value that keeps the order of its members.
public indirect enum JSONValue: Sendable, Equatable {
  /// Text.
  case string(String)
  /// A whole number.
  case integer(Int)
  /// A number; not-a-number and infinities are written as `null`.
  case number(Double)
  /// True or false.
  case bool(Bool)
  /// Values in order.
  case array([JSONValue])
  /// Named values in order.
  case object([Member])
  /// Nothing.
  case null

  /// One named value of an object.
  public struct Member: Sendable, Equatable {
    /// The name.
    public var name: String
    /// The value.
    public var value: JSONValue

    /// A named value.
    public init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// A number, or null for nil.
  public static func number(orNull value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }

  /// Named values in the order given.
  public static func object(_ pairs: KeyValuePairs<String, JSONValue>) -> JSONValue {
    .object(pairs.map { Member($0.key, $0.value) })
  }

  /// The value as JSON text, indented by two spaces a level.
  public var text: String {
    var out = ""
    write(to: &out, indentation: "")
    return out
  }

  private func write(to out: inout String, indentation: String) {
    switch self {
    case .string(let text): out += JSONText.quoted(text)
    case .integer(let number): out += "\(number)"
    case .number(let number): out += number.isFinite ? "\(number)" : "null"
    case .bool(let flag): out += flag ? "true" : "false"
    case .null: out += "null"
    case .array(let values):
      Self.writeList(values, brackets: ("[", "]"), to: &out, indentation: indentation) { value, out, inner in
        value.write(to: &out, indentation: inner)
      }
    case .object(let members):
      Self.writeList(members, brackets: ("{", "}"), to: &out, indentation: indentation) { member, out, inner in
        out += JSONText.quoted(member.name)
        out += ": "
        member.value.write(to: &out, indentation: inner)
      }
    }
  }

  private static func writeList<Element>(
    _ elements: [Element], brackets: (String, String), to out: inout String, indentation: String,
    each: (Element, inout String, String) -> Void
  ) {
    guard !elements.isEmpty else {
      out += brackets.0 + brackets.1
      return
    }
    let inner = indentation + "  "
    out += brackets.0
    for (index, element) in elements.enumerated() {
      out += (index == 0 ? "\n" : ",\n") + inner
      each(element, &out, inner)
    }
    out += "\n" + indentation + brackets.1
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// Text.
  public init(stringLiteral value: String) { self = .string(value) }
  /// A whole number.
  public init(integerLiteral value: Int) { self = .integer(value) }
  /// A number.
  public init(floatLiteral value: Double) { self = .number(value) }
  /// True or false.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// Nothing.
  public init(nilLiteral: ()) { self = .null }
  /// Values in order.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// Named values in the order given.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { Member($0.0, $0.1) })
  }
}
