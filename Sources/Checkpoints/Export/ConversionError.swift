import Files

/// A conversion that would not give what was asked for.
public enum ConversionError: Error, Sendable, Equatable, CustomStringConvertible {
  /// No layout was asked for, and the name of the target tells none.
  case noLayout(path: String)
  /// The model of `path` has what the layout has no place for.
  case layoutTooNarrow(path: String)
  /// The folder holds arrays that are not part of the layout, such as `example`.
  case otherArrays(path: String, layout: CheckpointLayout, example: String)

  /// One sentence for a user.
  public var description: String {
    switch self {
    case .noLayout(let path):
      "cannot write \(path.printable): its ending names no format; use .safetensors, .pt or .pth, or a slash for a folder "
        + "of arrays"
    case .layoutTooNarrow(let path):
      "cannot use \(path.printable): this layout holds only an mLSTM of one layer that reads bytes and has a decoder"
    case .otherArrays(let path, let layout, let example):
      "cannot write \(path.printable): the folder holds arrays that are not part of the layout \(layout.rawValue), such as "
        + example.printable
    }
  }
}
