/// Records how a loss was computed and walks back through it.
///
/// Operations append their backward step as they run; since each uses only what came before it, running the steps in
/// reverse order is the chain rule. A tape is for one forward and one backward pass.
///
/// Three things are told apart: whether backward steps are kept, whether dropout is on, and to which types operands are
/// rounded. A tape that records usually trains, and one that does not evaluates, so the last two follow the first unless
/// they are given.
public final class Tape {
  /// What the operations on this tape compute with.
  public let engine: Engine

  /// Whether backward steps are kept, and with them the values that they read.
  public let isRecording: Bool

  /// Whether operations that act in training only, such as dropout, do.
  public let isTraining: Bool

  /// Whether long sequences keep only some of their states and are run again, piece by piece, on the way back.
  public let recomputes: Bool

  /// The type of what is multiplied by weights.
  public let operandType: ElementType

  private var steps: [() -> Void] = []

  /// Starts an empty tape.
  ///
  /// - Parameters:
  ///   - engine: what computes, and in which precision.
  ///   - recording: whether a backward pass can follow.
  ///   - isTraining: whether dropout is on; as `recording` unless given.
  ///   - rounding: how operands are rounded; as in training on a recording tape unless given.
  ///   - recomputes: trades a second forward pass for memory; off by default.
  public init(
    _ engine: Engine, recording: Bool, isTraining: Bool? = nil, rounding: OperandRounding? = nil,
    recomputes: Bool = false
  ) {
    self.engine = engine
    isRecording = recording
    self.isTraining = isTraining ?? recording
    operandType = (rounding ?? (recording ? .training : .evaluation)).operandType(engine.precision)
    self.recomputes = recomputes
  }

  /// The type of activations kept for the backward pass, and of weights computed from others.
  public var keptType: ElementType { operandType == .float16 ? .float16 : .float32 }

  /// Whether an operation on `inputs` has a backward step: the tape records, and some input requires a gradient.
  public func records(_ inputs: [Variable]) -> Bool { isRecording && inputs.contains { $0.requiresGradient } }

  /// The result of an operation: a variable that requires a gradient when some input does and the tape records.
  ///
  /// Only then is `backward` kept. It receives the gradient of the result, which is its own to overwrite or hand on, and
  /// adds the inputs' gradients; where no gradient reached the result it is not called.
  public func result(_ value: Tensor, of inputs: [Variable], backward: @escaping (_ gradient: Tensor) -> Void)
    -> Variable
  {
    guard records(inputs) else { return Variable(value, requiresGradient: false) }
    let result = Variable(value)
    steps.append {
      if let gradient = result.takeGradient() { backward(gradient) }
    }
    return result
  }

  /// Adds `scale` times the gradient of `loss` to all variables that require one.
  ///
  /// Runs the backward steps, last first, releasing each one's values as it goes; afterwards the tape is empty.
  /// - Parameter loss: a scalar computed on this tape. Where it does not require a gradient nothing is computed.
  public func backward(from loss: Variable, scale: Double = 1) {
    precondition(isRecording, "backward on a tape that did not record")
    precondition(loss.shape.reduce(1, *) == 1, "backward from a value of shape \(loss.shape), which is not a scalar")
    loss.addGradient(Tensor([Float(scale)], shape: loss.shape))
    while let step = steps.popLast() { step() }
  }
}
