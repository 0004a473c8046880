import Foundation

/// The PyTorch twin as a process that is kept alive: it gets one case a line and answers with one line.
final class PyTorchTwin {
  /// What the twin says about a case.
  struct Answer: Decodable {
    /// The fastest form's rate; `nil` when none ran.
    var charactersPerSecond: Double?
    /// The fastest form.
    var form: String?
    /// Why nothing was measured.
    var note: String?
    /// Billions of float operations a second of a square product in the case's precision.
    var productGflops: Double?
    /// The other forms' rates, or why they failed.
    var forms: [String: FormResult]

    /// One line for a person.
    var summary: String {
      var parts = forms.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
      if let note { parts.append(note) }
      return parts.joined(separator: "; ")
    }
  }

  /// Characters a second of one form, or the reason why there are none.
  enum FormResult: Decodable, CustomStringConvertible {
    case rate(Double)
    case failure(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let rate = try? container.decode(Double.self) {
        self = .rate(rate)
      } else {
        self = .failure(try container.decode(String.self))
      }
    }

    var description: String {
      switch self {
      case .rate(let rate): String(format: rate < 1000 ? "%.1f" : "%.0f", rate) + " characters/s"
      case .failure(let reason): reason
      }
    }
  }

  private struct Greeting: Decodable {
    var pytorch: String
    var threads: Int
  }

  private struct Request: Encodable {
    var name: String
    var cell: String
    var units: Int
    var rows: Int
    var steps: Int
    var mode: String
    var precision: String
  }

  /// Version and threads, for the heading.
  private(set) var description = ""

  private let process = Process()
  private let requests = Pipe()
  private let answers = Pipe()
  private var received = Data()

  /// Starts `python script` and waits until PyTorch is loaded.
  ///
  /// - Throws: ``BenchmarkError/twinDidNotAnswer(name:)`` when it ends or takes longer than three minutes.
  init(python: String, script: String, threads: Int) throws {
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = [script, "--threads", "\(threads)"]
    // PyTorch as its users run it: our own setting for waiting threads is not for it.
    process.environment = ProcessInfo.processInfo.environment.filter { $0.key != "GOMP_SPINCOUNT" }
      .merging(InstructionSets.twinEnvironment) { $1 }
    process.standardInput = requests
    process.standardOutput = answers
    // Compilers and libraries chat there; what matters comes as an answer.
    process.standardError = FileHandle.nullDevice
    signal(SIGPIPE, SIG_IGN)
    try process.run()
    let greeting = try JSONDecoder().decode(Greeting.self, from: readLine(seconds: 180, about: "its version"))
    description = "PyTorch \(greeting.pytorch), \(greeting.threads) threads"
  }

  deinit { process.terminate() }

  /// Measures the same case there; `nil` for cases that PyTorch has no counterpart of.
  func measure(_ example: BenchmarkCase, limit seconds: Double = 300) throws -> Answer? {
    guard let mode = example.twinMode else { return nil }
    let request = Request(
      name: example.name, cell: example.cell.rawValue, units: example.units, rows: example.rows, steps: example.steps,
      mode: mode, precision: example.precision.rawValue)
    try requests.fileHandleForWriting.write(contentsOf: JSONEncoder().encode(request) + [UInt8(ascii: "\n")])
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Answer.self, from: readLine(seconds: seconds, about: example.name))
  }

  private func readLine(seconds: Double, about name: String) throws -> Data {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while true {
      if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
        let line = received[received.startIndex..<end]
        received = Data(received[received.index(after: end)...])
        return Data(line)
      }
      let left = ContinuousClock.now.duration(to: deadline) / .seconds(1)
      var waiting = pollfd(fd: answers.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
      guard left > 0, poll(&waiting, 1, Int32(left * 1000)) > 0 else {
        throw BenchmarkError.twinDidNotAnswer(name: name)
      }
      let bytes = answers.fileHandleForReading.availableData
      guard !bytes.isEmpty else { throw BenchmarkError.twinDidNotAnswer(name: name) }
      received += bytes
    }
  }
}

extension BenchmarkCase {
  /// The twin's word for what is done; `nil` when it does not do that.
  fileprivate var twinMode: String? {
    switch mode {
    case .train: "train"
    case .features: "features"
    case .generate: precision == .float32 ? "generate" : nil
    }
  }
}
