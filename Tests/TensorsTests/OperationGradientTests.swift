import Foundation
import Tensors
import Testing

/// Each operation against its obviously right twin, and its gradient against finite differences, over odd shapes.
@Suite struct OperationGradientTests {
  static let shapes = [(1, 1), (3, 5), (7, 16), (5, 33), (2, 300)]

  /// Checks the gradient of `weightedSum(operation)` with respect to `variables`.
  func check(
    _ variables: [Variable], step: Float = 1e-2, tolerance: Double = 4e-3, _ label: String,
    _ operation: (Tape) -> Variable
  ) {
    checkGradients(of: variables, step: step, tolerance: tolerance, label, operation)
  }

  @Test func linearMatchesItsTwinAndGradient() {
    for (rows, width) in Self.shapes {
      for outputs in [1, 4, 19] {
        let x = Variable(randomTensor([rows, width], seed: 1))
        let weight = Variable(randomTensor([outputs, width], seed: 2))
        let bias = Variable(randomTensor([outputs], seed: 3))
        let y = linear(x, weight: weight, bias: bias, on: Tape(Engine(), recording: false)).value.values
        let product = naiveProduct(x.value, transposeA: false, weight.value, transposeB: true)
        let expected = product.enumerated().map { $1 + bias.value.values[$0 % outputs] }
        #expect(largestDifference(y, expected) < 1e-4)
        check([x, weight, bias], "linear \(rows)x\(width)->\(outputs)") {
          linear(x, weight: weight, bias: bias, on: $0)
        }
      }
    }
  }

  @Test func gradientsOfSeveralUsesAddUp() {
    let x = Variable(randomTensor([3, 4], seed: 1))
    let weight = Variable(randomTensor([4, 4], seed: 2))
    check([x, weight], "the same weight twice") {
      linear(linear(x, weight: weight, bias: nil, on: $0), weight: weight, bias: nil, on: $0)
    }
  }

  @Test func lookupsGatherRowsAndScatterGradients() {
    let table = Variable(randomTensor([5, 7], seed: 4))
    let index: [Int32] = [4, 0, 0, 2, 4, 4]
    let y = lookUpRows(table, index: index, on: Tape(Engine(), recording: false))
    for (row, source) in index.enumerated() {
      #expect(y.value.rows(row, count: 1).values == table.value.rows(Int(source), count: 1).values)
    }
    check([table], "lookup") { lookUpRows(table, index: index, on: $0) }
  }

  @Test func weightNormalizationMatchesItsTwinAndGradient() {
    for (rows, width) in Self.shapes {
      let direction = Variable(randomTensor([rows, width], seed: 5))
      let gain = Variable(randomTensor([rows, 1], seed: 6))
      let weight = normalizeWeight(direction: direction, gain: gain, on: Tape(Engine(), recording: false)).value
      let v = direction.value.values
      for row in 0..<rows {
        let norm = v[row * width..<(row + 1) * width].reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
        for j in 0..<width {
          let expected = Double(v[row * width + j]) * Double(gain.value.values[row]) / norm
          #expect(abs(Double(weight.values[row * width + j]) - expected) < 1e-5 * max(1, abs(expected)))
        }
      }
      // A single weight is all direction: its derivative is zero, but its curvature is not small.
      if width > 1 {
        check([direction, gain], step: 2e-3, tolerance: 1e-2, "weight norm \(rows)x\(width)") {
          normalizeWeight(direction: direction, gain: gain, on: $0)
        }
      }
    }
  }

  @Test func rowNormsMakeNormalizationTheIdentity() {
    let w = randomTensor([6, 11], seed: 7)
    #expect(largestDifference(mergedWeight(direction: w, gain: rowNorms(of: w)).values, w.values) < 1e-6)
  }

  @Test func dropoutKeepsTheMeanAndRepeatsItsMask() {
    let x = Variable(Tensor([Float](repeating: 1, count: 100_000), shape: [100, 1000]))
    let engine = Engine()
    func dropped(_ key: UInt64) -> [Float] {
      dropout(x, probability: 0.3, key: key, on: Tape(engine, recording: true)).value.values
    }
    let first = dropped(1)
    #expect(first == dropped(1))
    #expect(first != dropped(2))
    let kept = first.count { $0 != 0 }
    #expect(abs(Double(kept) / 100_000 - 0.7) < 0.01)
    #expect(first.allSatisfy { $0 == 0 || abs($0 - 1 / 0.7) < 1e-6 })
    #expect(dropout(x, probability: 0.3, key: 1, on: Tape(engine, recording: false)) === x)
    #expect(dropout(x, probability: 0, key: 1, on: Tape(engine, recording: true)) === x)
  }

