import Corpora
import Files

/// What can go wrong with measurements and regressions.
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
  case singleClass(label: String, rows: Int)
  /// Labels that are not those of two classes, or not known in some rows.
  case unusableLabels(split: String, found: LabelTally)
  /// A file that was read twice had other rows the second time.
  case textsChanged(expected: Int, found: Int)
  /// A neuron is to be watched or held, but the file has no classifier that names one.
  case neuronNotKnown(path: String)
  /// A neuron is to be watched or held in a model that has none that could be.
  case noNeurons(path: String)
  /// A classifier is needed, and the file holds a model without one.
  case noClassifier(path: String)
  /// Nothing to work on.
  case empty(what: String)
  /// A numeric setting is outside its range.
  case invalidSetting(name: String, value: Double, requirement: String)
  /// liblinear refused the problem; the payload is its own message.
  case solverRefused(message: String)
  /// liblinear returned no usable model.
  case solverFailed(rows: Int, columns: Int)
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
      "There is no neuron \(neuron): the model has \(units == 1 ? "1 hidden unit, number 0" : "\(units) hidden units, numbered from 0 to \(units - 1)")."
    case .nonFiniteFeature(let split, let row, let column):
      "The \(split) feature in row \(row), column \(column) is not a finite number; "
        + "the model that produced it may have diverged or overflowed in half precision."
    case .unknownLabel(let split, let row, let label):
      "Row \(row) of the \(split) data has no known label (found \(label)); labels must be 0 or 1 there."
    case .singleClass(let label, let rows):
      "All \(rows) training labels are \(label); a classifier needs rows of both classes."
    case .unusableLabels(let split, let found):
      BinaryLabels.refusal(of: found, split: split) + "."
    case .textsChanged(let expected, let found):
      "The files had \(expected) rows when they were checked and \(found) when they were read; "
        + "they must not change meanwhile."
    case .neuronNotKnown(let path):
      "\(path.printable) has no classifier, so its sentiment neuron is not known."
    case .noNeurons(let path):
      "The model of \(path.printable) has no neurons that could be watched or held."
    case .noClassifier(let path):
      "cannot use \(path.printable): it is a language model without a classifier"
    case .empty(let what):
      "There are no \(what)."
    case .invalidSetting(let name, let value, let requirement):
      "The \(name) must be \(requirement), not \(value)."
    case .solverRefused(let message):
      "The logistic regression solver refused the problem: \(message)."
    case .solverFailed(let rows, let columns):
      "The logistic regression on \(rows) rows and \(columns) features produced no finite weights; "
        + "very large feature values can cause this."
    }
  }
}
