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
    let x = Variable(Tensor([Float](repeating: 0.1, count: rows * width), shape: [rows, width]))
    let (gain, bias) = (Variable(randomTensor([width], seed: 1)), Variable(Tensor(zeros: [width])))
    let tape = Tape(Engine(), recording: true)
    tape.backward(from: sum(layerNormalization(x, gain: gain, bias: bias, epsilon: 1e-5, on: tape), on: tape))
    #expect(bias.gradient?.values.allSatisfy { $0 == Float(rows) } == true)
    #expect(gain.gradient?.values.allSatisfy { abs($0) < 1e-2 } == true)
  }
}
