import Foundation
import Models
import Tensors
import Testing

@Suite struct LinearClassifierTests {
  static var classifier: LinearClassifier {
    LinearClassifier(
      weight: Tensor([1, -2, 0, 2, 0.5, 1, -3, 0], shape: [2, 4]), bias: Tensor([0.5, -1], shape: [2]))
  }

  @Test func probabilitiesOfEveryClass() {
    let found = Self.classifier.probabilities(of: Tensor([1, 1, 1, 1, 0, 0, 0, 0, 2, 0, 1, -1], shape: [3, 4]))
    let expected = [[1.5, -2.5], [0.5, -1], [0.5, -3]].map { $0.map { 1 / (1 + exp(-$0)) } }
    #expect(found.count == 3)
    for (row, values) in zip(found, expected) {
      #expect(row.count == 2 && zip(row, values).allSatisfy { abs(Double($0) - $1) < 1e-7 })
    }
  }

  @Test func extremeSumsStayProbabilities() {
    let found = Self.classifier.probabilities(of: Tensor([1e30, 0, 0, 0, -1e30, 0, 0, 0], shape: [2, 4]))
    #expect(found == [[1, 1], [0, 0]])
  }

  @Test func noRowsNoProbabilities() {
    #expect(Self.classifier.probabilities(of: Tensor(zeros: [0, 4])).isEmpty)
  }

  @Test func strongestFeaturesSumOverClassesAndBreakTiesByTheLowerIndex() {
    // Sums of absolute values: 1.5, 3, 3, 2.
    #expect(Self.classifier.strongestFeatures(4) == [1, 2, 3, 0])
    #expect(Self.classifier.strongestFeatures(1) == [1])
    #expect(Self.classifier.strongestFeatures(0) == [])
    #expect(Self.classifier.strongestFeatures(99).count == 4)
  }

  @Test func keepingTheLargestZeroesTheOthers() {
    let kept = Self.classifier.keepingLargest(2)
    #expect(kept.weight.values == [0, -2, 0, 0, 0, 1, -3, 0])
    #expect(kept.bias.values == [0.5, -1])
    #expect(Self.classifier.weight.values[0] == 1, "the original is unchanged")
    #expect(Self.classifier.keepingLargest(4).weight.values == Self.classifier.weight.values)
  }
}
