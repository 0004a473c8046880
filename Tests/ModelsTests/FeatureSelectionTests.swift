import Foundation
import Models
import Testing

@Suite struct FeatureSelectionTests {
  static let configuration = LanguageModelConfiguration(hiddenSize: 6, layerCount: 3)

  @Test func widths() {
    #expect(FeatureSelection().width(for: Self.configuration) == 6)
    #expect(FeatureSelection(allLayers: true).width(for: Self.configuration) == 18)
    #expect(FeatureSelection(allLayers: true, pools: [.mean, .minimum]).width(for: Self.configuration) == 54)
    #expect(FeatureSelection().layers(of: Self.configuration) == 2..<3)
  }

  @Test func poolsAreInOneOrderWhereverTheyComeFrom() throws {
    let selection = FeatureSelection(state: .hidden, pools: [.mean, .maximum, .mean])
    #expect(selection.pools == [.maximum, .mean])
    let decoded = try JSONDecoder().decode(
      FeatureSelection.self, from: Data(#"{"allLayers":false,"pools":["mean","maximum","mean"],"state":"hidden"}"#.utf8)
    )
    #expect(decoded == selection)
    #expect(try JSONDecoder().decode(FeatureSelection.self, from: JSONEncoder().encode(selection)) == selection)
  }
}
