import Tensors
import Testing

/// Sums of long columns keep their digits.
@Suite struct ColumnSumTests {
  @Test(arguments: [1, 16, 37, 300])
  func aMillionEqualNumbers(width: Int) {
    let rows = 1 << 18
    // A sum that grows a number at a time stops growing, or loses the digits of what is added.
    let x = Tensor([Float](repeating: 0.1, count: rows * width), shape: [rows, width])
    let sums = Tensor(uninitialized: [width])
    columnSums(x, into: sums, accumulate: false)
    let exact = Double(Float(0.1)) * Double(rows)
    #expect(sums.values.allSatisfy { abs(Double($0) - exact) < 1e-6 * exact })
    columnSums(x, into: sums, accumulate: true)
    #expect(sums.values.allSatisfy { abs(Double($0) - 2 * exact) < 2e-6 * exact })
  }

  @Test func gradientsOfLongBatches() {
    let (rows, width) = (5000, 37)
    let x = Variable(randomTensor([rows, width], seed: 2))
    let (gain, bias) = (Variable(randomTensor([width], seed: 1)), Variable(Tensor(zeros: [width])))
    let tape = Tape(Engine(), recording: true)
    tape.backward(from: sum(layerNormalization(x, gain: gain, bias: bias, epsilon: 1e-5, on: tape), on: tape))
    #expect(bias.gradient?.values.allSatisfy { $0 == Float(rows) } == true)
    var expected = [Double](repeating: 0, count: width)
    let values = x.value.values.map(Double.init)
    for row in 0..<rows {
      let line = values[row * width..<(row + 1) * width]
      let mean = line.reduce(0, +) / Double(width)
      let variance = line.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(width)
      for (j, value) in line.enumerated() { expected[j] += (value - mean) / (variance + 1e-5).squareRoot() }
    }
    #expect(largestDifference(gain.gradient?.values ?? [], expected.map { Float($0) }) < 1e-4)
  }
}
