/// How the bytes of an input file spell characters, as named on the command line.
public enum TextEncodingName: String, NamedChoice {
  /// UTF-8, with or without a byte-order mark.
  case utf8 = "utf-8"
  /// ISO 8859-1: one byte a character.
  case latin1

  /// Other common spellings.
  public static let alternatives: [String: TextEncodingName] = [
    "utf8": .utf8, "latin-1": .latin1, "iso-8859-1": .latin1,
  ]
}
