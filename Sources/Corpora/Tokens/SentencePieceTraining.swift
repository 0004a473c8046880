import CSentencePiece
import Foundation

/// The training of a SentencePiece model: what kind, how large, on how much text.
///
/// The library holds all sentences in memory, so what it is given is bounded: of texts with more than ``textLimit`` bytes
/// an even choice is taken, every n-th text, which depends on nothing random. Other settings are those of the library, with
/// full coverage of characters: NFKC normalisation, a blank before each text, no bytes for unknown characters.
public struct SentencePieceTraining: Sendable, Codable, Equatable {
  /// How pieces are found.
  public enum ModelType: String, Sendable, Codable, CaseIterable {
    /// Pairs are joined by frequency (Sennrich, Haddow and Birch 2016).
    case bpe
    /// A unigram language model is pruned (Kudo 2018).
    case unigram
    /// Characters.
    case char
    /// Words between blanks.
    case word
  }

  /// How far a training has come.
  public enum Progress: Sendable, Equatable {
    /// Texts are being handed over; `share` of them, 0 to 1.
    case reading(share: Double, sentences: Int)
    /// The library works on this many sentences.
    case building(sentences: Int)
  }

  /// How pieces are found.
  public var modelType = ModelType.bpe
  /// Pieces, those for unknown, beginning and end included.
  public var vocabularySize = 256
  /// Threads of the library.
  public var threads = 1
  /// Most bytes of text that are looked at, about: 128 MiB.
  public var textLimit = 128 << 20

  /// The settings; the defaults are those of `pretrain`.
  public init(modelType: ModelType = .bpe, vocabularySize: Int = 256, threads: Int = 1, textLimit: Int = 128 << 20) {
    self.modelType = modelType
    self.vocabularySize = vocabularySize
    self.threads = threads
    self.textLimit = textLimit
  }

  /// Trains on texts, cleaned one way.
  ///
  /// - Parameter observe: is told how far it is; what it throws ends the training.
  /// - Throws: ``CorpusError/tokenizerNotTrained(_:)``, and what `observe` throws.
  public func train(
    on texts: TextStore, cleaning: CleaningMethod, observe: (Progress) throws -> Void = { _ in }
  ) throws -> SentencePieceTokenizer {
    let choice = EvenChoice(limit: textLimit, of: (0..<texts.count).reduce(0) { $0 + texts.withBytes(at: $1, \.count) })
    var index = 0
    return try train(share: { Double(index) / Double(max(texts.count, 1)) }, observe: observe) {
      while index < texts.count {
        defer { index += 1 }
        if choice.takes(index) { return texts.withBytes(at: index) { cleaning.clean($0) } }
      }
      return nil
    }
  }

  /// Trains on the texts of files, read one after another and never held together.
  ///
  /// - Throws: `CorpusError` as reading does, ``CorpusError/tokenizerNotTrained(_:)``, and what `observe` throws.
  public func train(
    onFiles paths: [String], options: ReadingOptions, cleaning: CleaningMethod,
    observe: (Progress) throws -> Void = { _ in }
  ) throws -> SentencePieceTokenizer {
    var options = options
    options.labels = .ignored
    let size = try paths.reduce(0) { $0 + (try FileFacts(path: $1).size) }
    let choice = EvenChoice(limit: textLimit, of: size)
    var (index, bytes) = (0, 0)
    var waiting = paths[...]
    var reader: RowReader?
    return try train(share: { min(1, Double(bytes) / Double(max(size, 1))) }, observe: observe) {
      while true {
        if reader == nil {
          guard let path = waiting.popFirst() else { return nil }
          reader = try RowReader(path: path, options: options)
        }
        guard let row = try reader?.next() else {
          reader = nil
          continue
        }
        defer { index += 1 }
        bytes += row.text.count
        if choice.takes(index) { return cleaning.clean(row.text) }
      }
    }
  }

  private func train(
    share: () -> Double, observe: (Progress) throws -> Void, nextText: () throws -> [UInt8]?
  ) throws -> SentencePieceTokenizer {
    try withoutActuallyEscaping(nextText) { nextText in
      try withoutActuallyEscaping(share) { share in
        try withoutActuallyEscaping(observe) { observe in
          let feeder = SentenceFeeder(nextText: nextText, share: share, observe: observe)
          let model = Result { () throws(SentencePieceFailure) in try self.train(feeder) }
          if let failure = feeder.failure { throw failure }
          switch model {
          case .success(let bytes): return try SentencePieceTokenizer(modelBytes: bytes)
          case .failure(let failure): throw CorpusError.tokenizerNotTrained(self.refusal(failure))
          }
        }
      }
    }
  }

