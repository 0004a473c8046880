import Tensors
import Testing

/// Values uniform on [−1, 1].
func randomTensor(_ shape: [Int], seed: UInt64) -> Tensor {
  var generator = SeededGenerator(seed: seed)
  let tensor = Tensor(uninitialized: shape)
  tensor.fillUniform(bound: 1, using: &generator)
  return tensor
}

func largestDifference(_ a: [Float], _ b: [Float]) -> Float {
  a.count == b.count ? zip(a, b).map { abs($0 - $1) }.max() ?? 0 : .infinity
}

/// The obviously right product of `op(a)` and `op(b)`, in double precision.
func naiveProduct(_ a: Tensor, transposeA: Bool, _ b: Tensor, transposeB: Bool) -> [Float] {
  let (m, k) = transposeA ? (a.columns, a.rowCount) : (a.rowCount, a.columns)
  let n = transposeB ? b.rowCount : b.columns
  let (av, bv) = (a.values, b.values)
  var result: [Float] = []
  for i in 0..<m {
    for j in 0..<n {
      var sum = 0.0
      for l in 0..<k {
        sum +=
          Double(transposeA ? av[l * a.columns + i] : av[i * a.columns + l])
          * Double(transposeB ? bv[j * b.columns + l] : bv[l * b.columns + j])
      }
      result.append(Float(sum))
    }
  }
  return result
}

/// Compares the gradient of `Σ y w`, y being what `operation` gives and w fixed random numbers, with central differences
/// in random directions, for each of `variables`; a gradient of zeros is a failure.
///
/// Agreement to a few parts in a thousand is what single precision allows.
func checkGradients(
  of variables: [Variable], step: Float = 1e-2, tolerance: Double = 4e-3, _ label: String,
  location: SourceLocation = #_sourceLocation, _ operation: (Tape) -> Variable
) {
  let engine = Engine()
  let tape = Tape(engine, recording: true)
  for variable in variables { variable.clearGradient() }
  tape.backward(from: projection(operation(tape), on: tape))
  for (index, variable) in variables.enumerated() {
    let gradient = variable.gradient?.values ?? []
    #expect(gradient.contains { $0 != 0 }, "\(label), variable \(index): no gradient", sourceLocation: location)
    let original = variable.value.values
    for seed in 0..<3 {
      var generator = SeededGenerator(seed: UInt64(100 * index + seed))
      let direction = original.map { _ in generator.uniform() < 0.5 ? Float(-1) : 1 }
      func loss(_ factor: Float) -> Double {
        let moved = zip(original, direction).map { $0 + factor * $1 }
        variable.update { $0.copy(from: Tensor(moved, shape: variable.shape)) }
        return weightedSum(operation(Tape(engine, recording: false, isTraining: true)).value)
      }
      let numerical = (loss(step) - loss(-step)) / (2 * Double(step))
      let analytical = zip(gradient, direction).reduce(0) { $0 + Double($1.0) * Double($1.1) }
      #expect(
        abs(numerical - analytical) <= tolerance * max(1, abs(numerical)),
        "\(label), variable \(index): \(numerical) against \(analytical)", sourceLocation: location)
    }
    variable.update { $0.copy(from: Tensor(original, shape: variable.shape)) }
  }
}

/// `Σ y_i w_i` with fixed random w: turns any output into a loss whose gradient is w.
func weightedSum(_ y: Tensor, seed: UInt64 = 99) -> Double {
  zip(y.values, randomTensor(y.shape, seed: seed).values).reduce(0) { $0 + Double($1.0) * Double($1.1) }
}

/// ``weightedSum(_:seed:)`` as an operation.
func projection(_ y: Variable, on tape: Tape) -> Variable {
  tape.result(Tensor([Float(weightedSum(y.value))], shape: []), of: [y]) { gradient in
    let factor = gradient.values[0]
    y.addGradient(Tensor(randomTensor(y.shape, seed: 99).values.map { $0 * factor }, shape: y.shape))
  }
}

/// `Σ y_i` as an operation.
func sum(_ y: Variable, on tape: Tape) -> Variable {
  tape.result(Tensor([y.value.values.reduce(0, +)], shape: []), of: [y]) { gradient in
    y.addGradient(Tensor([Float](repeating: gradient.values[0], count: y.value.count), shape: y.shape))
  }
}
