import ArgumentParser
import Corpora
import Training

/// Which files a command reads, after defaults.
public struct DataSelection: Sendable, Equatable {
  /// The word that switches `--valid` or `--test` off.
  public static let noneWord = "none"

  /// Training data, or the data to classify; files are read one after another.
  public var data: [String]
  /// Validation files; empty for none.
  public var valid: [String]
  /// Test files; empty for none.
  public var test: [String]
  /// Whether there is to be no validation, not even on a share of `data`.
  public var skipsValidation = false
  /// Whether there is to be no test, likewise.
  public var skipsTest = false

  /// A selection of files.
  public init(data: [String], valid: [String] = [], test: [String] = []) {
    self.data = data
    self.valid = valid
    self.test = test
  }

  /// The validation text of a run that takes shares of `data` where no files are named.
  public var validation: HeldOutChoice { Self.choice(valid, isSkipped: skipsValidation) }

  /// The test text, likewise.
  public var testing: HeldOutChoice { Self.choice(test, isSkipped: skipsTest) }

  private static func choice(_ files: [String], isSkipped: Bool) -> HeldOutChoice {
    if isSkipped { return .none }
    return files.isEmpty ? .share : .files(files)
  }

  /// All files with their options.
  public var inputs: [NamedFile] {
    data.map { NamedFile("--data", $0) } + valid.map { NamedFile("--valid", $0) } + test.map { NamedFile("--test", $0) }
  }

  /// The files of a `--valid` or `--test` list; empty for `none`.
  ///
  /// - Throws: `ValidationError` when `none` or an empty name stands among file names.
  static func files(_ option: String, _ names: [String]) throws -> [String] {
    if names == [noneWord] { return [] }
    if names.contains(noneWord) {
      throw ValidationError("\(option) takes either file names or the single word none, not both.")
    }
    if names.contains("") {
      throw ValidationError("\(option) must name files; one name is empty.")
    }
    return FilePattern.expand(names)
  }
}

/// The proportions of `--split`.
enum SplitText {
  /// Numbers separated by `,` or else by `/`.
  ///
  /// - Throws: `ValidationError` for anything else, negative shares, or no share for training.
  static func proportions(_ text: String) throws -> [Double] {
    let separator: Character = text.contains(",") ? "," : "/"
    let parts = text.split(separator: separator, omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Double($0.trimmingPrefix { $0 == " " }) }
    guard numbers.count == parts.count, numbers.allSatisfy({ $0.isFinite && $0 >= 0 }) else {
      throw ValidationError(
        "--split must be numbers like 100,1,1 (shares for training, validation and test), not '\(text)'.")
    }
    guard let training = numbers.first, training > 0, training <= 1e15 else {
      throw ValidationError("--split must leave a share for training; the first number of '\(text)' is it.")
    }
    return numbers
  }
}
