/// Red for −1, pale yellow for 0, green for +1, in eleven steps with straight lines between them.
///
/// Source: the red–yellow–green scheme of ColorBrewer (Brewer and Harrower).
enum DivergingColorMap {
  private static let stops: [Color] = [
    0xA50026, 0xD73027, 0xF46D43, 0xFDAE61, 0xFEE08B, 0xFFFFBF, 0xD9EF8B, 0xA6D96A, 0x66BD63, 0x1A9850, 0x006837,
  ].map { Color($0) }

  /// The colour of a value; values beyond −1 … 1 are clamped and what is no number counts as 0.
  static func color(_ value: Double) -> Color {
    let clamped = value.isNaN ? 0 : min(max(value, -1), 1)
    let position = (clamped + 1) / 2 * Double(stops.count - 1)
    let index = min(Int(position), stops.count - 2)
    return Color(from: stops[index], to: stops[index + 1], share: position - Double(index))
  }
}
