import Analysis
import Checkpoints
import Corpora
import Files
import Models
import Training

/// Something that the library says and that an option of the commands helps with.
///
/// Sentences of the library name values, never options: which option sets a value is known here alone.
public protocol Advised {
  /// What to type, as a clause to put behind the library's sentence; `nil` where no option helps.
  var advice: String? { get }
}

/// Sentences of the library with the commands' advice behind them.
public enum Advice {
  /// The sentence of `said`, and behind a semicolon what to type.
  public static func sentence(_ said: some CustomStringConvertible) -> String {
    sentence(said.description, of: said)
  }

  /// `sentence`, with what helps against `said` behind it.
  static func sentence(_ sentence: String, of said: Any) -> String {
    guard let advice = (said as? any Advised)?.advice else { return sentence }
    return sentence.hasSuffix(".") ? "\(sentence.dropLast()); \(advice)." : "\(sentence); \(advice)"
  }
}

extension ModelError: Advised {
  /// Which options make a model or a batch smaller.
  public var advice: String? {
    switch self {
    case .tiedWidthsDiffer: "make them equal or leave out --tied"
    case .notEnoughMemory:
      "choose a smaller model (--nhid, --nlayers, --emsize) or smaller batches (--batch-size, --seq-length)"
    case .sizeNotPositive, .dropoutOutOfRange: nil
    }
  }
}

extension ConversionError: Advised {
  /// Which option of `convert` settles the matter.
  public var advice: String? {
    switch self {
    case .noLayout: "or name the format with --layout"
    case .layoutTooNarrow: "choose another --layout"
    case .otherArrays: "name another folder, or give --force to remove them"
    }
  }
}
