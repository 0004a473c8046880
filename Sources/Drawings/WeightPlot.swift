/// The weights of a regression against their feature index, scaled to unit length, with the strongest neurons marked.
public struct WeightPlot: Drawing, Equatable {
  /// Width in points.
  public var width: Double = 760
  /// Height in points.
  public var height: Double = 440
  /// w/‖w‖₂; all zero when w is.
  public let scaled: [Double]
  /// The marked neurons, strongest first; neurons with weight 0 are not marked.
  public let marked: [Int]

  /// - Parameters:
  ///   - weights: w, one for each feature.
  ///   - neurons: Indices of the weights to mark, strongest first.
  /// - Throws: ``DrawingError/empty(what:)`` without weights.
  public init(weights: [Double], marking neurons: [Int] = []) throws {
    guard !weights.isEmpty else { throw DrawingError.empty(what: "weights to draw") }
    // Dividing by the largest first keeps the squares in range.
    let largest = weights.reduce(0) { max($0, abs($1)) }
    let length = largest == 0 ? 1 : weights.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }.squareRoot()
    scaled = weights.map { largest == 0 ? 0 : $0 / largest / length }
    marked = neurons.filter { weights.indices.contains($0) && weights[$0] != 0 }
  }

  /// Draws the plot.
  public func draw(on canvas: Canvas) {
    let nonZeroCount = scaled.count { $0 != 0 }
    let frame = ChartFrame(
      title: "Values of Resulting L1 Penalized Weights",
      subtitle: "\(nonZeroCount) of \(scaled.count) weights are not zero; weights divided by their length",
      xTitle: "Neuron (Feature) Index", yTitle: "Neuron (Feature) weight",
      xRange: ChartFrame.padded([0, Double(scaled.count - 1)], by: 0.015),
      yRange: ChartFrame.padded(scaled + [0], by: 0.1), countsAlongX: true)
    frame.draw(on: canvas, width: width, height: height) { plot in
      canvas.stroke([Point(x: plot.area.x, y: plot.y(0)), Point(x: plot.area.maxX, y: plot.y(0))], .axis, width: 0.8)
      // Not thinned: a thinned spike of the neuron next to a marked one would seem to be missing.
      let line = scaled.indices.map { plot.point(Double($0), scaled[$0]) }
      canvas.stroke(line, Color.series[0], width: 1)
      drawMarks(on: canvas, plot)
    }
  }

  private func drawMarks(on canvas: Canvas, _ plot: ChartFrame.Plot) {
    let font = Canvas.Font(size: 11, isBold: true)
    var taken: [Rectangle] = marked.map { index in
      let point = plot.point(Double(index), scaled[index])
      return Rectangle(x: point.x - 4, y: point.y - 4, width: 8, height: 8)
    }
    for index in marked {
      let point = plot.point(Double(index), scaled[index])
      canvas.circle(point, radius: 3.6, fill: Color.series[1], stroke: .white)
      let label = "\(index)"
      let width = canvas.width(of: label, font)
      let outward = scaled[index] >= 0 ? -1.0 : 1.0
      let places = [
        Rectangle(x: point.x + 7, y: point.y - 6.5, width: width, height: 13),
        Rectangle(x: point.x - 7 - width, y: point.y - 6.5, width: width, height: 13),
        Rectangle(x: point.x - width / 2, y: point.y + outward * 13 - 6.5, width: width, height: 13),
      ]
      // A label that fits nowhere is left out rather than printed over another.
      guard
        let place = places.first(where: { place in
          plot.area.contains(place) && !taken.contains { $0.overlaps(place) }
        })
      else { continue }
      taken.append(place)
      canvas.text(label, at: Point(x: place.x, y: place.y + 10.5), font, Color.series[1])
    }
  }
}
