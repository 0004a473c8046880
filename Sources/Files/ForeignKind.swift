/// What a file is that somebody gave for a checkpoint, told from its first bytes.
package enum ForeignKind {
  private static let marks: [(bytes: [UInt8], name: String)] = [
    ([0x1F, 0x8B], "a gzip file; unpack it first"), (Array("BZh".utf8), "a bzip2 file; unpack it first"),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "an xz file; unpack it first"),
    ([0x28, 0xB5, 0x2F, 0xFD], "a Zstandard file; unpack it first"),
    ([0x37, 0x7A, 0xBC, 0xAF], "a 7z archive; unpack it first"), (Array("Rar!".utf8), "a RAR archive; unpack it first"),
    ([0x89, 0x48, 0x44, 0x46], "an HDF5 file, as Keras writes them"), (Array("GGUF".utf8), "a GGUF file"),
    (Array("PAR1".utf8), "a Parquet file"), (Array("ARROW1".utf8), "an Arrow file"),
    (Array("SQLite format 3".utf8), "an SQLite database"), (Array("%PDF".utf8), "a PDF file"),
    ([0x89, 0x50, 0x4E, 0x47], "a PNG picture"), ([0xFF, 0xD8, 0xFF], "a JPEG picture"),
    (Array("GIF8".utf8), "a GIF picture"), ([0x7F, 0x45, 0x4C, 0x46], "a program"),
    (
      Array("version https://git-lfs".utf8),
      "a Git LFS pointer, which stands for the file; fetch that with: git lfs pull"
    ),
  ]

  /// Bytes that are looked at.
  private static let length = 512

  /// The kind of `file` as the end of "it is …"; nil when it could be a checkpoint or is nothing that is known.
  package static func name(of file: MappedFile) -> String? {
    guard file.count > 0 else { return "empty" }
    let start = file.bytes(0..<min(file.count, length))
    // The brace behind the length of a safetensors header.
    if start.count > 8, start[8] == UInt8(ascii: "{"), start[4..<8].allSatisfy({ $0 == 0 }) { return nil }
    if let mark = marks.first(where: { start.starts(with: $0.bytes) }) { return mark.name }
    if start.count >= 262, start[257..<262].elementsEqual("ustar".utf8) { return "a tar archive; unpack it first" }
    if start.count >= 8, start.allSatisfy({ $0 == 0 }) { return "zeros, as a download that did not finish leaves" }
    return textKind(start)
  }

  private static func textKind(_ start: [UInt8]) -> String? {
    guard start.allSatisfy({ $0 >= 0x20 || (0x09...0x0D).contains($0) }), isUTF8(start) else { return nil }
    let text = String(decoding: start, as: UTF8.self).lowercased().drop { $0.isWhitespace }
    if text.hasPrefix("<!doctype html") || text.hasPrefix("<html") { return "a web page" }
    if text.hasPrefix("<?xml") { return "an XML file" }
    if text.hasPrefix("{") || text.hasPrefix("[") { return "JSON text" }
    return "text"
  }

  /// Whether the bytes are UTF-8, up to a character that the end cuts apart.
  private static func isUTF8(_ bytes: [UInt8]) -> Bool {
    (0..<min(4, bytes.count)).contains { String(validating: bytes.dropLast($0), as: UTF8.self) != nil }
  }
}
