import Tensors

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

/// Directional derivative of `loss` along random signs, by central differences, and the gradient's product with it.
///
/// Agreement to a few parts in a thousand is what single precision allows.
func directionalDerivatives(
  of variable: Variable, seed: UInt64, step: Float = 1e-2, loss: () -> Double, gradient: () -> Tensor?
) -> (numerical: Double, analytical: Double) {
  var generator = SeededGenerator(seed: seed)
  let direction = (0..<variable.value.count).map { _ in generator.uniform() < 0.5 ? Float(-1) : 1 }
  let original = variable.value.values
  func evaluate(_ factor: Float) -> Double {
    variable.value.copy(from: Tensor(zip(original, direction).map { $0 + factor * $1 }, shape: variable.value.shape))
    variable.valueDidChange()
    return loss()
  }
  let numerical = (evaluate(step) - evaluate(-step)) / (2 * Double(step))
  variable.value.copy(from: Tensor(original, shape: variable.value.shape))
  variable.valueDidChange()
  let analytical = zip(gradient()?.values ?? [], direction).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  return (numerical, analytical)
}

/// `Σ y_i w_i` with fixed random w: turns any output into a loss whose gradient is w.
func weightedSum(_ y: Tensor, seed: UInt64 = 99) -> Double {
  zip(y.values, randomTensor(y.shape, seed: seed).values).reduce(0) { $0 + Double($1.0) * Double($1.1) }
}
