import Files
import Foundation

/// Names of several files in one: `data/part-*.csv`.
public enum FilePattern {
  /// Replaces each pattern (`*`, `?`, `[…]`) by the files it matches, in the order of their names.
  ///
  /// A path that names a file is that file, whatever characters it has; a pattern that matches nothing stays, and reading it
  /// throws `CorpusError.noMatch`.
  public static func expand(_ paths: [String]) -> [String] {
    paths.flatMap { path -> [String] in
      guard isPattern(path), access(path.fileName, F_OK) != 0 else { return [path] }
      let found = matches(of: path)
      return found.isEmpty ? [path] : found
    }
  }

  /// Whether a path has characters that stand for others.
  static func isPattern(_ path: String) -> Bool { path.contains { "*?[".contains($0) } }

  private static func matches(of pattern: String) -> [String] {
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern.fileName, 0, nil, &found) == 0 else { return [] }
    return (0..<Int(found.gl_pathc)).compactMap { index in
      found.gl_pathv[index].map { FileName.decoded($0) }
    }
  }
}
