/// How the values of one neuron are distributed over negative and positive rows.
public struct NeuronHistogram: Drawing, Equatable {
  /// Width in points.
  public var width: Double = 640
  /// Height in points.
  public var height: Double = 430
  /// Small line below the heading.
  public let subtitle: String
  /// Edges of the bins, one more than bins.
  public let edges: [Double]
  /// Rows of each bin with label < 0.5.
  public let negativeCounts: [Int]
  /// Rows of each bin with label ≥ 0.5.
  public let positiveCounts: [Int]

  /// Counts the values into bins of equal width, shared by both series.
  ///
  /// Rows with an unknown (negative) label or a value that is no finite number are left out.
  /// - Parameters:
  ///   - values: The neuron's value in each row.
  ///   - labels: y of each row.
  ///   - neuron: The neuron's index, named below the heading.
  ///   - split: Name of the data, such as "test", named there too.
  ///   - bins: Number of bins; default 25.
  /// - Throws: ``DrawingError/noKnownLabels(what:)`` when no row has a label,
  ///   ``DrawingError/countMismatch(what:expected:found:)`` when the lengths differ.
  public init(values: [Float], labels: [Double], neuron: Int? = nil, split: String? = nil, bins: Int = 25) throws {
    guard values.count == labels.count else {
      throw DrawingError.countMismatch(what: "labels", expected: values.count, found: labels.count)
    }
    guard bins > 0 else {
      throw DrawingError.invalidSetting(name: "number of bins", value: Double(bins), requirement: "at least 1")
    }
    let rows = zip(values, labels).filter { $1 >= 0 && $1.isFinite && $0.isFinite }.map { (Double($0), $1 >= 0.5) }
    guard !rows.isEmpty else {
      throw DrawingError.noKnownLabels(what: neuron.map { "histogram of neuron \($0)" } ?? "histogram")
    }
    let range = ChartFrame.padded(rows.lazy.map(\.0), by: 0)
    let low = range.lowerBound
    let step = (range.upperBound - low) / Double(bins)
    var counts = (negative: [Int](repeating: 0, count: bins), positive: [Int](repeating: 0, count: bins))
    for (value, isPositive) in rows {
      let bin = min(max(Int((value - low) / step), 0), bins - 1)
      if isPositive { counts.positive[bin] += 1 } else { counts.negative[bin] += 1 }
    }
    edges = (0...bins).map { low + step * Double($0) }
    negativeCounts = counts.negative
    positiveCounts = counts.positive
    let positives = counts.positive.reduce(0, +)
    let place = [neuron.map { "neuron \($0)" }, split].compactMap { $0 }.joined(separator: ", ")
    subtitle = (place.isEmpty ? "" : place + ": ") + "\(rows.count - positives) negative, \(positives) positive"
  }

  /// Draws the histogram.
  public func draw(on canvas: Canvas) {
    let highest = Double(max(negativeCounts.max() ?? 0, positiveCounts.max() ?? 0, 1))
    let fills = (negative: Color.negative.withAlpha(0.5), positive: Color.positive.withAlpha(0.5))
    let frame = ChartFrame(
      title: "Distribution of Logit Values", subtitle: subtitle, xTitle: "Logit Value", yTitle: "# of logits per bin",
      xRange: ChartFrame.padded(edges, by: 0.02), yRange: 0...(highest * 1.06), countsAlongY: true,
      legend: [
        ChartFrame.LegendEntry(name: "neg", color: fills.negative, isArea: true),
        ChartFrame.LegendEntry(name: "pos", color: fills.positive, isArea: true),
      ])
    frame.draw(on: canvas, width: width, height: height) { plot in
      drawSeries(negativeCounts, fill: fills.negative, outline: .negative, on: canvas, plot)
      drawSeries(positiveCounts, fill: fills.positive, outline: .positive, on: canvas, plot)
    }
  }

  private func drawSeries(
    _ counts: [Int], fill: Color, outline: Color, on canvas: Canvas, _ plot: ChartFrame.Plot
  ) {
    var steps = [plot.point(edges[0], 0)]
    for (bin, count) in counts.enumerated() {
      let left = plot.point(edges[bin], Double(count))
      let right = plot.point(edges[bin + 1], Double(count))
      steps += [left, right]
    }
    steps.append(plot.point(edges[counts.count], 0))
    canvas.fill(steps, fill)
    canvas.stroke(steps, outline, width: 1.2)
  }
}
