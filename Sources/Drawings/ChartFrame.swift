/// The parts that all charts share: title, axes with ticks, grid and legend.
struct ChartFrame: Sendable {
  /// How a series is shown in the legend.
  struct LegendEntry: Sendable {
    var name: String
    var color: Color
    var isArea: Bool
  }

  var title: String
  var subtitle: String = ""
  var xTitle: String
  var yTitle: String
  var xRange: ClosedRange<Double>
  var yRange: ClosedRange<Double>
  var countsAlongX = false
  var countsAlongY = false
  var legend: [LegendEntry] = []

  /// The inner area with the mapping from data to points.
  struct Plot {
    let area: Rectangle
    let xRange: ClosedRange<Double>
    let yRange: ClosedRange<Double>

    func x(_ value: Double) -> Double {
      area.x + (value - xRange.lowerBound) / (xRange.upperBound - xRange.lowerBound) * area.width
    }

    func y(_ value: Double) -> Double {
      area.maxY - (value - yRange.lowerBound) / (yRange.upperBound - yRange.lowerBound) * area.height
    }

    func point(_ xValue: Double, _ yValue: Double) -> Point { Point(x: x(xValue), y: y(yValue)) }
  }

  private static let tickFont = Canvas.Font(size: 11)
  private static let axisFont = Canvas.Font(size: 12.5)
  private static let titleFont = Canvas.Font(size: 15.5, isBold: true)

  /// Draws the frame, then the data (cut to the plot area), then the axis lines on top.
  func draw(on canvas: Canvas, width: Double, height: Double, data: (Plot) -> Void) {
    let yTicks = AxisTicks(yRange, about: 6, wholeNumbers: countsAlongY)
    let xTicks = AxisTicks(xRange, about: 8, wholeNumbers: countsAlongX)
    let widestTick = yTicks.labels.map { canvas.width(of: $0, Self.tickFont) }.max() ?? 0
    let left = 44 + widestTick
    let hasSecondLine = !subtitle.isEmpty || !legend.isEmpty
    let top = hasSecondLine ? 66.0 : 46.0
    let area = Rectangle(x: left, y: top, width: width - left - 26, height: height - top - 56)
    let plot = Plot(area: area, xRange: xRange, yRange: yRange)

    canvas.text(title, at: Point(x: left, y: 30), Self.titleFont)
    canvas.text(subtitle, at: Point(x: left, y: 51), Self.tickFont, .quiet)
    drawLegend(on: canvas, right: area.maxX, baseline: 51)

    for (value, label) in zip(yTicks.values, yTicks.labels) {
      let y = plot.y(value)
      canvas.stroke([Point(x: area.x, y: y), Point(x: area.maxX, y: y)], .grid, width: 0.8)
      canvas.text(label, at: Point(x: area.x - 8, y: y + 4), Self.tickFont, .quiet, anchor: .end)
    }
    for (value, label) in zip(xTicks.values, xTicks.labels) {
      let x = plot.x(value)
      canvas.stroke([Point(x: x, y: area.maxY), Point(x: x, y: area.maxY + 4)], .axis)
      canvas.text(label, at: Point(x: x, y: area.maxY + 18), Self.tickFont, .quiet, anchor: .middle)
    }
    canvas.clipped(to: area) { data(plot) }
    canvas.stroke([Point(x: area.x, y: area.maxY), Point(x: area.maxX, y: area.maxY)], .axis)
    canvas.text(
      xTitle, at: Point(x: area.x + area.width / 2, y: height - 15), Self.axisFont, anchor: .middle)
    canvas.text(
      yTitle, at: Point(x: 22, y: area.y + area.height / 2), Self.axisFont, anchor: .middle, turned: true)
  }

  private func drawLegend(on canvas: Canvas, right: Double, baseline: Double) {
    var x = right
    for entry in legend.reversed() {
      x -= canvas.width(of: entry.name, Self.axisFont)
      canvas.text(entry.name, at: Point(x: x, y: baseline), Self.axisFont)
      if entry.isArea {
        x -= 20
        canvas.fill(Rectangle(x: x, y: baseline - 10, width: 14, height: 11), entry.color)
      } else {
        x -= 26
        canvas.stroke([Point(x: x, y: baseline - 4), Point(x: x + 19, y: baseline - 4)], entry.color, width: 2.2)
      }
      x -= 18
    }
  }

  /// A range with room at both ends; never empty, whatever the values.
  static func padded(_ values: some Sequence<Double>, by share: Double = 0.05) -> ClosedRange<Double> {
    var low = Double.infinity
    var high = -Double.infinity
    for value in values where value.isFinite {
      low = min(low, value)
      high = max(high, value)
    }
    guard low <= high else { return 0...1 }
    if low == high {
      let room = low == 0 ? 1 : abs(low) / 2
      return (low - room)...(high + room)
    }
    let room = (high - low) * share
    return (low - room)...(high + room)
  }
}
