import Foundation
import Tensors
import Testing

@Suite struct ActivationTests {
  static func twin(_ function: Activation, _ x: Double) -> Double {
    switch function {
    case .relu: max(0, x)
    case .tanh: tanh(x)
    case .sigmoid: 1 / (1 + exp(-x))
    case .silu: x / (1 + exp(-x))
    case .gelu: 0.5 * x * (1 + erf(x / 2.0.squareRoot()))
    case .geluTanh: 0.5 * x * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
    }
  }

  @Test(arguments: Activation.allCases)
  func matchesItsTwin(function: Activation) {
    let inputs = stride(from: Float(-12), through: 12, by: 0.0173).map { $0 } + [0, -0.0, 1e-20, 90, -90, 1e4, -1e4]
    let x = Variable(Tensor(inputs, shape: [inputs.count]))
    let found = activate(x, function, on: Tape(Engine(), recording: false)).value.values
    for (input, output) in zip(inputs, found) {
      let expected = Self.twin(function, Double(input))
      #expect(abs(Double(output) - expected) < 1e-6 * max(1, abs(expected)), "\(function) of \(input)")
    }
  }

  @Test(arguments: Activation.allCases)
  func gradient(function: Activation) {
    for shape in [[1, 1], [3, 5], [7, 16], [5, 33], [3, 37], [2, 300], [9, 1000]] {
      // Away from the kink of max(0, x).
      let values = randomTensor(shape, seed: 1).values.map { abs($0) < 0.02 ? 0.5 : 3 * $0 }
      let x = Variable(Tensor(values, shape: shape))
      checkGradients(of: [x], "\(function) \(shape)") { activate(x, function, on: $0) }
    }
  }

  @Test(arguments: Activation.allCases)
  func slopesFarOutAreFinite(function: Activation) {
    let x = Variable(Tensor([-200, -88, 88, 200, -.greatestFiniteMagnitude], shape: [5]))
    let tape = Tape(Engine(), recording: true)
    tape.backward(from: sum(activate(x, function, on: tape), on: tape))
    let isBounded = function == .tanh || function == .sigmoid
    let slopes = x.gradient?.values ?? []
    #expect(largestDifference(Array(slopes.prefix(4)), isBounded ? [0, 0, 0, 0] : [0, 0, 1, 1]) < 1e-6)
  }

  @Test(arguments: Activation.allCases)
  func notANumberStaysOne(function: Activation) {
    let x = Variable(Tensor([.nan, 1], shape: [2]))
    #expect(activate(x, function, on: Tape(Engine(), recording: false)).value.values[0].isNaN)
  }
}
