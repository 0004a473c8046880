/// How far a long job has come.
public struct ProgressUpdate: Sendable, Equatable {
  /// What is being done, such as `training`.
  ///
  /// A new label starts a new measurement of time and rate.
  public var label: String
  /// Finished steps (or rows, files, …) of this job.
  public var completed: Int
  /// All steps; nil when unknown.
  public var total: Int?
  /// What is counted in `completed`.
  public var unit: String
  /// Finished work, for the rate; nil to take the rate from `completed`.
  public var work: Int?
  /// What is counted in `work`.
  public var workUnit: String
  /// Mean cross-entropy a token, in nats.
  public var loss: Double?
  /// The loss in bits a character.
  public var bitsPerCharacter: Double?

  /// A state of a job.
  public init(
    label: String, completed: Int, total: Int? = nil, unit: String = "steps", work: Int? = nil,
    workUnit: String = "characters", loss: Double? = nil, bitsPerCharacter: Double? = nil
  ) {
    self.label = label
    self.completed = completed
    self.total = total
    self.unit = unit
    self.work = work
    self.workUnit = workUnit
    self.loss = loss
    self.bitsPerCharacter = bitsPerCharacter
  }
}
