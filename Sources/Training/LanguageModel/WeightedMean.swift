/// `Σ w x / Σ w`, gathered value by value.
struct WeightedMean: Codable {
  private var sum = 0.0
  private(set) var weight = 0.0

  /// The mean; 0 while there is no value.
  var value: Double { weight > 0 ? sum / weight : 0 }

  mutating func add(_ value: Double, weight: Double) {
    sum += value * weight
    self.weight += weight
  }
}
