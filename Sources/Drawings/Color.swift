import Foundation

/// A colour with components from 0 to 1.
struct Color: Sendable, Equatable {
  var red: Double
  var green: Double
  var blue: Double
  var alpha: Double = 1

  /// A colour from its usual 24-bit number, such as `0x1F77B4`.
  init(_ code: UInt32, alpha: Double = 1) {
    red = Double((code >> 16) & 0xFF) / 255
    green = Double((code >> 8) & 0xFF) / 255
    blue = Double(code & 0xFF) / 255
    self.alpha = alpha
  }

  /// The point between two colours, `share` of the way.
  init(from start: Color, to end: Color, share: Double) {
    red = start.red + (end.red - start.red) * share
    green = start.green + (end.green - start.green) * share
    blue = start.blue + (end.blue - start.blue) * share
  }

  func withAlpha(_ alpha: Double) -> Color {
    var color = self
    color.alpha = alpha
    return color
  }

  /// Components from 0 to 255.
  var bytes: (red: Int, green: Int, blue: Int) {
    (Int((red * 255).rounded()), Int((green * 255).rounded()), Int((blue * 255).rounded()))
  }

  /// `#rrggbb`.
  var hexadecimal: String {
    let parts = bytes
    return "#"
      + [parts.red, parts.green, parts.blue].map { part in
        let digits = String(part, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
      }.joined()
  }

  /// Black or white, whichever contrasts more with this background (WCAG relative luminance).
  var readableText: Color {
    func linear(_ component: Double) -> Double {
      component <= 0.04045 ? component / 12.92 : pow((component + 0.055) / 1.055, 2.4)
    }
    let luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    // Equal contrast with black and white is at √(1.05 · 0.05) − 0.05.
    return luminance > 0.179 ? .ink : .white
  }

  static let white = Color(0xFFFFFF)
  static let ink = Color(0x1A1A1A)
  static let quiet = Color(0x5F6368)
  static let grid = Color(0xE6E6E6)
  static let axis = Color(0x9AA0A6)

  /// Colours of successive series, told apart by people with the common forms of colour blindness (Okabe and Ito, 2008).
  static let series: [Color] = [
    Color(0x0072B2), Color(0xD55E00), Color(0x009E73), Color(0xCC79A7), Color(0x8C6D00), Color(0x56B4E9),
  ]
  static let negative = Color(0xC0392B)
  static let positive = Color(0x1A7F4E)
}
