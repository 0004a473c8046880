import Foundation
import Models
import Tensors
import Training

/// One line of the table, and one object of the JSON file.
struct Measurement: Encodable {
  var name: String
  var value: Double
  var unit: String
  var fractionOfPeak: Double?

  enum CodingKeys: String, CodingKey {
    case name, value, unit
    case fractionOfPeak = "fraction_of_peak"
  }
}

/// A model and batch to train on.
struct TrainingCase {
  var name: String
  var cell: CellKind
  var hiddenSize: Int
  var rows: Int
  var steps: Int

  /// Float operations of one training step: each product once forward and twice backward, the input's from a table.
  func operations(_ configuration: LanguageModelConfiguration) -> Double {
    let gateRows = configuration.cell.gateBlocks * hiddenSize
    let recurrent = gateRows * hiddenSize + (configuration.cell.isMultiplicative ? hiddenSize * hiddenSize : 0)
    let decoder = hiddenSize * configuration.vocabularySize
    return 6 * Double(recurrent + decoder) * Double(rows * steps)
  }

  /// Median seconds of a step after three that are not counted, and the large allocations after them.
  func measure(engine: Engine) throws -> (secondsPerStep: Double, operations: Double, allocations: Int) {
    let configuration = LanguageModelConfiguration(cell: cell, hiddenSize: hiddenSize)
    let model = try LanguageModel(configuration)
    model.initialize(seed: 1)
    let updater = ParameterUpdater(Adam(), parameters: model.parameters)
    var generator = SeededGenerator(seed: 2)
    let tokens = (0..<rows * steps).map { _ in Int32(1 + generator.next() % 256) }
    let targets = (0..<rows * steps).map { _ in Int32(1 + generator.next() % 256) }
    var state = RecurrentState(zerosFor: rows, configuration: configuration)
    var times: [Double] = []
    var allocationsBefore = 0
    let start = ContinuousClock.now
    while times.count < 8 || (times.count < 40 && start.duration(to: .now) < .seconds(6)) {
      if times.count == 3 { allocationsBefore = BufferPool.shared.largeAllocationCount }
      let began = ContinuousClock.now
      let tape = Tape(engine, recording: true)
      let (logits, next) = model.logits(tokens: tokens, rows: rows, resetMask: nil, state: state, on: tape)
      _ = softmaxCrossEntropy(logits, targets: targets, mask: nil, on: tape)
      tape.backward()
      updater.step(rate: 1e-3, clip: 1)
      state = next
      times.append(began.duration(to: .now) / .seconds(1))
    }
    let counted = times.dropFirst(3).sorted()
    return (
      counted[counted.count / 2], operations(configuration),
      BufferPool.shared.largeAllocationCount - allocationsBefore
    )
  }
}

let cases = [
  TrainingCase(name: "mlstm-512-train-f32", cell: .multiplicativeLSTM, hiddenSize: 512, rows: 32, steps: 64),
  TrainingCase(name: "mlstm-1024-train-f32", cell: .multiplicativeLSTM, hiddenSize: 1024, rows: 64, steps: 64),
  TrainingCase(name: "lstm-1024-train-f32", cell: .lstm, hiddenSize: 1024, rows: 64, steps: 64),
  TrainingCase(name: "gru-1024-train-f32", cell: .gru, hiddenSize: 1024, rows: 64, steps: 64),
]

func row(_ columns: [String]) -> String {
  zip(columns, [24, 16, 14, 12, 12]).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }.joined()
}

let engine = Engine()
print("\(engine.backend.name), \(Engine.instructionSet) kernels, \(Engine.threadCount) threads")
let peak = MachinePeak.floatOperationsPerSecond()
var measurements = [Measurement(name: "fma-peak-f32", value: peak / 1e9, unit: "GFLOP/s", fractionOfPeak: 1)]
print(row(["name", "characters/s", "GFLOP/s", "of peak", "allocations"]))
print(row(["fma-peak-f32", "", String(format: "%.0f", peak / 1e9), "1.00", ""]))
for example in cases {
  let (seconds, operations, allocations) = try example.measure(engine: engine)
  // The peak is measured again beside each case, because the speed of a shared machine drifts.
  let peakNow = MachinePeak.floatOperationsPerSecond(measuringFor: 0.2)
  let rate = Double(example.rows * example.steps) / seconds
  let fraction = operations / seconds / peakNow
  measurements.append(
    Measurement(name: example.name, value: rate, unit: "characters/s", fractionOfPeak: fraction))
  measurements.append(
    Measurement(
      name: "\(example.name)-allocations", value: Double(allocations), unit: "large allocations after step 3",
      fractionOfPeak: nil))
  print(
    row([
      example.name, String(format: "%.0f", rate), String(format: "%.0f", operations / seconds / 1e9),
      String(format: "%.2f", fraction), "\(allocations)",
    ]))
}
let encoder = JSONEncoder()
encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
let file = URL(fileURLWithPath: ".build/bench.json")
try encoder.encode(measurements).write(to: file)
print("written to .build/bench.json")
