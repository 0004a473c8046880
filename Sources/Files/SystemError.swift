import Foundation
import Glibc

/// The system's error numbers in words.
package enum SystemError {
  /// What `code` means, in lower case and without a full stop, such as "no space left on device".
  package static func text(_ code: Int32) -> String {
    guard let message = strerror(code) else { return "error \(code)" }
    let text = String(cString: message)
    // "Input/output error" loses its capital; "RFS specific error" keeps its acronym.
    guard let first = text.first, text.dropFirst().first?.isLowercase == true else { return text }
    return first.lowercased() + text.dropFirst()
  }

  /// The system's words for its last error.
  package static var current: String { text(errno) }
}
