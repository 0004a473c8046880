/// Rate and time left, from the updates of one job.
///
/// Both come from a window of recent samples, so that they follow a change of speed; work done before the first update
/// (by an earlier run that was resumed) does not count.
struct ProgressMeter: Sendable {
  private struct Sample {
    var seconds: Double
    var completed: Int
    var work: Int
  }

  /// Samples kept, and the least time between two of them in seconds: a window of about half a minute.
  private static let capacity = 32
  private static let spacing = 1.0

  private var samples: [Sample] = []

  /// Takes in the state at `seconds`; the rates since the start of the window come with it.
  mutating func observe(_ update: ProgressUpdate, at seconds: Double) -> ProgressLine {
    let now = Sample(seconds: seconds, completed: update.completed, work: update.work ?? update.completed)
    let first = samples.first ?? now
    if seconds - (samples.last?.seconds ?? -.infinity) >= Self.spacing {
      samples.append(now)
      if samples.count > Self.capacity { samples.removeFirst() }
    }
    let elapsed = now.seconds - first.seconds
    guard elapsed > 0 else { return ProgressLine(update: update) }
    return ProgressLine(
      update: update, workRate: Double(now.work - first.work) / elapsed,
      stepRate: Double(now.completed - first.completed) / elapsed)
  }
}
