import Checkpoints
import Formats
import Foundation
import Testing

/// Small slices of the reviews that come with the package.
enum ReviewSamples {
  private static func lines(_ name: String, _ count: Int) throws -> String {
    let url = ImportTool.packageRoot.appendingPathComponent("data/reviews/\(name).csv")
    return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").prefix(count + 1)
      .joined(separator: "\n") + "\n"
  }

  /// `unsup.csv` with 120 texts, `train.csv` with 60 labelled rows, the same as `val.csv`, and `test.csv` with 30.
  ///
  /// Validation on the training rows chooses a C with which features are used even by a model that knows little.
  static func write(to bench: CommandBench) throws {
    try bench.write(lines("unsup", 120), to: "unsup.csv")
    try bench.write(lines("train", 60), to: "train.csv")
    try bench.write(lines("train", 60), to: "val.csv")
    try bench.write(lines("test", 30), to: "test.csv")
  }

  /// Runs `body` in a folder that holds the slices.
  static func use(_ body: (CommandBench) throws -> Void) throws {
    try CommandBench.use { bench in
      try write(to: bench)
      try body(bench)
    }
  }

  /// Runs `body` in a folder that holds the slices, a language model and what a transfer of it wrote.
  static func useModel(_ body: (CommandBench) throws -> Void) throws {
    try use { bench in
      for (name, data) in try trained.get() { try bench.write(data, to: name) }
      try body(bench)
    }
  }

  static let pretrain =
    "pretrain --data unsup.csv --nhid 24 --emsize 12 --batch-size 4 --seq-length 32 --lr 0.01 --clip 1 "
    + "--eval-iters 2 --eval-batch-size 2 --eval-seq-length 32 --threads 1 --save-iters 0 --train-iters "

  static let transfer =
    "transfer --data train.csv --valid val.csv --test test.csv --batch-size 16 --threads 1"

  static let model = "lang_model.safetensors"
  static let classifier = "lang_model_transfer/sentiment/classifier.safetensors"

  /// The model and the classifier, made once.
  private static let trained: Result<[String: Data], any Error> = Result {
    var files: [String: Data] = [:]
    try use { bench in
      try bench.succeed(pretrain + "40")
      try bench.succeed(transfer + " --load \(model)")
      for name in [model, classifier] { files[name] = try bench.data(name) }
    }
    return files
  }

  /// The bytes of every array of a file, by name.
  static func tensors(_ bench: CommandBench, _ name: String) throws -> [String: Data] {
    let file = try SafetensorsFile(path: bench.path(name))
    return try Dictionary(
      uniqueKeysWithValues: file.names.map { ($0, try file.withBytes(named: $0) { Data($0) }) })
  }

  /// Shape and element type of an array file.
  static func array(_ bench: CommandBench, _ name: String) throws -> NumpyArray {
    try NumpyFile.read(bench.path(name))
  }
}
