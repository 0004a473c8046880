import Corpora
import Files

extension CorpusError: Advised {
  /// Which option reads the file as it is meant.
  public var advice: String? {
    switch self {
    case .foreignFile(_, .utf16): "add --encoding utf-16le or utf-16be"
    case .foreignFile(_, let kind) where kind.isPipedUnpacked: "--data - reads a pipe"
    case .contradictingMark: "leave --encoding out, or add --encoding utf-16"
    case .missingColumn(_, _, let found): delimiterAdvice(found)
    case .missingColumnOfText(_, _, let found):
      [delimiterAdvice(found), "to read it as plain text, one text a line, leave out --text-key"].compactMap { $0 }
        .joined(separator: "; ")
    case .noSuchColumn(_, _, nil, let found): delimiterAdvice(found)
    case .ambiguousColumn(_, _, let places, isText: true): places.last.map { "choose one with --text-column \($0)" }
    case .noColumns: "leave out --text-column"
    case .unbalancedQuote: "if quotes are part of the texts, add --quoting none"
    case .invalidUTF8: "if the file is Latin-1, add --encoding latin1"
    case .invalidEncoding: "choose another --encoding"
    case .notLooseJSON: "leave out --loose-json"
    case .tooFewRows: "give more rows, or --split 1 to leave them whole"
    case .tokenizerNotTrained(.tooManyPieces(_, let most)): "lower --vocab-size to \(most) or less"
    case .tokenizerNotTrained(.tooFewPieces): "raise --vocab-size"
    default: nil
    }
  }

  /// What to try when a header looks like one column that holds the delimiters of several.
  private func delimiterAdvice(_ found: [String]) -> String? {
    guard found.count == 1, let mark = found[0].first(where: { ";\t|,".contains($0) }) else { return nil }
    return "add --delim \(mark == "\t" ? "tab" : "'\(mark)'")"
  }
}

extension ForeignFile {
  /// Whether what is inside may be piped in.
  fileprivate var isPipedUnpacked: Bool { [.bzip2, .xz, .zstandard, .lz4, .compress].contains(self) }
}

extension ReadingNotice: Advised {
  /// Which option reads the file the other way.
  public var advice: String? {
    switch self {
    case .plainTextWithHeader: "if it is a header, name the text's column with --text-key"
    case .plainTextWithColumn(_, let textKey): "to read columns, add --text-key \(textKey.printable)"
    case .withoutEffect(_, let setting, _): "leave out \(setting.option)"
    case .textFileWithColumns, .markOfUTF8: nil
    }
  }
}

extension ReadingSetting {
  /// The option that asks for it.
  fileprivate var option: String {
    switch self {
    case .looseJSON: "--loose-json"
    case .delimiter: "--delim"
    case .quoting: "--quoting"
    }
  }
}

extension RowRemark: Advised {
  /// Which option reads such rows the other way.
  public var advice: String? {
    switch self {
    case .literalQuote: "--quoting csv joins such lines, and --quoting none says that this is right"
    case .spanningCell: "if those quotes belong to the texts, add --quoting none"
    case .repeatedKey, .loneReturn: nil
    }
  }
}

extension ReadingTelling: Advised {
  /// The advice of what is told.
  public var advice: String? {
    switch self {
    case .notice(let notice): notice.advice
    case .remark(let remark, _, _): remark.advice
    case .skipped: nil
    }
  }
}
