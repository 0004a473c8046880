extension Heatmap {
  /// The map as text for a terminal.
  ///
  /// - Parameters:
  ///   - width: Columns of the terminal; default 74.
  ///   - color: With colour, each character stands on a 24-bit background. Without, a line of marks follows each line of
  ///     text: `#` from 0.6, `+` from 0.2, `-` to −0.2, `=` to −0.6, and a blank between.
  public func ansi(width: Int = Heatmap.cellsPerRow, color: Bool = true) -> String {
    var result = ""
    for line in lines(width: max(width, 2)) {
      if color {
        var current = ""
        for cell in line {
          let background = DivergingColorMap.color(cell.value)
          let code = Self.escapeCode(background: background, text: background.readableText)
          if code != current { result += code }
          current = code
          result += Self.visible(cell.text)
        }
        result += "\u{1B}[0m\n"
      } else {
        let text = line.map { Self.visible($0.text) }.joined()
        let marks = line.map {
          String(repeating: Self.mark($0.value), count: Self.columns(Self.visible($0.text)))
        }.joined()
        result += Self.withoutTrailingSpaces(text) + "\n"
        let trimmed = Self.withoutTrailingSpaces(marks)
        if !trimmed.isEmpty { result += trimmed + "\n" }
      }
    }
    return result
  }

  /// Cells that fit side by side, by the columns their characters take.
  private func lines(width: Int) -> [[Cell]] {
    var lines: [[Cell]] = []
    var line: [Cell] = []
    var used = 0
    for cell in cells {
      let columns = Self.columns(Self.visible(cell.text))
      if used + columns > width, !line.isEmpty {
        lines.append(line)
        line = []
        used = 0
      }
      line.append(cell)
      used += columns
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }

  private static func escapeCode(background: Color, text: Color) -> String {
    let (back, front) = (background.bytes, text.bytes)
    return "\u{1B}[48;2;\(back.red);\(back.green);\(back.blue);38;2;\(front.red);\(front.green);\(front.blue)m"
  }

  private static func mark(_ value: Double) -> String {
    if value >= 0.6 { return "#" }
    if value >= 0.2 { return "+" }
    if value <= -0.6 { return "=" }
    return value <= -0.2 ? "-" : " "
  }

  private static func withoutTrailingSpaces(_ text: String) -> String {
    var text = Substring(text)
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  /// Terminal columns of a text: two for East Asian wide characters and emoji, none for combining marks.
  static func columns(_ text: String) -> Int {
    text.reduce(0) { total, character in
      guard let first = character.unicodeScalars.first else { return total }
      switch first.properties.generalCategory {
      case .nonspacingMark, .enclosingMark: return total
      default: break
      }
      let isWide =
        first.properties.isEmojiPresentation
        || [
          0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
          0xFFE0...0xFFE6, 0x20000...0x3FFFD,
        ].contains { (range: ClosedRange<UInt32>) in range.contains(first.value) }
      return total + (isWide ? 2 : 1)
    }
  }
}
