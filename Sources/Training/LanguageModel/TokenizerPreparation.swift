import Checkpoints
import Corpora
import Files
import Foundation
import Tensors

/// The tokenizer that a language model is to be trained with.
public enum TokenizerChoice: Sendable, Codable, Equatable {
  /// One token a byte.
  case characters
  /// Pieces of the SentencePiece model at `path`, or at `path` with `.model` behind it; one is trained on the training
  /// text and written to `path` where neither exists.
  case sentencePiece(path: String, training: SentencePieceTraining)
}

/// What happens to the tokenizer before training begins.
public enum TokenizerEvent: Sendable {
  /// A SentencePiece model of this many pieces was read.
  case loaded(path: String, pieces: Int)
  /// One is being trained.
  case training(SentencePieceTraining.Progress)
  /// One was trained and written.
  case trained(path: String, pieces: Int, seconds: Double)
}

/// Finds, loads or trains the tokenizer of a run.
struct TokenizerPreparation {
  private let configuration: PretrainingConfiguration
  private let loaded: StoredModel?
  private let observe: (PretrainingEvent) throws -> Void

  /// Trains a model; the second argument is told how far it is.
  typealias Train = (
    SentencePieceTraining, (SentencePieceTraining.Progress) throws -> Void
  ) throws -> SentencePieceTokenizer

  init(
    _ configuration: PretrainingConfiguration, loaded: StoredModel?,
    observe: @escaping (PretrainingEvent) throws -> Void
  ) {
    self.configuration = configuration
    self.loaded = loaded
    self.observe = observe
  }

  /// The tokenizer of the loaded model, else the one asked for.
  func tokenizer(train: Train) throws -> any Tokenizer {
    if let loaded {
      try requireAgreement(with: loaded.tokenizer)
      return loaded.tokenizer
    }
    guard case .sentencePiece(let path, let training) = configuration.tokenizer else { return CharacterTokenizer() }
    if let existing = Self.existingModel(path) {
      let tokenizer = try SentencePieceTokenizer(path: existing)
      try observe(.tokenizer(.loaded(path: existing, pieces: tokenizer.vocabularySize - 1)))
      return tokenizer
    }
    try AtomicFile.ensureWritableFolder(for: path, creating: true)
    try AtomicFile.requireWritable(path)
    var settings = training
    settings.threads = configuration.threads ?? Engine.threadCount
    let start = ContinuousClock.now
    let tokenizer = try train(settings) { try observe(.tokenizer(.training($0))) }
    try AtomicFile.write(Data(tokenizer.modelBytes), to: path)
    try AtomicFile.write(Data(tokenizer.vocabularyList.utf8), to: Self.vocabularyPath(path))
    try observe(
      .tokenizer(
        .trained(
          path: path, pieces: tokenizer.vocabularySize - 1, seconds: start.duration(to: .now) / .seconds(1))))
    return tokenizer
  }

  /// Refuses a tokenizer that was asked for and is not that of the model.
  private func requireAgreement(with tokenizer: any Tokenizer) throws {
    switch configuration.tokenizer {
    case nil: return
    case .characters:
      guard tokenizer is SentencePieceTokenizer else { return }
      throw TrainingError.anotherTokenizer(.modelReadsPieces)
    case .sentencePiece(let path, _):
      guard let tokenizer = tokenizer as? SentencePieceTokenizer else {
        throw TrainingError.anotherTokenizer(.modelReadsBytes)
      }
      guard let existing = Self.existingModel(path), try SentencePieceTokenizer(path: existing) != tokenizer else {
        return
      }
      throw TrainingError.anotherTokenizer(.otherPieces(path: existing))
    }
  }

  /// The file of a model at `path`, as it is or with `.model` behind it.
  private static func existingModel(_ path: String) -> String? {
    let candidates = path.hasSuffix(".model") ? [path] : [path, path + ".model"]
    return candidates.first { FileManager.default.fileExists(atPath: $0) }
  }

  private static func vocabularyPath(_ path: String) -> String {
    (path.hasSuffix(".model") ? String(path.dropLast(".model".count)) : path) + ".vocab"
  }
}
