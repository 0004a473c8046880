import Foundation
import Testing

@testable import Drawings

@Suite("Drawings")
struct DrawingTests {
  /// Width and height from a PNG file's header.
  static func pngSize(_ data: Data) -> (width: Int, height: Int)? {
    let bytes = [UInt8](data.prefix(24))
    guard bytes.count == 24, Array(bytes[0..<8]) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] else { return nil }
    func number(_ start: Int) -> Int { bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) } }
    return (number(16), number(20))
  }

  static func histogram() throws -> NeuronHistogram {
    try NeuronHistogram(
      values: (0..<100).map { Float($0) }, labels: (0..<100).map { $0 < 30 ? 0 : 1 }, neuron: 7, split: "test")
  }

  @Test("Every drawing renders to well-formed files of its size in each format")
  func formats() throws {
    let drawings: [any Drawing] = [
      try Self.histogram(), try WeightPlot(weights: [0, 1, -2, 0], marking: [2, 1]),
      LineChart(
        title: "Loss", xTitle: "Step", yTitle: "Bits", series: [.init(name: "train", values: [3, .nan, 2, 1])]),
      try Heatmap([("a", 0.5), ("\n", -0.5)]),
    ]
    for drawing in drawings {
      let size = try #require(Self.pngSize(drawing.png()))
      #expect(size == (Int((drawing.width * 2).rounded(.up)), Int((drawing.height * 2).rounded(.up))))
      let svg = String(decoding: try drawing.svg(), as: UTF8.self)
      #expect(svg.hasPrefix("<?xml") && svg.contains("<svg") && svg.hasSuffix("</svg>\n"))
      let pdf = try drawing.pdf()
      #expect(pdf.starts(with: Data("%PDF-".utf8)) && pdf.suffix(6) == Data("%%EOF\n".utf8))
      #expect(try drawing.png() == drawing.data(forFile: "folder.svg/plot.PNG"))
    }
  }

  @Test("The file name chooses the format, and others are refused with a sentence")
  func names() throws {
    #expect(try DrawingFormat(path: "a/b.svg") == .svg)
    #expect(
      DrawingError.unknownFormat(path: "plot.jpg", supported: ["png", "svg", "pdf"]).description
        == "The file name \"plot.jpg\" does not end in a picture format; use .png, .svg or .pdf.")
    for path in ["plot.jpg", "plot", "png"] {
      #expect(throws: DrawingError.unknownFormat(path: path, supported: ["png", "svg", "pdf"])) {
        try Self.histogram().data(forFile: path)
      }
    }
  }

  @Test("The histogram has 25 shared bins that hold every labelled row once")
  func bins() throws {
    let histogram = try Self.histogram()
    #expect(histogram.edges.count == 26 && histogram.edges.first == 0 && histogram.edges.last == 99)
    #expect(histogram.negativeCounts == [4, 4, 4, 4, 4, 4, 4, 2] + [Int](repeating: 0, count: 17))
    #expect(histogram.positiveCounts == [Int](repeating: 0, count: 7) + [2] + [Int](repeating: 4, count: 17))
    #expect(histogram.subtitle == "neuron 7, test: 30 negative, 70 positive")
  }

  @Test("Unknown labels are left out; without any known label there is nothing to draw")
  func unknownLabels() throws {
    let histogram = try NeuronHistogram(values: [1, 2, 3, .nan], labels: [-1, 0.5, 0.49, 1])
    #expect(histogram.positiveCounts.reduce(0, +) == 1 && histogram.negativeCounts.reduce(0, +) == 1)
    #expect(throws: DrawingError.noKnownLabels(what: "histogram of neuron 3")) {
      try NeuronHistogram(values: [1, 2], labels: [-1, -1], neuron: 3)
    }
    #expect(throws: DrawingError.countMismatch(what: "labels", expected: 2, found: 1)) {
      try NeuronHistogram(values: [1, 2], labels: [1])
    }
  }

  @Test("Equal values, a single weight, all-zero weights and empty series can be drawn")
  func degenerate() throws {
    #expect(try !NeuronHistogram(values: [2, 2, 2], labels: [0, 1, 1]).png().isEmpty)
    #expect(try !WeightPlot(weights: [3]).png().isEmpty)
    let zero = try WeightPlot(weights: [0, 0, 0], marking: [0, 1])
    #expect(try zero.marked.isEmpty && zero.scaled == [0, 0, 0] && !zero.png().isEmpty)
    #expect(try !LineChart(title: "", xTitle: "", yTitle: "", series: []).png().isEmpty)
    #expect(throws: DrawingError.empty(what: "weights to draw")) { try WeightPlot(weights: []) }
  }

  @Test("Weights are divided by their Euclidean length and the strongest are marked in order")
  func weights() throws {
    let plot = try WeightPlot(weights: [3, 0, -4], marking: [2, 0, 1])
    #expect(zip(plot.scaled, [0.6, 0, -0.8]).allSatisfy { abs($0 - $1) < 1e-15 } && plot.marked == [2, 0])
    let huge = try WeightPlot(weights: [3e200, -4e200])
    #expect(abs(huge.scaled[1] + 0.8) < 1e-12)
  }
}
