import Glibc

/// Files of one job that take their places together: all of them at the end, or none.
///
/// Each is written aside, as ``AtomicFile`` does. Until ``publish(removing:)`` nothing under their names changes; when
/// these objects vanish before, so do the files and the folders that were made for them. A pipe, a device or an open
/// descriptor takes its bytes as they come.
public final class PendingFiles {
  private struct Entry {
    let sink: FileSink
    /// The file that is written aside; nil for a stream.
    let aside: TemporaryFile?
    /// The descriptor of a stream.
    let stream: Int32?
  }

  private var entries: [Entry] = []
  private var madeFolders: [String] = []
  private var isPublished = false

  /// No files yet.
  public init() {}

  deinit {
    for entry in entries {
      if let stream = entry.stream { close(stream) }
      if !isPublished { entry.aside?.discard() }
    }
    // Fails, as it should, where something else has moved in.
    if !isPublished { for folder in madeFolders.reversed() { rmdir(folder) } }
  }

  /// Begins a file, and makes the folders it needs.
  ///
  /// - Throws: ``FileError/writeFailed(path:reason:previousKept:)``.
  public func begin(_ path: String) throws -> FileSink {
    if !AtomicFile.isStream(path) { madeFolders += try AtomicFile.makeFolders(above: path) }
    let target = try WriteTarget(path: path)
    guard case .file(let place, let permissions) = target else {
      let descriptor = try AtomicFile.openStream(target, path)
      let sink = FileSink(descriptor: descriptor, path: path, previousKept: false)
      entries.append(Entry(sink: sink, aside: nil, stream: descriptor))
      return sink
    }
    let aside = try TemporaryFile(besides: place, for: path, permissions: permissions)
    let sink = FileSink(descriptor: aside.descriptor, path: path, previousKept: permissions != nil)
    entries.append(Entry(sink: sink, aside: aside, stream: nil))
    return sink
  }

  /// Brings the bytes of a file to the disk and closes it; it must not be written to any more.
  ///
  /// Jobs with very many files call it for each, so that few are open at once.
  public func complete(_ sink: FileSink) throws {
    guard let entry = entries.last(where: { $0.sink === sink }) else { return }
    try complete(entry)
  }

  /// Completes every file, removes what is in the way, and gives each file its name.
  ///
  /// - Parameter older: files of an earlier job that are not part of this one; an emptied folder goes too.
  public func publish(removing older: [String] = []) throws {
    for entry in entries { try complete(entry) }
    let written = Set(entries.map(\.sink.path))
    for path in older where !written.contains(path) { unlink(path) }
    for entry in entries { try entry.aside?.moveIntoPlace() }
    for path in older { rmdir(WriteTarget.folder(of: path)) }
    isPublished = true
  }

  private func complete(_ entry: Entry) throws {
    guard entry.aside?.isOpen ?? true else { return }
    try entry.sink.flush()
    try entry.sink.synchronize()
    try entry.aside?.finish()
  }
}
