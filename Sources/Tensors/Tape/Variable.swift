/// A value that takes part in a computation, and the gradient of the loss with respect to it.
public final class Variable {
  /// Whether gradients are wanted; one for all variables that are only ever trained together.
  private final class Training {
    var isWanted: Bool
    init(_ isWanted: Bool) { self.isWanted = isWanted }
  }

  private let tensor: Tensor
  private let training: Training
  private var ownGradient: Tensor?
  private var isConsumed = false
  private var derivations = Derivations()

  /// Grows by one with every update.
  private(set) var version = 0

  /// Makes a variable over `value`, without copying it.
  public init(_ value: Tensor, requiresGradient: Bool = true) {
    tensor = value
    training = Training(requiresGradient)
  }

  /// Makes a variable that is frozen and thawed together with `partner`.
  public init(_ value: Tensor, trainedWith partner: Variable) {
    tensor = value
    training = partner.training
  }

  /// The value, to be read; ``update(_:)`` alone writes it.
  public var value: Tensor {
    precondition(!isConsumed, "the value \(shape) was overwritten by an operation that consumed it")
    return tensor
  }

  /// The value's shape.
  public var shape: [Int] { tensor.shape }

  /// Whether a backward pass computes a gradient for this variable.
  ///
  /// A parameter that does not require one is frozen: nothing is computed, recorded or stored for it. The result of an
  /// operation requires one when some input does; change it on parameters only, and not between forward and backward.
  public var requiresGradient: Bool {
    get { training.isWanted }
    set {
      training.isWanted = newValue
      if !newValue { ownGradient = nil }
    }
  }

  /// The gradient, of the value's shape; `nil` while nothing has reached this variable, and of a frozen one.
  ///
  /// What an operation computed gives its gradient away on the way back; parameters and other inputs keep theirs.
  public var gradient: Tensor? { requiresGradient ? ownGradient : nil }

  /// Changes the value in place; the only way to do so.
  ///
  /// What was derived from the old contents is forgotten.
  public func update<Result>(_ write: (_ value: Tensor) throws -> Result) rethrows -> Result {
    defer {
      version += 1
      derivations.removeAll()
    }
    return try write(value)
  }

  /// Hands the value's storage over to an operation that overwrites it; it cannot be read as this value any more.
  func consume() -> Tensor {
    defer { isConsumed = true }
    return value
  }

  /// Drops the gradient, so that the next backward pass starts from nothing.
  public func clearGradient() {
    ownGradient = nil
  }

  /// The gradient, which this variable then no longer has.
  func takeGradient() -> Tensor? {
    defer { ownGradient = nil }
    return gradient
  }

  /// Lets `write` put a gradient into a tensor: over undefined contents when it is the first (`accumulate` false), in
  /// addition to what is there otherwise.
  ///
  /// Not called where no gradient is required.
  public func addGradient(_ write: (_ target: Tensor, _ accumulate: Bool) -> Void) {
    guard requiresGradient else { return }
    if let ownGradient {
      write(ownGradient, true)
    } else {
      let fresh = Tensor(uninitialized: shape)
      write(fresh, false)
      ownGradient = fresh
    }
  }

  /// Hands over a whole gradient tensor, which must not be used by the caller afterwards.
  public func addGradient(_ gradient: Tensor) {
    guard requiresGradient else { return }
    precondition(gradient.count == tensor.count, "gradient \(gradient.shape) for value \(shape)")
    if let ownGradient {
      scaleAdd(gradient, by: 1, to: ownGradient, keeping: 1)
    } else {
      ownGradient = gradient.reshaped(shape)
    }
  }

  /// What `make` computes from this value, and from those of `others`, kept until one of them is updated.
  ///
  /// - Parameters:
  ///   - key: tells the things apart that are derived from this variable.
  ///   - engine: what computed it; the result is not kept longer than the engine.
  ///   - others: the other variables that `make` reads.
  public func derived<Value>(
    _ key: some Hashable, for engine: Engine, with others: [Variable] = [], make: () -> Value
  ) -> Value {
    let versions = others.map(\.version)
    if let known = derivations.value(key, engine, versions) as? Value { return known }
    let fresh = make()
    derivations.set(fresh, key, engine, versions)
    return fresh
  }

  private struct PreparationKey: Hashable {
    var transposed: Bool
    var isForOneRow: Bool
  }

  /// The value as the second operand of products, prepared once for each content; `transposed` gives `valueᵀ`.
  public func prepared(transposed: Bool, rows: Int, engine: Engine) -> any PreparedMatrix {
    derived(PreparationKey(transposed: transposed, isForOneRow: rows == 1), for: engine) {
      engine.prepare(value, transposed: transposed, rows: rows)
    }
  }
}
