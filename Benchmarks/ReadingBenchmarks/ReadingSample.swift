import Corpora
import Foundation

/// The same rows as CSV and as JSON Lines.
struct ReadingSample {
  enum Format: String, CaseIterable {
    case csv
    case jsonl

    /// What it is compared with.
    var twin: String { self == .csv ? "pandas" : "python json" }
  }

  let folder: String
  let title: String
  let options: ReadingOptions

  func path(_ format: Format) -> String { "\(folder)/rows.\(format.rawValue)" }

  func size(_ format: Format) -> Int {
    (try? FileManager.default.attributesOfItem(atPath: path(format))[.size] as? Int) ?? 0
  }

  /// Writes the rows of IMDB, or where that is not there the package's reviews many times over.
  static func prepare(in folder: String) throws -> ReadingSample {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let imdb = ["train", "test"].map { "../shared/data/imdb/\($0).csv" }
    let hasIMDB = imdb.allSatisfy { FileManager.default.fileExists(atPath: $0) }
    let key = hasIMDB ? "text" : "sentence"
    let options = ReadingOptions(textKey: key, labelKeys: ["label"], labels: .required)
    let corpus = try CorpusReader.read(hasIMDB ? imdb : ["data/reviews/train.csv"], options: options)
    let repeats = max(1, 60_000_000 / max(1, corpus.texts.byteCount))
    let sample = ReadingSample(
      folder: folder, title: hasIMDB ? "IMDB reviews" : "the package's reviews, \(repeats) times", options: options)
    var table = try DelimitedWriter()
    table.append(["label", key])
    var lines = JSONWriter(keys: ["label", key], form: .lines)
    for _ in 0..<repeats {
      for row in 0..<corpus.count {
        let values: [OutputValue] = [.integer(Int(corpus.labels[0][row])), .bytes(corpus.texts[row])]
        table.append(values)
        lines.append(values)
      }
    }
    try table.takeData().write(to: URL(fileURLWithPath: sample.path(.csv)))
    try lines.finish().write(to: URL(fileURLWithPath: sample.path(.jsonl)))
    return sample
  }
}

/// Seconds of the fastest of several calls.
func bestOf(_ count: Int, _ body: () throws -> Void) rethrows -> Double {
  var best = Double.infinity
  for _ in 0..<count {
    let start = ContinuousClock.now
    try body()
    best = min(best, start.duration(to: .now) / .seconds(1))
  }
  return best
}
