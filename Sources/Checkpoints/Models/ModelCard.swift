import Configuration
import Corpora
import Files
import Foundation
import Models

/// What a checkpoint says about itself: everything needed to use it without repeating a flag.
///
/// Written as JSON into the metadata of the safetensors file under ``metadataKey``.
public struct ModelCard: Sendable, Codable, Equatable {
  /// Key of the card in the file's metadata.
  public static let metadataKey = "model_card"
  /// The version that this build writes; older ones stay readable.
  ///
  /// Version 2 added ``origin``, names of classes and tokenizers other than bytes.
  public static let currentFormatVersion = 2

  /// What the file is.
  public enum Kind: String, Sendable, Codable {
    /// A language model.
    case languageModel = "language_model"
    /// A language model with a classifier on its features.
    case classifier
  }

  /// How text becomes token ids.
  public struct Tokenizer: Sendable, Codable, Equatable {
    /// `characters`: one token a byte; `sentencepiece`: one a piece of its model, whose bytes are in the file;
    /// `amino_acids`; `unknown` where a file of others does not say.
    public var kind: String
    /// Tokens, padding included.
    public var vocabularySize: Int
    /// Id of padding.
    public var paddingID: Int
    /// Id of byte 0, or of piece 0.
    public var byteOffset: Int
    /// What the tokenizer's model must be: number of pieces and digest of its bytes; nil for bytes.
    public var identity: String?

    /// The byte tokenizer: id = byte + 1, id 0 is padding.
    public static let bytes = Tokenizer(
      kind: "characters", vocabularySize: CharacterTokenizer.vocabularySize,
      paddingID: Int(CharacterTokenizer.paddingID), byteOffset: 1)

    /// The tokenizer with this SentencePiece model: id = piece + 1, id 0 is padding.
    public static func sentencePiece(_ tokenizer: SentencePieceTokenizer) -> Tokenizer {
      Tokenizer(
        kind: "sentencepiece", vocabularySize: tokenizer.vocabularySize, paddingID: Int(tokenizer.paddingID),
        byteOffset: 1, identity: tokenizer.identity)
    }

    /// The amino acids of ``AminoAcids``.
    public static let aminoAcids = Tokenizer(
      kind: "amino_acids", vocabularySize: AminoAcids.vocabularySize, paddingID: 0, byteOffset: 0)

    /// What a file of others leaves open: only the number of tokens is known.
    public static func unknown(vocabularySize: Int) -> Tokenizer {
      Tokenizer(kind: "unknown", vocabularySize: vocabularySize, paddingID: 0, byteOffset: 0)
    }

    /// Whether this program can read texts so: bytes, or pieces of a model.
    var isKnown: Bool { self == .bytes || hasModel }

    /// Whether the file holds the bytes of a model.
    var hasModel: Bool {
      kind == "sentencepiece" && vocabularySize > 1 && paddingID == 0 && byteOffset == 1 && identity != nil
    }
  }

  /// What is known of the training.
  public struct TrainingRecord: Sendable, Codable, Equatable {
    /// Files of the training text.
    public var data: [String]
    /// Optimizer steps taken.
    public var steps: Int
    /// Characters (bytes of text) that the tokens stand for which the loss was averaged over.
    public var charactersSeen: Int
    /// Mean cross-entropy on the validation text in nats a token.
    public var validationLoss: Double?
    /// The same in bits a character.
    public var validationBitsPerCharacter: Double?
    /// When the file was written, ISO 8601.
    public var date: String

    /// Names the figures; the date is now, or that of the environment's `SOURCE_DATE_EPOCH` (seconds since 1970), with
    /// which equal runs write equal bytes.
    ///
    /// - Parameter charactersPerToken: characters that a token of the validation text stands for, on average.
    public init(
      data: [String], steps: Int, charactersSeen: Int, validationLoss: Double?, charactersPerToken: Double = 1
    ) {
      self.data = data
      self.steps = steps
      self.charactersSeen = charactersSeen
      self.validationLoss = validationLoss
      validationBitsPerCharacter = validationLoss.map { $0 / log(2) / charactersPerToken }
      let fixed = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"].flatMap { UInt32($0) }
      date = (fixed.map { Date(timeIntervalSince1970: Double($0)) } ?? Date()).formatted(.iso8601)
    }
  }

  /// The head of a classifier file.
  public struct Classifier: Sendable, Codable, Equatable {
    /// Names of the classes: one for a yes-or-no decision.
    public var labels: [String]
    /// Decision is yes above this probability, one a class.
    public var thresholds: [Double]
    /// The features it reads.
    public var features: FeatureSelection
    /// Texts are cut to this many tokens; `nil` for no limit.
    public var maximumLength: Int?
    /// Times a text is read beforehand with the state kept.
    public var warmupPasses: Int
    /// Inverse regularisation C of the regression.
    public var regularization: Double?
    /// Strongest neurons, strongest first.
    public var topNeurons: [Int]
    /// Scores by name, as fractions of 1.
    public var scores: [String: Double]
    /// What the labels 0 and 1 were called in the training data; `nil` when they were numbers.
    public var classNames: [String]?
    /// Which labels of the training data became which class; `nil` when they were taken as they are.
    public var labelMap: LabelMap?

