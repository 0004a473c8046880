import Corpora
import Optimization
import Tensors

/// What must be the same for a run to go on as if it had never stopped.
struct RunIdentity: Codable, Equatable {
  var seed: UInt32
  var dataDigest: String
  var cleaning: CleaningMethod
  /// ``Tokenizer/identity`` of the tokenizer.
  var tokenizer: String
  var rows: Int
  var sequenceLength: Int
  var accumulationSteps: Int
  /// Not saved by versions that only knew shards.
  var sampling: TextSampling?
  var persistence: StatePersistence
  var optimizer: OptimizerKind
  var precision: Precision

  /// How the texts follow one another.
  var textSampling: TextSampling { sampling ?? .shards }

  /// Refuses a run that is not the one saved as `self`.
  ///
  /// - Throws: ``TrainingError/differentRun(path:what:saved:now:)`` with the first difference.
  func require(_ now: RunIdentity, path: String) throws {
    func require(_ what: RunSetting, _ saved: some Equatable, _ here: some Equatable) throws {
      guard "\(saved)" != "\(here)" else { return }
      throw TrainingError.differentRun(path: path, what: what, saved: "\(saved)", now: "\(here)")
    }
    try require(.seed, seed, now.seed)
    try require(.batchSize, rows, now.rows)
    try require(.sequenceLength, sequenceLength, now.sequenceLength)
    try require(.accumulationSteps, accumulationSteps, now.accumulationSteps)
    try require(.sampling, textSampling.rawValue, now.textSampling.rawValue)
    try require(.persistence, persistence.rawValue, now.persistence.rawValue)
    try require(.optimizer, optimizer.rawValue, now.optimizer.rawValue)
    try require(.precision, precision.rawValue, now.precision.rawValue)
    try require(.cleaning, cleaning.rawValue, now.cleaning.rawValue)
    try require(.tokenizer, tokenizer, now.tokenizer)
    guard dataDigest == now.dataDigest else { throw TrainingError.differentTexts(path: path) }
  }
}
