import Tensors
import Testing

/// What is recorded, computed and kept, and what is not.
@Suite struct TapeTests {
  private func linearPair() -> (x: Variable, weight: Variable, bias: Variable) {
    (
      Variable(randomTensor([4, 37], seed: 1), requiresGradient: false), Variable(randomTensor([5, 37], seed: 2)),
      Variable(randomTensor([5], seed: 3))
    )
  }

  @Test func aResultRequiresAGradientWhenAnInputDoes() {
    let (x, weight, bias) = linearPair()
    let recording = Tape(Engine(), recording: true)
    #expect(linear(x, weight: weight, bias: bias, on: recording).requiresGradient)
    #expect(!linear(x, weight: weight, bias: bias, on: Tape(Engine(), recording: false)).requiresGradient)
    weight.requiresGradient = false
    #expect(linear(x, weight: weight, bias: bias, on: recording).requiresGradient)
    bias.requiresGradient = false
    #expect(!linear(x, weight: weight, bias: bias, on: recording).requiresGradient)
  }

  @Test func frozenVariablesGetNoGradient() {
    let (x, weight, bias) = linearPair()
    let tape = Tape(Engine(), recording: true)
    weight.requiresGradient = false
    tape.backward(from: projection(linear(x, weight: weight, bias: bias, on: tape), on: tape))
    #expect(weight.gradient == nil && x.gradient == nil)
    #expect(bias.gradient?.count == 5)
    bias.requiresGradient = false
    #expect(bias.gradient == nil)
  }

  @Test func partnersAreFrozenTogether() {
    let direction = Variable(randomTensor([3, 7], seed: 1))
    let gain = Variable(randomTensor([3, 1], seed: 2), trainedWith: direction)
    gain.requiresGradient = false
    #expect(!direction.requiresGradient)
    let tape = Tape(Engine(), recording: true)
    #expect(!normalizeWeight(direction: direction, gain: gain, on: tape).requiresGradient)
    direction.requiresGradient = true
    #expect(gain.requiresGradient)
  }

  @Test func recordingTrainingAndRoundingAreThreeThings() {
    let engine = Engine(precision: .float16)
    let x = Variable(randomTensor([3, 40], seed: 4))
    let evaluated = Tape(engine, recording: true, isTraining: false)
    #expect(dropout(x, probability: 0.5, key: 1, on: evaluated) === x)
    let dropped = Tape(engine, recording: false, isTraining: true)
    #expect(dropout(x, probability: 0.5, key: 1, on: dropped).value.values.contains(0))
    #expect(Tape(engine, recording: true).operandType == .float16)
    #expect(Tape(engine, recording: false).operandType == .float32)
    #expect(Tape(engine, recording: true, rounding: .evaluation).operandType == .float32)
    #expect(Tape(engine, recording: false, rounding: .training).operandType == .float16)
  }

  @Test func lossesAddUpByTheirFactors() {
    let x = Variable(randomTensor([2, 3], seed: 5))
    let tape = Tape(Engine(), recording: true)
    let first = softmaxCrossEntropy(x, targets: [0, 2], on: tape)
    let second = softmaxCrossEntropy(x, targets: [1, 1], on: tape)
    let total = weightedSum([(first.variable, 0.25), (second.variable, -2)], on: tape)
    #expect(abs(Double(total.value.values[0]) - (0.25 * first.value - 2 * second.value)) < 1e-6)
    tape.backward(from: total, scale: 3)
    var expected = [Float](repeating: 0, count: 6)
    for (targets, factor) in [([Int32(0), 2], Float(0.75)), ([1, 1], -6)] {
      let alone = Variable(x.value)
      let tape = Tape(Engine(), recording: true)
      tape.backward(from: softmaxCrossEntropy(alone, targets: targets, on: tape).variable)
      for (index, value) in (alone.gradient?.values ?? []).enumerated() { expected[index] += factor * value }
    }
    #expect(largestDifference(x.gradient?.values ?? [], expected) < 1e-6)
  }

  @Test func theFusedLossHasTheSameGradient() {
    for (rows, classes) in [(1, 2), (3, 5), (7, 37), (2, 300)] {
      let values = randomTensor([rows, classes], seed: 6)
      let targets = (0..<rows).map { Int32($0 * 11 % classes) }
      let (plain, consumed) = (Variable(values.copied()), Variable(values.copied()))
      let tape = Tape(Engine(), recording: true)
      let losses = (
        softmaxCrossEntropy(plain, targets: targets, on: tape),
        fusedSoftmaxCrossEntropy(consuming: consumed, targets: targets, gradientScale: 0.5, on: tape)
      )
      #expect(losses.0.value == losses.1.value)
      tape.backward(from: weightedSum([(losses.0.variable, 1), (losses.1.variable, 2)], on: tape))
      #expect(plain.gradient?.values == consumed.gradient?.values)
    }
  }

  @Test func aConsumedValueCannotBeRead() async {
    await #expect(processExitsWith: .failure) {
      let logits = Variable(Tensor(zeros: [2, 3]))
      let tape = Tape(Engine(), recording: true)
      _ = fusedSoftmaxCrossEntropy(consuming: logits, targets: [0, 1], on: tape)
      _ = logits.value
    }
  }

  @Test func derivedThingsFollowEveryValueTheyCameFrom() {
    let (engine, other) = (Engine(), Engine())
    let (a, b) = (Variable(Tensor([1], shape: [1])), Variable(Tensor([2], shape: [1])))
    var computed = 0
    func sum(_ engine: Engine) -> Float {
      a.derived("sum", for: engine, with: [b]) {
        computed += 1
        return a.value.values[0] + b.value.values[0]
      }
    }
    #expect(sum(engine) == 3 && sum(engine) == 3 && computed == 1)
    #expect(sum(other) == 3 && computed == 2)
    b.update { $0.fill(5) }
    #expect(sum(engine) == 6 && computed == 3)
    a.update { $0.fill(7) }
    #expect(sum(engine) == 12 && sum(engine) == 12 && computed == 4)
  }

  @Test func whatWasDerivedIsDroppedWithItsEngine() {
    final class Marker {}
    let variable = Variable(Tensor(zeros: [1]))
    weak var marker: Marker?
    do {
      let engine = Engine()
      marker = variable.derived("marker", for: engine) { Marker() }
      #expect(marker != nil)
    }
    _ = variable.derived("another", for: Engine()) { Marker() }
    #expect(marker == nil)
  }

  @Test func preparedProductsFollowTheValue() {
    let (x, weight, _) = linearPair()
    let engine = Engine()
    for rows in [4, 1] {
      let input = Variable(x.value.rows(0, count: rows))
      _ = linear(input, weight: weight, bias: nil, on: Tape(engine, recording: false))
      weight.update { $0.fill(Float(rows)) }
      let y = linear(input, weight: weight, bias: nil, on: Tape(engine, recording: false)).value
      let expected = naiveProduct(input.value, transposeA: false, weight.value, transposeB: true)
      #expect(largestDifference(y.values, expected) < 1e-4)
    }
  }
}
