import Models
import Tensors

/// What a ``Trainer`` trains: parameters, a stream of batches, and the loss of a batch.
///
/// A task knows its model and its data, and nothing of optimizers, schedules or loss scales.
public protocol TrainingTask: AnyObject {
  /// What one pass through the model takes.
  associatedtype Batch
  /// Where the task stands in its data, without arrays.
  associatedtype Position: Codable

  /// All that is trained, under the paths that parameter groups know.
  var parameters: [NamedParameter] { get }

  /// What the array at a path is called in saved states.
  func stateName(ofPath path: String) -> String

  /// The next batch; `nil` where the data ends.
  func nextBatch() throws -> Batch?

  /// How much a batch counts beside the others of its step: as a rule the targets that its loss is the mean of.
  func weight(of batch: Batch) -> Double

  /// A step begins, the number of which names what is random in it.
  func beginStep(_ number: Int)

  /// The mean loss of a batch, computed on `tape`.
  ///
  /// - Parameter gradientScale: what the gradient will be multiplied by; see ``BatchLoss/isScaled``.
  func loss(of batch: Batch, gradientScale: Double, on tape: Tape) -> BatchLoss

  /// The step ended; what it carries from batch to batch is kept or falls back to where the step began.
  func endStep(keeping isKept: Bool)

  /// Where the task stands.
  var position: Position { get }

  /// Numbers that are carried from step to step, and written into in place when a run is resumed.
  var arrays: [(name: String, values: Tensor)] { get }

  /// Whole numbers that belong to ``position`` and are too many for its text.
  var integerArrays: [IntegerArray] { get }

  /// Goes to where a saved run stood.
  ///
  /// - Parameter integers: gives the values of ``integerArrays`` by name.
  func restore(_ position: Position, integers: (String) throws -> [Int64]) throws
}

extension TrainingTask {
  /// The path itself.
  public func stateName(ofPath path: String) -> String { path }
  /// Nothing to prepare.
  public func beginStep(_ number: Int) {}
  /// Nothing is carried.
  public func endStep(keeping isKept: Bool) {}
  /// None.
  public var arrays: [(name: String, values: Tensor)] { [] }
  /// None.
  public var integerArrays: [IntegerArray] { [] }
}

/// Whole numbers under a name, row-major.
public struct IntegerArray: Sendable {
  /// What they are saved under.
  public var name: String
  /// The numbers.
  public var values: [Int64]
  /// Size of each dimension.
  public var shape: [Int]

  /// Names some numbers.
  public init(name: String, values: [Int64], shape: [Int]) {
    self.name = name
    self.values = values
    self.shape = shape
  }
}

/// The loss of a batch.
public struct BatchLoss {
  /// The loss as a scalar on the tape.
  public var variable: Variable
  /// The same in double precision.
  public var value: Double
  /// Whether the operation has applied the gradient's scale already, which saves a pass over its gradient.
  public var isScaled: Bool

  /// Names a loss.
  public init(variable: Variable, value: Double, isScaled: Bool = false) {
    self.variable = variable
    self.value = value
    self.isScaled = isScaled
  }

  /// A mean that has applied no scale.
  public init(_ mean: MeanLoss) {
    self.init(variable: mean.variable, value: mean.value)
  }
}
