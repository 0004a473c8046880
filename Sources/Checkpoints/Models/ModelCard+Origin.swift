extension ModelCard {
  /// Where an imported model comes from, and what its file said in another way than files made here.
  ///
  /// All of it was turned into this program's layout at the import; it is kept to be told, and for the way back.
  public struct Origin: Sendable, Codable, Equatable {
    /// Kinds of files that models are imported from.
    public enum Source: String, Sendable, Codable, CaseIterable {
      /// The PyTorch toolkit that this one follows.
      case pyTorch = "pytorch"
      /// The same before April 2018: tokens are bytes without an offset.
      case earlyPyTorch = "pytorch-2018"
      /// The same in December 2017: other names, one bias.
      case firstPyTorch = "pytorch-2017"
      /// The fifteen arrays of Radford, Jozefowicz and Sutskever (2017).
      case openAI = "openai"
      /// A TensorFlow reproduction's list of arrays.
      case reproduction
      /// Eight arrays with the gains folded in.
      case folded
      /// Protein language models of Alley et al. (2019).
      case uniRep = "unirep"
    }

    /// Order of the blocks of an LSTM's matrices.
    public enum GateOrder: String, Sendable, Codable, CaseIterable {
      /// Input, forget, candidate, output: as here.
      case candidateThird = "ifgo"
      /// Input, forget, output, candidate.
      case candidateLast = "ifog"
    }

    /// Which kind of file it was.
    public var source: Source
    /// Order of the blocks in that file.
    public var gateOrder: GateOrder
    /// Tokens in that file, 256 where it had no padding.
    public var vocabularySize: Int
    /// Whether there was no decoder, so that the model gives features but no scores of next tokens.
    public var lacksDecoder: Bool

    /// Names all four.
    public init(source: Source, gateOrder: GateOrder, vocabularySize: Int, lacksDecoder: Bool) {
      self.source = source
      self.gateOrder = gateOrder
      self.vocabularySize = vocabularySize
      self.lacksDecoder = lacksDecoder
    }
  }
}

/// The tokens of protein sequences in UniRep models.
public enum AminoAcids {
  /// Padding, 22 amino acids, one token for unknown ones, start and stop.
  public static let vocabularySize = 26
  /// Read before every sequence.
  public static let start: Int32 = 24
  /// Follows a sequence; it is scored but never read.
  public static let stop: Int32 = 25

  private static let letters = Array("-MRHKDESTNQCUGPAVIFYWLO".utf8)
  private static let unknown = Array("XZBJ".utf8)

  /// The start and the letters of `sequence`, all upper case; nil when one stands for no amino acid.
  public static func tokens(_ sequence: String) -> [Int32]? {
    var tokens = [start]
    for letter in sequence.utf8 {
      if let index = letters.firstIndex(of: letter), index > 0 {
        tokens.append(Int32(index))
      } else if unknown.contains(letter) {
        tokens.append(23)
      } else {
        return nil
      }
    }
    return tokens
  }
}
