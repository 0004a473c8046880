extension String {
  /// The text with control characters shown as U+FFFD, cut when it is very long: names and cells come from files, and
  /// must not be able to move the cursor of a terminal or to fill it.
  var visible: String {
    let limit = 300
    let scalars = unicodeScalars.prefix(limit + 1)
    let shown = scalars.prefix(limit).map {
      [.control, .format, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
        ? "\u{fffd}" : $0
    }
    return String(String.UnicodeScalarView(shown)) + (scalars.count > limit ? "…" : "")
  }
}