    /// Names the settings.
    public init(
      labels: [String], thresholds: [Double], features: FeatureSelection, maximumLength: Int?,
      warmupPasses: Int, regularization: Double?, topNeurons: [Int], scores: [String: Double],
      classNames: [String]? = nil, labelMap: LabelMap? = nil
    ) {
      self.labels = labels
      self.thresholds = thresholds
      self.features = features
      self.maximumLength = maximumLength
      self.warmupPasses = warmupPasses
      self.regularization = regularization
      self.topNeurons = topNeurons
      self.scores = scores
      self.classNames = classNames
      self.labelMap = labelMap
    }
  }

  /// Version of this layout.
  public var formatVersion: Int
  /// Program and version that wrote the file.
  public var writer: String
  /// What the file is.
  public var kind: Kind
  /// The language model's kind and sizes.
  public var architecture: Architecture
  /// How text becomes tokens.
  public var tokenizer: Tokenizer
  /// How text is cleaned before that.
  public var cleaning: CleaningMethod
  /// What is known of the training.
  public var training: TrainingRecord?
  /// The head, in a classifier file.
  public var classifier: Classifier?
  /// Where an imported model comes from; `nil` for models made here.
  public var origin: Origin?
  /// The configuration of the run that made it, defaults filled in; `nil` in files of others and of earlier versions.
  public var configuration: SettingValue?

  /// Describes a byte-level model; writing it with another tokenizer describes that.
  public init(
    kind: Kind, architecture: Architecture, cleaning: CleaningMethod, training: TrainingRecord? = nil,
    classifier: Classifier? = nil, configuration: SettingValue? = nil
  ) {
    formatVersion = Self.currentFormatVersion
    writer = "sentiment-discovery \(PackageVersion.text)"
    self.kind = kind
    self.architecture = architecture
    tokenizer = .bytes
    self.cleaning = cleaning
    self.training = training
    self.classifier = classifier
    self.configuration = configuration
  }

  /// The card as JSON with sorted keys, so that equal cards are equal bytes.
  func encoded() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  /// Reads the card of a file.
  ///
  /// - Throws: ``CheckpointError`` when there is none, when it is of a later version, or when a value is impossible.
  static func decode(metadata: [String: String], path: String) throws -> ModelCard {
    guard let text = metadata[metadataKey] else {
      throw CheckpointError.notACheckpoint(
        path: path, reason: "it is a safetensors file without a model card, so not one of this program's models")
    }
    return try decode(text, path: path)
  }

  /// Reads a card from its JSON; throws as ``decode(metadata:path:)``.
  static func decode(_ text: String, path: String) throws -> ModelCard {
    struct Version: Decodable { var formatVersion: Int }
    let data = Data(text.utf8)
    guard let version = try? JSONDecoder().decode(Version.self, from: data) else {
      throw CheckpointError.notACheckpoint(path: path, reason: "its model card is not readable")
    }
    guard version.formatVersion <= currentFormatVersion else {
      throw CheckpointError.unsupported(
        path: path,
        feature:
          "its model card has version \(version.formatVersion), and this program reads up to \(currentFormatVersion)")
    }
    guard version.formatVersion > 0 else {
      throw CheckpointError.notACheckpoint(
        path: path, reason: "its model card has version \(version.formatVersion), and the first is 1")
    }
    do {
      let card = try JSONDecoder().decode(ModelCard.self, from: data)
      try card.checkValues(path: path)
      return card
    } catch let error as Architecture.UnknownFamily {
      throw CheckpointError.unsupported(path: path, feature: error.reason)
    } catch DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty {
      let place = context.codingPath.map(\.stringValue).joined(separator: ".")
      throw CheckpointError.notACheckpoint(
        path: path, reason: "its model card has a value at \(place.quoted) that this program does not know")
    } catch is DecodingError {
      throw CheckpointError.notACheckpoint(path: path, reason: "its model card is not complete")
    }
  }

  /// Refuses a model whose tokens this program cannot make of texts.
  func requireKnownTokenizer(path: String) throws {
    guard tokenizer.isKnown else {
      throw CheckpointError.unsupported(
        path: path,
        feature: "its tokenizer is \(tokenizer.kind.quoted), and this program reads models of bytes or of SentencePiece"
      )
    }
  }
}

/// The version of this package.
public enum PackageVersion {
  /// Version text.
  public static let text = "0.1.0"
}
