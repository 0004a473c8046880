import ArgumentParser
import Files
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
  /// Refuses outputs that are the same file as an input, as an earlier output, or as the file that standard output goes
  /// to.
  ///
  /// Pipes, devices and open descriptors may be named as often as wanted.
  ///
  /// - Throws: `ValidationError` naming both options and the file.
  public static func requireDistinct(outputs: [NamedFile], inputs: [NamedFile]) throws {
    let standardOutput = place(ofDescriptor: STDOUT_FILENO).map { [(Place.standardOutputName, $0, true)] } ?? []
    var taken = standardOutput + inputs.compactMap { file in Place(of: file.path).map { (file.option, $0.key, false) } }
    for output in outputs {
      guard let place = Place(of: output.path) else { continue }
      if let (option, _, _) = taken.first(where: { $0.1 == place.key && !($0.2 && place.isStream) }) {
        throw ValidationError(
          option == Place.standardOutputName
            ? "\(output.option) would replace '\(output.path)', which standard output goes to; choose another name."
            : "\(output.option) would \(place.isStream ? "write into" : "replace") '\(output.path)', which \(option) "
              + "names too; choose another name.")
      }
      taken.append((output.option, place.key, place.isStream))
    }
  }

  /// Refuses a device, a pipe or an open descriptor where other files have to lie beside the one that is named.
  ///
  /// - Parameter reason: a clause, such as "the heat map lies beside it".
  /// - Throws: `ValidationError` naming the option.
  public static func requireFile(_ option: String, _ path: String, _ reason: String) throws {
    guard AtomicFile.isStream(path) else { return }
    throw ValidationError("\(option) must name a file, not '\(path.printable)': \(reason).")
  }

  /// Whether what is written to `path` comes out where standard output does.
  public static func isStandardOutput(_ path: String) -> Bool {
    var named = stat()
    var standard = stat()
    guard AtomicFile.isStream(path), stat(path.fileName, &named) == 0, fstat(STDOUT_FILENO, &standard) == 0 else {
      return false
    }
    return named.st_dev == standard.st_dev && named.st_ino == standard.st_ino
  }

  /// Where a regular file is or would be.
  private struct Place {
    static let standardOutputName = "standard output"
    let key: String
    /// Whether it is reached by the name of an open descriptor, and only written to at its end.
    let isStream: Bool

    /// Follows links; nil for what is no regular file.
    init?(of path: String) {
      guard path != "-" else { return nil }
      isStream = AtomicFile.isStream(path)
      var status = stat()
      if stat(path.fileName, &status) == 0 {
        guard let key = OutputCheck.key(status) else { return nil }
        self.key = key
      } else {
        guard !isStream else { return nil }
        key = URL(fileURLWithPath: path).standardizedFileURL.path
      }
    }
  }

  private static func place(ofDescriptor descriptor: Int32) -> String? {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? key(status) : nil
  }

  private static func key(_ status: stat) -> String? {
    status.st_mode & S_IFMT == S_IFREG ? "\(status.st_dev) \(status.st_ino)" : nil
  }
}
