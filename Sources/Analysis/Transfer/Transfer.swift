import Checkpoints
import Corpora
import Files
import Foundation
import Models
import Tensors

/// Sentiment from a language model: features of labelled texts, a regression on all of them, one on the strongest
/// neurons alone (Radford, Jozefowicz and Sutskever 2017).
public struct Transfer {
  private let configuration: TransferConfiguration
  private let observe: (TransferEvent) throws -> Void

  /// Prepares a transfer; nothing is read yet.
  ///
  /// - Parameter observe: is told what happens; what it throws ends the transfer.
  public init(_ configuration: TransferConfiguration, observe: @escaping (TransferEvent) throws -> Void = { _ in }) {
    self.configuration = configuration
    self.observe = observe
  }

  /// Runs all steps and writes all files.
  ///
  /// - Throws: `CorpusError`, `CheckpointError` and ``AnalysisError`` for what cannot be read, fitted or written.
  public func run() throws -> TransferResult {
    let stored = try configuration.load.map { try ModelFile.read($0) }
    let texts = try TransferTexts(configuration)
    for (split, corpus) in [("train", texts.train), ("validation", texts.validation), ("test", texts.test)] {
      guard let corpus else { continue }
      try observe(.read(split: split, corpus.summary, classNames: texts.classNames))
      if let labels = corpus.labelTallies.first { try observe(.labelled(split: split, labels)) }
    }
    if stored == nil { try observe(.untrained(configuration.architecture)) }
    let model = try stored?.model ?? untrainedModel()
    let tokenizer = stored?.tokenizer ?? CharacterTokenizer()
    let cleaning = configuration.cleaning ?? stored?.card.cleaning ?? .processString
    let files = TransferFiles(folder: configuration.resultsFolder)
    try texts.requireUsableLabels(scoringTest: configuration.scoresTest)
    try files.requireWritable()
    if let table = configuration.tablePath { try AtomicFile.requireWritable(table) }
    try observe(.writingResults(folder: files.folder))
    if texts.validation == nil { try observe(.noValidation) }
    if configuration.scoresTest, let reason = texts.testRefusal { try observe(.testNotScored(reason: reason)) }

    var featurizer = SplitFeaturizer(
      configuration, model: model, cleaning: cleaning, tokenizer: tokenizer, observe: observe)
    if let report = featurizer.precisionReport { try observe(.computing(report)) }
    let memory = MemoryEstimate(
      features: model.configuration, texts: texts.count, width: configuration.features.width(for: model.configuration),
      precision: configuration.precision)
    try observe(.memoryPredicted(memory))
    try memory.requireFits()
    let train = try featurizer.run(.train, texts.train)
    let validation = try texts.validation.map { try featurizer.run(.validation, $0) }
    let test = try texts.test.map { try featurizer.run(.test, $0) }

    let all = try regression("all neuron", train, validation, test)
    try observe(.fitted(all))
    let neurons = all.sweep.model.topNeurons(configuration.neuronCount)
    files.removeOlder(
      splits: Set([.train] + (validation == nil ? [] : [.validation]) + (test == nil ? [] : [.test])),
      dropsNeurons: configuration.dropsNeurons)
    try files.writeAll(all, neurons: neurons)
    let classifier = try writeClassifier(
      model, stored?.card, cleaning, tokenizer, all, neurons, texts.classNames, files)

    var dropped: TransferResult.Regression?
    if configuration.dropsNeurons {
      let fitted = try regression(
        "\(neurons.count) dropped neuron", try train.removing(columns: neurons),
        try validation?.removing(columns: neurons), try test?.removing(columns: neurons))
      try observe(.fitted(fitted))
      try files.write(fitted, prefix: "dropped_neurons")
      dropped = fitted
    }
    try observe(.usingNeurons(neurons))
    let top = try regression(
      "\(neurons.count) neuron", try train.selecting(columns: neurons),
      try validation?.selecting(columns: neurons), try test?.selecting(columns: neurons))
    try observe(.fitted(top))
    try files.write(top, prefix: "neurons")

    let scored = texts.scored
    let scoredFeatures = scored.split == .test ? test : scored.split == .validation ? validation : train
    if let scoredFeatures {
      try files.drawNeurons(neurons, scoredFeatures, split: scored.split, observe: observe)
      if let path = configuration.tablePath {
        try files.writeTable(
          to: path, scored.corpus, labelKey: labelKey(of: scored.split), textKey: textKey(of: scored.split),
          all: all.sweep.probabilities[scored.split], top: top.sweep.probabilities[scored.split], neurons: neurons,
          features: scoredFeatures.features)
        try observe(.wrote(what: "table", path: path))
      }
    }
    try files.drawWeights(all.sweep.model.weights, topCount: neurons.count, observe: observe)
    return TransferResult(
      allNeurons: all, topNeurons: top, droppedNeurons: dropped, neurons: neurons, folder: files.folder,
      classifierPath: classifier, textsTransformed: featurizer.textsTransformed, transformSeconds: featurizer.seconds,
      rowsSkipped: texts.rowsSkipped)
  }

  private func untrainedModel() throws -> LanguageModel {
    var architecture = configuration.architecture
    architecture.usesWeightNormalization = false
    try MemoryEstimate(evaluating: architecture, rows: 1, steps: 1).requireFits()
    let model = try LanguageModel(architecture)
    model.initialize(seed: UInt64(configuration.seed))
    return model
  }

