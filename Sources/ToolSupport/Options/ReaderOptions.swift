import ArgumentParser
import Corpora
import Configuration
import Files
import Training

/// How files are read and cut into batches; shared by the commands that read texts.
public struct ReaderOptions: ParsableArguments {
  /// `--text-key`; default sentence.
  @Option(
    name: .customLong("text-key"), parsing: .unconditional,
    help: ArgumentHelp(
      "Column or key of the text, which must exist when it is named here (default: \(Self.defaults.textKey), where there is one).",
      valueName: "name"))
  public var namedTextKey: String?

  /// `--text-column`; default none.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Column of the text by its number, from 1, where two have one name (default: by --text-key).",
      valueName: "number"))
  public var textColumn: Int?

  /// `--process-fn`; default that of the checkpoint, else `process_str`.
  @Option(
    name: .customLong("process-fn"), parsing: .unconditional,
    help: ArgumentHelp(
      "Cleaning of the texts: process_str for prose, process_tweet for tweets, none for the bytes as they are "
        + "(default: that of --load, else process_str).", valueName: "name"))
  public var cleaning: CleaningMethod?

  /// `--batch-size`; default 128 rows.
  @Option(parsing: .unconditional, help: ArgumentHelp("Rows worked on together.", valueName: "rows"))
  public var batchSize = PretrainingConfiguration.defaults.batchSize

  /// `--loose-json`; default off.
  @Flag(help: "JSON files hold one object a line instead of one array (default: off).")
  public var looseJson = false

  /// `--delim`; default comma.
  @Option(
    name: .customLong("delim"), parsing: .unconditional,
    help: ArgumentHelp(
      "Character between columns; tab or \\t for TAB (default: a comma, in .tsv files TAB).", valueName: "character"))
  public var delimiterText: String?

  /// `--quoting`; default CSV's, in TAB-separated text by what parses.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Whether quotes enclose cells, csv, or are characters, none (default: csv; between TABs what parses).",
      valueName: "name"))
  public var quoting: Quoting?

  /// `--encoding`; default UTF-8.
  @Option(
    name: .customLong("encoding"), parsing: .unconditional,
    help: ArgumentHelp("Encoding of the files (default: utf-8, or UTF-16 by its mark).", valueName: "name"))
  public var namedEncoding: TextEncoding?

  /// `--dry-run`; default off.
  @Flag(help: "Show how the files are read and cleaned, and do nothing else (default: off).")
  public var dryRun = false

  /// The options at their defaults.
  public init() {}

  /// Checks names, sizes and the delimiter.
  public mutating func validate() throws {
    try Check.notEmpty("--text-key", namedTextKey, "a column or key")
    try Check.range("--text-column", textColumn, 1...Check.largestCount)
    try Check.range("--batch-size", batchSize, SizeLimits.batchRows, "rows")
    _ = try Self.delimiter(of: delimiterText ?? ",")
  }

  /// The column or key of the text.
  public var textKey: String { namedTextKey ?? Self.defaults.textKey }

  private static let defaults = ReadingOptions()

  /// The encoding of the files.
  public var encoding: TextEncoding { namedEncoding ?? Self.defaults.encoding }

  /// The CSV delimiter as one byte.
  public var delimiter: UInt8 {
    (try? Self.delimiter(of: delimiterText ?? ",")) ?? UInt8(ascii: ",")
  }

  private static func delimiter(of text: String) throws -> UInt8 {
    if text == "\\t" || text.lowercased() == "tab" { return UInt8(ascii: "\t") }
    guard text.utf8.count == 1, let byte = text.utf8.first, byte < 128 else {
      throw ValidationError("--delim must be one ASCII character, or tab, not '\(text.printable(limit: 40))'.")
    }
    guard ![UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r")].contains(byte) else {
      throw ValidationError(
        "--delim cannot be a quotation mark or a line end, which have a meaning of their own in CSV.")
    }
    return byte
  }
}
