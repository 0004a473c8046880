import Foundation

/// Raw texts that are cleaned and cut into tokens at once, by several threads.
struct TokenChunk: Sendable {
  /// Bytes of text after which a chunk is worked on.
  static let size = 1 << 22

  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  var isEmpty: Bool { ends.isEmpty }
  var isFull: Bool { bytes.count >= Self.size || ends.count >= 1 << 16 }
  var byteCount: Int { bytes.count }

  mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: text)
    ends.append(bytes.count)
  }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  /// Lengths in tokens, and the bytes of all tokens, in the order of the texts.
  func tokens(
    cleaning: CleaningMethod, tokenizer: any Tokenizer, width: TokenWidth, threads: Int
  ) throws(CorpusError) -> [Part] {
    let shares = shares(count: threads)
    let results = Results(count: shares.count)
    DispatchQueue.concurrentPerform(iterations: shares.count) { share in
      results.set(
        share,
        Result { () throws(CorpusError) in
          try part(shares[share], cleaning: cleaning, tokenizer: tokenizer, width: width)
        })
    }
    var parts: [Part] = []
    for result in results.all { parts.append(try result.get()) }
    return parts
  }

  /// What came of some of the texts.
  struct Part: Sendable {
    var lengths: [Int] = []
    var bytes: [UInt8] = []
  }

  private func part(
    _ texts: Range<Int>, cleaning: CleaningMethod, tokenizer: any Tokenizer, width: TokenWidth
  ) throws(CorpusError) -> Part {
    var part = Part()
    for index in texts {
      let start = index == 0 ? 0 : ends[index - 1]
      let cleaned = bytes.withUnsafeBufferPointer {
        cleaning.clean(UnsafeBufferPointer(rebasing: $0[start..<ends[index]]))
      }
      if tokenizer is CharacterTokenizer {
        // The bytes themselves are what is stored.
        part.lengths.append(cleaned.count)
        part.bytes.append(contentsOf: cleaned)
      } else {
        let tokens = try tokenizer.tokens(of: cleaned)
        part.lengths.append(tokens.count)
        width.append(tokens, to: &part.bytes)
      }
    }
    return part
  }

  /// Texts for each thread, with about the same number of bytes.
  private func shares(count: Int) -> [Range<Int>] {
    var shares: [Range<Int>] = []
    var start = 0
    for share in 1...max(count, 1) {
      let wanted = bytes.count * share / max(count, 1)
      var end = start
      while end < ends.count, share == max(count, 1) || ends[end] <= wanted { end += 1 }
      if end > start { shares.append(start..<end) }
      start = end
    }
    return shares
  }

  /// One place for each thread's result.
  private final class Results: @unchecked Sendable {
    // Guarded by `lock`.
    private var results: [Result<Part, CorpusError>?]
    private let lock = NSLock()

    init(count: Int) { results = Array(repeating: nil, count: count) }

    func set(_ place: Int, _ result: Result<Part, CorpusError>) { lock.withLock { results[place] = result } }

    var all: [Result<Part, CorpusError>] { lock.withLock { results.compactMap { $0 } } }
  }
}
