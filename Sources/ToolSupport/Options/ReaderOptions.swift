import ArgumentParser
import Corpora

/// How files are read and cut into batches; shared by the commands that read texts.
public struct ReaderOptions: ParsableArguments {
  /// `--text-key`; default sentence.
  @Option(parsing: .unconditional, help: ArgumentHelp("Column or key of the text.", valueName: "name"))
  public var textKey = "sentence"

  /// `--process-fn`; default that of the checkpoint, else `process_str`.
  @Option(
    name: .customLong("process-fn"), parsing: .unconditional,
    help: ArgumentHelp(
      "Cleaning of the texts: process_str for prose, process_tweet for tweets, none for the bytes as they are "
        + "(default: that of --load, else process_str).", valueName: "name"))
  public var cleaning: CleaningMethod?

  /// `--batch-size`; default 128 rows.
  @Option(parsing: .unconditional, help: ArgumentHelp("Rows worked on together.", valueName: "rows"))
  public var batchSize = 128

  /// `--loose-json`; default off.
  @Flag(help: "JSON files hold one object a line instead of one array (default: off).")
  public var looseJson = false

  /// `--delim`; default comma.
  @Option(
    name: .customLong("delim"), parsing: .unconditional,
    help: ArgumentHelp(
      "Character between CSV columns; tab or \\t for TAB, which .tsv files always use.", valueName: "character"))
  public var delimiterText = ","

  /// `--encoding`; default UTF-8.
  @Option(parsing: .unconditional, help: ArgumentHelp("Encoding of the files.", valueName: "name"))
  public var encoding = TextEncoding.utf8

  /// `--dry-run`; default off.
  @Flag(help: "Show how the files are read and cleaned, and do nothing else (default: off).")
  public var dryRun = false

  /// The options at their defaults.
  public init() {}

  /// Checks names, sizes and the delimiter.
  public mutating func validate() throws {
    try Check.notEmpty("--text-key", textKey, "a column or key")
    try Check.range("--batch-size", batchSize, SizeLimits.batchRows, "rows")
    _ = try Self.delimiter(of: delimiterText)
  }

  /// The CSV delimiter as one byte.
  public var delimiter: UInt8 {
    (try? Self.delimiter(of: delimiterText)) ?? UInt8(ascii: ",")
  }

  private static func delimiter(of text: String) throws -> UInt8 {
    if text == "\\t" || text.lowercased() == "tab" { return UInt8(ascii: "\t") }
    guard text.utf8.count == 1, let byte = text.utf8.first, byte < 128 else {
      throw ValidationError("--delim must be one ASCII character, or tab, not '\(text)'.")
    }
    guard ![UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r")].contains(byte) else {
      throw ValidationError(
        "--delim cannot be a quotation mark or a line end, which have a meaning of their own in CSV.")
    }
    return byte
  }
}
