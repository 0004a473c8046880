import Checkpoints
import Corpora
import Foundation
import Models
import Tensors

/// Everything a generation of text needs to know.
public struct GenerationConfiguration: Sendable {
  /// The language model or classifier.
  public var load = "lang_model.safetensors"
  /// Text that is read before anything is written.
  public var text = ""
  /// How the text is cleaned; `none` feeds it as it is.
  public var cleaning = CleaningMethod.none
  /// Characters in all, or tokens with a SentencePiece model, those of the text included; −1 writes none.
  public var totalLength = 1000
  /// 0 takes the most probable character.
  public var temperature = 1.0
  /// Draws only from this many; 0 for all.
  public var topCount = 0
  /// Seeds the draws.
  public var seed: UInt64 = 0
  /// The neuron to watch or hold; `nil` for the strongest of the file's classifier.
  public var neuron: Int?
  /// Value that the neuron's hidden state is held at while text is written, times its polarity.
  public var heldValue: Double?
  /// Whether the neuron's sign is turned around.
  public var negates = false
  /// Whether the neuron's values are wanted.
  public var watchesNeuron = false
  /// The element type of weights and operands.
  public var precision = Precision.float32
  /// The matrix library.
  public var backend = MatrixBackendKind.automatic
  /// Threads; `nil` for one a processor.
  public var threads: Int?

  /// A generation with all defaults.
  public init() {}
}

/// Text that was read and written, with the neuron's value after each character.
public struct GeneratedText: Sendable {
  /// One character of the text, or what one token of a SentencePiece model stands for.
  public struct Character: Sendable {
    /// The character; ill-formed bytes are U+FFFD.
    public var text: String
    /// Cell state of the neuron after its last byte or token, times polarity; 0 when no neuron is watched.
    public var value: Double
  }

  /// All characters, the given text first.
  public var characters: [Character]
  /// How many of them were given.
  public var givenCount: Int
  /// The watched neuron.
  public var neuron: Int?
  /// +1 when a high value means positive sentiment, else −1.
  public var polarity: Double
  /// Bytes written.
  public var bytesGenerated: Int
  /// Seconds of writing.
  public var seconds: Double

  /// The whole text.
  public var text: String { characters.map(\.text).joined() }
}

/// Writes text with a language model, one token at a time, holding a neuron where asked.
public final class TextGenerator {
  private let configuration: GenerationConfiguration
  private let model: LanguageModel
  private let engine: Engine
  private let tokenizer: any Tokenizer
  private let neuron: Int?
  private let polarity: Double
  private var state: RecurrentState
  private var sampler: TokenSampler

  /// Loads the model.
  ///
  /// - Throws: `CheckpointError` for the file; ``AnalysisError`` when a neuron is needed and none is known or it is out of range.
  public init(_ configuration: GenerationConfiguration) throws {
    self.configuration = configuration
    let stored = try ModelFile.read(configuration.load, needsDecoder: true)
    model = stored.model
    tokenizer = stored.tokenizer
    engine = Engine(configuration.backend, threads: configuration.threads, precision: configuration.precision)
    state = RecurrentState(zerosFor: 1, configuration: model.configuration)
    sampler = TokenSampler(
      temperature: configuration.temperature, topCount: configuration.topCount, seed: configuration.seed)
    let isWatched = configuration.watchesNeuron || configuration.heldValue != nil
    let weights = Self.neuronWeights(stored)
    let strongest = weights.indices.max { (abs(weights[$0]), $1) < (abs(weights[$1]), $0) }
    neuron = isWatched ? configuration.neuron ?? strongest : nil
    if isWatched, neuron == nil { throw AnalysisError.neuronNotKnown(path: configuration.load) }
    if let neuron, !(0..<model.configuration.hiddenSize).contains(neuron) {
      throw AnalysisError.neuronOutOfRange(neuron: neuron, units: model.configuration.hiddenSize)
    }
    let weight = neuron.flatMap { weights.isEmpty ? nil : weights[$0] } ?? 1
    polarity = (weight < 0 ? -1 : 1) * (configuration.negates ? -1 : 1)
  }

  /// What the classifier makes of each neuron of the top layer: the sum of its weights on the state and its pools.
  ///
  /// Empty when the file has no classifier.
  private static func neuronWeights(_ stored: StoredModel) -> [Float] {
    guard let head = stored.head, let features = stored.card.classifier?.features else { return [] }
    let weights = head.weight.values
    return (0..<stored.model.configuration.hiddenSize).map { neuron in
      features.columns(ofNeuron: neuron, in: stored.model.configuration).reduce(0) { $0 + weights[$1] }
    }
  }

