/// Lines over a common axis, such as the loss over training steps.
public struct LineChart: Drawing, Equatable {
  /// One line.
  public struct Series: Sendable, Equatable {
    /// Name in the legend.
    public var name: String
    /// Positions along the x axis.
    public var x: [Double]
    /// Values; one that is not a finite number leaves a gap.
    public var y: [Double]

    /// A line through the given points; the longer array's surplus is ignored.
    public init(name: String, x: [Double], y: [Double]) {
      self.name = name
      self.x = x
      self.y = y
    }

    /// A line over the positions 0, 1, 2 and so on.
    public init(name: String, values: [Double]) {
      self.init(name: name, x: values.indices.map(Double.init), y: values)
    }
  }

  /// Heading.
  public var title: String
  /// Small line below the heading; empty for none.
  public var subtitle: String
  /// Title of the x axis.
  public var xTitle: String
  /// Title of the y axis.
  public var yTitle: String
  /// The lines, first below.
  public var series: [Series]
  /// Range of the y axis; nil takes it from the values.
  public var yRange: ClosedRange<Double>?
  /// Width in points.
  public var width: Double = 720
  /// Height in points.
  public var height: Double = 430

  /// A chart of 10 by 6 inches.
  public init(
    title: String, subtitle: String = "", xTitle: String, yTitle: String, series: [Series],
    yRange: ClosedRange<Double>? = nil
  ) {
    self.title = title
    self.subtitle = subtitle
    self.xTitle = xTitle
    self.yTitle = yTitle
    self.series = series
    self.yRange = yRange
  }

  /// Draws the chart.
  public func draw(on canvas: Canvas) {
    let frame = ChartFrame(
      title: title, subtitle: subtitle, xTitle: xTitle, yTitle: yTitle,
      xRange: ChartFrame.padded(series.lazy.flatMap(\.x), by: 0.01),
      yRange: yRange ?? ChartFrame.padded(series.lazy.flatMap(\.y)),
      countsAlongX: series.allSatisfy { $0.x.allSatisfy { $0 == $0.rounded() } },
      legend: series.count < 2
        ? []
        : series.indices.map {
          ChartFrame.LegendEntry(name: series[$0].name, color: Self.color($0), isArea: false)
        })
    frame.draw(on: canvas, width: width, height: height) { plot in
      for (index, line) in series.enumerated() {
        for run in Self.runs(of: line, in: plot) {
          if run.count == 1 { canvas.circle(run[0], radius: 2, fill: Self.color(index)) }
          canvas.stroke(run, Self.color(index), width: 1.7)
        }
      }
    }
  }

  private static func color(_ index: Int) -> Color { Color.series[index % Color.series.count] }

  /// The unbroken stretches of a line in points, thinned to what can be seen.
  static func runs(of line: Series, in plot: ChartFrame.Plot) -> [[Point]] {
    var runs: [[Point]] = []
    var run: [Point] = []
    for (x, y) in zip(line.x, line.y) {
      if x.isFinite, y.isFinite {
        run.append(plot.point(x, y))
      } else if !run.isEmpty {
        runs.append(thinned(run))
        run = []
      }
    }
    if !run.isEmpty { runs.append(thinned(run)) }
    return runs
  }

  /// Keeps the lowest and highest of each group of neighbours, so that peaks survive in long lines.
  static func thinned(_ points: [Point], to limit: Int = 4000) -> [Point] {
    guard points.count > limit else { return points }
    let group = (points.count + limit / 2 - 1) / (limit / 2)
    var kept: [Point] = []
    for start in stride(from: 0, to: points.count, by: group) {
      let range = start..<min(start + group, points.count)
      var lowest = start
      var highest = start
      for index in range {
        if points[index].y < points[lowest].y { lowest = index }
        if points[index].y > points[highest].y { highest = index }
      }
      kept.append(points[min(lowest, highest)])
      if lowest != highest { kept.append(points[max(lowest, highest)]) }
    }
    return kept
  }
}
