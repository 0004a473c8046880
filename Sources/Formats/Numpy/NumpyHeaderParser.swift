import Files

/// Reads the Python dictionary of an npy header, and no other Python.
///
/// The keys may stand in any order, strings between either quotation mark. Old writers of long integers put an `L`
/// behind them.
package struct NumpyHeaderParser {
  /// The element type; nil when it is a list of fields.
  private(set) var descriptor: String?
  private(set) var isFortranOrder = false
  private(set) var shape: [Int] = []

  private var scanner: HeaderScanner

  package init(bytes: [UInt8]) {
    scanner = HeaderScanner(bytes: bytes)
  }

  /// Reads the whole header.
  ///
  /// Throws ``HeaderSyntaxError``.
  package mutating func parse() throws {
    try scanner.expect("{")
    var seen: Set<String> = []
    while !scanner.accept("}") {
      let key = try scanner.pythonString()
      guard seen.insert(key).inserted else { throw scanner.error("the key \(key.quoted) occurs twice") }
      try scanner.expect(":")
      switch key {
      case "descr":
        // A list of fields is refused by the caller, which has the words for it; what follows need not be read.
        if scanner.accept("[") { return }
        descriptor = try scanner.pythonString()
      case "fortran_order": isFortranOrder = try scanner.pythonTruthValue()
      case "shape": shape = try tuple()
      default: throw scanner.error("its header has the unknown key \(key.quoted)")
      }
      if !scanner.accept(",") {
        try scanner.expect("}")
        break
      }
    }
    guard seen.count == 3 else { throw scanner.error("its header lacks descr, fortran_order or shape") }
    scanner.skipSpace()
    guard scanner.isAtEnd else { throw scanner.error("something follows the closing brace of its header") }
  }

  private mutating func tuple() throws -> [Int] {
    try scanner.expect("(")
    var sizes: [Int] = []
    while !scanner.accept(")") {
      guard sizes.count < TensorShape.greatestRank else { throw scanner.error("its shape has too many dimensions") }
      sizes.append(try scanner.wholeNumber())
      if scanner.peek() == UInt8(ascii: "L") { scanner.position += 1 }
      if scanner.accept(",") { continue }
      guard sizes.count > 1 else { throw scanner.error("its shape is a number, not a tuple") }
      try scanner.expect(")")
      break
    }
    return sizes
  }
}
