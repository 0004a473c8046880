/// The value of a neuron after each character of a text: red is −1, pale yellow 0, green +1.
public struct Heatmap: Drawing, Equatable {
  /// One character and its value.
  public struct Cell: Sendable, Equatable {
    /// One character, which may take several bytes.
    public var text: String
    /// The neuron's value times its polarity.
    public var value: Double

    /// A cell.
    public init(text: String, value: Double) {
      self.text = text
      self.value = value
    }
  }

  /// Cells in one row of the picture and the page.
  public static let cellsPerRow = 74

  /// The cells in reading order.
  public let cells: [Cell]
  /// Title of the HTML page; the pictures have none.
  public var title: String

  /// A map of the given characters.
  ///
  /// - Throws: ``DrawingError/empty(what:)`` without cells.
  public init(_ cells: [(text: String, value: Double)], title: String = "Activation of the sentiment neuron") throws {
    guard !cells.isEmpty else { throw DrawingError.empty(what: "characters to draw a heat map of") }
    self.cells = cells.map { Cell(text: $0.text, value: $0.value) }
    self.title = title
  }

  /// The cells in rows of ``cellsPerRow``.
  var rows: [ArraySlice<Cell>] {
    stride(from: 0, to: cells.count, by: Self.cellsPerRow).map {
      cells[$0..<min($0 + Self.cellsPerRow, cells.count)]
    }
  }

  /// What is shown for a character: line ends and tabs as escapes, other control characters as a mark.
  static func visible(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        let isHidden =
          scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
          || scalar.properties.generalCategory == .lineSeparator
          || scalar.properties.generalCategory == .paragraphSeparator
        // A joiner inside one visible character belongs to it.
        if !isHidden || text.unicodeScalars.count > 1 && scalar == "\u{200D}" {
          result.unicodeScalars.append(scalar)
        } else {
          result += "\u{FFFD}"
        }
      }
    }
    return result
  }
}

extension Heatmap {
  /// 0.15 inch.
  private static let cellWidth = 10.8
  /// 0.325 inch.
  private static let cellHeight = 23.4

  /// 11.1 inches in points.
  public var width: Double { Self.cellWidth * Double(Self.cellsPerRow) }

  /// 0.325 inch a row, in points.
  public var height: Double { Self.cellHeight * Double((cells.count + Self.cellsPerRow - 1) / Self.cellsPerRow) }

  /// Draws the map: one coloured cell a character, no axes and no colour bar.
  public func draw(on canvas: Canvas) {
    let font = Canvas.Font(size: 13, isMonospaced: true)
    for (rowIndex, row) in rows.enumerated() {
      let y = Double(rowIndex) * Self.cellHeight
      for (column, cell) in row.enumerated() {
        let x = Double(column) * Self.cellWidth
        let background = DivergingColorMap.color(cell.value)
        // A hair of overlap hides the seam that smoothing leaves between neighbours; a thin gap parts the rows.
        canvas.fill(
          Rectangle(x: x, y: y, width: Self.cellWidth + 0.25, height: Self.cellHeight - 1.2), background)
        let text = Self.visible(cell.text)
        guard text != " " else { continue }
        let width = canvas.width(of: text, font)
        var fitted = font
        if width > Self.cellWidth - 0.8 { fitted.size *= (Self.cellWidth - 0.8) / width }
        canvas.text(
          text, at: Point(x: x + Self.cellWidth / 2, y: y + 15.6), fitted, background.readableText, anchor: .middle)
      }
    }
  }
}