  /// What the precision does to the weights; `nil` in float32.
  public var precisionReport: PrecisionReport? { model.precisionReport(for: engine) }

  /// Reads the given text and writes the rest.
  ///
  /// - Parameter shouldStop: is asked before every character, given or written; `true` ends the text there.
  /// - Throws: `CorpusError.notTokenized`.
  public func run(shouldStop: () -> Bool = { false }) throws -> GeneratedText {
    let addsSpace = tokenizer.addsLeadingSpace
    var record = CharacterRecord(isByToken: tokenizer.byteCounts != nil, dropsSpace: addsSpace)
    state = RecurrentState(zerosFor: 1, configuration: model.configuration)
    let given = configuration.cleaning.clean(configuration.text)
    let givenTokens = try tokenizer.tokens(of: given)
    var scores: [Float] = []
    // Where the tokenizer begins every text itself, that is only needed when there is none.
    for token in addsSpace && !givenTokens.isEmpty ? [] : tokenizer.openingTokens { scores = feed(token) }
    for token in givenTokens {
      if shouldStop() { break }
      scores = feed(token)
      record.append(tokenizer.bytes(of: token), value: watchedValue)
    }
    record.finish()
    let givenCount = record.characters.count
    let start = ContinuousClock.now
    var (written, steps) = (0, 0)
    let wanted = max(0, configuration.totalLength - givenCount)
    let excluded = Set((0..<tokenizer.vocabularySize).filter { !tokenizer.isWritable(Int32($0)) })
    hold()
    while record.characters.count - givenCount < wanted, steps / 4 < wanted, !shouldStop() {
      let token = Int32(sampler.draw(from: scores, excluding: excluded))
      let bytes = tokenizer.bytes(of: token)
      guard !bytes.isEmpty else { break }
      scores = feed(token)
      record.append(bytes, value: watchedValue)
      hold()
      written += bytes.count
      steps += 1
    }
    record.finish()
    return GeneratedText(
      characters: Array(record.characters.prefix(givenCount + wanted)), givenCount: givenCount,
      neuron: neuron, polarity: polarity, bytesGenerated: written, seconds: start.duration(to: .now) / .seconds(1))
  }

  private func feed(_ token: Int32) -> [Float] {
    let encoded = model.encode(
      tokens: [token], rows: 1, resetMask: nil, state: state, engine: engine)
    state = encoded.state
    return model.decode(state.layers[state.layers.count - 1].hidden, engine: engine).values
  }

  /// The neuron's cell state in the top layer, times polarity.
  private var watchedValue: Double {
    guard let neuron else { return 0 }
    let layer = state.layers[state.layers.count - 1]
    return Double((layer.cell ?? layer.hidden).withUnsafeElements { $0[neuron] }) * polarity
  }

  /// Forces the neuron's hidden state, so that it acts from the next character on.
  private func hold() {
    guard let neuron, let value = configuration.heldValue else { return }
    state.layers[state.layers.count - 1].hidden.withUnsafeMutableElements {
      $0[neuron] = Float(value * polarity)
    }
  }
}

/// Assembles bytes into characters, or into the text of tokens, and remembers the neuron's value after each.
private struct CharacterRecord {
  private(set) var characters: [GeneratedText.Character] = []
  private let isByToken: Bool
  /// Whether the first byte, when it is a space, is not part of the text.
  private var dropsSpace: Bool
  private var assembler = UTF8Assembler()
  private var lastValue = 0.0

  init(isByToken: Bool, dropsSpace: Bool) {
    self.isByToken = isByToken
    self.dropsSpace = dropsSpace
  }

  mutating func append(_ bytes: [UInt8], value: Double) {
    lastValue = value
    let bytes = dropsSpace && bytes.first == UInt8(ascii: " ") ? bytes[1...] : bytes[...]
    dropsSpace = false
    let text = assembler.append(contentsOf: bytes)
    // A token of a text counts even when nothing of it shows yet.
    isByToken ? characters.append(GeneratedText.Character(text: text, value: value)) : add(text)
  }

  /// Ends a character whose last bytes never came.
  mutating func finish() { add(assembler.finish()) }

  private mutating func add(_ text: String) {
    for scalar in text.unicodeScalars {
      characters.append(GeneratedText.Character(text: String(scalar), value: lastValue))
    }
  }
}
