import Files

/// The tokens of a file's texts on disk, read when they are asked for.
///
/// `tokens` holds the tokens of all texts back to back, one, two or four bytes each, less one; `offsets` the `count + 1`
/// places where texts start and end, in tokens, 8 bytes each, little-endian. Memory does not grow with the file.
struct TokenFile: TokenSource {
  static let tokensName = "tokens"
  static let offsetsName = "offsets"
  static let manifestName = "manifest.json"

  let count: Int
  let tokenCount: Int
  let byteCounts: [Int32]?

  private let width: TokenWidth
  private let vocabularySize: Int
  private let tokens: OpenFile
  private let offsets: OpenFile

  /// Opens the token file in `folder`.
  ///
  /// - Throws: `damagedLazyFile` when sizes do not fit its manifest.
  init(folder: String, manifest: TokenFileManifest, tokenizer: any Tokenizer) throws {
    count = manifest.textCount
    tokenCount = manifest.tokenCount
    width = manifest.recipe.width
    vocabularySize = tokenizer.vocabularySize
    byteCounts = tokenizer.byteCounts
    tokens = try OpenFile(reading: "\(folder)/\(Self.tokensName)")
    offsets = try OpenFile(reading: "\(folder)/\(Self.offsetsName)")
    guard count >= 0, count < 1 << 56, tokenCount >= 0, tokenCount < 1 << 56,
      tokens.size == tokenCount * width.rawValue, offsets.size == (count + 1) * 8
    else {
      throw CorpusError.damagedLazyFile(path: folder, reason: "its files have other sizes than its manifest says")
    }
  }

  /// The tokens of a text.
  ///
  /// - Throws: `damagedLazyFile` when the files do not hold what they should.
  func tokens(at index: Int) throws -> [Int32] {
    precondition(index >= 0 && index < count, "text \(index) of \(count)")
    let ends = try read(offsets, at: index * 8, count: 16).withUnsafeBytes { raw in
      [0, 8].map { UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: $0, as: UInt64.self)) }
    }
    guard ends[0] <= ends[1], ends[1] <= UInt64(tokenCount) else {
      throw CorpusError.damagedLazyFile(path: offsets.path, reason: "its places do not fit the tokens")
    }
    let bytes = try read(tokens, at: Int(ends[0]) * width.rawValue, count: Int(ends[1] - ends[0]) * width.rawValue)
    guard let found = width.tokens(bytes, vocabularySize: vocabularySize) else {
      throw CorpusError.damagedLazyFile(path: tokens.path, reason: "it holds a token that the tokenizer does not have")
    }
    return found
  }

  private func read(_ file: OpenFile, at offset: Int, count: Int) throws -> [UInt8] {
    do {
      return try file.read(at: offset, count: count)
    } catch FileError.cutShort(let path) {
      throw CorpusError.damagedLazyFile(path: path, reason: "it is cut short")
    }
  }
}
