import Corpora
import Models
import Optimization

/// What changes the course of a run without making it another one, so that a run that is resumed may have it different.
struct RunSettings: Codable, Equatable {
  /// What one setting was.
  struct Setting: Codable, Equatable {
    var name: String
    var value: String

    init(_ setting: RunSetting, value: String) {
      name = setting.rawValue
      self.value = value
    }

    private enum CodingKeys: String, CodingKey {
      // As files of earlier versions have it.
      case name = "option"
      case value
    }

    /// The setting; `nil` for one of another version.
    var setting: RunSetting? { RunSetting(stored: name) }
  }

  private var settings: [Setting]

  init(_ run: PretrainingConfiguration, schedule: LearningRateSchedule, dropout: Double) {
    func steps(_ count: Double) -> String { "\(Int(min(count, 1e15).rounded())) steps" }
    settings = [
      Setting(.learningRate, value: "\(schedule.baseRate)"),
      Setting(.decay, value: schedule.decay.rawValue),
      Setting(.warmup, value: steps(schedule.warmupSteps)),
      Setting(.clip, value: "\(run.clip)"),
      Setting(.weightDecay, value: "\(run.optimizer.weightDecay)"),
      Setting(.momentum, value: "\(run.optimizer.momentum)"),
      Setting(.nesterov, value: run.optimizer.isNesterov ? "on" : "off"),
      Setting(.dropout, value: "\(dropout)"),
      Setting(.lossScale, value: run.lossScale.rule),
      Setting(.evaluationBatchSize, value: run.evaluationBatchSize.map { "\($0)" } ?? "by the held-out text"),
      Setting(.evaluationSequenceLength, value: "\(run.evaluationSequenceLength)"),
      Setting(.evaluationBatches, value: run.evaluationBatches.map { "\($0)" } ?? "all held-out text"),
    ]
    // Where nothing decays, it does not matter when that ends.
    if schedule.decay != .constant {
      settings.append(Setting(.horizon, value: steps(schedule.horizon)))
    }
  }

  /// The settings that both have with different values.
  func changes(to now: RunSettings) -> [SettingChange] {
    settings.compactMap { saved in
      guard let setting = saved.setting, let here = now.settings.first(where: { $0.setting == setting }),
        here.value != saved.value
      else { return nil }
      return SettingChange(setting: setting, saved: saved.value, now: here.value)
    }
  }
}

/// A setting that has another value than in the run that is resumed.
public struct SettingChange: Sendable, Equatable {
  /// The setting.
  public var setting: RunSetting
  /// The value it had.
  public var saved: String
  /// The value it has from now on.
  public var now: String
}
