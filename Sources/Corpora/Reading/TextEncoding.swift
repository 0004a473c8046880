/// How the bytes of a text file stand for characters.
///
/// A byte-order mark is dropped, and one of UTF-16 is obeyed where UTF-8 was expected.
public enum TextEncoding: String, Sendable, Codable, CaseIterable {
  /// UTF-8; bytes that are not are refused with their line.
  case utf8 = "utf-8"
  /// ISO 8859-1: each byte is the code point of the same number.
  ///
  /// Any file can be read so.
  case latin1
  /// Windows code page 1252, Western European: Latin-1 with printable characters at 80 to 9F.
  case windows1252 = "windows-1252"
  /// UTF-16 in the order of its byte-order mark, little-endian without one.
  case utf16 = "utf-16"
  /// UTF-16, lower byte first.
  case utf16LittleEndian = "utf-16le"
  /// UTF-16, higher byte first.
  case utf16BigEndian = "utf-16be"
  /// ISO 8859-2, Central European.
  case latin2 = "iso-8859-2"
  /// ISO 8859-15: Latin-1 with the euro.
  case latin9 = "iso-8859-15"
  /// Windows code page 1251, Cyrillic.
  case windows1251 = "windows-1251"
  /// KOI8-R, Russian.
  case koi8r = "koi8-r"
  /// GB 18030, Chinese; contains GBK and GB 2312.
  case gb18030
  /// Big5, traditional Chinese.
  case big5
  /// Shift JIS, Japanese.
  case shiftJIS = "shift_jis"
  /// EUC-JP, Japanese.
  case eucJP = "euc-jp"
  /// EUC-KR, Korean.
  case eucKR = "euc-kr"

  /// Other names of encodings in lower case.
  public static let otherNames: [String: TextEncoding] = [
    "utf8": .utf8, "latin-1": .latin1, "iso-8859-1": .latin1, "iso8859-1": .latin1, "cp1252": .windows1252,
    "utf16": .utf16, "utf-16-le": .utf16LittleEndian, "utf-16-be": .utf16BigEndian, "latin2": .latin2,
    "latin-9": .latin9, "cp1251": .windows1251, "gbk": .gb18030, "gb2312": .gb18030, "sjis": .shiftJIS,
    "shift-jis": .shiftJIS,
  ]

  /// Reads a name as a user writes it, in any case: a raw value or one of ``otherNames``.
  ///
  /// - Throws: `CorpusError.unknownName`.
  public init(named name: String) throws(CorpusError) {
    guard let found = Self(rawValue: name.lowercased()) ?? Self.otherNames[name.lowercased()] else {
      throw .unknownName(kind: "encoding", name: name, known: Self.allCases.map(\.rawValue))
    }
    self = found
  }

  /// The name under which the system's converter knows the encoding.
  var converterName: String {
    switch self {
    case .latin1: "ISO-8859-1"
    case .windows1252: "CP1252"
    case .windows1251: "CP1251"
    case .utf8, .utf16, .utf16LittleEndian, .utf16BigEndian, .latin2, .latin9, .koi8r, .gb18030, .big5, .shiftJIS,
      .eucJP, .eucKR:
      rawValue.uppercased()
    }
  }
}