  private func regression(
    _ name: String, _ train: LabelledFeatures, _ validation: LabelledFeatures?, _ test: LabelledFeatures?
  ) throws -> TransferResult.Regression {
    let start = ContinuousClock.now
    let sweep = RegularizationSweep(
      metric: configuration.metric,
      regression: LogisticRegression(maximumIterations: configuration.iterationCap, seed: configuration.seed))
    let result = try sweep.run(
      train: train, validation: validation, test: test, scoringTest: configuration.scoresTest
    ) { try observe(.swept(name: name, $0)) }
    return TransferResult.Regression(name: name, sweep: result, seconds: start.duration(to: .now) / .seconds(1))
  }

  /// Writes encoder, decoder and classifier together, once in full and once in half precision.
  private func writeClassifier(
    _ model: LanguageModel, _ card: ModelCard?, _ cleaning: CleaningMethod, _ tokenizer: any Tokenizer,
    _ all: TransferResult.Regression, _ neurons: [Int], _ classNames: [String]?, _ files: TransferFiles
  ) throws -> String {
    let fit = all.sweep.model
    let head = LinearClassifier(
      weight: Tensor(fit.weights.map(Float.init), shape: [1, fit.weights.count]),
      bias: Tensor([Float(fit.intercept)], shape: [1]))
    let found = all.sweep.scores
    let scores = ["train": found.train, "validation": found.validation, "test": found.test].compactMapValues { $0 }
    let written = ModelCard(
      kind: .classifier, architecture: .recurrent(model.configuration), cleaning: cleaning, training: card?.training,
      classifier: ModelCard.Classifier(
        labels: configuration.reading.labelKeys, thresholds: [0.5], features: configuration.features,
        maximumLength: configuration.maximumLength, warmupPasses: configuration.warmupPasses,
        regularization: all.sweep.c, topNeurons: neurons, scores: scores, classNames: classNames,
        labelMap: configuration.reading.labelMap))
    let path = files.path("classifier.safetensors")
    try ModelFile.write(model, head: head, card: written, tokenizer: tokenizer, to: path)
    try ModelFile.write(
      model, head: head, card: written, tokenizer: tokenizer, halfPrecision: true,
      to: files.path("classifier.16.safetensors"))
    try observe(.wrote(what: "classifier", path: path))
    return path
  }

  private func labelKey(of split: FeatureCache.Split) -> String {
    (split == .train ? nil : configuration.evaluationLabelKey) ?? configuration.reading.labelKeys.first ?? "label"
  }

  private func textKey(of split: FeatureCache.Split) -> String {
    (split == .train ? nil : configuration.evaluationTextKey) ?? configuration.reading.textKey
  }
}

extension SplitProbabilities {
  /// The probabilities of one split; empty when there is none.
  fileprivate subscript(split: FeatureCache.Split) -> [Double] {
    switch split {
    case .train: train
    case .validation: validation ?? []
    case .test: test ?? []
    }
  }
}

/// Computes the features of one split after the other, or takes them from the cache.
private struct SplitFeaturizer {
  private let configuration: TransferConfiguration
  private let model: LanguageModel
  private let cleaning: CleaningMethod
  private let tokenizer: any Tokenizer
  private let observe: (TransferEvent) throws -> Void
  private let cache: FeatureCache
  private let engine: Engine
  private let modelFingerprint: Fingerprint

  private(set) var textsTransformed = 0
  private(set) var seconds = 0.0

  init(
    _ configuration: TransferConfiguration, model: LanguageModel, cleaning: CleaningMethod, tokenizer: any Tokenizer,
    observe: @escaping (TransferEvent) throws -> Void
  ) {
    self.configuration = configuration
    self.model = model
    self.cleaning = cleaning
    self.tokenizer = tokenizer
    self.observe = observe
    cache = FeatureCache(folder: configuration.resultsFolder)
    engine = Engine(configuration.backend, threads: configuration.threads, precision: configuration.precision)
    var fingerprint = Fingerprint()
    fingerprint.add(model)
    fingerprint.add("\(cleaning) \(configuration.features) \(configuration.maximumLength ?? 0)")
    fingerprint.add("\(configuration.warmupPasses) \(model.configuration) \(configuration.precision)")
    fingerprint.add(tokenizer.identity)
    modelFingerprint = fingerprint
  }

  /// What the precision does to the weights; `nil` in float32.
  var precisionReport: PrecisionReport? { model.precisionReport(for: engine) }

  private func extractor(for split: FeatureCache.Split) -> FeatureExtractor {
    FeatureExtractor(
      model: model, selection: configuration.features,
      rows: split == .train ? configuration.batchSize : configuration.evaluationBatchSize,
      maximumLength: configuration.maximumLength, warmupPasses: configuration.warmupPasses, engine: engine)
  }

  mutating func run(_ split: FeatureCache.Split, _ corpus: Corpus) throws -> LabelledFeatures {
    let name = "\(split)"
    let labels = corpus.labels.first ?? []
    var fingerprint = modelFingerprint
    fingerprint.add(corpus.texts)
    let start = ContinuousClock.now
    var features: FeatureMatrix?
    if configuration.usesCache {
      features = cache.features(
        split, fingerprint: fingerprint.text, rows: corpus.count,
        columns: configuration.features.width(for: model.configuration))
    }
    let fromCache = features != nil
    let computed =
      try features
      ?? extractor(for: split).features(
        of: CleanedTexts(corpus.texts, cleaning: cleaning, tokenizer: tokenizer)
      ) {
        try observe(.transforming(split: name, $0))
      }
    let elapsed = start.duration(to: .now) / .seconds(1)
    try computed.requireFinite(split: name)
    try cache.store(split, computed, labels: labels, fingerprint: fingerprint.text)
    if !fromCache {
      textsTransformed += corpus.count
      seconds += elapsed
    }
    try observe(.transformed(split: name, seconds: elapsed, texts: corpus.count, fromCache: fromCache))
    return LabelledFeatures(features: computed, labels: labels.map(Double.init))
  }
}
