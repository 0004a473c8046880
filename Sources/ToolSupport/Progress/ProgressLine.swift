/// One line about the state of a job; rendered only when it is shown.
struct ProgressLine: Sendable {
  var update: ProgressUpdate
  /// Work in a second; nil before two moments have been seen.
  var workRate: Double?
  /// Steps in a second; nil before two moments have been seen.
  var stepRate: Double?

  /// `training 45%, 4,500/10,000 steps, 38,214 characters/s, 3m 12s left, loss 1.234, 1.780 bits/character`.
  ///
  /// A line of more than `width` columns loses its count of steps; if that is not enough, it is cut.
  func text(width: Int? = nil) -> String {
    let full = parts(withCount: true).joined(separator: ", ")
    guard let width, full.count > width else { return full }
    return String(parts(withCount: false).joined(separator: ", ").prefix(width))
  }

  private func parts(withCount: Bool) -> [String] {
    var parts: [String] = []
    let completed = TextFormat.count(update.completed)
    if let total = update.total {
      parts.append("\(update.label) \(TextFormat.percent(update.completed, of: total))")
      if withCount { parts.append("\(completed)/\(TextFormat.count(total)) \(update.unit)") }
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
    return parts
  }
}
