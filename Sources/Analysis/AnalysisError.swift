import Corpora

/// What can go wrong with measurements, regressions and drawings.
///
/// Each description is one sentence for the person who ran the command.
public enum AnalysisError: Error, Sendable, Equatable {
  /// The values do not fill a matrix of the stated shape.
  case matrixShape(rows: Int, columns: Int, values: Int)
  /// Two things that belong together row by row differ in length.
  case rowCount(what: String, expected: Int, found: Int)
  /// A matrix or weight vector has the wrong number of columns.
  case columnCount(what: String, expected: Int, found: Int)
  /// A column or neuron index lies outside the features.
  case columnOutOfRange(column: Int, columns: Int)
  /// A neuron to watch or hold that the model does not have.
  case neuronOutOfRange(neuron: Int, units: Int)
  /// A feature is not a number or is infinite.
  case nonFiniteFeature(split: String, row: Int, column: Int)
  /// A label that a regression or a score needs is missing (negative) or not a number.
  case unknownLabel(split: String, row: Int, label: Double)
  /// All training labels are of one class.
  case singleClass(label: Int, rows: Int)
  /// Labels that are names, of which there are not two.
  case classCount(names: [String])
  /// A neuron is to be watched or held, but the file has no classifier that names one.
  case neuronNotKnown(path: String)
  /// Nothing to work on.
  case empty(what: String)
  /// A numeric setting is outside its range.
  case invalidSetting(name: String, value: Double, requirement: String)
  /// liblinear refused the problem; the payload is its own message.
  case solverRefused(message: String)
  /// liblinear returned no usable model.
  case solverFailed(rows: Int, columns: Int)
  /// A histogram was asked for, but every label is unknown.
  case noKnownLabels(what: String)
  /// A file name whose extension names no drawing format.
  case unknownDrawingFormat(path: String, supported: [String])
  /// A picture would exceed what Cairo can hold.
  case drawingTooLarge(width: Double, height: Double)
  /// Cairo reported an error; the payload is its own message.
  case drawing(message: String)
}

extension AnalysisError: CustomStringConvertible {
  /// One sentence that says what is wrong and, where it helps, what to do.
  public var description: String {
    switch self {
    case .matrixShape(let rows, let columns, let values):
      "A feature matrix of \(rows) rows and \(columns) columns cannot hold \(values) values."
    case .rowCount(let what, let expected, let found):
      "There should be \(expected) \(what), one for each row, but there are \(found)."
    case .columnCount(let what, let expected, let found):
      "The \(what) should have \(expected) columns but has \(found)."
    case .columnOutOfRange(let column, let columns):
      columns == 0
        ? "There is no neuron \(column): the features have no columns."
        : "There is no neuron \(column): the features have \(columns) columns, numbered from 0 to \(columns - 1)."
    case .neuronOutOfRange(let neuron, let units):
      "There is no neuron \(neuron): the model has \(units) hidden units, numbered from 0 to \(units - 1)."
    case .nonFiniteFeature(let split, let row, let column):
      "The \(split) feature in row \(row), column \(column) is not a finite number; "
        + "the model that produced it may have diverged or overflowed in half precision."
    case .unknownLabel(let split, let row, let label):
      "Row \(row) of the \(split) data has no known label (found \(label)); labels must be 0 or 1 there."
    case .singleClass(let label, let rows):
      "All \(rows) training labels are \(label); a classifier needs rows of both classes."
    case .classCount(let names):
      "The training labels have \(names.count) different name\(names.count == 1 ? "" : "s") ("
        + names.prefix(5).map { "\"\($0.printable(limit: 60))\"" }.joined(separator: ", ")
        + (names.count > 5 ? ", …" : "")
        + "); this classifier tells two apart."
    case .neuronNotKnown(let path):
      "\(path.printable) has no classifier, so its sentiment neuron is not known; name one with --neuron, or load the "
        + "classifier.safetensors that transfer wrote."
    case .empty(let what):
      "There are no \(what)."
    case .invalidSetting(let name, let value, let requirement):
      "The \(name) must be \(requirement), not \(value)."
    case .solverRefused(let message):
      "The logistic regression solver refused the problem: \(message)."
    case .solverFailed(let rows, let columns):
      "The logistic regression on \(rows) rows and \(columns) features produced no finite weights; "
        + "very large feature values can cause this."
    case .noKnownLabels(let what):
      "The \(what) cannot be drawn because every label is unknown."
    case .unknownDrawingFormat(let path, let supported):
      "The file name \"\(path.printable)\" does not end in a picture format; use \(Self.alternatives(supported))."
    case .drawingTooLarge(let width, let height):
      "A picture of \(Int(width)) by \(Int(height)) pixels is too large to draw; "
        + "use the HTML form, or draw a shorter text."
    case .drawing(let message):
      "The picture could not be drawn: \(message)."
    }
  }

  private static func alternatives(_ names: [String]) -> String {
    let dotted = names.map { ".\($0)" }
    guard let last = dotted.last, dotted.count > 1 else { return dotted.first ?? "another name" }
    return dotted.dropLast().joined(separator: ", ") + " or " + last
  }
}
