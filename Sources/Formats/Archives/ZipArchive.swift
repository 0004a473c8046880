import CZlib
import Files
import Foundation

/// The members of a zip archive, by its central directory; those that are not compressed are read where they stand.
package struct ZipArchive {
  /// A file in the archive.
  package struct Member {
    package let name: String
    /// Where the local header begins.
    fileprivate let header: Int
    /// Bytes in the archive.
    fileprivate let storedCount: Int
    /// Bytes when unpacked.
    fileprivate let count: Int
    fileprivate let method: Int
    fileprivate let checksum: UInt32
  }

  package let file: MappedFile
  package let members: [Member]
  private let indexByName: [String: Int]
  private let unpacked = ByteCounter()

  /// The first bytes of an archive that is not empty.
  package static let mark: [UInt8] = [0x50, 0x4b, 0x03, 0x04]
  private static let greatestMemberCount = 65_536
  private static let endLength = 22
  /// Bytes that any archive may unpack to.
  private static let unpackingAllowance = 32 << 20

  /// Reads the central directory of `file`.
  ///
  /// Throws ``FormatError``.
  package init(_ file: MappedFile) throws {
    self.file = file
    let reader = ZipFields(file: file)
    let (count, start, length) = try Self.directory(reader)
    guard count <= Self.greatestMemberCount else {
      throw reader.refusal("it has more than \(Self.greatestMemberCount) members")
    }
    var members: [Member] = []
    var index: [String: Int] = [:]
    var position = start
    for _ in 0..<count {
      guard position <= start + length - 46, try reader.number(position, 4) == 0x0201_4b50 else {
        throw reader.refusal("its directory is damaged")
      }
      let flags = try reader.number(position + 8, 2)
      let (nameLength, extraLength) = (try reader.number(position + 28, 2), try reader.number(position + 30, 2))
      let commentLength = try reader.number(position + 32, 2)
      let nameStart = position + 46
      let next = nameStart + nameLength + extraLength + commentLength
      guard next <= start + length, let name = reader.text(nameStart, nameLength) else {
        throw reader.refusal("its directory is damaged")
      }
      guard flags & 1 == 0 else { throw reader.refusal("its member \(name.quoted) is encrypted") }
      var sizes = [
        try reader.number(position + 24, 4), try reader.number(position + 20, 4), try reader.number(position + 42, 4),
      ]
      try reader.widen(&sizes, extra: nameStart + nameLength..<nameStart + nameLength + extraLength)
      guard index.updateValue(members.count, forKey: name) == nil else {
        throw reader.refusal("its member \(name.quoted) occurs twice")
      }
      members.append(
        Member(
          name: name, header: sizes[2], storedCount: sizes[1], count: sizes[0],
          method: try reader.number(position + 10, 2),
          checksum: UInt32(truncatingIfNeeded: try reader.number(position + 16, 4))))
      position = next
    }
    self.members = members
    indexByName = index
  }

  package func member(_ name: String) -> Member? { indexByName[name].map { members[$0] } }

  /// Where the bytes of a member stand: in the archive, or unpacked in memory.
  ///
  /// No more than twice the archive's size and 32 MB are unpacked in all.
  package func contents(of member: Member) throws -> (file: MappedFile, bytes: Range<Int>) {
    let reader = ZipFields(file: file)
    guard try reader.number(member.header, 4) == 0x0403_4b50 else {
      throw reader.refusal("its member \(member.name.quoted) is damaged")
    }
    // Sizes are those of the directory: here they may be left out.
    let start =
      member.header + 30 + (try reader.number(member.header + 26, 2))
      + (try reader.number(member.header + 28, 2))
    guard start <= file.count, member.storedCount <= file.count - start else {
      let (expected, overflow) = start.addingReportingOverflow(member.storedCount)
      throw FormatError.truncated(path: file.path, expected: overflow ? Int.max : expected, found: file.count)
    }
    let stored = start..<start + member.storedCount
    switch member.method {
    case 0:
      guard member.count == member.storedCount else {
        throw reader.refusal("its member \(member.name.quoted) is damaged")
      }
      return (file, stored)
    case 8: return (try unpack(member, stored, reader), 0..<member.count)
    default:
      throw FormatError.unsupported(
        path: file.path, feature: "its member \(member.name.quoted) is compressed in way \(member.method)")
    }
  }

  private func unpack(_ member: Member, _ stored: Range<Int>, _ reader: ZipFields) throws -> MappedFile {
    // Many members may share the same packed bytes.
    guard unpacked.add(member.count) <= 2 * file.count + Self.unpackingAllowance, member.count <= Int(UInt32.max),
      stored.count <= Int(UInt32.max)
    else {
      throw FormatError.unsupported(
        path: file.path,
        feature: "its member \(member.name.quoted) unpacks to \(member.count) bytes; save it without compression")
    }
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: max(member.count, 1), alignment: 64)
    let target = MappedFile(owning: block, path: file.path)
    let isWhole = file.withBytes(stored) { source in
      var stream = z_stream()
      // Negative for a stream without a header, as archives hold.
      guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return false }
      defer { inflateEnd(&stream) }
      stream.next_in = UnsafeMutablePointer(mutating: source.bindMemory(to: Bytef.self).baseAddress)
      stream.avail_in = uInt(source.count)
      stream.next_out = block.bindMemory(to: Bytef.self).baseAddress
      stream.avail_out = uInt(member.count)
      let status = inflate(&stream, Z_FINISH)
      return status == Z_STREAM_END && stream.total_out == uLong(member.count)
    }
    let checksum = Checksum.crc32(UnsafeRawBufferPointer(rebasing: block[..<member.count]))
    guard isWhole, checksum == member.checksum else {
      throw reader.refusal("its member \(member.name.quoted) is damaged")
    }
    return target
  }

  /// Number of members, and where the directory stands.
  private static func directory(_ reader: ZipFields) throws -> (count: Int, start: Int, length: Int) {
    let size = reader.file.count
    // A comment of up to 65,535 bytes may follow.
    var end = size - endLength
    let lowest = max(0, size - endLength - 65_535)
    while end >= lowest, try reader.number(end, 4) != 0x0605_4b50 { end -= 1 }
    guard end >= lowest else { throw reader.refusal("its directory is missing, so it may be cut short") }
    var count = try reader.number(end + 10, 2)
    var length = try reader.number(end + 12, 4)
    var start = try reader.number(end + 16, 4)
    if end >= 20, try reader.number(end - 20, 4) == 0x0706_4b50 {
      let wide = try reader.number(end - 12, 8)
      guard wide >= 0, wide <= end - 56, try reader.number(wide, 4) == 0x0606_4b50 else {
        throw reader.refusal("its directory is damaged")
      }
      count = try reader.number(wide + 32, 8)
      length = try reader.number(wide + 40, 8)
      start = try reader.number(wide + 48, 8)
    }
    guard count >= 0, start >= 0, length >= 0, start <= size, length <= size - start else {
      throw reader.refusal("its directory is damaged")
    }
    return (count, start, length)
  }
}