  @Test func dropoutPassesGradientsThroughItsMask() {
    let x = Variable(randomTensor([3, 50], seed: 8))
    let tape = Tape(Engine(), recording: true)
    let y = dropout(x, probability: 0.5, key: 5, on: tape)
    tape.backward(from: sum(y, on: tape))
    for (value, (input, gradient)) in zip(y.value.values, zip(x.value.values, x.gradient?.values ?? [])) {
      #expect(gradient == (value == 0 ? 0 : 2) || input == 0)
    }
  }

  @Test func crossEntropyMatchesItsTwinAndGradient() {
    for (rows, width) in Self.shapes where width > 1 {
      let logits = Variable(randomTensor([rows, width], seed: 9))
      let values = logits.value.copied()
      let targets = (0..<rows).map { Int32($0 * 7 % width) }
      let mask = (0..<rows).map { Float($0 % 3 == 2 ? 0 : 1) }
      func expected(_ x: [Float]) -> Double {
        var (sum, count) = (0.0, 0.0)
        for row in 0..<rows where mask[row] == 1 {
          let line = x[row * width..<(row + 1) * width].map { exp(Double($0)) }
          sum += log(line.reduce(0, +)) - Double(x[row * width + Int(targets[row])])
          count += 1
        }
        return sum / max(count, 1)
      }
      let tape = Tape(Engine(), recording: true)
      let loss = softmaxCrossEntropy(logits, targets: targets, mask: mask, on: tape)
      #expect(abs(loss.value - expected(values.values)) < 1e-5)
      #expect(loss.weight == Double(mask.reduce(0, +)))
      tape.backward(from: loss.variable)
      #expect(logits.value.values == values.values)
      let gradient = logits.gradient?.values ?? []
      for i in gradient.indices {
        var (up, down) = (values.values, values.values)
        up[i] += 0.01
        down[i] -= 0.01
        #expect(abs((expected(up) - expected(down)) / 0.02 - Double(gradient[i])) < 1e-4)
      }
    }
  }

  @Test func crossEntropyOfHugeLogitsIsFinite() {
    let logits = Variable(Tensor([1e4, -1e4, 0, 300, 299, -300], shape: [2, 3]))
    let loss = softmaxCrossEntropy(logits, targets: [0, 1], on: Tape(Engine(), recording: false))
    #expect(abs(loss.value - (0 + log(1 + exp(1.0))) / 2) < 1e-4)
  }

  @Test func everythingMaskedIsZeroLoss() {
    let logits = Variable(randomTensor([2, 3], seed: 1))
    let tape = Tape(Engine(), recording: true)
    let loss = softmaxCrossEntropy(logits, targets: [0, 1], mask: [0, 0], on: tape)
    tape.backward(from: loss.variable)
    #expect(loss.value == 0 && loss.weight == 0)
    #expect(logits.gradient?.values.allSatisfy { $0 == 0 } == true)
  }

  @Test func reductionsMatchTheirTwins() {
    for (rows, width) in [(1, 1), (9, 17), (301, 700)] {
      let x = randomTensor([rows, width], seed: 10)
      let sums = Tensor(zeros: [width])
      columnSums(x, into: sums, accumulate: false)
      columnSums(x, into: sums, accumulate: true)
      let values = x.values
      for j in 0..<width {
        let expected = (0..<rows).reduce(0.0) { $0 + Double(values[$1 * width + j]) } * 2
        #expect(abs(Double(sums.values[j]) - expected) < 1e-4)
      }
      let squares = values.reduce(0.0) { $0 + Double($1) * Double($1) }
      #expect(abs(squaredNorm(x) - squares) < 1e-5 * max(1, squares))
    }
  }

  @Test func scaleAddMatchesItsTwin() {
    let x = randomTensor([1000], seed: 11)
    let y = randomTensor([1000], seed: 12)
    let expected = zip(x.values, y.values).map { 0.5 * $0 + 3 * $1 }
    scaleAdd(x, by: 0.5, to: y, keeping: 3)
    #expect(largestDifference(y.values, expected) < 1e-6)
    y.fill(.nan)
    scaleAdd(x, by: 2, to: y, keeping: 0)
    #expect(largestDifference(y.values, x.values.map { 2 * $0 }) == 0)
  }
}
