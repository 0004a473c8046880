import Checkpoints
import Corpora

/// Computes the features of one split after the other, or takes them from the cache.
struct SplitFeaturizer {
  private let configuration: TransferConfiguration
  private let model: any FeatureModel
  private let observe: (TransferEvent) throws -> Void
  private let cache: FeatureCache
  private let modelFingerprint: Fingerprint

  private(set) var textsTransformed = 0
  private(set) var seconds = 0.0

  init(
    _ configuration: TransferConfiguration, model: any FeatureModel, observe: @escaping (TransferEvent) throws -> Void
  ) {
    self.configuration = configuration
    self.model = model
    self.observe = observe
    cache = FeatureCache(folder: configuration.resultsFolder)
    var fingerprint = Fingerprint()
    model.encoder.identify(in: &fingerprint)
    fingerprint.add("\(model.cleaning) \(configuration.maximumLength ?? 0)")
    fingerprint.add(model.tokenizer.identity)
    modelFingerprint = fingerprint
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
        split, fingerprint: fingerprint.text, rows: corpus.count, columns: model.encoder.featureWidth)
    }
    let fromCache = features != nil
    let computed =
      try features
      ?? extractor(for: split).features(
        of: CleanedTexts(corpus.texts, cleaning: model.cleaning, tokenizer: model.tokenizer)
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

  private func extractor(for split: FeatureCache.Split) -> FeatureExtractor {
    FeatureExtractor(
      model.encoder, rows: split == .train ? configuration.batchSize : configuration.evaluationBatchSize,
      maximumLength: configuration.maximumLength)
  }
}
