import Files

/// The header of an npy file, with what it claims checked against the size of the file.
package struct NumpyHeader {
  package let type: StoredType
  package let shape: [Int]

  /// Where the elements lie in the file.
  package let elements: Range<Int>

  /// The first bytes of every npy file.
  package static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// The longest header that is read, in bytes.
  ///
  /// NumPy itself stops at 10,000 unless told to trust the file.
  package static let greatestLength = 1 << 16

  /// Whether `file` is an array of Python objects, whose elements are a pickle.
  package static func isObjectArray(_ file: MappedFile) throws -> Bool {
    let (parser, _) = try parse(file)
    return parser.descriptor?.hasPrefix("|O") == true
  }

  /// Reads the header of `file`; where its data begin.
  package static func parse(_ file: MappedFile) throws -> (parser: NumpyHeaderParser, dataStart: Int) {
    func refusal(_ reason: String) -> FormatError {
      .malformed(path: file.path, reason: "it is not an npy file: \(reason)")
    }
    let start = file.bytes(0..<min(12, file.count))
    guard start.prefix(6).elementsEqual(Self.magic.prefix(start.count)) else {
      throw refusal("it does not begin with the mark of one")
    }
    guard start.count >= 10 else { throw FormatError.truncated(path: file.path, expected: 10, found: file.count) }
    let headerStart: Int
    let length: Int
    switch (start[6], start[7]) {
    case (1, 0):
      headerStart = 10
      length = Int(start[8]) | Int(start[9]) << 8
    case (2, 0), (3, 0):
      headerStart = 12
      guard start.count >= 12 else {
        throw FormatError.truncated(path: file.path, expected: 12, found: file.count)
      }
      length = Int(start[8]) | Int(start[9]) << 8 | Int(start[10]) << 16 | Int(start[11]) << 24
    default:
      throw FormatError.unsupported(
        path: file.path,
        feature: "it has version \(start[6]).\(start[7]) of the npy format; versions 1.0 to 3.0 are read")
    }
    guard length <= Self.greatestLength else {
      throw refusal("its header would be \(length) bytes long, more than \(Self.greatestLength)")
    }
    let dataStart = headerStart + length
    guard dataStart <= file.count else {
      throw FormatError.truncated(path: file.path, expected: dataStart, found: file.count)
    }
    var parser = NumpyHeaderParser(bytes: file.bytes(headerStart..<dataStart))
    do {
      try parser.parse()
    } catch let error as HeaderSyntaxError {
      throw refusal("\(error.reason) at byte \(headerStart + error.offset)")
    }
    return (parser, dataStart)
  }

  /// Reads and checks the header of `file`.
  package init(of file: MappedFile) throws {
    func refusal(_ reason: String) -> FormatError {
      .malformed(path: file.path, reason: "it is not an npy file: \(reason)")
    }
    func unsupported(_ feature: String) -> FormatError {
      .unsupported(path: file.path, feature: feature)
    }
    let (parser, dataStart) = try Self.parse(file)
    type = try Self.type(of: parser, unsupported)
    guard !parser.isFortranOrder else {
      throw unsupported(
        "its elements are in Fortran (column by column) order; save it again with numpy.ascontiguousarray(array)")
    }
    shape = parser.shape
    guard let byteCount = TensorShape.byteCount(shape, elementBytes: type.byteCount) else {
      throw refusal("the shape \(shape) is too large")
    }
    guard byteCount <= file.count - dataStart else {
      let (expected, overflow) = dataStart.addingReportingOverflow(byteCount)
      throw FormatError.truncated(path: file.path, expected: overflow ? Int.max : expected, found: file.count)
    }
    guard byteCount == file.count - dataStart else {
      throw refusal("bytes are left over behind its last element: \(file.count - dataStart - byteCount)")
    }
    elements = dataStart..<file.count
  }

  private static func type(
    of parser: NumpyHeaderParser, _ unsupported: (String) -> FormatError
  ) throws -> StoredType {
    guard let descriptor = parser.descriptor else {
      throw unsupported("its elements are records of several fields; save each field as an array of its own")
    }
    if let type = StoredType(numpyDescriptor: descriptor) { return type }
    if descriptor.hasPrefix(">") {
      throw unsupported(
        "its elements are big-endian (\(descriptor.quoted)); save it again with "
          + "array.astype(\("<\(descriptor.dropFirst())".quoted))")
    }
    if descriptor.hasPrefix("|O") {
      throw unsupported("its elements are Python objects ('|O'); save it again with array.astype('<f4')")
    }
    let known = StoredType.allCases.compactMap(\.numpyDescriptor).joined(separator: ", ")
    throw unsupported("its element type \(descriptor.quoted) is none of \(known)")
  }
}
