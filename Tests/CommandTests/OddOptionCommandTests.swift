import Foundation
import Synchronization
import Testing

/// Seeded random combinations of odd option values: whatever is typed, a command ends in an orderly way.
@Suite struct OddOptionCommandTests {
  private static let integers = [
    "0", "-1", "1", "2", "3", "7", "1000000000", "1000000001", "9223372036854775807", "-9223372036854775808",
    "99999999999999999999", "nan", "", "abc", "1e3", "0x10", " 1", "--", "٣",
  ]
  private static let reals = [
    "0", "-1", "1", "0.5", "0.999", "nan", "inf", "-inf", "1e-320", "1e308", "1e999", "-0.0", "", "x", "1,5",
  ]
  private static let texts = [
    "", " ", "none", "sentence", "label", "é", "a\u{0}b", "../x", "-", "--", "\n", "%s%n", "😀",
  ]
  private static let paths = [
    "", "out.npy", "train.csv/x", "nowhere/x.npy", "/proc/x", ".", "/", "a\nb", "/dev/null", "x.json", "-",
  ]
  private static let files = [
    "tiny.csv", "tiny.json", "nothing.csv", "header.csv", "", "-", "none", "/dev/null", ".", "tiny.csv tiny.csv",
  ]

  private enum Value { case integer, real, text, path, file, name([String]), flag }

  private static let shared: [(String, Value)] = [
    ("--text-key", .text), ("--process-fn", .name(["process_str", "process_tweet", "none", "x"])),
    ("--batch-size", .integer), ("--loose-json", .flag), ("--delim", .name([",", "\t", "tab", "ab", "\"", ""])),
    ("--encoding", .name(["utf8", "latin1", "utf-16", "ebcdic"])), ("--backend", .name(["onednn", "blas", "cuda"])),
    ("--threads", .integer), ("--report", .path), ("--quiet", .flag),
  ]
  private static let sizes: [(String, Value)] = [
    ("--model", .name(["mLSTM", "lstm", "GRU", "transformer", ""])), ("--emsize", .integer), ("--nhid", .integer),
    ("--nlayers", .integer), ("--load", .name(["lang_model.safetensors", "tiny.csv", "", "nowhere"])),
    ("--eval-batch-size", .integer),
    ("--split", .name(["1", "8,1,1", "0,1", "1e308,1e308", "nan", "-1", "1/1/1/1", ""])),
    ("--valid", .file), ("--test", .file), ("--eval-text-key", .text), ("--seed", .integer), ("--epochs", .integer),
  ]
  private static let commands: [(command: String, base: [String], options: [(String, Value)])] = [
    (
      "pretrain",
      "--data tiny.csv --nhid 4 --emsize 4 --batch-size 2 --seq-length 8 --eval-seq-length 8 --train-iters 2 --eval-iters 1"
        .split(separator: " ").map(String.init),
      shared + sizes + [
        ("--data", .file), ("--dropout", .real), ("--tied", .flag), ("--no-weight-norm", .flag),
        ("--seq-length", .integer), ("--eval-seq-length", .integer), ("--train-iters", .integer),
        ("--eval-iters", .integer), ("--persist-state", .integer), ("--sampling", .text), ("--lazy", .flag),
        ("--log-interval", .integer),
        ("--optim", .name(["adam", "SGD", "lamb", "rmsprop", "adadelta", "x"])), ("--weight-decay", .real),
        ("--momentum", .real), ("--nesterov", .flag), ("--accumulation-steps", .integer), ("--chkpt-grad", .flag),
        ("--on-divergence", .name(["stop", "rollback", "ignore", "x"])), ("--shards", .flag), ("--logdir", .path),
        ("--additional-iters", .integer), ("--keep-checkpoints", .integer), ("--weights-only", .flag),
        ("--resume", .flag), ("--lr", .real), ("--clip", .real), ("--warmup", .real),
        ("--decay-style", .name(["linear", "cosine", "exponential", "none"])), ("--constant-decay", .integer),
        ("--stlr-cut-frac", .real), ("--save", .path), ("--save-iters", .integer), ("--save-optim", .flag),
        ("--load-optim", .flag),
      ]
    ),
    (
      "transfer", ["--data", "tiny.csv", "--load", "lang_model.safetensors"],
      shared + sizes + [
        ("--data", .file), ("--label-key", .text), ("--eval-label-key", .text), ("--max-seq-len", .integer),
        ("--all-layers", .flag), ("--concat-max", .flag), ("--concat-min", .flag), ("--concat-mean", .flag),
        ("--get-hidden", .flag), ("--num-hidden-warmup", .integer), ("--neurons", .integer), ("--drop-neurons", .flag),
        ("--mcc", .flag), ("--use-cached", .flag), ("--no-test-eval", .flag), ("--save-results", .path),
        ("--write-results", .path),
      ]
    ),
    (
      "run-classifier", ["--data", "tiny.csv", "--load", "classifier.safetensors"],
      shared + [
        ("--data", .file), ("--label-key", .text),
        ("--load", .name(["classifier.safetensors", "lang_model.safetensors", ""])),
        ("--max-seq-len", .integer), ("--num-hidden-warmup", .integer), ("--neurons", .integer),
        ("--save-probs", .path), ("--write-results", .path),
      ]
    ),
    (
      "generate", ["--load", "classifier.safetensors", "--gen-length", "5"],
      [
        ("--load", .name(["classifier.safetensors", "lang_model.safetensors", "", "tiny.csv"])), ("--save", .path),
        ("--text", .text), ("--process-fn", .name(["process_str", "process_tweet", "none", "x"])),
        ("--gen-length", .integer), ("--temperature", .real), ("--top-k", .integer), ("--seed", .integer),
        ("--neuron", .integer), ("--overwrite", .real), ("--negate", .flag), ("--visualize", .flag),
        ("--heatmap", .flag), ("--backend", .name(["onednn", "blas", "x"])), ("--threads", .integer),
        ("--report", .path), ("--quiet", .flag),
      ]
    ),
  ]

