import Foundation

/// The texts of a file, written once beside it in a form that is read on demand.
///
/// For `path/name.csv` the folder `path/name.lazy` holds `data` (the UTF-8 bytes of all texts back to back), `data.index`
/// (`count + 1` places of 8 bytes, little-endian) and `manifest.json`. Only texts are kept, uncleaned, without labels. The
/// folder is written anew when the source's size or time, the text key or another choice of reading differs. Memory does
/// not grow with the file.
public enum LazyTextFile {
  /// Version of the folder's layout.
  static let formatVersion = 1

  /// What the folder was made from.
  struct Manifest: Codable, Equatable {
    var formatVersion: Int
    var sourceSize: Int
    /// Nanoseconds since 1970.
    var sourceModified: Int
    var textKey: String
    var encoding: TextEncoding
    var delimiter: UInt8
    var format: String
    var summary: ReadingSummary

    /// Whether both come from the same source read in the same way.
    func hasSameSource(as other: Manifest) -> Bool {
      formatVersion == other.formatVersion && sourceSize == other.sourceSize
        && sourceModified == other.sourceModified && textKey == other.textKey && encoding == other.encoding
        && delimiter == other.delimiter
    }
  }

  /// The folder that belongs to a text file.
  public static func folder(for path: String) -> String { CorpusPath.stem(of: path) + ".lazy" }

  /// The texts of `paths` one after another, each from its folder, which is written first where needed.
  ///
  /// - Throws: `CorpusError` as reading does; `unwritable` when the folder cannot be written.
  public static func read(_ paths: [String], options: ReadingOptions) throws(CorpusError) -> Corpus {
    var corpora: [Corpus] = []
    for path in paths { corpora.append(try read(path, options: options)) }
    return try Corpus.concatenating(corpora)
  }

  private static func read(_ path: String, options: ReadingOptions) throws(CorpusError) -> Corpus {
    guard path != "-" else { throw .lazyNeedsFile(path: path) }
    let facts = try FileFacts(path: path)
    var wanted = Manifest(
      formatVersion: formatVersion, sourceSize: facts.size, sourceModified: facts.modified, textKey: options.textKey,
      encoding: options.encoding, delimiter: try options.delimiterByte(for: path), format: "",
      summary: ReadingSummary())
    let folder = folder(for: path)
    if let found = manifest(in: folder), found.hasSameSource(as: wanted), let texts = try? texts(in: folder, found) {
      return corpus(texts, found)
    }
    do {
      try build(from: path, in: folder, options: options, manifest: &wanted)
    } catch {
      // Only a folder that was made for nothing is empty.
      rmdir(folder)
      throw error
    }
    return corpus(try texts(in: folder, wanted), wanted)
  }

  private static func texts(in folder: String, _ manifest: Manifest) throws(CorpusError) -> MappedTexts {
    try MappedTexts(
      dataPath: folder + "/data", indexPath: folder + "/data.index", count: manifest.summary.rowsRead)
  }

  private static func corpus(_ texts: MappedTexts, _ manifest: Manifest) -> Corpus {
    let format: CorpusFormat =
      switch manifest.format {
      case "json": .jsonArray
      case "jsonl": .jsonLines
      default: .delimited(manifest.delimiter)
      }
    return Corpus(texts: TextStore(mapped: texts), summary: manifest.summary, format: format)
  }

  private static func manifest(in folder: String) -> Manifest? {
    guard let data = FileManager.default.contents(atPath: folder + "/manifest.json") else { return nil }
    return try? JSONDecoder().decode(Manifest.self, from: data)
  }

  private static func build(
    from path: String, in folder: String, options: ReadingOptions, manifest: inout Manifest
  ) throws(CorpusError) {
    var textOnly = options
    textOnly.labels = .ignored
    let reader = try RowReader(path: path, options: textOnly)
    guard mkdir(folder, 0o777) == 0 || errno == EEXIST else {
      throw .unwritable(path: folder, reason: SystemReason.current)
    }
    // The manifest goes first and comes last, so that a folder that has one is whole.
    unlink(folder + "/manifest.json")
    let data = try AsideFile(path: folder + "/data")
    let index = try AsideFile(path: folder + "/data.index")
    try index.append(littleEndian: 0)
    while true {
      let isRow: Void? = try reader.nextRow { text, _, _ throws(CorpusError) in
        try data.append(text)
        try index.append(littleEndian: UInt64(data.byteCount))
      }
      if isRow == nil { break }
    }
    manifest.summary = reader.summary
    manifest.format =
      switch reader.format {
      case .jsonArray: "json"
      case .jsonLines: "jsonl"
      case .delimited, .plainText: "delimited"
      }
    guard reader.summary.rowsRead > 0 else {
      throw .noUsableRows(path: path, rowsSkipped: reader.summary.rowsSkipped)
    }
    try data.commit()
    try index.commit()
    let note = try AsideFile(path: folder + "/manifest.json")
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    guard let encoded = try? encoder.encode(manifest) else {
      throw .unwritable(path: folder, reason: "its manifest cannot be encoded")
    }
    encoded.withUnsafeBytes { note.buffer.append(contentsOf: $0) }
    try note.commit()
  }
}

/// A file that is written under another name and takes its own when it is whole; otherwise it is removed.
private final class AsideFile {
  private(set) var byteCount = 0
  var buffer: [UInt8] = []

  private let path: String
  private let aside: String
  private var descriptor: Int32
  private static let bufferSize = 1 << 18

  init(path: String) throws(CorpusError) {
    self.path = path
    aside = "\(path).\(getpid()).partial"
    descriptor = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .unwritable(path: aside, reason: SystemReason.current) }
    buffer.reserveCapacity(Self.bufferSize * 2)
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    unlink(aside)
  }

  func append(_ bytes: UnsafeBufferPointer<UInt8>) throws(CorpusError) {
    buffer.append(contentsOf: bytes)
    byteCount += bytes.count
    if buffer.count >= Self.bufferSize { try flush() }
  }

  func append(littleEndian value: UInt64) throws(CorpusError) {
    withUnsafeBytes(of: value.littleEndian) { buffer.append(contentsOf: $0) }
    byteCount += 8
    if buffer.count >= Self.bufferSize { try flush() }
  }

  func commit() throws(CorpusError) {
    try flush()
    guard fsync(descriptor) == 0, close(descriptor) == 0 else {
      throw .unwritable(path: aside, reason: SystemReason.current)
    }
    descriptor = -1
    guard rename(aside, path) == 0 else { throw .unwritable(path: path, reason: SystemReason.current) }
  }

  private func flush() throws(CorpusError) {
    let descriptor = descriptor
    let isWritten = buffer.withUnsafeBytes { bytes -> Bool in
      var done = 0
      while done < bytes.count {
        let written = write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
        if written < 0 {
          if errno == EINTR { continue }
          return false
        }
        done += written
      }
      return true
    }
    guard isWritten else { throw .unwritable(path: aside, reason: SystemReason.current) }
    buffer.removeAll(keepingCapacity: true)
  }
}
