import ArgumentParser
import Corpora
import Training

/// What cuts texts into tokens, as named on the command line.
public enum TokenizerKind: String, NamedChoice {
  /// One token a byte.
  case characters = "CharacterLevelTokenizer"
  /// Pieces of words.
  case sentencePiece = "SentencePieceTokenizer"

  /// Short spellings.
  public static var alternatives: [String: TokenizerKind] {
    ["character": .characters, "characters": .characters, "sentencepiece": .sentencePiece]
  }
}

extension SentencePieceTraining.ModelType: NamedChoice {}

/// How texts are cut into tokens when a language model is trained.
public struct TokenizerOptions: ParsableArguments {
  /// `--tokenizer-type`; default that of the checkpoint, else characters.
  @Option(
    name: .customLong("tokenizer-type"), parsing: .unconditional,
    help: ArgumentHelp(
      "What cuts texts into tokens (default: that of --load, else CharacterLevelTokenizer).", valueName: "name"))
  public var kind: TokenizerKind?

  /// `--tokenizer-model-type`; default bpe.
  @Option(
    name: .customLong("tokenizer-model-type"), parsing: .unconditional,
    help: ArgumentHelp(
      "How pieces are found when a SentencePiece model is trained (default: \(SentencePieceTraining().modelType.rawValue)).",
      valueName: "name"))
  public var modelType: SentencePieceTraining.ModelType?

  /// `--vocab-size`; default 256.
  @Option(
    name: .customLong("vocab-size"), parsing: .unconditional,
    help: ArgumentHelp(
      "Pieces of a SentencePiece model that is trained (default: \(SentencePieceTraining().vocabularySize)).",
      valueName: "pieces"))
  public var vocabularySize: Int?

  /// `--tokenizer-path`; default `tokenizer.model`.
  @Option(
    name: .customLong("tokenizer-path"), parsing: .unconditional,
    help: ArgumentHelp(
      "SentencePiece model to load; where neither it nor <file>.model exists, one is trained on --data and written there "
        + "(default: tokenizer.model).",
      valueName: "file"))
  public var path: String?

  /// The options at their defaults.
  public init() {}

  /// Checks the path and the size.
  public mutating func validate() throws {
    try Check.notEmpty("--tokenizer-path", path, "a file")
    try Check.range("--vocab-size", vocabularySize, 4...1_000_000, "pieces")
    guard kind == nil else { return }
    for (name, isGiven) in [
      ("--tokenizer-model-type", modelType != nil), ("--vocab-size", vocabularySize != nil),
      ("--tokenizer-path", path != nil),
    ] where isGiven {
      throw ValidationError("\(name) is for --tokenizer-type SentencePieceTokenizer, which was not given.")
    }
  }

  /// The SentencePiece model to load or to write.
  public var modelPath: String { path ?? "tokenizer.model" }

  /// The model as a file that may be written.
  public var outputs: [NamedFile] {
    kind == .sentencePiece ? [NamedFile("--tokenizer-path", modelPath)] : []
  }

  /// The tokenizer asked for; `nil` when none was named.
  public var choice: TokenizerChoice? {
    switch kind {
    case nil: nil
    case .characters: .characters
    case .sentencePiece:
      .sentencePiece(
        path: modelPath,
        training: SentencePieceTraining(
          modelType: modelType ?? SentencePieceTraining().modelType,
          vocabularySize: vocabularySize ?? SentencePieceTraining().vocabularySize))
    }
  }

  func apply(to run: inout PretrainingConfiguration) { run.tokenizer = choice }
}
