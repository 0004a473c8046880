import Files

/// The arrays in an npy file of Python objects, as `numpy.save` writes a list of arrays of several shapes.
package enum NumpyObjectArray {
  /// Reads the arrays through the pickle behind the header.
  ///
  /// Throws ``FormatError``, also when an element is no array of numbers.
  package static func read(_ file: MappedFile) throws -> [StoredTensor] {
    let (_, dataStart) = try NumpyHeader.parse(file)
    var machine = PickleMachine(file, in: dataStart..<file.count)
    let root = try machine.run()
    guard machine.position == file.count else {
      throw FormatError.malformed(
        path: file.path, reason: "bytes are left over behind its pickle: \(file.count - machine.position)")
    }
    var tree = PickleTree(machine)
    guard let elements = try tree.objectArrayElements(root) else {
      throw FormatError.malformed(path: file.path, reason: "its pickle is not a list of arrays")
    }
    return try elements.enumerated().map { index, element in
      guard case .tensor(let leaf) = try tree.value(element), case .stored(let tensor) = leaf.values else {
        throw FormatError.unsupported(path: file.path, feature: "its object \(index) is not an array of numbers")
      }
      return tensor
    }
  }
}
