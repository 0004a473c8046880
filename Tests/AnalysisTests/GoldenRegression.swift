import Analysis
import Foundation

/// The problem and the answers of `Golden/logistic_regression.py`.
struct GoldenRegression: Decodable {
  struct Fit: Decodable {
    var c: Double
    var weights: [Double]
    var intercept: Double
    var objective: Double
    var accuracy: Double
    var probabilities: [Double]
  }

  var rows: Int
  var columns: Int
  var positives: Int
  var fits: [Fit]

  static func load() throws -> GoldenRegression {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Golden/logistic_regression.json")
    return try JSONDecoder().decode(GoldenRegression.self, from: Data(contentsOf: file))
  }

  /// Six hidden factors mixed into correlated columns; all values are exact in single precision.
  func problem() throws -> (features: FeatureMatrix, labels: [Double]) {
    var state: UInt64 = 2024
    func value() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(Int((state >> 33) % 257) - 128) / 128
    }
    let loads = (0..<6).map { _ in (0..<columns).map { _ in value() } }
    var values: [Float] = []
    var labels: [Double] = []
    for _ in 0..<rows {
      let hidden = (0..<6).map { _ in value() }
      for column in 0..<columns {
        var mixed = 0.0
        for factor in 0..<6 { mixed += loads[factor][column] * hidden[factor] }
        values.append(Float(mixed + value() / 4))
      }
      labels.append(hidden[0] + hidden[1] / 2 + value() / 2 + 0.25 > 0 ? 1 : 0)
    }
    return (try FeatureMatrix(rows: rows, columns: columns, values: values), labels)
  }
}
