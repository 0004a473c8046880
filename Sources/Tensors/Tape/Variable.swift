/// A value that takes part in a computation, and the gradient of the loss with respect to it.
public final class Variable {
  /// The value.
  public let value: Tensor

  /// The gradient, of the value's shape; `nil` while nothing has reached this variable.
  public private(set) var gradient: Tensor?

  /// Whether a backward pass computes a gradient for this variable.
  public let requiresGradient: Bool

  /// Grows by one whenever the value was changed in place.
  public private(set) var version = 0

  private struct PreparationKey: Hashable {
    var transposed: Bool
    var isForOneRow: Bool
    var engine: Int
  }

  private var prepared: [PreparationKey: any PreparedMatrix] = [:]

  /// Makes a variable over `value`, without copying it.
  public init(_ value: Tensor, requiresGradient: Bool = true) {
    self.value = value
    self.requiresGradient = requiresGradient
  }

  /// To be called after writing into ``value``: forgets what was derived from the old contents.
  public func valueDidChange() {
    version += 1
    prepared.removeAll(keepingCapacity: true)
  }

  /// Drops the gradient, so that the next backward pass starts from nothing.
  public func clearGradient() {
    gradient = nil
  }

  /// Lets `write` put a gradient into a tensor: over undefined contents when it is the first (`accumulate` false), in
  /// addition to what is there otherwise.
  public func addGradient(_ write: (_ target: Tensor, _ accumulate: Bool) -> Void) {
    guard requiresGradient else { return }
    if let gradient {
      write(gradient, true)
    } else {
      let fresh = Tensor(uninitialized: value.shape)
      write(fresh, false)
      gradient = fresh
    }
  }

  /// Hands over a whole gradient tensor, which must not be used by the caller afterwards.
  public func addGradient(_ tensor: Tensor) {
    guard requiresGradient else { return }
    precondition(tensor.count == value.count, "gradient \(tensor.shape) for value \(value.shape)")
    if let gradient {
      scaleAdd(tensor, by: 1, to: gradient, keeping: 1)
    } else {
      gradient = tensor.reshaped(value.shape)
    }
  }

  /// The value as the second operand of products, prepared once for each content; `transposed` gives `valueᵀ`.
  public func prepared(transposed: Bool, rows: Int, engine: Engine) -> any PreparedMatrix {
    let key = PreparationKey(transposed: transposed, isForOneRow: rows == 1, engine: engine.identifier)
    if let known = prepared[key] { return known }
    let fresh = engine.prepare(value, transposed: transposed, rows: rows)
    prepared[key] = fresh
    return fresh
  }
}
