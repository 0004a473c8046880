import Corpora
import Foundation

/// Times the training of a SentencePiece model and the encoding of what it was trained on, beside the Python package.
@main
struct TokenizerBenchmarks {
  static func main() throws {
    let options = BenchmarkOptions(CommandLine.arguments.dropFirst())
    let files = ["unsup", "train"].map { "\(options.folder)/\($0).csv" }
    guard files.allSatisfy({ FileManager.default.fileExists(atPath: $0) }) else {
      print("tokenizers: no reviews in \(options.folder); name the folder with --reviews")
      return
    }
    let texts = try CorpusReader.read(files, options: ReadingOptions(textKey: "text")).texts
    let megabytes = Double((0..<texts.count).reduce(0) { $0 + texts.withBytes(at: $1, \.count) }) / 1e6
    print("\(texts.count) reviews, \(String(format: "%.1f", megabytes)) MB, \(options.pieces) pieces, BPE")

    let training = SentencePieceTraining(
      modelType: .bpe, vocabularySize: options.pieces, threads: options.threads, textLimit: .max)
    var tokenizer: SentencePieceTokenizer?
    let trainingSeconds = try seconds { tokenizer = try training.train(on: texts, cleaning: .none) }
    guard let tokenizer else { return }
    var tokens = 0
    let encodingSeconds = try seconds { tokens = try encode(texts, tokenizer, threads: 1) }
    let parallelSeconds = try seconds { tokens = try encode(texts, tokenizer, threads: options.threads) }
    let python = try PythonTwin(texts, pieces: options.pieces, threads: options.threads)?.run()

    print(row("name", "here", "Python", "Python/here"))
    var table = MeasurementTable()
    table.add("sentencepiece-train", trainingSeconds, python?.train)
    table.add("sentencepiece-encode", encodingSeconds, python?.encode)
    table.add("sentencepiece-encode-\(options.threads)-threads", parallelSeconds, python?.encodeThreads)
    if let python {
      let isSame = python.tokens == tokens
      print("tokens: \(tokens) here, \(python.tokens) in Python\(isSame ? "" : " (another version of the library)")")
    } else {
      print("no Python with the package sentencepiece: SENTENCEPIECE_PYTHON may name one")
    }
    try table.merge(into: ".build/bench.json")
  }

  private static func seconds(_ body: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try body()
    return start.duration(to: .now) / .seconds(1)
  }

  /// Tokens of all texts, counted.
  private static func encode(_ texts: TextStore, _ tokenizer: SentencePieceTokenizer, threads: Int) throws -> Int {
    let source = CleanedTexts(texts, cleaning: .none, tokenizer: tokenizer)
    let sums = Sums(count: threads)
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      let share = texts.count * thread / threads..<texts.count * (thread + 1) / threads
      sums.set(thread, Result { try share.reduce(0) { $0 + (try source.tokens(at: $1).count) } })
    }
    return try sums.total()
  }
}

/// What was typed behind `--tokenizers`.
struct BenchmarkOptions {
  var folder = "../shared/data/imdb"
  var pieces = 8000
  var threads = 2

  init(_ words: some Collection<String>) {
    let words = Array(words)
    for (place, word) in words.enumerated() where place + 1 < words.count {
      switch word {
      case "--reviews": folder = words[place + 1]
      case "--pieces": pieces = Int(words[place + 1]) ?? pieces
      case "--threads": threads = max(1, Int(words[place + 1]) ?? threads)
      default: break
      }
    }
  }
}

/// A sum for each thread.
private final class Sums: @unchecked Sendable {
  // Guarded by `lock`.
  private var results: [Result<Int, any Error>]
  private let lock = NSLock()

  init(count: Int) { results = Array(repeating: .success(0), count: count) }

  func set(_ place: Int, _ result: Result<Int, any Error>) { lock.withLock { results[place] = result } }

  func total() throws -> Int { try lock.withLock { try results.reduce(0) { $0 + (try $1.get()) } } }
}
