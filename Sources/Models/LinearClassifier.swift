import Foundation
import Tensors

/// Logistic regression on feature vectors: `p_k = σ(w_k · x + b_k)` for each class k.
public struct LinearClassifier {
  /// Weights `[K, F]`.
  public var weight: Tensor
  /// Intercepts `[K]`.
  public var bias: Tensor

  /// Names the arrays.
  public init(weight: Tensor, bias: Tensor) {
    precondition(weight.rowCount == bias.count, "weight \(weight.shape) with bias \(bias.shape)")
    self.weight = weight
    self.bias = bias
  }

  /// Number of classes, K.
  public var classCount: Int { weight.rowCount }

  /// Width of the features, F.
  public var featureCount: Int { weight.columns }

  /// Probabilities `[rows, K]` of features `[rows, F]`, summed in double precision.
  public func probabilities(of features: Tensor) -> [[Float]] {
    precondition(features.columns == featureCount, "features \(features.shape) for weight \(weight.shape)")
    let (weights, intercepts) = (weight.values, bias.values)
    return features.withUnsafeElements { elements in
      (0..<features.rowCount).map { row in
        (0..<classCount).map { k in
          var sum = Double(intercepts[k])
          for j in 0..<featureCount {
            sum += Double(weights[k * featureCount + j]) * Double(elements[row * featureCount + j])
          }
          return Float(1 / (1 + exp(-sum)))
        }
      }
    }
  }

  /// The classifier that reads only its `count` largest weights in absolute value (summed over classes).
  public func keepingLargest(_ count: Int) -> LinearClassifier {
    let kept = Set(strongestFeatures(count))
    var weights = weight.values
    for i in weights.indices where !kept.contains(i % featureCount) { weights[i] = 0 }
    return LinearClassifier(weight: Tensor(weights, shape: weight.shape), bias: bias)
  }

  /// Indices of the largest weights in absolute value (summed over classes), largest first.
  public func strongestFeatures(_ count: Int) -> [Int] {
    let weights = weight.values
    let strengths = (0..<featureCount).map { j in
      (0..<classCount).reduce(Float(0)) { $0 + abs(weights[$1 * featureCount + j]) }
    }
    return Array((0..<featureCount).sorted { (strengths[$0], -$0) > (strengths[$1], -$1) }.prefix(count))
  }
}
