import Formats

/// The losses of a shard as the TensorFlow reproduction logs them, `logs.npy`: a row for the average and one a tower.
public struct ReproductionLog: Sendable, Equatable {
  /// Mean loss of each update over all towers, in nats a byte.
  public let average: [Double]
  /// Losses of each tower.
  public let towers: [[Double]]

  /// Reads the rows; nil when no row is the mean of the others.
  ///
  /// The program writes the average first and its manual says last, so that the numbers decide.
  init?(_ tensor: TensorPayload) {
    guard case .stored(let stored) = tensor, stored.type == .float64, stored.shape.count == 2, stored.shape[0] >= 2,
      stored.shape[1] >= 1
    else { return nil }
    let (values, width) = (stored.doubles, stored.shape[1])
    let rows = (0..<stored.shape[0]).map { Array(values[$0 * width..<($0 + 1) * width]) }
    for index in [0, rows.count - 1] {
      var others = rows
      let candidate = others.remove(at: index)
      let isMean = candidate.indices.allSatisfy { update in
        let mean = others.reduce(0) { $0 + $1[update] } / Double(others.count)
        return abs(mean - candidate[update]) <= 1e-5 * max(1, abs(mean))
      }
      if isMean {
        average = candidate
        towers = others
        return
      }
    }
    return nil
  }
}
