/// Files that are neither texts nor numbers as they are read here, known by their first bytes.
public enum ForeignFile: Error, Sendable, Equatable {
  /// Archives of documents and of any files.
  case zip, office, openDocument, oldOffice
  /// Compressed files.
  case bzip2, xz, zstandard, lz4, sevenZip, rar, compress
  /// Tables and databases.
  case parquet, arrow, feather, orc, avro, hdf5, sqlite
  /// Documents, pictures, sounds and programs.
  case pdf, postScript, richText, png, jpeg, gif, webP, tiff, bitmap, sound, program
  /// Files of numbers.
  case pickle, numpy, safetensors, gguf
  /// Text that is none of the formats read here, or that needs an option.
  case webPage, markup, largeFilePointer, utf16, utf32, gzip, tar

  /// The kind in words, with its article.
  public var name: String {
    switch self {
    case .zip: "a zip archive"
    case .office: "an Office file (Excel or Word)"
    case .openDocument: "an OpenDocument file"
    case .oldOffice: "an Office file (Excel or Word, 97 to 2003)"
    case .bzip2: "compressed with bzip2"
    case .xz: "compressed with xz"
    case .zstandard: "compressed with zstd"
    case .lz4: "compressed with lz4"
    case .sevenZip: "a 7z archive"
    case .rar: "a rar archive"
    case .compress: "compressed with compress"
    case .parquet: "a Parquet file"
    case .arrow: "an Arrow file"
    case .feather: "a Feather file"
    case .orc: "an ORC file"
    case .avro: "an Avro file"
    case .hdf5: "an HDF5 file"
    case .sqlite: "an SQLite database"
    case .pdf: "a PDF document"
    case .postScript: "a PostScript document"
    case .richText: "a rich text (RTF) document"
    case .png: "a PNG image"
    case .jpeg: "a JPEG image"
    case .gif: "a GIF image"
    case .webP: "a WebP image"
    case .tiff: "a TIFF image"
    case .bitmap: "a BMP image"
    case .sound: "a sound or film"
    case .program: "a program"
    case .pickle: "a Python pickle"
    case .numpy: "a NumPy array"
    case .safetensors: "a safetensors file"
    case .gguf: "a GGUF file"
    case .webPage: "a web page (HTML)"
    case .markup: "an XML document"
    case .largeFilePointer: "a Git LFS pointer in place of the file"
    case .utf16: "text in UTF-16 without a byte-order mark"
    case .utf32: "text in UTF-32"
    case .gzip: "compressed with gzip"
    case .tar: "a tar archive"
    }
  }

  /// What makes texts of it, as a clause; `nil` where that is a matter of how it is asked for.
  public var adviceForTexts: String? {
    switch self {
    case .zip, .sevenZip, .rar, .tar: "unpack it first"
    case .bzip2, .xz, .zstandard, .lz4, .compress: "unpack it first, or pipe it in unpacked; gzip is read as it is"
    case .gzip: "name it with .gz behind .csv, .tsv, .json, .jsonl or .txt"
    case .office, .openDocument, .oldOffice: "save it as CSV"
    case .webPage: "the download may have failed"
    case .largeFilePointer: "fetch the file with: git lfs pull"
    case .utf16: nil
    case .utf32: "convert it to UTF-8"
    case .parquet, .arrow, .feather, .orc, .avro, .hdf5, .sqlite: "convert it to CSV or JSON Lines"
    case .numpy, .safetensors, .pickle, .gguf: "texts are read from CSV, TSV, JSON or plain text"
    case .pdf, .postScript, .richText, .png, .jpeg, .gif, .webP, .tiff, .bitmap, .sound, .program, .markup:
      "texts are read from CSV, TSV, JSON or plain text"
    }
  }

  /// Whether another file is inside.
  public var isPacked: Bool {
    switch self {
    case .zip, .bzip2, .xz, .zstandard, .lz4, .sevenZip, .rar, .compress, .gzip, .tar: true
    default: false
    }
  }

