import ArgumentParser
import Corpora
import Foundation

/// A file that an option names.
public struct NamedFile: Sendable, Equatable {
  /// The option, with its dashes.
  public var option: String
  /// The path as it was typed.
  public var path: String

  /// A file and its option.
  public init(_ option: String, _ path: String) {
    self.option = option
    self.path = path
  }
}

/// Keeps results from replacing what they were made from, or each other.
public enum OutputCheck {
  /// Refuses outputs that are the same file as an input or as an earlier output.
  ///
  /// Pipes and devices may be named as often as wanted.
  ///
  /// - Throws: `ValidationError` naming both options and the file.
  public static func requireDistinct(outputs: [NamedFile], inputs: [NamedFile]) throws {
    var taken = inputs.compactMap { file in place(of: file.path).map { (file.option, $0) } }
    for output in outputs {
      guard let place = place(of: output.path) else { continue }
      if let (option, _) = taken.first(where: { $0.1 == place }) {
        throw ValidationError(
          "\(output.option) would replace '\(output.path)', which \(option) names too; choose another name.")
      }
      taken.append((output.option, place))
    }
  }

  /// Where a file is or would be, links followed; nil for what is no regular file.
  private static func place(of path: String) -> String? {
    guard path != "-" else { return nil }
    var status = stat()
    if stat(path.fileName, &status) == 0 {
      return status.st_mode & S_IFMT == S_IFREG ? "\(status.st_dev) \(status.st_ino)" : nil
    }
    return URL(fileURLWithPath: path).standardizedFileURL.path
  }
}
