import CKernels

/// A function applied to each number between two layers.
public enum Activation: String, Sendable, CaseIterable, Codable {
  /// `max(0, x)`.
  case relu
  /// `tanh x`.
  case tanh
  /// `1 / (1 + e⁻ˣ)`.
  case sigmoid
  /// `x / (1 + e⁻ˣ)`, also called swish (Elfwing et al. 2018).
  case silu
  /// `x Φ(x)` with the normal distribution's Φ, by way of erf (Hendrycks and Gimpel 2016): BERT's.
  case gelu
  /// The same with Φ approximated by tanh: GPT-2's.
  case geluTanh

  fileprivate var kernelFunction: ck_activation_function {
    switch self {
    case .relu: CK_RELU
    case .tanh: CK_TANH_ACTIVATION
    case .sigmoid: CK_LOGISTIC
    case .silu: CK_SILU
    case .gelu: CK_GELU
    case .geluTanh: CK_GELU_TANH
    }
  }
}

/// `y = f(x)`, element by element; the result is float32.
public func activate(_ x: Variable, _ function: Activation, on tape: Tape) -> Variable {
  let input = x.value.converted(to: .float32)
  let y = Tensor(uninitialized: input.shape)
  withKernelPointers(input, y) {
    run(
      ck_activation,
      ck_activation_args(x: $0[0], out: $0[1], count: input.count, function: function.kernelFunction),
      units: flatBlocks(input.count), grain: 2)
  }
  return tape.result(y, of: [x]) { dy in
    x.addGradient { target, accumulate in
      withKernelPointers(input, dy, target) {
        run(
          ck_activation_backward,
          ck_activation_backward_args(
            x: $0[0], gradient: $0[1], out: $0[2], count: input.count, function: function.kernelFunction,
            accumulate: accumulate ? 1 : 0),
          units: flatBlocks(input.count), grain: 2)
      }
    }
  }
}
