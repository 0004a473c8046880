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
    // The whole range of normal results, to both ends.
    var inputs: [Float] = Self.inputs.filter { $0 > -87.33 && $0 < 88.72 }
    for step in 0..<20 {
      inputs.append(-87.33 + Float(step) * 0.01)
      inputs.append(88.72 - Float(step) * 0.01)
    }
    for (x, y) in zip(inputs, Self.apply(CK_EXP, inputs)) {
      let exact = exp(Double(x))
      #expect(abs(Double(y) / exact - 1) < 3e-7, "exp(\(x))")
    }
  }

  @Test func exponentialBeyondItsRange() {
    let ends: [Float] = [-87.3364, -87.5, -88, -104, -1e30, -.infinity]
    // Below the normal numbers, of which the smallest is 1.2e-38.
    #expect(Self.apply(CK_EXP, Array(ends.dropFirst())) == [0, 0, 0, 0, 0])
    let (last, first) = (Float(bitPattern: 0x42B1_7217), Float(bitPattern: 0x42B1_7219))
    #expect(Self.apply(CK_EXP, [last])[0].isFinite)
    #expect(Self.apply(CK_EXP, [first, 89, 1e30, .infinity]) == [.infinity, .infinity, .infinity, .infinity])
  }

  @Test func saturatedFunctions() {
    let far: [Float] = [87, 88.8, 104, 1e30, .infinity]
    #expect(Self.apply(CK_TANH, far + far.map { -$0 }) == [1, 1, 1, 1, 1, -1, -1, -1, -1, -1])
    #expect(Self.apply(CK_ERF, far + far.map { -$0 }).allSatisfy { abs(abs($0) - 1) < 3e-7 })
    #expect(Self.apply(CK_SIGMOID, far).allSatisfy { $0 == 1 })
    #expect(Self.apply(CK_SIGMOID, far.map { -$0 }).allSatisfy { (0...2e-38).contains($0) })
  }

  @Test func errorFunction() {
    for (x, y) in zip(Self.inputs, Self.apply(CK_ERF, Self.inputs)) {
      #expect(abs(Double(y) - erf(Double(x))) < 3e-7, "erf(\(x))")
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
    for function in [CK_EXP, CK_SIGMOID, CK_TANH, CK_ERF] {
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
