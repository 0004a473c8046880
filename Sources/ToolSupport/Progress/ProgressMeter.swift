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

  /// Takes in the state at `seconds` and renders it as one line.
  mutating func line(for update: ProgressUpdate, at seconds: Double) -> String {
    let now = Sample(seconds: seconds, completed: update.completed, work: update.work ?? update.completed)
    let first = samples.first ?? now
    if seconds - (samples.last?.seconds ?? -.infinity) >= Self.spacing {
      samples.append(now)
      if samples.count > Self.capacity { samples.removeFirst() }
    }
    let elapsed = now.seconds - first.seconds
    return Self.render(
      update, workRate: elapsed > 0 ? Double(now.work - first.work) / elapsed : nil,
      stepRate: elapsed > 0 ? Double(now.completed - first.completed) / elapsed : nil)
  }

  /// `training 45%, 4,500/10,000 steps, 38,214 characters/s, 3m 12s left, loss 1.234, 1.780 bits/character`.
  static func render(_ update: ProgressUpdate, workRate: Double?, stepRate: Double?) -> String {
    var parts: [String] = []
    let completed = TextFormat.count(update.completed)
    if let total = update.total {
      parts.append("\(update.label) \(TextFormat.percent(update.completed, of: total))")
      parts.append("\(completed)/\(TextFormat.count(total)) \(update.unit)")
    } else {
      parts.append("\(update.label) \(completed) \(update.unit)")
    }
    if let workRate {
      parts.append(TextFormat.rate(workRate, unit: update.work == nil ? update.unit : update.workUnit))
    }
    if let stepRate, stepRate > 0, let total = update.total, update.completed < total {
      parts.append("\(TextFormat.duration(seconds: Double(total - update.completed) / stepRate)) left")
    }
    if let loss = update.loss { parts.append("loss \(TextFormat.decimals(loss, 3))") }
    if let bits = update.bitsPerCharacter { parts.append("\(TextFormat.decimals(bits, 3)) bits/character") }
    return parts.joined(separator: ", ")
  }
}
