/// A label map with its classes as the numbers that a label column has.
struct LabelLookup {
  private var numbers: [Float: Float] = [:]
  private var names: [[UInt8]: Float] = [:]

  /// Resolves a map for a column whose labels 0, 1, … have these names, or none.
  ///
  /// - Throws: `CorpusError.invalidLabelMap` when the column has no such class.
  init(_ map: LabelMap, names: [String]) throws(CorpusError) {
    for entry in map.entries {
      let place = names.firstIndex(of: entry.target).map(Float.init)
      guard let number = place ?? LabelNumber.read(entry.target) else {
        let known = names.isEmpty ? "0 and 1" : names.map { "\"\($0)\"" }.joined(separator: " and ")
        throw .invalidLabelMap(text: map.description, reason: "\"\(entry.target)\" is none of the classes \(known)")
      }
      for label in entry.labels {
        if let read = LabelNumber.read(label) {
          numbers[read] = number
        } else {
          self.names[Array(label.utf8)] = number
        }
      }
    }
  }

  subscript(number: Float) -> Float? { numbers[number] }

  subscript(name: UnsafeBufferPointer<UInt8>) -> Float? { names[Array(name)] }
}
