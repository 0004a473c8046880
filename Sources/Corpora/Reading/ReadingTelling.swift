/// One thing that the owner of a file should be told after it was read.
public enum ReadingTelling: Sendable, Equatable, CustomStringConvertible {
  /// How the file is read may not be expected.
  case notice(ReadingNotice)
  /// Something was met in rows that were read all the same; `places` names the first of them.
  case remark(RowRemark, rows: Int, places: String)
  /// Rows were left out.
  case skipped(String)

  /// One sentence, those of notices and remarks behind `Note:`.
  public var description: String {
    switch self {
    case .notice(let notice): "Note: \(notice)"
    case .remark(let remark, let rows, let places): "Note: " + remark.sentence(rows, places)
    case .skipped(let sentence): sentence
    }
  }
}
