import Foundation

extension Tensor {
  /// Fills with values uniform on [−bound, bound].
  public func fillUniform(bound: Float, using generator: inout SeededGenerator) {
    withUnsafeMutableElements { elements in
      for i in elements.indices { elements[i] = Float(2 * generator.uniform() - 1) * bound }
    }
  }

  /// Fills with normal values of mean 0 (Box and Muller's transformation).
  public func fillNormal(standardDeviation: Float, using generator: inout SeededGenerator) {
    withUnsafeMutableElements { elements in
      for i in elements.indices {
        let radius = (-2 * log(1 - generator.uniform())).squareRoot()
        elements[i] = Float(radius * cos(2 * .pi * generator.uniform())) * standardDeviation
      }
    }
  }
}
