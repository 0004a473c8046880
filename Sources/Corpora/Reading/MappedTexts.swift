import Foundation

/// Texts in a file that is mapped into memory: the system reads what is looked at and may forget it again.
struct MappedTexts: Sendable {
  /// Number of texts.
  let count: Int
  /// Bytes of all texts.
  let byteCount: Int

  private let data: Data
  /// The `count + 1` places where texts start and end, 8 bytes each, little-endian.
  private let index: Data

  /// Maps the two files and checks that the index fits the data.
  init(dataPath: String, indexPath: String, count: Int) throws(CorpusError) {
    data = try Self.map(dataPath)
    index = try Self.map(indexPath)
    self.count = count
    byteCount = data.count
    guard count >= 0, index.count == (count + 1) * 8 else {
      throw .damagedLazyFile(path: indexPath, reason: "\(index.count) bytes for \(count) texts")
    }
    let byteCount = byteCount
    let isOrdered = index.withUnsafeBytes { raw -> Bool in
      var previous = 0
      for place in 0...count {
        let offset = Self.offset(raw, place)
        guard offset >= previous, offset <= byteCount, place > 0 || offset == 0 else { return false }
        previous = offset
      }
      return previous == byteCount
    }
    guard isOrdered else { throw .damagedLazyFile(path: indexPath, reason: "its places do not fit the data") }
  }

  func withBytes<Result>(
    at place: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    let range = index.withUnsafeBytes { Self.offset($0, place)..<Self.offset($0, place + 1) }
    return try data.withUnsafeBytes { raw in
      try body(UnsafeBufferPointer(rebasing: raw.bindMemory(to: UInt8.self)[range]))
    }
  }

  private static func offset(_ raw: UnsafeRawBufferPointer, _ place: Int) -> Int {
    // An offset beyond Int cannot be one of a file; −1 fails the order check.
    Int(exactly: UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: place * 8, as: UInt64.self))) ?? -1
  }

  private static func map(_ path: String) throws(CorpusError) -> Data {
    guard try FileFacts(path: path).size > 0 else { return Data() }
    do {
      return try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    } catch {
      throw .unreadable(path: path, reason: error.localizedDescription)
    }
  }
}
