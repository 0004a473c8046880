import Files

extension ForeignFile {
  /// The kind of the file at `path`; nil also where it cannot be read, which others will say.
  init?(readingStartOf path: String) {
    guard let source = try? DescriptorSource(path: path) else { return nil }
    var start = [UInt8](repeating: 0, count: 1 << 12)
    let length = start.withUnsafeMutableBytes { try? source.read(into: $0) } ?? 0
    self.init(startingWith: start[0..<length])
  }
}
