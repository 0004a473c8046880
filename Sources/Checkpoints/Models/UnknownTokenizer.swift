import Corpora

/// Stands for a tokenizer that a file of others names or leaves open: the number of its tokens is all that is known.
struct UnknownTokenizer: Tokenizer {
  let vocabularySize: Int
  let identity: String

  init(_ description: ModelCard.Tokenizer) {
    vocabularySize = description.vocabularySize
    identity = "\(description.kind) \(description.vocabularySize)"
  }

  var byteCounts: [Int32]? { nil }
  var openingTokens: [Int32] { [] }
  var addsLeadingSpace: Bool { false }

  func tokens(of text: UnsafeBufferPointer<UInt8>) throws(CorpusError) -> [Int32] {
    throw .notTokenized(reason: "the model's tokenizer is not known")
  }

  func bytes(of token: Int32) -> [UInt8] { [] }

  func isWritable(_ token: Int32) -> Bool { false }
}
