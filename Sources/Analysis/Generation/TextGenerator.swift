import Corpora
import Models

/// Writes text with whatever model scores the next token, one token at a time, holding a neuron where asked.
public final class TextGenerator {
  private let configuration: GenerationConfiguration
  private let scorer: any NextTokenScorer
  private let tokenizer: any Tokenizer
  private let neuron: Int?
  private let polarity: Double
  private var sampler: TokenSampler

  /// Makes a generator; what the configuration says of loading a model does not count.
  ///
  /// - Parameter neuronWeights: what a classifier makes of each neuron; the strongest is the one that is watched and held
  ///   where the configuration names none, and its sign is the polarity. Empty where there is no classifier.
  /// - Throws: ``AnalysisError`` when a neuron is needed and the model has none, none is known, or it is out of range.
  public init(
    _ configuration: GenerationConfiguration, scorer: any NextTokenScorer, tokenizer: any Tokenizer,
    neuronWeights: [Float] = []
  ) throws {
    self.configuration = configuration
    self.scorer = scorer
    self.tokenizer = tokenizer
    sampler = TokenSampler(
      temperature: configuration.temperature, topCount: configuration.topCount, seed: configuration.seed)
    let isWatched = configuration.watchesNeuron || configuration.heldValue != nil
    let strongest = neuronWeights.indices.max {
      (abs(neuronWeights[$0]), $1) < (abs(neuronWeights[$1]), $0)
    }
    neuron = isWatched ? configuration.neuron ?? strongest : nil
    if isWatched {
      guard let units = scorer.neurons?.count else { throw AnalysisError.noNeurons(path: configuration.load) }
      guard let neuron else { throw AnalysisError.neuronNotKnown(path: configuration.load) }
      guard (0..<units).contains(neuron) else { throw AnalysisError.neuronOutOfRange(neuron: neuron, units: units) }
    }
    let weight = neuron.flatMap { neuronWeights.isEmpty ? nil : neuronWeights[$0] } ?? 1
    polarity = (weight < 0 ? -1 : 1) * (configuration.negates ? -1 : 1)
  }

  /// What the precision does to the weights; `nil` in float32.
  public var precisionReport: PrecisionReport? { scorer.precisionReport }

  /// Reads the given text and writes the rest.
  ///
  /// - Parameter shouldStop: is asked before every character, given or written; `true` ends the text there.
  /// - Throws: `CorpusError.notTokenized`.
  public func run(shouldStop: () -> Bool = { false }) throws -> GeneratedText {
    try run(scorer, shouldStop: shouldStop)
  }

  private func run<Scorer: NextTokenScorer>(_ scorer: Scorer, shouldStop: () -> Bool) throws -> GeneratedText {
    let addsSpace = tokenizer.addsLeadingSpace
    var record = CharacterRecord(isByToken: tokenizer.byteCounts != nil, dropsSpace: addsSpace)
    var reading = WatchedReading(scorer, neuron: neuron, polarity: polarity, heldValue: configuration.heldValue)
    let given = configuration.cleaning.clean(configuration.text)
    let givenTokens = try tokenizer.tokens(of: given)
    // Where the tokenizer begins every text itself, that is only needed when there is none.
    for token in addsSpace && !givenTokens.isEmpty ? [] : tokenizer.openingTokens { reading.feed(token) }
    for token in givenTokens {
      if shouldStop() { break }
      reading.feed(token)
      record.append(tokenizer.bytes(of: token), value: reading.watchedValue)
    }
    record.finish()
    let givenCount = record.characters.count
    let start = ContinuousClock.now
    var (written, steps) = (0, 0)
    let wanted = max(0, configuration.totalLength - givenCount)
    let excluded = Set((0..<tokenizer.vocabularySize).filter { !tokenizer.isWritable(Int32($0)) })
    reading.hold()
    while record.characters.count - givenCount < wanted, steps / 4 < wanted, !shouldStop() {
      let token = Int32(sampler.draw(from: reading.scores, excluding: excluded))
      let bytes = tokenizer.bytes(of: token)
      guard !bytes.isEmpty else { break }
      reading.feed(token)
      record.append(bytes, value: reading.watchedValue)
      reading.hold()
      written += bytes.count
      steps += 1
    }
    record.finish()
    return GeneratedText(
      characters: Array(record.characters.prefix(givenCount + wanted)), givenCount: givenCount,
      neuron: neuron, polarity: polarity, bytesGenerated: written, seconds: start.duration(to: .now) / .seconds(1))
  }
}

/// A scorer that has read some tokens, and the neuron that is watched meanwhile.
private struct WatchedReading<Scorer: NextTokenScorer> {
  private let scorer: Scorer
  private let neurons: (any NeuronAccess<Scorer.State>)?
  private let neuron: Int?
  private let polarity: Double
  private let heldValue: Double?
  private var state: Scorer.State
  /// Scores of the next token; empty before the first was read.
  private(set) var scores: [Float] = []

  init(_ scorer: Scorer, neuron: Int?, polarity: Double, heldValue: Double?) {
    self.scorer = scorer
    self.neuron = neuron
    self.polarity = polarity
    self.heldValue = heldValue
    neurons = scorer.neurons
    state = scorer.start()
  }

  mutating func feed(_ token: Int32) { scores = scorer.advance(&state, by: token) }

  /// The neuron's value, times polarity; 0 when none is watched.
  var watchedValue: Double {
    guard let neuron, let neurons else { return 0 }
    return Double(neurons.value(of: neuron, in: state)) * polarity
  }

  /// Forces the neuron, so that it acts from the next token on.
  mutating func hold() {
    guard let neuron, let neurons, let heldValue else { return }
    neurons.hold(neuron, at: Float(heldValue * polarity), in: &state)
  }
}
