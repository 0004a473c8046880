import Foundation

extension Heatmap {
  /// Steps of colour on the page, each a style class, so that a cell needs no style of its own.
  private static let colorSteps = 101

  /// How every page begins, by which one written here can be told.
  public static let pageStart = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="generator" content="sentiment-discovery heat map">

    """

  /// A self-contained page: title, colour scale, and one element a character with its value as a tooltip.
  public func html() -> String {
    var page =
      Self.pageStart + """
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(Self.escaped(title))</title>
        <style>
        body { margin: 2rem; background: #ffffff; color: #1a1a1a; font: 16px/1.5 system-ui, sans-serif; }
        h1 { font-size: 1.25rem; margin: 0 0 1rem; }
        .scale { width: 20rem; max-width: 100%; margin: 0 0 1.5rem; font-size: 0.85rem; }
        .bar { height: 0.9rem; border-radius: 3px; background: linear-gradient(to right, \(Self.gradient)); }
        .ends { display: flex; justify-content: space-between; }
        pre { margin: 0; overflow-x: auto; font: 16px/1.75 "DejaVu Sans Mono", Menlo, Consolas, monospace;
          direction: ltr; unicode-bidi: bidi-override; }
        pre span { display: inline-block; min-width: 1ch; text-align: center; white-space: pre; }

        """
    for step in 0..<Self.colorSteps {
      let color = DivergingColorMap.color(Self.value(ofStep: step))
      page += ".c\(step){background:\(color.hexadecimal);color:\(color.readableText.hexadecimal)}\n"
    }
    page += """
      </style>
      </head>
      <body>
      <h1>\(Self.escaped(title))</h1>
      <div class="scale"><div class="bar"></div><div class="ends"><span>\u{2212}1</span><span>0</span><span>+1</span></div></div>
      <pre>
      """
    for row in rows {
      for cell in row {
        let value = cell.value.isNaN ? 0 : min(max(cell.value, -1), 1)
        let step = Int(((value + 1) / 2 * Double(Self.colorSteps - 1)).rounded())
        let shown = cell.value.isFinite ? String(format: "%.3f", cell.value) : "\(cell.value)"
        page += "<span class=\"c\(step)\" title=\"\(shown)\">\(Self.escaped(Self.visible(cell.text)))</span>"
      }
      page += "\n"
    }
    page += "</pre>\n</body>\n</html>\n"
    return page
  }

  private static func value(ofStep step: Int) -> Double {
    2 * Double(step) / Double(colorSteps - 1) - 1
  }

  private static var gradient: String {
    (0...10).map { DivergingColorMap.color(Double($0) / 5 - 1).hexadecimal }.joined(separator: ", ")
  }

  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