/// Little-endian fields of an archive, checked against its size.
package struct ZipFields {
  package let file: MappedFile

  package func refusal(_ reason: String) -> FormatError {
    .malformed(path: file.path, reason: "it is a damaged archive: \(reason)")
  }

  /// A number of up to 8 bytes; negative when it is beyond 63 bits.
  package func number(_ place: Int, _ count: Int) throws -> Int {
    guard place >= 0, place <= file.count - count else {
      throw refusal("it refers to byte \(place) of \(file.count)")
    }
    var value: UInt64 = 0
    for index in (0..<count).reversed() { value = value << 8 | UInt64(file.byte(at: place + index)) }
    return Int(truncatingIfNeeded: value)
  }

  package func text(_ place: Int, _ count: Int) -> String? {
    guard place >= 0, place <= file.count - count else { return nil }
    return String(validating: file.bytes(place..<place + count), as: UTF8.self)
  }

  /// Replaces fields of 32 ones by the 64-bit ones in the extra field, in their order.
  package func widen(_ sizes: inout [Int], extra: Range<Int>) throws {
    var position = extra.lowerBound
    while position + 4 <= extra.upperBound {
      let (kind, length) = (try number(position, 2), try number(position + 2, 2))
      if kind == 1 {
        var place = position + 4
        for index in sizes.indices where sizes[index] == 0xffff_ffff {
          guard place + 8 <= min(extra.upperBound, position + 4 + length) else { break }
          sizes[index] = try number(place, 8)
          place += 8
        }
      }
      position += 4 + length
    }
    guard sizes.allSatisfy({ $0 >= 0 && $0 < Int.max / 4 }) else { throw refusal("a size is too large") }
  }
}

/// Counts bytes that were copied out of a file, over all copies of the value that holds it.
package final class ByteCounter: @unchecked Sendable {
  // Sendable because the count is only touched under the lock.
  private let lock = NSLock()
  private var count = 0

  /// Adds to the count and returns it; it stays at the largest number there is.
  package func add(_ bytes: Int) -> Int {
    lock.withLock {
      let (sum, overflow) = count.addingReportingOverflow(bytes)
      count = overflow ? Int.max : sum
      return count
    }
  }
}

/// The checksum of zip archives.
package enum Checksum {
  package static func crc32(_ bytes: UnsafeRawBufferPointer, after start: UInt32 = 0) -> UInt32 {
    // The library takes no bytes for the wish to start anew.
    guard bytes.count > 0 else { return start }
    return UInt32(truncatingIfNeeded: crc32_z(uLong(start), bytes.bindMemory(to: Bytef.self).baseAddress, bytes.count))
  }
}
