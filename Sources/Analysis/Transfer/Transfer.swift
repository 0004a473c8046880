import Corpora
import Files
import Models
import Tensors

/// Sentiment from a model of language: features of labelled texts, a regression on all of them, one on the strongest
/// neurons alone (Radford, Jozefowicz and Sutskever 2017).
public struct Transfer {
  private let configuration: TransferConfiguration
  private let makeModel: () throws -> any FeatureModel
  private let observe: (TransferEvent) throws -> Void

  /// Prepares a transfer of a model; nothing is read yet, and what the configuration says of a model does not count.
  ///
  /// - Parameters:
  ///   - model: is asked for once.
  ///   - observe: is told what happens; what it throws ends the transfer.
  public init(
    _ configuration: TransferConfiguration, of model: @autoclosure @escaping () throws -> any FeatureModel,
    observe: @escaping (TransferEvent) throws -> Void = { _ in }
  ) {
    self.configuration = configuration
    makeModel = model
    self.observe = observe
  }

  /// Runs all steps and writes all files.
  ///
  /// - Throws: `CorpusError`, `CheckpointError` and ``AnalysisError`` for what cannot be read, fitted or written.
  public func run() throws -> TransferResult {
    // A file that cannot be read is told before the texts are; random weights are drawn after them.
    let loaded = try configuration.load == nil ? nil : makeModel()
    let texts = try TransferTexts(configuration)
    for (split, corpus) in [("train", texts.train), ("validation", texts.validation), ("test", texts.test)] {
      guard let corpus else { continue }
      try observe(.read(split: split, corpus.summary, classNames: texts.classNames))
      if let labels = corpus.labelTallies.first { try observe(.labelled(split: split, labels)) }
    }
    if configuration.load == nil { try observe(.untrained(configuration.architecture)) }
    let model = try loaded ?? makeModel()
    let files = TransferFiles(folder: configuration.resultsFolder)
    try texts.requireUsableLabels(scoringTest: configuration.scoresTest)
    try files.requireWritable()
    if let table = configuration.tablePath { try AtomicFile.requireWritable(table) }
    try observe(.writingResults(folder: files.folder))
    if texts.validation == nil { try observe(.noValidation) }
    if configuration.scoresTest, let reason = texts.testRefusal { try observe(.testNotScored(reason: reason)) }

    var featurizer = SplitFeaturizer(configuration, model: model, observe: observe)
    if let report = model.encoder.precisionReport { try observe(.computing(report)) }
    let memory = model.encoder.memory(forTexts: texts.count)
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
    let classifier = try writeClassifier(model, all, neurons, texts.classNames, files)

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

  /// Writes model and classifier together, once in full and once in half precision.
  private func writeClassifier(
    _ model: any FeatureModel, _ all: TransferResult.Regression, _ neurons: [Int], _ classNames: [String]?,
    _ files: TransferFiles
  ) throws -> String {
    let fitted = all.sweep.model
    let head = LinearClassifier(
      weight: Tensor(fitted.weights.map(Float.init), shape: [1, fitted.weights.count]),
      bias: Tensor([Float(fitted.intercept)], shape: [1]))
    let found = all.sweep.scores
    let fit = ClassifierFit(
      labels: configuration.reading.labelKeys, maximumLength: configuration.maximumLength,
      regularization: all.sweep.c, topNeurons: neurons,
      scores: ["train": found.train, "validation": found.validation, "test": found.test].compactMapValues { $0 },
      classNames: classNames, labelMap: configuration.reading.labelMap)
    let path = files.path("classifier.safetensors")
    try model.write(head, fit, halfPrecision: false, to: path)
    try model.write(head, fit, halfPrecision: true, to: files.path("classifier.16.safetensors"))
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
