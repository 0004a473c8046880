import Foundation
import Testing

@testable import Drawings

@Suite("Heat map")
struct HeatmapTests {
  static func cells(_ text: String, _ value: Double = 0) -> [(text: String, value: Double)] {
    text.map { (String($0), value) }
  }

  @Test("74 cells a row of 0.15 by 0.325 inches")
  func size() throws {
    #expect(Heatmap.cellsPerRow == 74)
    for (count, rows) in [(1, 1), (74, 1), (75, 2), (148, 2), (149, 3)] {
      let map = try Heatmap(Self.cells(String(repeating: "x", count: count)))
      #expect(map.rows.count == rows)
      #expect(abs(map.width - 11.1 * 72) < 1e-9 && abs(map.height - 0.325 * 72 * Double(rows)) < 1e-9)
    }
    #expect(throws: DrawingError.empty(what: "characters to draw a heat map of")) { try Heatmap([]) }
  }

  @Test("Long maps are drawn smaller, and refused when they cannot be drawn at all")
  func longMaps() throws {
    let long = try Heatmap(Self.cells(String(repeating: "x", count: 74 * 1000)))
    #expect(try Canvas.scale(format: .png, width: long.width, height: long.height) * long.height == 32_000)
    #expect(try Canvas.scale(format: .svg, width: long.width, height: long.height) == 1)
    let endless = try Heatmap(Self.cells(String(repeating: "x", count: 74 * 3000)))
    #expect(throws: DrawingError.self) { try endless.png() }
  }

  @Test("Control characters are made visible and cannot reach the terminal")
  func visible() throws {
    #expect(Heatmap.visible("\n") == "\\n" && Heatmap.visible("\t") == "\\t" && Heatmap.visible("\r\n") == "\\r\\n")
    #expect(Heatmap.visible("\u{1B}") == "\u{FFFD}" && Heatmap.visible("\u{202E}") == "\u{FFFD}")
    #expect(Heatmap.visible("é") == "é" && Heatmap.visible("👩‍💻") == "👩‍💻")
    let text = try Heatmap([("\u{1B}", 0), ("[", 0)]).ansi(color: false)
    #expect(text == "\u{FFFD}[\n")
  }

  @Test("The page escapes its text and has one element a character with its value")
  func html() throws {
    let page = try Heatmap(
      [("<", 0.5), ("&", -1), ("\"", 2), ("\n", 0), ("é", .nan)], title: "a < b"
    ).html()
    #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n"))
    #expect(page.contains("<title>a &lt; b</title>") && page.contains("<h1>a &lt; b</h1>"))
    #expect(
      page.contains(
        "<pre><span class=\"c75\" title=\"0.500\">&lt;</span><span class=\"c0\" title=\"-1.000\">&amp;</span>"
          + "<span class=\"c100\" title=\"2.000\">&quot;</span><span class=\"c50\" title=\"0.000\">\\n</span>"
          + "<span class=\"c50\" title=\"nan\">é</span>\n</pre>"))
    #expect(page.contains(".c0{background:#a50026;color:#ffffff}"))
    #expect(!page.contains("http"))
  }

  @Test("Coloured terminal text merges equal neighbours and resets at each line's end")
  func coloured() throws {
    let text = try Heatmap([("a", 1), ("b", 1), ("c", -1)]).ansi(width: 2)
    #expect(
      text == "\u{1B}[48;2;0;104;55;38;2;255;255;255mab\u{1B}[0m\n"
        + "\u{1B}[48;2;165;0;38;38;2;255;255;255mc\u{1B}[0m\n")
  }

  @Test("Plain terminal text marks values below each line")
  func plain() throws {
    let cells: [(text: String, value: Double)] = [
      ("a", 0.6), ("b", 0.2), ("c", 0), ("d", -0.2), ("\n", -0.6), ("e", 0.1),
    ]
    #expect(try Heatmap(cells).ansi(color: false) == "abcd\\ne\n#+ -==\n")
  }

  @Test("Lines break by terminal columns: escapes and wide characters take two")
  func columns() throws {
    #expect(Heatmap.columns("a") == 1 && Heatmap.columns("東") == 2 && Heatmap.columns("🙂") == 2)
    let text = try Heatmap(Self.cells("a東\nb")).ansi(width: 3, color: false)
    #expect(text == "a東\n\\nb\n")
  }
}
