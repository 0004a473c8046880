/// The texts of several token files one after another.
struct JoinedTokens: TokenSource {
  private let files: [TokenFile]
  /// For each file the number of texts before it.
  private let firstIndices: [Int]
  let count: Int

  /// At least one file, all of one tokenizer.
  init(_ files: [TokenFile]) {
    self.files = files
    var total = 0
    firstIndices = files.map { file in
      defer { total += file.count }
      return total
    }
    count = total
  }

  var byteCounts: [Int32]? { files.first?.byteCounts }

  func tokens(at index: Int) throws -> [Int32] {
    precondition(index >= 0 && index < count, "text \(index) of \(count)")
    let file = (firstIndices.lastIndex { $0 <= index }) ?? 0
    return try files[file].tokens(at: index - firstIndices[file])
  }
}
