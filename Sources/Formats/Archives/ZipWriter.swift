import Files

/// Writes zip archives of uncompressed members whose data begin on multiples of 64 bytes.
package struct ZipWriter {
  private struct Entry {
    let name: [UInt8]
    let checksum: UInt32
    let count: Int
    let header: Int
  }

  private let sink: FileSink
  private var entries: [Entry] = []

  private static let alignment = 64
  private static let limit32 = 0xffff_ffff
  /// 1 January 1980, so that equal contents are equal bytes.
  private static let date = 0x0021

  package init(_ sink: FileSink) {
    self.sink = sink
  }

  /// Appends a member of known bytes.
  package mutating func add(_ name: String, _ bytes: [UInt8]) throws {
    let checksum = bytes.withUnsafeBytes { Checksum.crc32($0) }
    try writeHeader(name, count: bytes.count, checksum: checksum)
    try sink.write(bytes)
  }

  /// Appends the elements of a tensor; they are gone through twice, first for the checksum.
  package mutating func add(_ name: String, _ values: TensorPayload) throws {
    var checksum: UInt32 = 0
    try values.forEachPiece { checksum = Checksum.crc32($0, after: checksum) }
    try writeHeader(name, count: values.byteCount, checksum: checksum)
    try values.write(to: sink)
  }

  /// Writes the directory, which ends the archive.
  package func finish() throws {
    let start = sink.byteCount
    for entry in entries { try sink.write(directoryEntry(entry)) }
    let length = sink.byteCount - start
    if entries.count >= 0xffff || start >= Self.limit32 || length >= Self.limit32 {
      let wide = sink.byteCount
      try sink.write(
        Self.bytes(
          (0x0606_4b50, 4), (44, 8), (45, 2), (45, 2), (0, 4), (0, 4), (entries.count, 8), (entries.count, 8),
          (length, 8), (start, 8)))
      try sink.write(Self.bytes((0x0706_4b50, 4), (0, 4), (wide, 8), (1, 4)))
    }
    let count = min(entries.count, 0xffff)
    try sink.write(
      Self.bytes(
        (0x0605_4b50, 4), (0, 2), (0, 2), (count, 2), (count, 2), (min(length, Self.limit32), 4),
        (min(start, Self.limit32), 4), (0, 2)))
  }

  private mutating func writeHeader(_ name: String, count: Int, checksum: UInt32) throws {
    let header = sink.byteCount
    let nameBytes = Array(name.utf8)
    let isWide = count >= Self.limit32
    var extra = isWide ? Self.bytes((1, 2), (16, 2), (count, 8), (count, 8)) : []
    // A field of its own kind, with as many bytes as the alignment needs.
    let used = header + 30 + nameBytes.count + extra.count + 4
    let padding = (Self.alignment - used % Self.alignment) % Self.alignment
    extra += Self.bytes((0x4246, 2), (padding, 2)) + [UInt8](repeating: 0x5a, count: padding)
    let size = isWide ? Self.limit32 : count
    try sink.write(
      Self.bytes(
        (0x0403_4b50, 4), (isWide ? 45 : 20, 2), (0x0800, 2), (0, 2), (0, 2), (Self.date, 2), (Int(checksum), 4),
        (size, 4), (size, 4), (nameBytes.count, 2), (extra.count, 2)) + nameBytes + extra)
    entries.append(Entry(name: nameBytes, checksum: checksum, count: count, header: header))
  }

  private func directoryEntry(_ entry: Entry) -> [UInt8] {
    var wide: [UInt8] = []
    if entry.count >= Self.limit32 { wide += Self.bytes((entry.count, 8), (entry.count, 8)) }
    if entry.header >= Self.limit32 { wide += Self.bytes((entry.header, 8)) }
    let extra = wide.isEmpty ? [] : Self.bytes((1, 2), (wide.count, 2)) + wide
    let version = wide.isEmpty ? 20 : 45
    let size = min(entry.count, Self.limit32)
    return Self.bytes(
      (0x0201_4b50, 4), (version, 2), (version, 2), (0x0800, 2), (0, 2), (0, 2), (Self.date, 2),
      (Int(entry.checksum), 4), (size, 4), (size, 4), (entry.name.count, 2), (extra.count, 2), (0, 2), (0, 2), (0, 2),
      (0, 4), (min(entry.header, Self.limit32), 4)) + entry.name + extra
  }

  /// Numbers in so many little-endian bytes each.
  private static func bytes(_ fields: (value: Int, count: Int)...) -> [UInt8] {
    fields.flatMap { field in (0..<field.count).map { UInt8(truncatingIfNeeded: field.value >> (8 * $0)) } }
  }
}
