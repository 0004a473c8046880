/// Sums that tell two tensors apart at a glance, taken in double precision in row-major order.
public struct TensorSums: Sendable, Equatable {
  /// Sum of the elements.
  public var sum = 0.0
  /// Sum of their absolute values.
  public var absoluteSum = 0.0

  /// Sums the elements of `payload`.
  public init(of payload: TensorPayload) throws {
    try payload.forEachPiece { piece in
      let type = payload.type
      for start in stride(from: 0, to: piece.count, by: Self.pieceBytes) {
        let part = UnsafeRawBufferPointer(rebasing: piece[start..<min(start + Self.pieceBytes, piece.count)])
        for value in type.doubles(part) {
          sum += value
          absoluteSum += value.magnitude
        }
      }
    }
  }

  /// Converted at once; a multiple of every element's size.
  private static let pieceBytes = 1 << 16
}
