import CKernels

/// `w = v · (g / ‖v‖)`, one norm for each row (Salimans and Kingma 2016).
///
/// Shapes: `v [out, in]`, `g [out, 1]`, result `[out, in]`, which has the tape's kept type. A row of zeros stays one.
public func normalizeWeight(direction v: Variable, gain g: Variable, on tape: Tape) -> Variable {
  let inverseNorms = Tensor(uninitialized: [v.value.rowCount])
  let weight = Tensor(uninitialized: v.value.shape, elementType: tape.keptType)
  normalizeWeight(direction: v.value, gain: g.value, inverseNorms: inverseNorms, into: weight)
  return tape.result(weight, of: [v, g]) {
    normalizeWeightBackward(direction: v, gain: g, inverseNorms: inverseNorms, weightGradient: $0)
  }
}

/// The matrix that a direction and a gain stand for, computed once and for all: `w = v · (g / ‖v‖)`.
package func mergedWeight(direction: Tensor, gain: Tensor) -> Tensor {
  let weight = Tensor(uninitialized: direction.shape)
  normalizeWeight(
    direction: direction, gain: gain, inverseNorms: Tensor(uninitialized: [direction.rowCount]), into: weight)
  return weight
}

private func normalizeWeight(direction v: Tensor, gain g: Tensor, inverseNorms: Tensor, into weight: Tensor) {
  precondition(g.count == v.rowCount, "gain \(g.shape) for direction \(v.shape)")
  withKernelPointers(v, g, inverseNorms) { pointers in
    withRawKernelPointers(weight) {
      run(
        ck_weight_norm_forward,
        ck_weight_norm_forward_args(
          v: pointers[0], g: pointers[1], weight: $0[0], type: weight.elementType.kernelElement,
          inverse_norm: pointers[2], width: v.columns),
        units: v.rowCount, grain: 32)
    }
  }
}

/// `dg = ⟨dw, v⟩ / ‖v‖` and `dv = g/‖v‖ · (dw − v ⟨dw, v⟩ / ‖v‖²)`, row by row.
private func normalizeWeightBackward(
  direction v: Variable, gain g: Variable, inverseNorms: Tensor, weightGradient dw: Tensor
) {
  v.addGradient { if !$1 { $0.fill(0) } }
  g.addGradient { if !$1 { $0.fill(0) } }
  // One kernel makes both; where only one is wanted the other goes nowhere.
  let dv = v.gradient ?? Tensor(zeros: v.shape)
  let dg = g.gradient ?? Tensor(zeros: g.shape)
  withKernelPointers(v.value, g.value, inverseNorms, dw, dg, dv) {
    run(
      ck_weight_norm_backward,
      ck_weight_norm_backward_args(
        v: $0[0], g: $0[1], inverse_norm: $0[2], weight_gradient: $0[3], g_gradient: $0[4], v_gradient: $0[5],
        width: v.value.columns),
      units: v.value.rowCount, grain: 32)
  }
}

/// Norm of each row of `w`, shape `[rows, 1]`: the gain that leaves `w` unchanged when it becomes the direction.
package func rowNorms(of w: Tensor) -> Tensor {
  let norms = w.withUnsafeElements { elements in
    (0..<w.rowCount).map { row -> Float in
      var sum = 0.0
      for element in elements[row * w.columns..<(row + 1) * w.columns] { sum += Double(element) * Double(element) }
      return Float(sum.squareRoot())
    }
  }
  return Tensor(norms, shape: [w.rowCount, 1])
}
