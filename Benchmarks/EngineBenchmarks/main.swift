import Foundation
import Models
import Tensors

func seconds(_ body: () -> Void) -> Double {
  let clock = ContinuousClock()
  let d = clock.measure(body)
  return Double(d.components.seconds) + Double(d.components.attoseconds) * 1e-18
}

for (kind, hidden, rows, steps) in [(CellKind.multiplicativeLSTM, 512, 32, 64), (.multiplicativeLSTM, 512, 32, 64)] {
  let configuration = LanguageModelConfiguration(cell: kind, hiddenSize: hidden)
  let model = try LanguageModel(configuration)
  model.initialize(seed: 1)
  let engine = Engine()
  var state = RecurrentState(zerosFor: rows, configuration: configuration)
  let tokens = (0..<rows * steps).map { Int32(1 + ($0 * 7919) % 256) }
  let moments = model.parameters.map { (Tensor(zeros: $0.shape), Tensor(zeros: $0.shape)) }
  var t = 0
  var phase = [Double](repeating: 0, count: 4)
  func step() {
    t += 1
    let tape = Tape(engine, recording: true)
    var out: Variable!
    phase[0] += seconds {
      let (logits, next) = model.logits(tokens: tokens, rows: rows, resetMask: nil, state: state, on: tape)
      state = next
      out = logits
    }
    phase[1] += seconds { _ = softmaxCrossEntropy(out, targets: tokens, mask: nil, on: tape) }
    phase[2] += seconds { tape.backward() }
    phase[3] += seconds {
      var s = 0.0
      for p in model.parameters { s += squaredNorm(p.variable.gradient!) }
      for (p, m) in zip(model.parameters, moments) {
        adamUpdate(
          p.variable.value, gradient: p.variable.gradient!, firstMoment: m.0, secondMoment: m.1, rate: 1e-3, beta1: 0.9,
          beta2: 0.999, epsilon: 1e-8, weightDecay: 0, gradientScale: 1 / max(1, s.squareRoot()), step: t)
        p.variable.valueDidChange()
        p.variable.clearGradient()
      }
    }
  }
  for _ in 0..<3 { step() }
  phase = [0, 0, 0, 0]
  let before = BufferPool.shared.largeAllocationCount
  let n = hidden == 512 ? 20 : 5
  let s = seconds { for _ in 0..<n { step() } }
  let flops = 6.0 * Double(configuration.parameterCount - 257 * 64) * Double(rows * steps)
  print(kind, hidden, "chars/s", Int(Double(n * rows * steps) / s), "GFLOP/s", flops * Double(n) / s / 1e9, phase.map { $0 / Double(n) * 1000 }, "allocs", BufferPool.shared.largeAllocationCount - before)
}
