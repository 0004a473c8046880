import Configuration
import Corpora
import Files
import Tensors

/// Everything a classification of files needs to know.
public struct ClassificationConfiguration: RunConfiguration {
  /// The classifier's file.
  public var load = ""
  /// Files of texts.
  public var data: [String] = []
  /// How they are read.
  public var reading = ReadingOptions(labelKeys: ["label"], labels: .optional)
  /// How text is cleaned; `nil` for what the classifier was made with.
  public var cleaning: CleaningMethod?
  /// Tokens of a text that are read; `nil` for what the classifier was made with.
  public var maximumLength: Int?
  /// Times a text is read beforehand; `nil` for what the classifier was made with.
  public var warmupPasses: Int?
  /// Keeps only this many of the largest weights; `nil` for all.
  public var keptNeurons: Int?
  /// Whether labels are mapped as those were that the classifier was made of, when ``reading`` has no map.
  public var usesRecordedLabelMap = true
  /// Texts side by side.
  public var batchSize = 128
  /// Where the probabilities go, as `.npy`.
  public var probabilitiesPath = "clf_results.npy"
  /// Where a table goes.
  public var tablePath: String?
  /// The element type of weights and operands.
  public var precision = Precision.float32
  /// The matrix library.
  public var backend = MatrixBackendKind.automatic
  /// Threads; `nil` for one a processor.
  public var threads: Int?

  /// A classification with all defaults and no data.
  public init() {}

  /// Whether there is a place for the decisions.
  public var writesDecisions: Bool { !AtomicFile.isStream(probabilitiesPath) }

  /// Where the decisions go: beside the probabilities, ending in `.pred.npy`; nowhere when these go to a pipe or a
  /// device, beside which no file can lie.
  public var decisionsPath: String {
    guard writesDecisions else { return "/dev/null" }
    return (probabilitiesPath.hasSuffix(".npy") ? String(probabilitiesPath.dropLast(4)) : probabilitiesPath)
      + ".pred.npy"
  }
}
