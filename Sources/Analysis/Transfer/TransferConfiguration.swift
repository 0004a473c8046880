import Configuration
import Corpora
import Models
import Tensors

/// Everything a transfer needs to know.
public struct TransferConfiguration: RunConfiguration {
  /// The language model; `nil` for an untrained one of ``architecture``.
  public var load: String?
  /// Architecture of an untrained model.
  public var architecture = LanguageModelConfiguration()
  /// Files of the training rows.
  public var data: [String] = []
  /// Files of the validation rows; held out from the training rows by ``split``, or none.
  public var validation: [String] = []
  /// Files of the test rows; likewise.
  public var test: [String] = []
  /// Proportions of training, validation and test rows where no file is given.
  public var split = "1."
  /// How the training files are read; one label key.
  public var reading = ReadingOptions(labelKeys: ["label"], labels: .required)
  /// Text key of validation and test files, where it differs.
  public var evaluationTextKey: String?
  /// Label key of validation and test files, where it differs.
  public var evaluationLabelKey: String?
  /// How text is cleaned; `nil` for what the model was trained with.
  public var cleaning: CleaningMethod?

  /// The features.
  public var features = FeatureSelection()
  /// Tokens of a text that are read; `nil` for all.
  public var maximumLength: Int?
  /// Times a text is read beforehand.
  public var warmupPasses = 0
  /// Texts side by side.
  public var batchSize = 128
  /// The same for validation and test.
  public var evaluationBatchSize = 128
  /// Whether features stored by an earlier run with the same inputs are used.
  public var usesCache = false

  /// What chooses C and is reported.
  public var metric = ClassificationMetric.accuracy
  /// Most iterations of one fit.
  public var iterationCap = 100
  /// How many of the strongest neurons get a regression of their own.
  public var neuronCount = 1
  /// Whether to fit one without them too.
  public var dropsNeurons = false
  /// Whether the test rows are scored.
  public var scoresTest = true

  /// Name of the result folder within `<model>_transfer`; with a slash, or `.` and `..`, the folder itself.
  public var resultsName = "sentiment"
  /// Where a table of predictions goes.
  public var tablePath: String?
  /// Seeds the split, the solver and an untrained model.
  public var seed: UInt32 = 1234
  /// The element type of weights and operands.
  public var precision = Precision.float32
  /// The matrix library.
  public var backend = MatrixBackendKind.automatic
  /// Threads; `nil` for one a processor.
  public var threads: Int?

  /// A transfer with all defaults and no data.
  public init() {}

  /// Where results go: the folder that ``resultsName`` is, or else the model's path without `.current` and its
  /// extension, then `_transfer/`, then the name.
  public var resultsFolder: String {
    if resultsName.contains("/") || [".", ".."].contains(resultsName) {
      var folder = resultsName[...]
      while folder.count > 1, folder.last == "/" { folder = folder.dropLast() }
      return folder == "/" ? "" : String(folder)
    }
    var stem = load ?? "untrained"
    if stem.hasSuffix(".current") { stem.removeLast(".current".count) }
    let name = stem.split(separator: "/").last ?? ""
    if let dot = name.lastIndex(of: "."), dot != name.startIndex { stem = String(stem[..<dot]) }
    return stem + "_transfer/" + resultsName
  }
}

extension TransferConfiguration {
  /// The files in the result folder that every transfer writes, for which no folder may stand.
  public var resultFiles: [String] {
    TransferFiles.names.map { resultsFolder + "/" + $0 } + [resultsFolder + "/logit_vis/0_0.png"]
  }
}

/// What a transfer tells its caller while it runs.
public enum TransferEvent: Sendable {
  /// The rows of the files of one split were read; `classNames` are the names of the labels 0 and 1, if they have any.
  case read(split: String, ReadingSummary, classNames: [String]?)
  /// Labels of a split: which, and how many rows have each.
  case labelled(split: String, LabelTally)
  /// No model was loaded, so one of random weights is used.
  case untrained(LanguageModelConfiguration)
  /// There are no validation rows, so C is chosen by the score of the training rows.
  case noValidation
  /// The test rows are predicted but not scored, and why.
  case testNotScored(reason: String)
  /// Memory that weights and features will take, told before it is allocated.
  case memoryPredicted(MemoryEstimate)
  /// The model computes in another precision than float32.
  case computing(PrecisionReport)
  /// Results will go to this folder.
  case writingResults(folder: String)
  /// Features of a split are being computed.
  case transforming(split: String, FeatureExtractor.Progress)
  /// Features of a split are there, computed or from the cache.
  case transformed(split: String, seconds: Double, texts: Int, fromCache: Bool)
  /// One fit of a sweep; `name` says which regression.
  case swept(name: String, SweepProgress)
  /// A regression stands.
  case fitted(TransferResult.Regression)
  /// The neurons that the small regression reads.
  case usingNeurons([Int])
  /// A file or folder was written; `what` names it in words.
  case wrote(what: String, path: String)
}

/// What a transfer found.
public struct TransferResult: Sendable {
  /// One regression with its scores.
  public struct Regression: Sendable {
    /// For example `all neuron`, `1 neuron`, `1 dropped neuron`.
    public var name: String
    /// The fit, C and probabilities.
    public var sweep: SweepResult
    /// Seconds of the sweep.
    public var seconds: Double
  }

  /// The regression on all features.
  public var allNeurons: Regression
  /// The regression on the strongest.
  public var topNeurons: Regression
  /// The regression without the strongest, when asked for.
  public var droppedNeurons: Regression?
  /// The strongest neurons, strongest first.
  public var neurons: [Int]
  /// The result folder.
  public var folder: String
  /// The classifier's file.
  public var classifierPath: String
  /// Texts whose features were computed, not read from the cache.
  public var textsTransformed: Int
  /// Seconds spent on that.
  public var transformSeconds: Double
  /// Rows of all files that were left out.
  public var rowsSkipped: Int
}
