import Files
import Foundation

/// What a token file was made from and how; only a file with the same recipe is used.
struct TokenFileRecipe: Codable, Equatable {
  /// Version of the folder's layout.
  static let currentVersion = 3

  /// The file the texts come from.
  struct Source: Codable, Equatable {
    /// Bytes.
    var size: Int
    /// Nanoseconds since 1970.
    var modified: Int
    /// Digest of the first and the last 64 KiB.
    var digest: String

    init(path: String) throws {
      let facts = try FileFacts(path: path)
      size = facts.size
      modified = facts.modified
      var content = ContentDigest()
      let file = try OpenFile(reading: path)
      let length = min(size, 1 << 16)
      content.add(try file.read(at: 0, count: length))
      content.add(try file.read(at: size - length, count: length))
      digest = content.text
    }
  }

  var version = currentVersion
  /// Name of the source without its folder.
  var file: String
  var source: Source
  var textKey: String
  var encoding: String
  var delimiter: String
  var cleaning: CleaningMethod
  /// Digest of what the cleaning makes of a text that holds something of everything.
  var cleaningProbe: String
  var tokenizer: String
  var width: TokenWidth

  init(
    path: String, options: ReadingOptions, cleaning: CleaningMethod, tokenizer: any Tokenizer
  ) throws {
    file = path.split(separator: "/").last.map(String.init) ?? path
    source = try Source(path: path)
    textKey = "\(options.textKey) \(options.textKeyRule)" + (options.textColumn.map { " \($0)" } ?? "")
    encoding = "\(options.encoding)"
    delimiter = (options.delimiter.map(String.init) ?? "") + (options.quoting.map { " quoting \($0.rawValue)" } ?? "")
    self.cleaning = cleaning
    cleaningProbe = ContentDigest(of: cleaning.clean(Self.probe)).text
    self.tokenizer = tokenizer.identity
    width = TokenWidth(vocabularySize: tokenizer.vocabularySize)
  }

  /// The name of the token file's folder: different settings stand side by side, a changed source takes the place of the
  /// old one.
  var name: String {
    var settings = ContentDigest()
    for part in [file, textKey, encoding, delimiter, cleaning.rawValue, cleaningProbe, tokenizer] { settings.add(part) }
    return "\(cleaning.rawValue)-\(tokenizer.prefix { $0 != " " })-\(settings.text)"
  }

  private static let probe =
    "A <b>tag</b> & &eacute; &#150; &bogus; caf\u{e9} \u{201c}x\u{201d} \u{1F602} #word @name https://a.b\u{a0}\\n 1/2 \u{bd}"
}

/// What is in a token file, or in one that is being written.
struct TokenFileManifest: Codable, Equatable {
  var recipe: TokenFileRecipe
  var textCount = 0
  var tokenCount = 0
  /// What reading the source found; that of a whole file.
  var summary = ReadingSummary()

  /// The manifest at `path`; nil when there is none that can be read.
  static func read(_ path: String) -> TokenFileManifest? {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    return try? JSONDecoder().decode(TokenFileManifest.self, from: data)
  }

  /// Writes the manifest; a crash leaves the old one or the new one.
  func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    guard let data = try? encoder.encode(self) else {
      throw CorpusError.unwritable(path: path, reason: "it cannot be encoded")
    }
    try AtomicFile.write(data, to: path)
  }
}