  /// First bytes that no text has.
  package static let marks: [(bytes: [UInt8], kind: ForeignFile)] =
    [
      ([0x50, 0x4B, 3, 4], .zip), ([0x50, 0x4B, 5, 6], .zip),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], .xz), ([0x28, 0xB5, 0x2F, 0xFD], .zstandard), ([4, 0x22, 0x4D, 0x18], .lz4),
      ([0x37, 0x7A, 0xBC, 0xAF], .sevenZip), (Array("Rar!\u{1A}".utf8), .rar), ([0x1F, 0x9D], .compress),
      (Array("PAR1\u{15}".utf8), .parquet), (Array("ARROW1\0".utf8), .arrow), (Array("FEA1\0".utf8), .feather),
      (Array("Obj\u{1}".utf8), .avro), ([0x89, 0x48, 0x44, 0x46], .hdf5), (Array("SQLite format 3\0".utf8), .sqlite),
      (Array("%PDF-".utf8), .pdf), (Array("%!PS".utf8), .postScript), (Array("{\\rtf".utf8), .richText),
      ([0x89, 0x50, 0x4E, 0x47], .png), ([0xFF, 0xD8, 0xFF], .jpeg), (Array("GIF87a".utf8), .gif),
      (Array("GIF89a".utf8), .gif),
      ([0x49, 0x49, 0x2A, 0], .tiff), ([0x4D, 0x4D, 0, 0x2A], .tiff), (Array("OggS\0".utf8), .sound),
      (Array("ID3\u{3}".utf8), .sound), (Array("ID3\u{4}".utf8), .sound), (Array("fLaC\0".utf8), .sound),
      ([0x7F, 0x45, 0x4C, 0x46], .program), ([0xD0, 0xCF, 0x11, 0xE0], .oldOffice),
      ([0x93] + Array("NUMPY".utf8), .numpy), (Array("GGUF".utf8), .gguf),
      ([0x80, 2], .pickle), ([0x80, 3], .pickle), ([0x80, 4], .pickle), ([0x80, 5], .pickle),
      ([0xFF, 0xFE, 0, 0], .utf32), ([0, 0, 0xFE, 0xFF], .utf32),
    ] + (1...9).map { (Array("BZh\($0)1AY&".utf8), .bzip2) }

  /// The kind of a file that begins with `bytes`, of which a few thousand tell most; nil for what may be text.
  ///
  /// - Parameter includesMarkup: Whether documents that are text themselves count, such as web pages.
  public init?(startingWith bytes: some Collection<UInt8>, includesMarkup: Bool = true) {
    let start = Array(bytes.prefix(1 << 12))
    func has(_ word: String, at offset: Int = 0) -> Bool {
      start.dropFirst(offset).starts(with: word.utf8)
    }
    // The length of a header may begin like anything.
    if start.count > 8, start[8] == UInt8(ascii: "{"), start[5...7].allSatisfy({ $0 == 0 }) {
      self = .safetensors
    } else if let found = Self.marks.first(where: { start.starts(with: $0.bytes) }) {
      self = found.kind == .zip ? Self.archive(start) : found.kind
    } else if has("RIFF"), has("WEBP", at: 8) {
      self = .webP
    } else if has("RIFF"), has("WAVE", at: 8) || has("AVI ", at: 8) {
      self = .sound
    } else if has("ORC"), start.contains(0) {
      self = .orc
    } else if has("BM"), start.contains(0) {
      self = .bitmap
    } else if has("ftyp", at: 4), start.contains(0) {
      self = .sound
    } else if has("ustar", at: 257) {
      self = .tar
    } else if start.starts(with: [0x1F, 0x8B]) {
      self = .gzip
    } else if Self.isUTF16(start) {
      self = .utf16
    } else if includesMarkup, let kind = Self.markup(start) {
      self = kind
    } else {
      return nil
    }
  }

  private static func archive(_ start: [UInt8]) -> ForeignFile {
    let words = String(decoding: start, as: Unicode.ASCII.self)
    if words.contains("[Content_Types].xml") || words.contains("xl/") || words.contains("word/") { return .office }
    return words.contains("mimetypeapplication/vnd.oasis.opendocument") ? .openDocument : .zip
  }

  private static func markup(_ start: [UInt8]) -> ForeignFile? {
    let words = String(decoding: start.prefix(512), as: UTF8.self).lowercased()
      .drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    if words.hasPrefix("version https://git-lfs") { return .largeFilePointer }
    if words.hasPrefix("<!doctype html") || words.hasPrefix("<html") { return .webPage }
    guard words.hasPrefix("<?xml") else { return nil }
    return words.contains("<html") ? .webPage : .markup
  }

  /// Whether every other byte is nothing, as in UTF-16 of Latin letters.
  private static func isUTF16(_ start: [UInt8]) -> Bool {
    let start = start.prefix(256)
    guard start.count >= 8 else { return false }
    let zeros = start.indices.filter { start[$0] == 0 }
    let odd = zeros.count { $0 % 2 == 1 }
    return zeros.count * 5 >= start.count * 2 && (odd == zeros.count || odd == 0)
  }
}
