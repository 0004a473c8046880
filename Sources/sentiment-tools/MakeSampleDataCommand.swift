import Files
import ArgumentParser
import Checkpoints
import ToolSupport

struct MakeSampleDataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "make-sample-data",
    abstract: "Write the small set of review sentences that is shipped in data/reviews.",
    discussion: """
      Writes train.csv, val.csv and test.csv (columns label and sentence) and unsup.csv (column sentence). The same \
      seed gives the same bytes; without --seed these are the shipped ones.
      """)

  @Option(help: ArgumentHelp("Folder to write to.", valueName: "folder"))
  var output = "data/reviews"

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Number that all choices follow from; a negative number draws one.", valueName: "number"))
  var seed = Int(SampleReviews.committedSeed)

  func validate() throws {
    try Seed.check(seed)
    if output.isEmpty { throw ValidationError("--output must name a folder; it is empty.") }
  }

  func run() throws {
    let reviews = SampleReviews(seed: UInt64(Seed.resolve(seed)))
    let files = PendingFiles()
    var paths: [String] = []
    for (name, rows) in [("train", reviews.train), ("val", reviews.validation), ("test", reviews.test)] {
      let file = try files.begin("\(output)/\(name).csv")
      try file.write(CommaSeparated.line(["label", "sentence"]))
      for row in rows { try file.write(CommaSeparated.line([String(row.label.rawValue), row.sentence])) }
      paths.append(file.path)
    }
    let unlabelled = try files.begin("\(output)/unsup.csv")
    try unlabelled.write(CommaSeparated.line(["sentence"]))
    for review in reviews.unlabelled { try unlabelled.write(CommaSeparated.line([review])) }
    try files.publish()
    for path in paths + [unlabelled.path] { try Console.standardOutput.writeLine(path) }
  }
}
