import Foundation
import Tensors
import Testing

/// Losses against their definitions in double precision, and their gradients.
@Suite struct LossTests {
  static let shapes = [(1, 2), (3, 5), (7, 16), (5, 33), (3, 37), (2, 300)]

  /// Compares value and gradient of a loss with a function of the scores.
  private func check(
    _ shape: (Int, Int), _ label: String, operation: (Variable, Tape) -> MeanLoss, twin: ([Double]) -> Double
  ) {
    let x = Variable(randomTensor([shape.0, shape.1], seed: 1))
    let values = x.value.values.map(Double.init)
    let tape = Tape(Engine(), recording: true)
    let loss = operation(x, tape)
    let expected = twin(values)
    #expect(abs(loss.value - expected) < 1e-5 * max(1, abs(expected)), "\(label): \(loss.value), not \(expected)")
    #expect(loss.variable.shape == [])
    tape.backward(from: loss.variable, scale: 2)
    let gradient = x.gradient?.values ?? []
    #expect(gradient.contains { $0 != 0 })
    for index in values.indices {
      var (up, down) = (values, values)
      up[index] += 1e-4
      down[index] -= 1e-4
      let slope = (twin(up) - twin(down)) / 1e-4
      #expect(abs(slope - Double(gradient[index])) < 1e-5, "\(label), element \(index)")
    }
    #expect(x.value.values.map(Double.init) == values)
  }

  @Test func weightedCrossEntropy() {
    for (rows, classes) in Self.shapes {
      let targets = (0..<rows).map { Int32($0 * 7 % classes) }
      let mask = (0..<rows).map { Float($0 % 3 == 2 ? 0 : 1) }
      let weights = (0..<classes).map { 0.25 + Float($0 % 4) }
      check(
        (rows, classes), "cross-entropy \(rows)x\(classes)",
        operation: { softmaxCrossEntropy($0, targets: targets, mask: mask, classWeights: weights, on: $1) },
        twin: { x in
          var (sum, total) = (0.0, 0.0)
          for row in 0..<rows {
            let target = Int(targets[row])
            let weight = Double(mask[row] * weights[target])
            let line = x[row * classes..<(row + 1) * classes]
            sum += weight * (log(line.reduce(0) { $0 + exp($1) }) - x[row * classes + target])
            total += weight
          }
          return sum / total
        })
    }
  }

  @Test func binaryCrossEntropyWithEveryWeight() {
    for (rows, classes) in Self.shapes {
      let count = rows * classes
      let targets = (0..<count).map { Float([0, 1, 0.25][$0 % 3]) }
      let mask = (0..<count).map { Float($0 % 5 == 4 ? 0 : 1) }
      let (weights, positive) = ((0..<classes).map { 0.5 + Float($0 % 3) }, (0..<classes).map { 1 + Float($0 % 2) })
      check(
        (rows, classes), "binary cross-entropy \(rows)x\(classes)",
        operation: {
          binaryCrossEntropy(
            $0, targets: targets, classWeights: weights, positiveWeights: positive, mask: mask, on: $1)
        },
        twin: { x in
          var (sum, total) = (0.0, 0.0)
          for index in 0..<count {
            let (weight, t) = (Double(mask[index] * weights[index % classes]), Double(targets[index]))
            let yes = 1 / (1 + exp(-x[index]))
            sum -= weight * (Double(positive[index % classes]) * t * log(yes) + (1 - t) * log(1 - yes))
            total += weight
          }
          return sum / total
        })
    }
  }

  @Test func divergenceAtSeveralTemperatures() {
    for (rows, classes) in Self.shapes {
      for temperature in [Float(1), 2.5] {
        let teacher = randomTensor([rows, classes], seed: 2)
        let mask = (0..<rows).map { Float($0 % 3 == 1 ? 0 : 1) }
        func distribution(_ scores: ArraySlice<Double>) -> [Double] {
          let exps = scores.map { exp($0 / Double(temperature)) }
          let total = exps.reduce(0, +)
          return exps.map { $0 / total }
        }
        check(
          (rows, classes), "divergence \(rows)x\(classes) at \(temperature)",
          operation: {
            kullbackLeiblerDivergence($0, teacher: teacher, temperature: temperature, mask: mask, on: $1)
          },
          twin: { x in
            let z = teacher.values.map(Double.init)
            var (sum, total) = (0.0, 0.0)
            for row in 0..<rows where mask[row] == 1 {
              let range = row * classes..<(row + 1) * classes
              for (p, q) in zip(distribution(z[range]), distribution(x[range])) { sum += p * log(p / q) }
              total += 1
            }
            return sum / total * Double(temperature * temperature)
          })
      }
    }
  }

  @Test func squaredError() {
    for (rows, columns) in Self.shapes {
      let targets = randomTensor([rows, columns], seed: 3).values
      let mask = targets.indices.map { Float($0 % 4 == 3 ? 0 : 1) }
      check(
        (rows, columns), "squared error \(rows)x\(columns)",
        operation: { meanSquaredError($0, targets: targets, mask: mask, on: $1) },
        twin: { x in
          var (sum, total) = (0.0, 0.0)
          for index in x.indices {
            let (weight, difference) = (Double(mask[index]), x[index] - Double(targets[index]))
            sum += weight * difference * difference
            total += weight
          }
          return sum / total
        })
    }
  }

  @Test func extremeScoresGiveFiniteLosses() {
    let x = Variable(Tensor([500, -500, 1e30, -1e30], shape: [2, 2]))
    let tape = Tape(Engine(), recording: true)
    let binary = binaryCrossEntropy(x, targets: [1, 0, 1, 0], on: tape)
    #expect((0..<1e-30).contains(binary.value))
    let wrong = binaryCrossEntropy(x, targets: [0, 1, 1, 0], on: tape)
    #expect(abs(wrong.value - 250) < 1e-6)
    tape.backward(from: weightedSum([(binary.variable, 1), (wrong.variable, 1)], on: tape))
    #expect(x.gradient?.values == [0.25, -0.25, 0, 0])
  }

  @Test func classesThatTheTeacherExcludesCostNothing() {
    let student = Variable(Tensor([1, -.infinity, 2], shape: [1, 3]))
    let teacher = Tensor([1, -.infinity, 2], shape: [1, 3])
    let loss = kullbackLeiblerDivergence(student, teacher: teacher, on: Tape(Engine(), recording: false))
    #expect(abs(loss.value) < 1e-6)
  }

  @Test func nothingThatCountsIsALossOfZero() {
    let x = Variable(randomTensor([2, 3], seed: 4))
    let tape = Tape(Engine(), recording: true)
    let losses = [
      softmaxCrossEntropy(x, targets: [0, 1], mask: [0, 0], on: tape),
      softmaxCrossEntropy(x, targets: [0, 1], classWeights: [0, 0, 1], on: tape),
      binaryCrossEntropy(x, targets: [0, 1, 0, 1, 0, 1], mask: [0, 0, 0, 0, 0, 0], on: tape),
      kullbackLeiblerDivergence(x, teacher: randomTensor([2, 3], seed: 5), mask: [0, 0], on: tape),
      meanSquaredError(x, targets: [0, 1, 0, 1, 0, 1], mask: [0, 0, 0, 0, 0, 0], on: tape),
    ]
    #expect(losses.allSatisfy { $0.value == 0 && $0.weight == 0 })
    tape.backward(from: weightedSum(losses.map { ($0.variable, 1) }, on: tape))
    #expect(x.gradient?.values.allSatisfy { $0 == 0 } == true)
  }
}
