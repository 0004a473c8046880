import Analysis
import Checkpoints
import Drawings
import Files
import Foundation
import Training

/// What `--logdir` gathers of a run: TensorBoard events, the same numbers as JSON Lines, and a picture of the loss.
///
/// A run that is resumed goes on in `metrics.jsonl`; what stands there beyond the step it goes on from is dropped.
public final class TrainingLog {
  /// The folder.
  public let folder: String
  private var events: EventFile?
  private var metrics: FileHandle?
  private var history: [MetricsRecord] = []

  /// The numbers as JSON Lines.
  public var metricsPath: String { folder + "/metrics.jsonl" }
  /// The picture of the loss.
  public var picturePath: String { folder + "/loss.png" }

  /// A log in `folder`, which is made with the first number.
  ///
  /// - Throws: `FileError.writeFailed` when nothing can be written there.
  public init(folder: String) throws {
    self.folder = folder
    try AtomicFile.requireWritable(metricsPath)
  }

  /// Takes note of what a run tells.
  ///
  /// - Throws: `FileError.writeFailed`.
  public func note(_ event: PretrainingEvent) throws {
    switch event {
    case .resumed(let step, _): try begin(resumingAt: step)
    case .rolledBack: break
    case .progress(let progress):
      let text = MetricsRecord(step: progress.step, values: MetricsRecord.values(progress))
      try write(text, seconds: Date().timeIntervalSince1970)
    case .epochEnded(_, let step, _, let loss, let bits, true):
      try write(
        MetricsRecord(step: step, values: MetricsRecord.losses("validation", loss, bits)),
        seconds: Date().timeIntervalSince1970)
    case .tested(let step, let loss, let bits):
      try write(
        MetricsRecord(step: step, values: MetricsRecord.losses("test", loss, bits)),
        seconds: Date().timeIntervalSince1970)
    default: break
    }
  }

  /// Draws the loss over the steps; does nothing when no number was noted.
  ///
  /// - Throws: `FileError.writeFailed`; what drawing throws.
  public func drawLosses() throws {
    let series = [("training", "bits_per_character/training"), ("validation", "bits_per_character/validation")]
      .map { name, key in
        let points = history.compactMap { record in record[key].map { (Double(record.step), $0) } }
        return LineChart.Series(name: name, x: points.map(\.0), y: points.map(\.1))
      }
      .filter { $0.y.contains { $0.isFinite } }
    guard !series.isEmpty else { return }
    let chart = LineChart(title: "Loss", xTitle: "step", yTitle: "bits per character", series: series)
    try AtomicFile.write(try chart.png(), to: picturePath)
  }

  private func begin(resumingAt step: Int?) throws {
    try AtomicFile.ensureWritableFolder(for: metricsPath, creating: true)
    history = step == nil ? [] : MetricsRecord.read(metricsPath).filter { $0.step <= step ?? 0 }
    try AtomicFile.write(Data(history.map { $0.line + "\n" }.joined().utf8), to: metricsPath)
    metrics = try LogFile.open(metricsPath, appending: true)
    // Events of an earlier run in the folder would be drawn over those of this one; a start at step 0 hides them.
    events = try EventFile(in: folder, resumingAt: step ?? (EventFile.exists(in: folder) ? -1 : nil))
  }

  private func write(_ record: MetricsRecord, seconds: Double) throws {
    if events == nil { try begin(resumingAt: nil) }
    history.append(record)
    try events?.write(record.values, step: record.step, seconds: seconds)
    if let metrics { try LogFile.write(Array((record.line + "\n").utf8), to: metrics, path: metricsPath) }
  }
}
