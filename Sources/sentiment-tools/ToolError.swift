import Corpora
import Files

/// What can go wrong in `sentiment-tools`, each as one sentence for the person at the terminal.
enum ToolError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A data set's folder or file is not where it was looked for.
  case missing(path: String, dataSet: DataSetLayout?)
  case unreadable(path: String, reason: String)
  case notUTF8(path: String, line: Int?)
  case compressed(path: String)
  case empty(path: String)
  case malformedTree(path: String, line: Int, reason: String)
  case unexpectedFileName(path: String)
  case missingColumn(path: String, column: String, found: [String])
  case wrongColumnCount(path: String, line: Int, found: Int, expected: Int)
  case unknownLabel(path: String, line: Int, column: String, found: String)
  case mixedLabels(path: String, line: Int)
  case differentLabelling(path: String, first: String)
  case malformedReview(path: String, line: Int, reason: String)
  case malformedLine(path: String, line: Int, reason: String)
  /// A folder holds what an earlier job wrote, part of which would stay beside the new files.
  case holdsOlderFiles(folder: String, what: String)

  var description: String {
    switch self {
    case .missing(let path, nil):
      "'\(path.printable)' is not there."
    case .missing(let path, let dataSet?):
      "'\(path.printable)' is not there; expected \(dataSet.layout), which can be downloaded from \(dataSet.source)."
    case .unreadable(let path, let reason):
      "'\(path.printable)' cannot be read: \(reason)."
    case .notUTF8(let path, let line?):
      "'\(path.printable)', line \(line), is not valid UTF-8."
    case .notUTF8(let path, nil):
      "'\(path.printable)' is not valid UTF-8."
    case .compressed(let path):
      "'\(path.printable)' is compressed; unpack it first, for example with: gunzip '\(path.printable)'."
    case .empty(let path):
      "'\(path.printable)' holds no rows."
    case .malformedTree(let path, let line, let reason):
      "'\(path.printable)', line \(line), is not a tree like (3 (2 Good) (2 film)): \(reason.printable)."
    case .unexpectedFileName(let path):
      "'\(path.printable)' is not named like ID_RATING.txt, for example 200_8.txt."
    case .missingColumn(let path, let column, let found):
      "'\(path.printable)' has no column '\(column.printable)'; its columns are "
        + found.prefix(20).map { "'\($0.printable)'" }.joined(separator: ", ") + (found.count > 20 ? ", …." : ".")
    case .wrongColumnCount(let path, let line, let found, let expected):
      "'\(path.printable)', line \(line), has \(found) columns where the header has \(expected)."
    case .unknownLabel(let path, let line, let column, let found):
      "'\(path.printable)', line \(line), column '\(column.printable)', holds '\(found.printable)' where 0, 1 or NONE is "
        + "expected."
    case .mixedLabels(let path, let line):
      "'\(path.printable)', line \(line), mixes labels with NONE; a file is either labelled or not."
    case .differentLabelling(let path, let first):
      "'\(path.printable)' and '\(first.printable)' cannot be joined: one is labelled, the other is not."
    case .malformedReview(let path, let line, let reason):
      "'\(path.printable)', line \(line), is not a review: \(reason.printable)."
    case .malformedLine(let path, let line, let reason):
      "'\(path.printable)', line \(line): \(reason.printable)."
    case .holdsOlderFiles(let folder, let what):
      "'\(folder.printable)' holds \(what) of an earlier job; name another folder, or give --force to replace "
        + "all of them."
    }
  }
}

/// What a data set looks like on disk, and where it is published.
enum DataSetLayout: Sendable, Equatable {
  case sentimentTreebank, movieReviews, tweetEmotions, productReviews

  var layout: String {
    switch self {
    case .sentimentTreebank: "the folder 'trees' of trainDevTestTrees_PTB.zip with train.txt, dev.txt and test.txt"
    case .movieReviews:
      "the unpacked folder 'aclImdb' with train/pos, train/neg, train/unsup, test/pos and test/neg"
    case .tweetEmotions: "an English file of SemEval-2018 Task 1 E-c such as 2018-E-c-En-train.txt"
    case .productReviews: "an unpacked file of Amazon reviews with one JSON object on each line"
    }
  }

  var source: String {
    switch self {
    case .sentimentTreebank: "https://nlp.stanford.edu/sentiment"
    case .movieReviews: "https://ai.stanford.edu/~amaas/data/sentiment"
    case .tweetEmotions: "https://competitions.codalab.org/competitions/17751"
    case .productReviews: "https://nijianmo.github.io/amazon"
    }
  }
}
