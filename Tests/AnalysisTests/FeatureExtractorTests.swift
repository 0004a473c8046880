import Corpora
import Models
import Tensors
import Testing

@testable import Analysis

/// The batched extractor against one text at a time, token by token.
@Suite struct FeatureExtractorTests {
  /// Chunks have 64 steps: shorter, exactly one or two, one more, several; empty texts first, between and last.
  static let lengths = [0, 5, 64, 1, 65, 0, 128, 63, 200, 3, 129, 2, 0]

  private func features(
    _ model: LanguageModel, _ selection: FeatureSelection, _ texts: CleanedTexts, rows: Int,
    maximumLength: Int? = nil, warmupPasses: Int = 0
  ) throws -> FeatureMatrix {
    try FeatureExtractor(
      model: model, selection: selection, rows: rows, maximumLength: maximumLength, warmupPasses: warmupPasses,
      engine: Engine()
    ).features(of: texts)
  }

  @Test(arguments: CellKind.allCases, [1, 3, 7, 50])
  func everyCellAndBatchSize(cell: CellKind, rows: Int) throws {
    let model = try tinyModel(cell, layers: 2)
    let texts = texts(ofLengths: Self.lengths)
    for selection in [
      FeatureSelection(), FeatureSelection(state: .hidden, allLayers: true, pools: FeatureSelection.Pool.allCases),
    ] {
      let found = try features(model, selection, texts, rows: rows)
      #expect(isClose(found, try naiveFeatures(model, selection, texts)), "\(selection)")
    }
  }

  @Test func aBatchOfNothingIsRefused() throws {
    #expect(throws: ModelError.sizeNotPositive(name: "the batch size", value: 0)) {
      try features(try tinyModel(), FeatureSelection(), texts(ofLengths: [3]), rows: 0)
    }
  }

  static let selections: [FeatureSelection] = [FeatureSelection.State.cell, .hidden].flatMap { state in
    [false, true].flatMap { allLayers in
      [[], [.maximum], [.minimum], [.mean], [.mean, .minimum], [.maximum, .minimum, .mean]].map {
        FeatureSelection(state: state, allLayers: allLayers, pools: $0)
      }
    }
  }

  @Test(arguments: selections)
  func everySelection(selection: FeatureSelection) throws {
    let model = try tinyModel(layers: 2)
    let texts = texts(ofLengths: Self.lengths)
    #expect(isClose(try features(model, selection, texts, rows: 3), try naiveFeatures(model, selection, texts)))
  }

  @Test(arguments: [1, 2, 3], [1, 4])
  func warmUpPasses(passes: Int, rows: Int) throws {
    let selection = FeatureSelection(pools: FeatureSelection.Pool.allCases)
    let texts = texts(ofLengths: Self.lengths)
    for cell in [CellKind.multiplicativeLSTM, .gru] {
      let model = try tinyModel(cell)
      let found = try features(model, selection, texts, rows: rows, warmupPasses: passes)
      #expect(isClose(found, try naiveFeatures(model, selection, texts, warmupPasses: passes)))
      #expect(!isClose(found, try naiveFeatures(model, selection, texts)))
    }
  }

  @Test(arguments: [1, 2, 64, 65, 100])
  func maximumLength(length: Int) throws {
    let model = try tinyModel()
    let selection = FeatureSelection(pools: [.mean])
    let texts = texts(ofLengths: Self.lengths)
    let found = try features(model, selection, texts, rows: 3, maximumLength: length, warmupPasses: 1)
    #expect(isClose(found, try naiveFeatures(model, selection, texts, maximumLength: length, warmupPasses: 1)))
  }

  @Test func neitherBatchSizeNorOrderNorNeighboursMatter() throws {
    let model = try tinyModel(hidden: 20)
    let selection = FeatureSelection(pools: [.maximum, .mean])
    let store = texts(ofLengths: Self.lengths).texts
    let width = selection.width(for: model.configuration)
    let reference = try features(model, selection, CleanedTexts(store, cleaning: .none), rows: 1)
    func row(_ index: Int, of matrix: FeatureMatrix) -> ArraySlice<Float> {
      matrix.values[index * width..<(index + 1) * width]
    }
    var order = Array(0..<store.count)
    var generator = SeededGenerator(seed: 2)
    for rows in [2, 3, 5, 13, 128] {
      order.shuffle(using: &generator)
      let chosen = Array(order.prefix(9))
      let found = try features(model, selection, CleanedTexts(store.subset(chosen), cleaning: .none), rows: rows)
      for (place, index) in chosen.enumerated() {
        #expect(zip(row(place, of: found), row(index, of: reference)).allSatisfy { abs($0 - $1) < 1e-5 })
      }
    }
  }

  @Test func aNormalizedModelHasTheFeaturesOfItsFoldedForm() throws {
    let configuration = LanguageModelConfiguration(embeddingSize: 5, hiddenSize: 7, usesWeightNormalization: true)
    let model = try LanguageModel(configuration)
    model.initialize(seed: 4)
    let texts = texts(ofLengths: [3, 80, 9])
    #expect(
      isClose(
        try features(model, FeatureSelection(), texts, rows: 2), try naiveFeatures(model, FeatureSelection(), texts)))
  }

  @Test func progressCountsTextsAndTokens() throws {
    let texts = texts(ofLengths: Self.lengths)
    var seen: [FeatureExtractor.Progress] = []
    _ = try FeatureExtractor(model: try tinyModel(), selection: FeatureSelection(), rows: 4, engine: Engine())
      .features(of: texts) { seen.append($0) }
    #expect(seen.map(\.texts) == seen.map(\.texts).sorted())
    #expect(seen.last?.texts == Self.lengths.count)
    #expect(seen.allSatisfy { $0.totalTexts == Self.lengths.count })
    // Each of the three empty texts is read as one padding token.
    #expect(seen.last?.tokens == Self.lengths.reduce(0, +) + 3)
  }

  @Test func noTextsAndAnEarlyEnd() throws {
    let extractor = FeatureExtractor(model: try tinyModel(), selection: FeatureSelection(), engine: Engine())
    let none = try extractor.features(of: texts(ofLengths: []))
    #expect(none.rows == 0 && none.columns == 7)
    struct Stop: Error {}
    #expect(throws: Stop.self) { try extractor.features(of: texts(ofLengths: [500])) { _ in throw Stop() } }
  }

  @Test func textsAreCleanedAsAsked() throws {
    let model = try tinyModel()
    let extractor = FeatureExtractor(model: model, selection: FeatureSelection(), engine: Engine())
    let store = TextStore(["a <b>  fine</b> day"])
    let cleaned = CleanedTexts(store, cleaning: .processString)
    #expect(isClose(try extractor.features(of: cleaned), try naiveFeatures(model, FeatureSelection(), cleaned)))
    #expect(try cleaned.tokens(at: 0) == CharacterTokenizer().encode(Array("\n a fine day ".utf8)))
  }
}
