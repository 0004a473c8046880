import Files

/// The arrays of an npz file: an archive of npy files.
package enum NumpyArchive {
  /// The arrays by name, without the ending `.npy`, in the order of the archive.
  ///
  /// Throws ``FormatError``.
  package static func read(_ archive: ZipArchive) throws -> [(name: String, tensor: StoredTensor)] {
    try archive.members.filter { !$0.name.hasSuffix("/") }.map { member in
      guard member.name.hasSuffix(".npy") else {
        throw FormatError.malformed(
          path: archive.file.path, reason: "it is an archive, but its member \(member.name.quoted) is not an array")
      }
      let (file, bytes) = try archive.contents(of: member)
      let part = MappedFile(sharing: file, bytes, path: archive.file.path)
      return (String(member.name.dropLast(4)), try NumpyArray(part).stored())
    }
  }
}
