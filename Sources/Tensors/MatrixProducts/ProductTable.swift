/// Which backend is fastest for which product, by instruction set.
///
/// Measured by `EngineBenchmarks --products`; the figures are in `Tests/TensorsTests/Measured`, and a test holds this
/// table against them.
public struct ProductTable: Sendable {
  /// A backend to choose.
  enum Choice: String {
    case oneDNN = "onednn"
    case panels
  }

  /// For a second operand that is packed once for many products, and for plain matrices of narrow types.
  let packed: Choice

  /// For plain float32 matrices, as in weight gradients: packing them for one product costs what it saves.
  let plain: Choice

  /// The table for an instruction set as ``Engine/instructionSet`` names it.
  ///
  /// oneDNN has packed products for AVX-512 alone.
  public init(instructionSet: String) {
    packed = instructionSet == "avx2" ? .panels : .oneDNN
    plain = .oneDNN
  }
}
