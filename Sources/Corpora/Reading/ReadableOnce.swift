import Foundation

/// Looks out for standard input, pipes and devices, whose bytes are gone once they were read, without opening them.
public enum ReadableOnce {
  /// Refuses paths that can be read only once.
  ///
  /// - Parameter why: what needs more than one reading, as the second half of a sentence.
  /// - Throws: ``CorpusError/readsOnlyOnce(path:why:)``; what is known of a missing file.
  public static func refuse(_ paths: [String], because why: String) throws(CorpusError) {
    for path in paths where try identity(of: path) != nil { throw .readsOnlyOnce(path: path, why: why) }
  }

  /// Refuses a path that can be read only once and is named twice, under whatever names.
  ///
  /// - Throws: as ``refuse(_:because:)``.
  public static func refuseRepeated(_ paths: [String]) throws(CorpusError) {
    var seen: Set<String> = []
    for path in paths {
      guard let identity = try identity(of: path) else { continue }
      guard seen.insert(identity).inserted else { throw .readsOnlyOnce(path: path, why: "it is named twice") }
    }
  }

  /// What tells a source that can be read only once from others; nil for a file.
  private static func identity(of path: String) throws(CorpusError) -> String? {
    var facts = stat()
    // A file behind standard input goes on where it was left.
    guard path == "-" ? fstat(STDIN_FILENO, &facts) == 0 : !(try FileFacts(path: path)).isRegular else { return nil }
    if path != "-", stat(path, &facts) != 0 { return nil }
    return "\(facts.st_dev) \(facts.st_ino)"
  }
}
