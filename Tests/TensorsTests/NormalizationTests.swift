import Foundation
import Tensors
import Testing

/// Layer normalisation and softmax, row by row.
@Suite struct NormalizationTests {
  static let shapes = [[3, 2], [3, 5], [7, 16], [5, 33], [2, 3, 37], [2, 300]]

  @Test func layerNormalizationMatchesItsTwinAndGradient() {
    for shape in Self.shapes {
      for epsilon in [Float(1e-5), 1e-12] {
        let x = Variable(randomTensor(shape, seed: 1))
        let width = x.value.columns
        let (gain, bias) = (Variable(randomTensor([width], seed: 2)), Variable(randomTensor([width], seed: 3)))
        let y = layerNormalization(x, gain: gain, bias: bias, epsilon: epsilon, on: Tape(Engine(), recording: false))
        var expected: [Float] = []
        for row in 0..<x.value.rowCount {
          let values = x.value.rows(row, count: 1).values.map(Double.init)
          let mean = values.reduce(0, +) / Double(width)
          let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(width)
          for (j, value) in values.enumerated() {
            let normal = (value - mean) / (variance + Double(epsilon)).squareRoot()
            expected.append(Float(normal * Double(gain.value.values[j]) + Double(bias.value.values[j])))
          }
        }
        #expect(y.value.shape == shape)
        #expect(largestDifference(y.value.values, expected) < 1e-5)
        // Two numbers are normalised to ±1 wherever they are: x has no gradient to speak of.
        let variables = width == 2 ? [gain, bias] : [gain, bias, x]
        checkGradients(of: variables, step: 2e-3, tolerance: 1e-2, "layer norm \(shape)") {
          layerNormalization(x, gain: gain, bias: bias, epsilon: epsilon, on: $0)
        }
      }
    }
  }

  @Test func aLargeMeanCostsNoDigits() {
    let x = Variable(Tensor((0..<37).map { 4096 + Float($0) / 4 }, shape: [1, 37]))
    let (gain, bias) = (Variable(Tensor([Float](repeating: 1, count: 37), shape: [37])), Variable(Tensor(zeros: [37])))
    let y = layerNormalization(x, gain: gain, bias: bias, epsilon: 0, on: Tape(Engine(), recording: false)).value.values
    let deviation = ((37.0 * 37 - 1) / 12).squareRoot()
    #expect(largestDifference(y, (0..<37).map { Float((Double($0) - 18) / deviation) }) < 1e-4)
  }

  @Test func softmaxMatchesItsTwinAndGradient() {
    for shape in Self.shapes {
      let x = Variable(randomTensor(shape, seed: 4))
      let y = softmax(x, on: Tape(Engine(), recording: false)).value
      var expected: [Float] = []
      for row in 0..<x.value.rowCount {
        let exps = x.value.rows(row, count: 1).values.map { exp(Double($0)) }
        expected += exps.map { Float($0 / exps.reduce(0, +)) }
      }
      #expect(y.shape == shape)
      #expect(largestDifference(y.values, expected) < 1e-6)
      checkGradients(of: [x], "softmax \(shape)") { softmax(x, on: $0) }
    }
  }

  @Test func excludedColumnsAreZeroAndSoIsARowOfThem() {
    for width in [1, 3, 16, 37] {
      var scores = [Float](repeating: -.infinity, count: 2 * width)
      scores[width] = 3
      let x = Variable(Tensor(scores, shape: [2, width]))
      let tape = Tape(Engine(), recording: true)
      let y = softmax(x, on: tape)
      var expected = [Float](repeating: 0, count: 2 * width)
      expected[width] = 1
      #expect(y.value.values == expected)
      tape.backward(from: projection(y, on: tape))
      #expect(x.gradient?.values.allSatisfy { $0 == 0 } == true)
    }
  }

  @Test func scoresFarApartDoNotOverflow() {
    let x = Variable(Tensor([3e38, -3e38, 3e38, 1000, 0, 999], shape: [2, 3]))
    let y = softmax(x, on: Tape(Engine(), recording: false)).value.values
    #expect(largestDifference(y, [0.5, 0, 0.5, 0.7310586, 0, 0.2689414]) < 1e-6)
  }
}
