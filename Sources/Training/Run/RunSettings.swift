import Corpora
import Models
import Optimization

/// What changes the course of a run without making it another one, so that a run that is resumed may have it different.
struct RunSettings: Codable, Equatable {
  /// What one option was set to.
  struct Setting: Codable, Equatable {
    var option: String
    var value: String
  }

  private var settings: [Setting]

  init(_ run: PretrainingConfiguration, schedule: LearningRateSchedule, dropout: Double) {
    func steps(_ count: Double) -> String { "\(Int(min(count, 1e15).rounded())) steps" }
    settings = [
      Setting(option: "--lr", value: "\(schedule.baseRate)"),
      Setting(option: "--decay-style", value: schedule.decay.rawValue),
      Setting(option: "--warmup", value: steps(schedule.warmupSteps)),
      Setting(option: "--clip", value: "\(run.clip)"),
      Setting(option: "--weight-decay", value: "\(run.optimizer.weightDecay)"),
      Setting(option: "--momentum", value: "\(run.optimizer.momentum)"),
      Setting(option: "--nesterov", value: run.optimizer.isNesterov ? "on" : "off"),
      Setting(option: "--dropout", value: "\(dropout)"),
      Setting(option: "--loss-scale", value: run.lossScale.rule),
      Setting(option: "--eval-batch-size", value: run.evaluationBatchSize.map { "\($0)" } ?? "by the held-out text"),
      Setting(option: "--eval-seq-length", value: "\(run.evaluationSequenceLength)"),
      Setting(option: "--eval-iters", value: run.evaluationBatches.map { "\($0)" } ?? "all held-out text"),
    ]
    // Where nothing decays, it does not matter when that ends.
    if schedule.decay != .constant {
      settings.append(Setting(option: "--constant-decay", value: steps(schedule.horizon)))
    }
  }

  /// The options that both have with different values.
  func changes(to now: RunSettings) -> [SettingChange] {
    settings.compactMap { saved in
      guard let here = now.settings.first(where: { $0.option == saved.option }), here.value != saved.value else {
        return nil
      }
      return SettingChange(option: saved.option, saved: saved.value, now: here.value)
    }
  }
}

/// An option that has another value than in the run that is resumed.
public struct SettingChange: Sendable, Equatable {
  /// The option, with its dashes.
  public var option: String
  /// The value it had.
  public var saved: String
  /// The value it has from now on.
  public var now: String
}
