import Foundation

/// Round numbers along an axis: steps of 1, 2, 2.5 or 5 times a power of ten.
struct AxisTicks: Sendable, Equatable {
  /// Tick positions inside the range, rising.
  let values: [Double]
  /// The text of each tick, all with the same number of decimals.
  let labels: [String]

  /// Ticks for a range, about `count` of them; whole numbers only for axes that count things.
  init(_ range: ClosedRange<Double>, about count: Int, wholeNumbers: Bool = false) {
    let span = range.upperBound - range.lowerBound
    guard span > 0, span.isFinite, count > 0 else {
      values = [range.lowerBound]
      labels = [Self.label(range.lowerBound, decimals: 0, step: 1)]
      return
    }
    let rough = span / Double(count)
    let magnitude = pow(10, floor(log10(rough)))
    var step = [1, 2, 2.5, 5, 10].map { $0 * magnitude }.first { $0 >= rough * 0.999 } ?? 10 * magnitude
    if wholeNumbers { step = max(1, step.rounded(.up)) }

    let first = (range.lowerBound / step - 1e-9).rounded(.up)
    let last = (range.upperBound / step + 1e-9).rounded(.down)
    values = first > last ? [] : stride(from: first, through: last, by: 1).map { $0 == 0 ? 0 : $0 * step }
    var decimals = 0
    while decimals < 12, abs(step * pow(10, Double(decimals)) - (step * pow(10, Double(decimals))).rounded()) > 1e-6 {
      decimals += 1
    }
    labels = values.map { [decimals] in Self.label($0, decimals: decimals, step: step) }
  }

  private static func label(_ value: Double, decimals: Int, step: Double) -> String {
    if abs(value) >= 1e7 || (decimals > 5 && value != 0) { return String(format: "%.4g", value) }
    let text = String(format: "%.*f", decimals > 5 ? 0 : decimals, abs(value))
    let parts = text.split(separator: ".", maxSplits: 1)
    let sign = value < 0 ? "\u{2212}" : ""
    return sign + grouped(String(parts[0])) + (parts.count > 1 ? "." + parts[1] : "")
  }

  /// Commas between thousands, from five digits on.
  private static func grouped(_ digits: String) -> String {
    guard digits.count > 4 else { return digits }
    var result = ""
    for (offset, digit) in digits.enumerated() {
      if offset > 0, (digits.count - offset) % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return result
  }
}
