import Files

/// What can go wrong between a user's file and a batch of tokens, each case with what is needed to explain it.
///
/// Paths are shown as given on the command line; `-` reads "standard input". Lines are physical lines counted from 1.
public enum CorpusError: Error, Sendable, Equatable {
  /// No file at this path; `hint` says how to get one.
  case missingFile(path: String, hint: String?)
  /// No file has a name that fits the pattern.
  case noMatch(pattern: String)
  /// The path names a folder.
  case isFolder(path: String)
  /// The file exists and cannot be read.
  case unreadable(path: String, reason: String)
  /// A file of ours could not be written.
  case unwritable(path: String, reason: String)
  /// The file is of a kind that holds no texts, whatever its name says.
  case foreignFile(path: String, kind: ForeignFile)
  /// A byte-order mark, named by `mark`, where another encoding was asked for.
  case contradictingMark(path: String, mark: String, encoding: TextEncoding)
  /// The extension names no format known here.
  case unknownExtension(path: String, fileExtension: String)
  /// Nothing but blanks.
  case emptyFile(path: String)
  /// Only a header, or only rows that had to be skipped.
  case noUsableRows(path: String, rowsSkipped: Int)
  /// A JSON array without an object.
  case emptyArray(path: String)
  /// A column that was asked for is not in the header.
  case missingColumn(path: String, column: String, found: [String])
  /// A column that was asked for by name is not in the first line of what may be plain text.
  case missingColumnOfText(path: String, column: String, found: [String])
  /// Several columns have the name that was asked for; `places` are their numbers from 1.
  case ambiguousColumn(path: String, column: String, places: [Int], isText: Bool)
  /// A column that was asked for by its number is not there, or has another name than was asked for.
  case noSuchColumn(path: String, number: Int, name: String?, found: [String])
  /// A column's number was asked for where there are no columns; `what` is what there is.
  case noColumns(path: String, what: String)
  /// One column or key for two purposes.
  case oneNameForTwo(name: String)
  /// A row with more or fewer fields than the header.
  case wrongFieldCount(path: String, line: Int, expected: Int, found: Int)
  /// A quote that is never closed; `line` is where it was opened.
  case unbalancedQuote(path: String, line: Int)
  /// Bytes that are not UTF-8.
  case invalidUTF8(path: String, line: Int)
  /// Bytes that mean nothing in the encoding that was asked for.
  case invalidEncoding(path: String, line: Int, encoding: TextEncoding)
  /// The system cannot convert from this encoding.
  case unsupportedEncoding(TextEncoding)
  /// Compressed data that are cut short or damaged.
  case damagedGzip(path: String, reason: String)
  /// A row of more than `limit` bytes.
  case recordTooLong(path: String, line: Int, limit: Int)
  /// Text that is not the JSON it should be.
  case invalidJSON(path: String, line: Int, expected: String)
  /// Something else than an object where one object a line was asked for.
  case notLooseJSON(path: String, line: Int)
  /// An object without a key that was asked for.
  case missingKey(path: String, line: Int, key: String, found: [String])
  /// A label that is not a number.
  case invalidLabel(path: String, line: Int, column: String, value: String)
  /// A number in a label column whose earlier rows have names.
  case numberAmongNames(path: String, line: Int, column: String, value: String)
  /// A label that is none of the names the labels have.
  case unknownClass(path: String, line: Int, column: String, value: String, known: [String])
  /// A label column with more different names than a classifier can have classes.
  case tooManyClasses(path: String, line: Int, column: String, limit: Int)
  /// A label column that has numbers in one file and names in another.
  case mixedLabels(column: String)
  /// A label map that cannot be used.
  case invalidLabelMap(text: String, reason: String)
  /// No label of a file is in the label map; `found` are some of them.
  case noMappedLabels(path: String, map: String, found: [String])
  /// Plain text has no place for labels.
  case labelsInPlainText(path: String, column: String)
  /// A text that is neither a string nor a number.
  case invalidText(path: String, line: Int, key: String)
  /// A delimiter that cannot delimit.
  case invalidDelimiter(String)
  /// A name of none of the cases of a list.
  case unknownName(kind: String, name: String, known: [String])
  /// Reading was asked for without any path.
  case noFiles
  /// A pipe or a device that would have to be read more than once; `why` says what for.
  case readsOnlyOnce(path: String, why: String)
  /// Reading ended because a ``StopRequest`` was made.
  case stopped
  /// The folder of a text file read on demand does not hold what it says.
  case damagedLazyFile(path: String, reason: String)
  /// A tokenizer's model cannot be used; `path` is nil where its bytes did not come from a file of its own.
  case unusableTokenizer(path: String?, reason: String)
  /// A tokenizer cannot be trained on the text at hand.
  case tokenizerNotTrained(TokenizerRefusal)
  /// A text cannot be cut into tokens.
  case notTokenized(reason: String)
  /// Corpora with different label columns cannot be put together.
  case differingLabels([String], [String])
  /// Proportions that cannot be understood.
  case invalidSplit(text: String, reason: String)
  /// Fewer rows than parts that need one.
  case tooFewRows(rows: Int, parts: Int)
  /// Texts without a single pair of tokens to predict from.
  case noTokens
  /// A batch shape that cannot be produced.
  case invalidBatch(reason: String)
  /// A saved position that belongs to other data or another shape.
  case stateMismatch(reason: String)

  /// The same error with `hint` as its advice, when the file is missing; otherwise unchanged.
  public func adding(hint: String) -> CorpusError {
    guard case .missingFile(let path, _) = self else { return self }
    return .missingFile(path: path, hint: hint)
  }
}
