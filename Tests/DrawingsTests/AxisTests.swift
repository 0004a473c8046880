import Testing

@testable import Drawings

@Suite("Axes, colours and thinning")
struct AxisTests {
  @Test(
    "Ticks are round numbers inside the range with the decimals they need",
    arguments: [
      (0.0, 10.0, 5, ["0", "2", "4", "6", "8", "10"]),
      (-1.0, 1.0, 4, ["\u{2212}1.0", "\u{2212}0.5", "0.0", "0.5", "1.0"]),
      (0.0, 0.011, 5, ["0.0000", "0.0025", "0.0050", "0.0075", "0.0100"]),
      (0.0, 40_000.0, 4, ["0", "10,000", "20,000", "30,000", "40,000"]),
      (3.0, 3.0, 4, ["3"]),
    ])
  func ticks(low: Double, high: Double, count: Int, labels: [String]) {
    let ticks = AxisTicks(low...high, about: count)
    #expect(ticks.labels == labels)
    #expect(ticks.values.allSatisfy { $0 >= low - 1e-9 && $0 <= high + 1e-9 })
  }

  @Test("Axes that count things have whole numbers only")
  func wholeNumbers() {
    #expect(AxisTicks(0...2.1, about: 6, wholeNumbers: true).labels == ["0", "1", "2"])
  }

  @Test("The colour map runs from red over pale yellow to green, clamps, and takes no number for 0")
  func colors() {
    #expect(DivergingColorMap.color(-1).hexadecimal == "#a50026")
    #expect(DivergingColorMap.color(0).hexadecimal == "#ffffbf")
    #expect(DivergingColorMap.color(1).hexadecimal == "#006837")
    #expect(DivergingColorMap.color(0.1).hexadecimal == "#ecf7a5")
    #expect(DivergingColorMap.color(-7) == DivergingColorMap.color(-1))
    #expect(DivergingColorMap.color(.infinity) == DivergingColorMap.color(1))
    #expect(DivergingColorMap.color(.nan) == DivergingColorMap.color(0))
  }

  @Test("Text is white on dark cells and dark on light ones")
  func readableText() {
    #expect(DivergingColorMap.color(-1).readableText == .white)
    #expect(DivergingColorMap.color(0).readableText == .ink)
    #expect(DivergingColorMap.color(1).readableText == .white)
  }

  @Test("Thinning a long line keeps its peaks and its order")
  func thinning() {
    var points = (0..<100_000).map { Point(x: Double($0), y: 0) }
    points[12_345].y = 9
    points[77_777].y = -9
    let thinned = LineChart.thinned(points)
    #expect(thinned.count <= 4000)
    #expect(thinned.contains(points[12_345]) && thinned.contains(points[77_777]))
    #expect(zip(thinned, thinned.dropFirst()).allSatisfy { $0.x < $1.x })
  }

  @Test("A value that is not finite breaks a line in two")
  func gaps() {
    let plot = ChartFrame.Plot(
      area: Rectangle(x: 0, y: 0, width: 10, height: 10), xRange: 0...10, yRange: 0...10)
    let runs = LineChart.runs(of: .init(name: "", values: [1, 2, .nan, .infinity, 4]), in: plot)
    #expect(runs.map(\.count) == [2, 1])
    #expect(runs[1][0] == Point(x: 4, y: 6))
  }
}
