import Files
import Foundation

/// Texts of files as tokens that stay on disk, made in one pass the first time and used again afterwards.
///
/// For `path/name.jsonl` the folder `path/name.lazy` gets a folder for each way of reading, cleaning and cutting the texts
/// (``TokenFile`` says what is in it). It is made anew when the source's size, time, head or tail differ, or the way it is
/// read, cleaned or cut. Several processes may ask at once: one makes it, the others wait and use it. One that is stopped,
/// in whatever way, leaves what it has, and the next goes on from there; what has its final name is always whole. Memory
/// does not grow with the files.
public struct LazyCorpus: Sendable {
  /// How far the making of a token file is.
  public enum Progress: Sendable, Equatable {
    /// Another process is making the same file.
    case waiting(path: String)
    /// `texts` are done, which hold `bytes`; the source has `sourceBytes`, which count more than texts.
    case preparing(path: String, texts: Int, bytes: Int, sourceBytes: Int)
    /// The token file is whole.
    case prepared(path: String, texts: Int, tokens: Int)
  }

  /// The tokens of all texts.
  public let source: any TokenSource
  /// What was read and left out.
  public let summary: ReadingSummary

  /// The folder that belongs to a text file.
  public static func folder(for path: String) -> String { CorpusPath.stem(of: path) + ".lazy" }

  /// The texts of `paths` one after another.
  ///
  /// - Parameters:
  ///   - threads: how many clean and cut texts side by side.
  ///   - observe: is told how far it is; what it throws ends the making, to go on the next time.
  /// - Throws: `CorpusError` as reading does; ``CorpusError/unwritable(path:reason:)`` when the folder cannot be written;
  ///   what `observe` throws.
  public init(
    _ paths: [String], options: ReadingOptions, cleaning: CleaningMethod, tokenizer: any Tokenizer, threads: Int = 1,
    observe: (Progress) throws -> Void = { _ in }
  ) throws {
    guard !paths.isEmpty else { throw CorpusError.noFiles }
    try ReadableOnce.refuse(paths, because: "texts that stay on disk are read again and again")
    var options = options
    options.labels = .ignored
    var files: [TokenFile] = []
    var summary = ReadingSummary()
    for path in paths {
      let preparation = Preparation(
        path: path, options: options, cleaning: cleaning, tokenizer: tokenizer, threads: threads)
      let (file, read) = try preparation.open(observe)
      files.append(file)
      summary.add(read)
    }
    source = files.count == 1 ? files[0] : JoinedTokens(files)
    self.summary = summary
  }
}

/// The making of one file's tokens.
private struct Preparation {
  let path: String
  let options: ReadingOptions
  let cleaning: CleaningMethod
  let tokenizer: any Tokenizer
  let threads: Int

  func open(_ observe: (LazyCorpus.Progress) throws -> Void) throws -> (TokenFile, ReadingSummary) {
    let recipe = try TokenFileRecipe(path: path, options: options, cleaning: cleaning, tokenizer: tokenizer)
    let folder = LazyCorpus.folder(for: path)
    let final = "\(folder)/\(recipe.name)"
    if let found = finished(final, recipe) { return found }
    // A file that is none of texts is reported before anything is made beside it.
    _ = try RowReader(path: path, options: options)
    guard mkdir(folder, 0o777) == 0 || errno == EEXIST else {
      throw CorpusError.unwritable(path: folder, reason: SystemError.current)
    }
    do {
      let lock = try FileLock(path: final + ".lock") { try observe(.waiting(path: path)) }
      return try withExtendedLifetime(lock) {
        if let found = finished(final, recipe) { return found }
        try make(final, recipe, observe)
        guard let manifest = TokenFileManifest.read("\(final)/\(TokenFile.manifestName)") else {
          throw CorpusError.damagedLazyFile(path: final, reason: "it has no manifest")
        }
        return (try TokenFile(folder: final, manifest: manifest, tokenizer: tokenizer), manifest.summary)
      }
    } catch {
      // Succeeds only when nothing is in it.
      rmdir(folder)
      throw error
    }
  }

  /// The token file when it is there, whole and made from the same.
  private func finished(_ folder: String, _ recipe: TokenFileRecipe) -> (TokenFile, ReadingSummary)? {
    guard let manifest = TokenFileManifest.read("\(folder)/\(TokenFile.manifestName)"), manifest.recipe == recipe,
      manifest.textCount > 0, let file = try? TokenFile(folder: folder, manifest: manifest, tokenizer: tokenizer)
    else { return nil }
    return (file, manifest.summary)
  }

  private func make(
    _ final: String, _ recipe: TokenFileRecipe, _ observe: (LazyCorpus.Progress) throws -> Void
  ) throws {
    let partial = final + ".partial"
    let reader = try RowReader(path: path, options: options)
    let writer = try TokenFileWriter(folder: partial, recipe: recipe)
    do {
      try copy(from: reader, to: writer, skipping: writer.manifest.textCount, observe)
    } catch let error as CorpusError {
      // A source that cannot be read to its end is of no use half way.
      try? FileManager.default.removeItem(atPath: partial)
      throw error
    } catch {
      try writer.saveState()
      throw error
    }
    guard writer.manifest.textCount > 0 else {
      try? FileManager.default.removeItem(atPath: partial)
      throw CorpusError.noUsableRows(path: path, rowsSkipped: reader.summary.rowsSkipped)
    }
    try writer.finish(summary: reader.summary, as: final)
    try observe(.prepared(path: path, texts: writer.manifest.textCount, tokens: writer.manifest.tokenCount))
  }

  /// Reads all rows again up to those that are done, which is far quicker than cleaning them, and does the rest.
  private func copy(
    from reader: RowReader, to writer: TokenFileWriter, skipping done: Int,
    _ observe: (LazyCorpus.Progress) throws -> Void
  ) throws {
    var chunk = TokenChunk()
    var (row, bytes) = (0, 0)
    func flush() throws {
      let parts = try chunk.tokens(
        cleaning: cleaning, tokenizer: tokenizer, width: writer.manifest.recipe.width, threads: threads)
      for part in parts { try writer.append(lengths: part.lengths, bytes: part.bytes) }
      chunk.removeAll()
      try observe(
        .preparing(
          path: path, texts: writer.manifest.textCount, bytes: bytes,
          sourceBytes: writer.manifest.recipe.source.size))
    }
    while true {
      let isRow: Void? = try reader.nextRow { text, _, _ in
        bytes += text.count
        if row >= done { chunk.append(text) }
        row += 1
      }
      if isRow == nil { break }
      if chunk.isFull { try flush() }
    }
    if !chunk.isEmpty { try flush() }
  }
}
