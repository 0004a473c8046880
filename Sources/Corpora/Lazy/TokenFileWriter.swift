import Files
import Foundation

/// A token file in the making: `<name>.partial`, which takes its name when it is whole.
///
/// Every so often the state is put on disk, so that a writer that was stopped in any way can go on from there.
final class TokenFileWriter {
  /// Bytes of tokens between two states on disk.
  static let bytesBetweenStates = 1 << 26
  private static let stateName = "state.json"

  private(set) var manifest: TokenFileManifest
  private let folder: String
  private let tokens: OpenFile
  private let offsets: OpenFile
  private var unsavedBytes = 0

  /// Goes on where a writer with the same recipe left off, or starts anew.
  init(folder: String, recipe: TokenFileRecipe) throws {
    self.folder = folder
    let found = TokenFileManifest.read("\(folder)/\(Self.stateName)")
    if found?.recipe != recipe { try? FileManager.default.removeItem(atPath: folder) }
    guard mkdir(folder, 0o777) == 0 || errno == EEXIST else {
      throw CorpusError.unwritable(path: folder, reason: SystemError.current)
    }
    tokens = try OpenFile(writing: "\(folder)/\(TokenFile.tokensName)")
    offsets = try OpenFile(writing: "\(folder)/\(TokenFile.offsetsName)")
    let width = recipe.width.rawValue
    if let found, found.recipe == recipe, tokens.size >= found.tokenCount * width,
      offsets.size >= (found.textCount + 1) * 8
    {
      manifest = found
    } else {
      manifest = TokenFileManifest(recipe: recipe)
    }
    try tokens.truncate(to: manifest.tokenCount * width)
    if manifest.textCount == 0 {
      try offsets.truncate(to: 0)
      try offsets.write([UInt8](repeating: 0, count: 8))
    } else {
      try offsets.truncate(to: (manifest.textCount + 1) * 8)
    }
  }

  /// Appends texts: their lengths in tokens, and the bytes of all tokens.
  func append(lengths: [Int], bytes: [UInt8]) throws {
    var places: [UInt8] = []
    places.reserveCapacity(lengths.count * 8)
    for length in lengths {
      manifest.tokenCount += length
      withUnsafeBytes(of: UInt64(manifest.tokenCount).littleEndian) { places.append(contentsOf: $0) }
    }
    manifest.textCount += lengths.count
    try tokens.write(bytes)
    try offsets.write(places)
    unsavedBytes += bytes.count
    if unsavedBytes >= Self.bytesBetweenStates { try saveState() }
  }

  /// Puts all that was appended on disk, to go on from there.
  func saveState() throws {
    try tokens.synchronize()
    try offsets.synchronize()
    try manifest.write(to: "\(folder)/\(Self.stateName)")
    unsavedBytes = 0
  }

  /// Gives the folder its name, in place of an older one.
  func finish(summary: ReadingSummary, as final: String) throws {
    manifest.summary = summary
    try tokens.synchronize()
    try offsets.synchronize()
    try manifest.write(to: "\(folder)/\(TokenFile.manifestName)")
    unlink("\(folder)/\(Self.stateName)")
    let old = "\(final).old"
    try? FileManager.default.removeItem(atPath: old)
    // A folder can only be renamed onto an empty one; readers of the old one keep its files open.
    guard rename(final, old) == 0 || errno == ENOENT, rename(folder, final) == 0 else {
      throw CorpusError.unwritable(path: final, reason: SystemError.current)
    }
    try? FileManager.default.removeItem(atPath: old)
  }
}