  private func train(_ feeder: SentenceFeeder) throws(SentencePieceFailure) -> [UInt8] {
    let options = [
      "model_type": modelType.rawValue, "vocab_size": "\(vocabularySize)", "character_coverage": "1.0",
      "max_sentence_length": "\(2 * SentenceCutter.longest)", "num_threads": "\(max(1, threads))",
    ]
    let words = options.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
    let copies = words.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    var bytes: UnsafeMutableRawPointer?
    var size = 0
    var message: UnsafeMutablePointer<CChar>?
    let isTrained = csp_train(
      copies.map { UnsafePointer($0) }, copies.count,
      { context, text, size in
        guard let context, let text, let size else { return false }
        let feeder = Unmanaged<SentenceFeeder>.fromOpaque(context).takeUnretainedValue()
        guard let sentence = feeder.next() else { return false }
        text.pointee = UnsafePointer(sentence.start)
        size.pointee = sentence.size
        return true
      }, Unmanaged.passUnretained(feeder).toOpaque(), &bytes, &size, &message)
    guard isTrained else { throw SentencePieceFailure(taking: message) }
    defer { csp_release(bytes) }
    return Array(UnsafeRawBufferPointer(start: bytes, count: size))
  }

  /// The library's reason in terms of what was asked for.
  private func refusal(_ failure: SentencePieceFailure) -> TokenizerRefusal {
    let text = failure.message
    let numbers = failure.reason.split { !$0.isNumber }.compactMap { Int($0) }
    if text.contains("Vocabulary size too high"), let most = numbers.last {
      return .tooManyPieces(asked: vocabularySize, most: most)
    }
    if text.contains("smaller than required_chars"), numbers.count >= 2 {
      return .tooFewPieces(asked: vocabularySize, needed: numbers[1])
    }
    if text.contains("sentences_.empty()") { return .noText }
    return .other(failure.reason)
  }
}

/// Every n-th of something, spread evenly so that a share of it is taken.
struct EvenChoice {
  private let share: Double

  /// Takes about `limit` of `size`, all when there is less.
  init(limit: Int, of size: Int) { share = size <= limit ? 1 : Double(max(limit, 0)) / Double(size) }

  func takes(_ index: Int) -> Bool {
    share >= 1 || (Double(index + 1) * share).rounded(.down) > (Double(index) * share).rounded(.down)
  }
}

/// Hands sentences over to the library, one at a time, in a buffer of its own.
private final class SentenceFeeder {
  private let nextText: () throws -> [UInt8]?
  private let share: () -> Double
  private let observe: (SentencePieceTraining.Progress) throws -> Void
  private var cutter = SentenceCutter([])
  private let buffer = UnsafeMutableBufferPointer<CChar>.allocate(capacity: SentenceCutter.longest + 1)
  private var count = 0
  private var isFinished = false
  /// What reading or the caller threw.
  private(set) var failure: (any Error)?

  init(
    nextText: @escaping () throws -> [UInt8]?, share: @escaping () -> Double,
    observe: @escaping (SentencePieceTraining.Progress) throws -> Void
  ) {
    self.nextText = nextText
    self.share = share
    self.observe = observe
    _ = cutter.next()
  }

  deinit { buffer.deallocate() }

  /// The next sentence with its full stop; valid until the next call.
  func next() -> (start: UnsafeMutablePointer<CChar>, size: Int)? {
    guard !isFinished, let start = buffer.baseAddress else { return nil }
    do {
      while true {
        if let sentence = cutter.next() {
          for (place, byte) in sentence.enumerated() { buffer[place] = CChar(bitPattern: byte) }
          buffer[sentence.count] = CChar(bitPattern: UInt8(ascii: "."))
          count += 1
          if count % 65_536 == 0 { try observe(.reading(share: share(), sentences: count)) }
          return (start, sentence.count + 1)
        }
        guard let text = try nextText() else { break }
        cutter = SentenceCutter(text)
      }
      isFinished = true
      try observe(.building(sentences: count))
    } catch {
      isFinished = true
      failure = error
    }
    return nil
  }
}