  /// Runs of each command; `ODD_OPTION_RUNS` asks for more.
  private static let runs = ProcessInfo.processInfo.environment["ODD_OPTION_RUNS"].flatMap(Int.init) ?? 60
  private static let seed = ProcessInfo.processInfo.environment["ODD_OPTION_SEED"].flatMap(UInt64.init) ?? 1

  @Test func anyCombinationEndsInAnOrderlyWay() throws {
    let complaints = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: Self.commands.count) { index in
      do {
        try Self.tryCombinations(index) { complaint in complaints.withLock { $0.append(complaint) } }
      } catch {
        complaints.withLock { $0.append("\(error)") }
      }
    }
    let found = complaints.withLock { $0 }
    #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
  }

  private static func tryCombinations(_ index: Int, complain: (String) -> Void) throws {
    let (command, base, options) = commands[index]
    try ReviewSamples.useModel { bench in
      var random = Sequence64(state: Self.seed &* 7919 &+ UInt64(index))
      for run in 0..<Self.runs {
        try Self.restore(bench)
        var arguments = base
        for _ in 0...Int(random.next() % 3) {
          let (name, value) = options[Int(random.next() % UInt64(options.count))]
          arguments += Self.words(name, value, &random)
        }
        if !arguments.contains("--threads") { arguments += ["--threads", "1"] }
        let outcome = try Self.outcome(bench, command, arguments)
        // An interrupt before the work begins ends a process in the system's own way.
        let isEnded = outcome.wasKilled ? outcome.status == SIGINT : [0, 1, 64, 130].contains(outcome.status)
        let isOrderly =
          isEnded && !outcome.errors.contains("Fatal error")
          && (outcome.status != 1 || outcome.errorLines.count == 1)
        if !isOrderly {
          complain("run \(run): \(command) \(arguments), status \(outcome.status)\n\(outcome.errors)")
        }
      }
    }
  }

  /// A run that goes on for long is interrupted, and must then end.
  private static func outcome(
    _ bench: CommandBench, _ command: String, _ arguments: [String]
  ) throws -> CommandBench.Outcome {
    let running = try bench.start(command, arguments.filter { !$0.utf8.contains(0) })
    for seconds in [0.4, 3] where !running.wait(upTo: seconds, until: { !running.process.isRunning }) {
      running.interrupt()
    }
    return try running.finish(timeout: 10)
  }

  private static func restore(_ bench: CommandBench) throws {
    guard !bench.exists("tiny.csv") || !bench.exists("classifier.safetensors") else { return }
    try bench.write("label,sentence\n1,Good\n0,Bad\n1,Fine\n0,Poor\n", to: "tiny.csv")
    try bench.write("[{\"label\": 1, \"sentence\": \"Good\"}, {\"label\": 0, \"sentence\": \"Bad\"}]", to: "tiny.json")
    try bench.write("", to: "nothing.csv")
    try bench.write("label,sentence\n", to: "header.csv")
    try bench.write(try bench.data(ReviewSamples.classifier), to: "classifier.safetensors")
  }

  private static func words(_ name: String, _ value: Value, _ random: inout Sequence64) -> [String] {
    func pick(_ list: [String]) -> String { list[Int(random.next() % UInt64(list.count))] }
    switch value {
    case .flag: return [name]
    case .integer: return [name, pick(integers)]
    case .real: return [name, pick(reals)]
    case .text: return [name, pick(texts)]
    case .path: return [name, pick(paths)]
    case .name(let list): return [name, pick(list)]
    case .file: return [name] + pick(files).split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// SplitMix64.
  private struct Sequence64 {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }
}
