import CSentencePiece
import Files
import Foundation

/// Pieces of words as tokens, by SentencePiece (Kudo and Richardson 2018): token = piece id + 1, 0 is padding.
///
/// With an ordinary model token 1 is `<unk>`, 2 `<s>` and 3 `</s>`; the last two are never produced, and nothing is put
/// between texts. The library normalises text (NFKC, white space collapsed and stripped) before it cuts it, so that what
/// the tokens stand for can differ from the text in that.
public struct SentencePieceTokenizer: Tokenizer {
  /// The serialized model, as in a `.model` file.
  public let modelBytes: [UInt8]
  /// Number of tokens: pieces and padding.
  public let vocabularySize: Int
  /// Digest of the model's bytes and the number of its pieces.
  public let identity: String

  private let model: SentencePieceModel
  /// For each token the bytes it stands for.
  private let texts: [[UInt8]]
  private let writable: [Bool]
  private let counts: [Int32]

  /// Reads a model from its bytes.
  ///
  /// - Throws: ``CorpusError/unusableTokenizer(path:reason:)`` with no path.
  public init(modelBytes: [UInt8]) throws(CorpusError) {
    self.modelBytes = modelBytes
    guard SentencePieceModelCheck.isSound(modelBytes) else {
      throw .unusableTokenizer(path: nil, reason: "it is not a SentencePiece model")
    }
    do {
      model = try SentencePieceModel(modelBytes)
    } catch {
      throw .unusableTokenizer(path: nil, reason: "it is not a SentencePiece model")
    }
    let pieceCount = model.pieceCount
    guard pieceCount > 0 else { throw .unusableTokenizer(path: nil, reason: "it has no pieces") }
    vocabularySize = pieceCount + 1
    identity = Self.identity(of: modelBytes, vocabularySize: vocabularySize)
    var texts: [[UInt8]] = [[]]
    var writable = [false]
    var counts: [Int32] = [0]
    for id in 0..<pieceCount {
      let kind = model.kind(id)
      let text = Self.text(of: model.piece(id), kind)
      texts.append(text)
      writable.append(!text.isEmpty)
      // Something unknown stands for one byte at least.
      counts.append(kind == CSP_KIND_UNKNOWN ? 1 : Int32(clamping: text.count))
    }
    (self.texts, self.writable, self.counts) = (texts, writable, counts)
  }

  /// Reads a model's file.
  ///
  /// - Throws: ``CorpusError`` when the file cannot be read or is no model.
  public init(path: String) throws(CorpusError) {
    _ = try FileFacts(path: path)
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .unreadable(path: path, reason: SystemError.current)
    }
    do {
      try self.init(modelBytes: Array(data))
    } catch .unusableTokenizer(_, let reason) {
      throw .unusableTokenizer(path: path, reason: reason)
    }
  }

  /// The identity of the tokenizer with a model of these bytes that has this many tokens.
  public static func identity(of modelBytes: [UInt8], vocabularySize: Int) -> String {
    "sentencepiece \(vocabularySize - 1) \(ContentDigest(of: modelBytes).text)"
  }

  /// Bytes that each token stands for, a blank counting as one; 1 for what is unknown.
  public var byteCounts: [Int32]? { counts }

  /// The pieces of a text; none for a text without anything but white space.
  public func tokens(of text: UnsafeBufferPointer<UInt8>) throws(CorpusError) -> [Int32] {
    do {
      var tokens = try model.encode(text)
      for place in tokens.indices {
        tokens[place] += 1
        guard (1..<Int32(vocabularySize)).contains(tokens[place]) else {
          throw CorpusError.notTokenized(reason: "the SentencePiece model gave an id that it does not have")
        }
      }
      return tokens
    } catch let failure as SentencePieceFailure {
      throw .notTokenized(reason: "the SentencePiece model failed: \(failure.reason)")
    } catch let error as CorpusError {
      throw error
    } catch {
      throw .notTokenized(reason: "\(error)")
    }
  }

  /// The bytes of a piece, with blanks where it has U+2581.
  public func bytes(of token: Int32) -> [UInt8] { texts.indices.contains(Int(token)) ? texts[Int(token)] : [] }

  /// Whether the piece is text: not padding, unknown, a control sign or unused.
  public func isWritable(_ token: Int32) -> Bool { writable.indices.contains(Int(token)) && writable[Int(token)] }

  /// A full stop, with which most texts that stand before another end; padding when the model has none.
  public var openingTokens: [Int32] {
    let stop = texts.firstIndex(of: [UInt8(ascii: ".")])
    return [stop.map(Int32.init) ?? paddingID]
  }

  /// SentencePiece puts a blank before every text.
  public var addsLeadingSpace: Bool { true }

  /// The text of tokens as the library puts it together; padding and what is no token is skipped.
  ///
  /// - Throws: ``CorpusError/notTokenized(reason:)``.
  public func decode(_ tokens: some Sequence<Int32>) throws(CorpusError) -> [UInt8] {
    let ids = tokens.filter { $0 > 0 && $0 < vocabularySize }.map { $0 - 1 }
    do {
      return try model.decode(ids)
    } catch {
      throw .notTokenized(reason: "the SentencePiece model failed: \(error.reason)")
    }
  }

  /// The piece of a token as the model stores it, such as `▁the`; nil for padding and for what is no token.
  public func piece(of token: Int32) -> String? {
    guard token > 0, token < vocabularySize else { return nil }
    return String(decoding: model.piece(Int(token) - 1), as: UTF8.self)
  }

  /// The list of pieces and scores, one a line, as `.vocab` files have it.
  public var vocabularyList: String {
    (0..<vocabularySize - 1).map { id in
      "\(String(decoding: model.piece(id), as: UTF8.self))\t\(Self.shown(model.score(id)))\n"
    }.joined()
  }

  private static func shown(_ score: Float) -> String {
    score == score.rounded() && abs(score) < 1e7 ? "\(Int(score))" : "\(score)"
  }

  private static func text(of piece: [UInt8], _ kind: csp_kind) -> [UInt8] {
    switch kind {
    case CSP_KIND_TEXT: return blanks(in: piece)
    case CSP_KIND_BYTE:
      // Written <0x41>.
      let digits = String(decoding: piece.dropFirst(3).dropLast(), as: UTF8.self)
      return UInt8(digits, radix: 16).map { [$0] } ?? []
    default: return []
    }
  }

  private static func blanks(in piece: [UInt8]) -> [UInt8] {
    let sign: [UInt8] = [0xE2, 0x96, 0x81]
    var text: [UInt8] = []
    var place = 0
    while place < piece.count {
      if piece[place...].starts(with: sign) {
        text.append(UInt8(ascii: " "))
        place += sign.count
      } else {
        text.append(piece[place])
        place += 1
      }
    }
    return text
  }
}

extension SentencePieceTokenizer: Equatable {
  /// Whether both are made of the same bytes.
  public static func == (left: SentencePieceTokenizer, right: SentencePieceTokenizer) -> Bool {
    left.modelBytes == right.modelBytes
  }
}
