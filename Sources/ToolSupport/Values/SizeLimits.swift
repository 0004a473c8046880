/// Upper limits of sizes on the command line: beyond any real use, and small enough that products of them fit an `Int`.
enum SizeLimits {
  static let hiddenUnits = 1...65_536
  static let embeddingWidth = 1...65_536
  static let layers = 1...64
  static let batchRows = 1...65_536
  static let sequenceLength = 1...1_048_576
}
