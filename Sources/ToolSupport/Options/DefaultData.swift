import Corpora

/// The files that commands read when none is named, and how to get them.
public enum DefaultData {
  private static let imports: [(part: String, hint: String)] = [
    ("data/imdb/", "make it with: sentiment-tools import imdb --input aclImdb --output data/imdb"),
    ("data/binary_sst/", "make it with: sentiment-tools import sst --input trees --output data/binary_sst"),
    ("data/semeval/", "make it with: sentiment-tools import semeval --input 2018-E-c-En-train.txt --output \(semeval)"),
    ("data/amazon/", "make it with: sentiment-tools import amazon --input reviews.jsonl --output \(amazon)"),
  ]
  private static let semeval = "data/semeval/train.csv"
  private static let amazon = "data/amazon/reviews.json"

  /// Runs `body`, and adds to the error of a missing data set the command that imports it.
  public static func explainingMissingFiles<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as CorpusError {
      guard case .missingFile(let path, nil) = error,
        let hint = imports.first(where: { path.trimmingPrefix("./").hasPrefix($0.part) })?.hint
      else { throw error }
      throw error.adding(hint: hint)
    }
  }
}
