import Foundation

/// ASCII forms of characters.
///
/// Our own table first, then the ICU transforms Any-Latin and Latin-ASCII; what has no ASCII form is dropped.
enum Transliteration {
  private static let forms = ScalarForms { scalars in
    // One call for the block: line feeds keep the characters from influencing each other.
    var lines = String.UnicodeScalarView()
    for scalar in scalars {
      if let scalar, !scalar.properties.isWhitespace { lines.append(scalar) }
      lines.append("\n")
    }
    let latin = toLatinASCII(String(lines)).unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    return scalars.enumerated().map { index, scalar in
      guard let scalar else { return [] }
      if scalar.properties.isWhitespace { return [0x20] }
      if let own = TransliterationTable.forms[scalar] { return Array(own.utf8) }
      let form = latin.count == scalars.count + 1 ? String(latin[index]) : toLatinASCII(String(scalar))
      return asciiBytes(form, of: scalar)
    }
  }

  /// The ASCII form of UTF-8 text; ill-formed bytes are dropped.
  static func ascii(_ text: [UInt8]) -> [UInt8] { forms.replace(in: text) }

  private static func toLatinASCII(_ text: String) -> String {
    text.applyingTransform(StringTransform("Any-Latin; Latin-ASCII"), reverse: false) ?? text
  }

  private static func asciiBytes(_ form: String, of scalar: Unicode.Scalar) -> [UInt8] {
    let decomposed = form.utf8.allSatisfy { $0 < 0x80 } ? form : form.decomposedStringWithCompatibilityMapping
    let bytes = decomposed.utf8.filter { $0 < 0x80 }
    // Readings of ideographs are words: `Ni Hao `.
    guard scalar.properties.isIdeographic, let first = bytes.first else { return bytes }
    let capital = first >= UInt8(ascii: "a") && first <= UInt8(ascii: "z") ? first - 32 : first
    return [capital] + bytes.dropFirst() + [0x20]
  }
}
