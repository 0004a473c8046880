import Files
import ArgumentParser
import Checkpoints
import Corpora
import Foundation
import ToolSupport

struct ImportMovieReviewsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "imdb",
    abstract: "Large Movie Review Dataset: labelled and unlabelled reviews.",
    discussion: """
      Reads the folder aclImdb of aclImdb_v1.tar.gz (https://ai.stanford.edu/~amaas/data/sentiment). Writes the JSON \
      arrays train.json and test.json with the keys sentence and label, positive and negative reviews in turn, and \
      unsup.json with the key sentence. Texts are kept as they are, markup included.
      """)

  @Option(help: ArgumentHelp("Unpacked folder aclImdb.", valueName: "folder"))
  var input: String

  @Option(help: ArgumentHelp("Folder to write to.", valueName: "folder"))
  var output = "data/imdb"

  func run() throws {
    let files = PendingFiles()
    var arrays: [JSONArrayOutput] = []
    for split in ["train", "test"] {
      let positive = try Self.reviewFiles(in: "\(input)/\(split)/pos")
      let negative = try Self.reviewFiles(in: "\(input)/\(split)/neg")
      var array = try JSONArrayOutput(file: files.begin("\(output)/\(split).json"))
      for index in 0..<max(positive.count, negative.count) {
        for (reviews, label) in [(positive, 1), (negative, 0)] where index < reviews.count {
          let text = try InputText.contents(of: reviews[index], dataSet: .movieReviews)
          try array.append(#"{"sentence":\#(JSONText.quoted(text)),"label":\#(label)}"#)
        }
      }
      arrays.append(array)
    }
    var array = try JSONArrayOutput(file: files.begin("\(output)/unsup.json"))
    for review in try Self.reviewFiles(in: "\(input)/train/unsup") {
      let text = try InputText.contents(of: review, dataSet: .movieReviews)
      try array.append(#"{"sentence":\#(JSONText.quoted(text))}"#)
    }
    arrays.append(array)

    for array in arrays { try array.finish() }
    try files.publish()
    for array in arrays {
      try Console.standardOutput.writeLine("\(array.file.path): \(TextFormat.counted(array.count, "review"))")
    }
  }

  /// The paths of a folder's reviews in the order of the numbers in front of their names.
  private static func reviewFiles(in folder: String) throws -> [String] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw ToolError.missing(path: folder, dataSet: .movieReviews)
    }
    var reviews: [(number: Int, path: String)] = []
    for name in names where !name.hasPrefix(".") {
      let path = "\(folder)/\(name)"
      let parts = name.split(separator: "_")
      guard name.hasSuffix(".txt"), parts.count == 2, let number = Int(parts[0]), Int(parts[1].dropLast(4)) != nil
      else {
        throw ToolError.unexpectedFileName(path: path)
      }
      reviews.append((number, path))
    }
    if reviews.isEmpty { throw ToolError.empty(path: folder) }
    return reviews.sorted { ($0.number, $0.path) < ($1.number, $1.path) }.map(\.path)
  }
}
