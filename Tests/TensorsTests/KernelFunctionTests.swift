import CKernels
import Foundation
import Tensors
import Testing

/// The vector functions against the C library's, over their whole range and at the special values.
@Suite struct KernelFunctionTests {
  static let inputs: [Float] =
    stride(from: Float(-95), through: 95, by: 0.0137).map { $0 } + [0, -0.0, 1e-30, -1e-8, 0.6249, 0.6251, 1e4, -1e4]

  static func apply(_ function: ck_function, _ x: [Float]) -> [Float] {
    [Float](unsafeUninitializedCapacity: x.count) { out, count in
      x.withUnsafeBufferPointer { x in
        let arguments = ck_functions_args(
          in: x.baseAddress, out: out.baseAddress, count: x.count, function: function)
        withUnsafePointer(to: arguments) {
          ck_functions($0, (x.count + Int(CK_FLAT_BLOCK) - 1) / Int(CK_FLAT_BLOCK), 1)
        }
      }
      count = x.count
    }
  }

  @Test func exponential() {
    let inputs = Self.inputs.filter { abs($0) < 86 }
    for (x, y) in zip(inputs, Self.apply(CK_EXP, inputs)) {
      let exact = exp(Double(x))
      #expect(abs(Double(y) / exact - 1) < 3e-7, "exp(\(x))")
    }
  }

  @Test func logistic() {
    for (x, y) in zip(Self.inputs, Self.apply(CK_SIGMOID, Self.inputs)) {
      #expect(abs(Double(y) - 1 / (1 + exp(-Double(x)))) < 2e-7, "sigmoid(\(x))")
    }
  }

  @Test func hyperbolicTangent() {
    for (x, y) in zip(Self.inputs, Self.apply(CK_TANH, Self.inputs)) {
      let exact = tanh(Double(x))
      #expect(abs(Double(y) - exact) <= 4e-7 * abs(exact), "tanh(\(x))")
    }
  }

  @Test func notANumberStaysOne() {
    for function in [CK_EXP, CK_SIGMOID, CK_TANH] {
      #expect(Self.apply(function, [.nan, 1]).first?.isNaN == true)
    }
  }

  @Test func everyLengthIsTreatedAlike() {
    let all = Self.apply(CK_TANH, Array(Self.inputs.prefix(40)))
    for length in 1...40 {
      #expect(Self.apply(CK_TANH, Array(Self.inputs.prefix(length))) == Array(all.prefix(length)))
    }
  }
}
