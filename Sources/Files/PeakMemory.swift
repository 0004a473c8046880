import Foundation

/// The most memory that this process has had resident.
package enum PeakMemory {
  /// In bytes; nil where the system does not say.
  ///
  /// From `VmHWM`, which starts anew with the program; `getrusage` also counts the program that started it.
  package static var bytes: Int? {
    if let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let bytes = bytes(inStatus: status)
    {
      return bytes
    }
    var usage = rusage()
    guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return nil }
    return Int(usage.ru_maxrss) * 1024
  }

  /// The value of the line `VmHWM:   1234 kB`, in bytes.
  package static func bytes(inStatus text: String) -> Int? {
    for line in text.split(separator: "\n") where line.hasPrefix("VmHWM:") {
      let words = line.split(whereSeparator: \.isWhitespace)
      guard words.count >= 2, let kibibytes = Int(words[1]) else { return nil }
      return kibibytes * 1024
    }
    return nil
  }
}
