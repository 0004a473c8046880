import Glibc

/// What stands at a path that is about to be written.
package enum WriteTarget {
  /// A regular file, or nothing yet: the path with symbolic links followed, and the permissions of the file there now.
  case file(path: String, permissions: mode_t?)

  /// A pipe or character device, or what another process has open, which takes bytes but cannot be replaced.
  case stream

  /// An open descriptor of this process, whatever it leads to.
  case descriptor(Int32)

  /// Looks at `path`; throws when it is a folder, a block device, a socket, no open descriptor, or lies in no folder.
  package init(path: String) throws {
    func refusal(_ reason: String) -> FileError {
      .writeFailed(path: path, reason: reason, previousKept: false)
    }
    guard !path.isEmpty else { throw refusal("the path is empty") }
    guard !path.utf8.contains(0) else { throw refusal("the path contains a zero byte") }
    let descriptor = DescriptorName(path: path)
    if let descriptor, descriptor.isOwn {
      if let reason = descriptor.refusal() { throw refusal(reason) }
      self = .descriptor(descriptor.number)
      return
    }
    var status = stat()
    if stat(path, &status) == 0 {
      switch status.st_mode & S_IFMT {
      case S_IFREG where descriptor == nil:
        self = .file(path: Self.followingLinks(path), permissions: status.st_mode & 0o7777)
      case S_IFREG, S_IFCHR, S_IFIFO:
        guard access(path, W_OK) == 0 else { throw refusal(SystemError.text(errno)) }
        self = .stream
      case S_IFSOCK: throw refusal("it is a socket, which cannot be opened as a file")
      case S_IFDIR: throw refusal("it is a folder")
      default: throw refusal("it is not a regular file")
      }
      return
    }
    let code = errno
    guard code == ENOENT else { throw refusal(SystemError.text(code)) }
    guard !path.hasSuffix("/") else { throw refusal("it names a folder, not a file") }
    let target = Self.followingLinks(path)
    let folder = Self.folder(of: target)
    guard stat(folder, &status) == 0 else {
      let missing = errno == ENOENT
      throw refusal(missing ? "the folder \(folder.printable) does not exist" : SystemError.text(errno))
    }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw refusal("\(folder.printable) is not a folder") }
    self = .file(path: target, permissions: nil)
  }

  /// The folder that `path` lies in, "." for a bare name.
  package static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last part of `path`.
  package static func name(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return String(path[path.utf8.index(after: slash)...])
  }

  /// `path` with the symbolic links at its end resolved, also when the last one points to nothing yet.
  private static func followingLinks(_ path: String) -> String {
    var current = path
    // As many as the kernel follows.
    for _ in 0..<40 {
      guard let next = target(ofLink: current) else { break }
      current = next
    }
    return current
  }

  /// Where the symbolic link at `path` points to; nil when there is none.
  static func target(ofLink path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let length = readlink(path, &buffer, buffer.count - 1)
    guard length > 0 else { return nil }
    let link = String(decoding: buffer[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return link.hasPrefix("/") ? link : folder(of: path) + "/" + link
  }
}
