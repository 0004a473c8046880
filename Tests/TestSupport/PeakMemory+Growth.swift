import Files
import Foundation

extension PeakMemory {
  /// Bytes by which the highest use of memory rises while `body` runs.
  ///
  /// They are the whole process's: to be called in one that does nothing else, as an exit test is.
  package static func growth(during body: () throws -> Void) throws -> Int {
    // Makes the kernel forget the highest use so far.
    try Data("5".utf8).write(to: URL(fileURLWithPath: "/proc/self/clear_refs"))
    let before = try known()
    try body()
    return try known() - before
  }

  private static func known() throws -> Int {
    guard let bytes else { throw CocoaError(.featureUnsupported) }
    return bytes
  }
}
