import Glibc

/// A name that stands for an open file instead of a place in a folder: `/dev/stdout`, `/dev/fd/3`, `/proc/self/fd/1`,
/// and links to these.
///
/// Such a name must never be replaced: what is behind it may be a log that others write too.
struct DescriptorName: Equatable {
  /// The number of the descriptor.
  let number: Int32
  /// Whether it is open in this process, not in another one.
  let isOwn: Bool

  /// The descriptor that `path` means; nil for every other path.
  init?(path: String) {
    var current = path
    // As many links as the kernel follows.
    for _ in 0..<40 {
      let name = WriteTarget.name(of: current)
      if let number = Int32(name), number >= 0,
        let folder = realpath(WriteTarget.folder(of: current), nil)
      {
        defer { free(folder) }
        if let process = Self.process(ofFolder: String(cString: folder)) {
          self.number = number
          isOwn = process == getpid()
          return
        }
      }
      guard let next = WriteTarget.target(ofLink: current) else { return nil }
      current = next
    }
    return nil
  }

  /// Whether the descriptor is open and takes bytes; the reason as a clause when it does not.
  func refusal() -> String? {
    guard isOwn else { return nil }
    let flags = fcntl(number, F_GETFL)
    guard flags >= 0 else { return "descriptor \(number) is not open" }
    return flags & O_ACCMODE == O_RDONLY ? "descriptor \(number) is open for reading only" : nil
  }

  /// The process whose descriptors `folder` lists: `/proc/12/fd`, or that of one of its threads `/proc/12/task/13/fd`.
  private static func process(ofFolder folder: String) -> pid_t? {
    let parts = folder.split(separator: "/")
    guard parts.first == "proc", parts.last == "fd", parts.count == 3 || (parts.count == 5 && parts[2] == "task")
    else { return nil }
    return pid_t(parts[1])
  }
}
