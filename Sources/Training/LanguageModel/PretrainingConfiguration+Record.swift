import Configuration
import Corpora
import Models

extension PretrainingConfiguration {
  /// The configuration as it goes into a model's file: what decides the numbers, with what was drawn or loaded filled in.
  ///
  /// Where the run writes, how often it tells, what it computes on and whether it went on after a stop are left out, so
  /// that equal runs write equal files.
  func record(seed: UInt32, architecture: LanguageModelConfiguration, cleaning: CleaningMethod, start: String?) throws
    -> SettingValue
  {
    var record = self
    record.seed = seed
    record.isSeedDrawn = false
    record.architecture = architecture
    record.cleaning = cleaning
    record.load = start
    let defaults = Self.defaults
    record.loadedDropout = defaults.loadedDropout
    record.resumes = defaults.resumes
    record.additionalSteps = defaults.additionalSteps
    record.save = defaults.save
    record.stepsPerCheckpoint = defaults.stepsPerCheckpoint
    record.savesTrainingState = defaults.savesTrainingState
    record.keptCheckpoints = defaults.keptCheckpoints
    record.logInterval = defaults.logInterval
    record.backend = defaults.backend
    record.threads = defaults.threads
    return try record.settings
  }
}
