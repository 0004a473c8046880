import Files

extension CorpusError: CustomStringConvertible {
  /// One sentence for a user.
  public var description: String {
    switch self {
    case .missingFile(let path, let hint):
      return "\(path.printable) does not exist" + (hint.map { "; \($0)" } ?? "")
    case .noMatch(let pattern):
      return "no file matches \(pattern.printable)"
    case .isFolder(let path):
      return "\(path.printable) is a folder, not a file"
    case .unreadable(let path, let reason):
      return "\(shown(path)) cannot be read: \(reason)"
    case .unwritable(let path, let reason):
      return "\(path.printable) cannot be written: \(reason)"
    case .foreignFile(let path, let kind):
      let isText = kind == .utf16 || kind == .utf32
      return "\(shown(path)) is \(kind.name)\(isText ? "" : ", not text")"
        + (kind.adviceForTexts.map { "; \($0)" } ?? "")
    case .contradictingMark(let path, let mark, let encoding):
      return
        "\(shown(path)) begins with the byte-order mark of \(mark), and the encoding asked for is \(encoding.rawValue)"
    case .unknownExtension(let path, let fileExtension):
      let known = alternatives(CorpusPath.knownExtensions.map { ".\($0)" })
      return
        "\(path.printable) has the unknown extension .\(fileExtension.printable(limit: 60)); expected \(known), each also with .gz"
    case .emptyFile(let path):
      return "\(shown(path)) is empty"
    case .noUsableRows(let path, let rowsSkipped):
      let why = rowsSkipped == 0 ? "only a header" : "\(counted(rowsSkipped, "row")), all of them skipped"
      return "\(shown(path)) has no usable rows: \(why)"
    case .emptyArray(let path):
      return "\(shown(path)) is a JSON array without objects"
    case .missingColumn(let path, let column, let found):
      return "\(shown(path)) has no column \(quoted(column)); its columns are \(listed(found))"
        + nearest(column, found)
    case .missingColumnOfText(let path, let column, let found):
      return "\(shown(path)) has no column \(quoted(column)) in its first line, which is \(listed(found))"
        + nearest(column, found)
    case .ambiguousColumn(let path, let column, let places, let isText):
      return "\(shown(path)) has \(places.count) columns named \(quoted(column)), numbers "
        + alternatives(places.prefix(8).map(String.init), joinedBy: "and")
        + (isText ? "" : "; rename all but one of them")
    case .noSuchColumn(let path, let number, let name?, let found):
      return "column \(number) of \(shown(path)) is not named \(quoted(name)); its columns are \(listed(found))"
    case .noSuchColumn(let path, let number, nil, let found):
      return "\(shown(path)) has no column \(number); its \(counted(found.count, "column")) are \(listed(found))"
    case .noColumns(let path, let what):
      return "\(shown(path)) \(what) and has no columns to choose one of by its number"
    case .oneNameForTwo(let name):
      return "\(quoted(name)) is asked for twice, as text, label or id; each needs a column or key of its own"
    case .wrongFieldCount(let path, let line, let expected, let found):
      return "\(shown(path)), line \(line): \(counted(found, "field")) where the header has \(expected)"
    case .unbalancedQuote(let path, let line):
      return "\(shown(path)), line \(line): a quote is opened and never closed"
    case .invalidUTF8(let path, let line):
      return "\(shown(path)), line \(line): bytes that are not UTF-8"
    case .invalidEncoding(let path, let line, let encoding):
      return "\(shown(path)), line \(line): bytes that are not \(encoding.rawValue)"
    case .unsupportedEncoding(let encoding):
      return "this system cannot convert from \(encoding.rawValue); convert the file to UTF-8"
    case .damagedGzip(let path, let reason):
      return "\(shown(path)) is not a whole gzip file: \(reason)"
    case .recordTooLong(let path, let line, let limit):
      return "\(shown(path)), line \(line): a row of more than \(limit >> 20) MiB; give each text a line of its own"
    case .invalidJSON(let path, let line, let expected):
      return "\(shown(path)), line \(line): not valid JSON, expected \(expected)"
    case .notLooseJSON(let path, let line):
      return "\(shown(path)), line \(line): not valid JSON, expected \"{\", since one object a line was asked for"
    case .missingKey(let path, let line, let key, let found):
      return "\(shown(path)), line \(line): the object has no key \(quoted(key)); its keys are \(listed(found))"
        + nearest(key, found)
    case .invalidLabel(let path, let line, let column, let value):
      return "\(shown(path)), line \(line): label \(quoted(value)) in \(quoted(column)) is not a number"
    case .numberAmongNames(let path, let line, let column, let value):
      return
        "\(shown(path)), line \(line): label \(quoted(value)) in \(quoted(column)) is a number, where earlier rows "
        + "have names"
    case .unknownClass(let path, let line, let column, let value, let known):
      return "\(shown(path)), line \(line): label \(quoted(value)) in \(quoted(column)) is none of \(listed(known))"
    case .tooManyClasses(let path, let line, let column, let limit):
      return "\(shown(path)), line \(line): more than \(limit) different names in \(quoted(column)); is it the label?"
    case .mixedLabels(let column):
      return "the labels in \(quoted(column)) are numbers in one file and names in another"
    case .invalidLabelMap(let text, let reason):
      return "the label map \(quoted(text)) cannot be used: \(reason)"
    case .noMappedLabels(let path, let map, let found):
      return "\(shown(path)) has no label that is in the label map \(map); among its labels are \(listed(found))"
    case .labelsInPlainText(let path, let column):
      return "\(shown(path)) is plain text, one text a line, and has no column \(quoted(column))"
    case .invalidText(let path, let line, let key):
      return "\(shown(path)), line \(line): \(quoted(key)) is not a text"
    case .invalidDelimiter(let delimiter):
      return "delimiter \(quoted(delimiter)) cannot be used; expected one ASCII character, not a quote or a line break"
    case .unknownName(let kind, let name, let known):
      return "unknown \(kind) \(quoted(name)); expected \(alternatives(known))"
    case .noFiles:
      return "no file to read was given"
    case .readsOnlyOnce(let path, let why):
      return "\(shown(path)) can be read only once, but \(why); save its texts in a file and name that"
    case .stopped:
      return "reading was stopped"
    case .damagedLazyFile(let path, let reason):
      return "\(path.printable) is damaged (\(reason)); delete it and it is written anew"
    case .unusableTokenizer(let path, let reason):
      return "\(path?.printable ?? "the tokenizer's model") cannot be used as a tokenizer: \(reason)"
    case .tokenizerNotTrained(let reason):
      return "no SentencePiece model can be trained: \(reason)"
    case .notTokenized(let reason):
      return "a text cannot be cut into tokens: \(reason)"
    case .differingLabels(let first, let second):
      return "files with different label columns cannot be joined: \(listed(first)) and \(listed(second))"
    case .invalidSplit(let text, let reason):
      return "split \(quoted(text)) cannot be used: \(reason)"
    case .tooFewRows(let rows, let parts):
      return "\(counted(rows, "row")) cannot be split into \(parts) parts that need at least one row each"
    case .noTokens:
      return "the texts hold no tokens to learn from"
    case .invalidBatch(let reason):
      return reason
    case .stateMismatch(let reason):
      return "the saved data position does not fit: \(reason)"
    }
  }

  private func shown(_ path: String) -> String { path.shownAsPath }

  /// The name that was meant, perhaps.
  private func nearest(_ name: String, _ found: [String]) -> String {
    NearestName.of(name, among: found).map { "; is \(quoted($0)) meant?" } ?? ""
  }

  private func quoted(_ text: String) -> String { "\"\(text.printable)\"" }

  private func listed(_ names: [String]) -> String { ShownNames.listed(names) }

  private func alternatives(_ names: [String], joinedBy word: String = "or") -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "none" }
    return names.dropLast().joined(separator: ", ") + " \(word) " + last
  }

}
