import Models
import Optimization
import Tensors

/// Trains a language model step by step.
public typealias LanguageModelTrainer = Trainer<LanguageModelTask>

extension Trainer where Task == LanguageModelTask {
  /// Starts with zero state.
  ///
  /// - Parameters:
  ///   - rows: rows of every batch.
  ///   - seed: names the dropout masks, together with the step number.
  ///   - lossScale: what half precision needs; none by default.
  ///   - recomputesStates: trades a second forward pass for the memory of a window; false by default.
  public convenience init(
    model: LanguageModel, optimizer: any Optimizer, schedule: LearningRateSchedule, clip: Double, rows: Int,
    seed: UInt64, engine: Engine, lossScale: LossScale = .none, recomputesStates: Bool = false
  ) {
    self.init(
      LanguageModelTask(model, rows: rows, seed: seed),
      updater: ParameterUpdater(optimizer, parameters: model.parameters, lossScale: lossScale), schedule: schedule,
      clip: clip, engine: engine, recomputes: recomputesStates)
  }
}
