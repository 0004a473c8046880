import Foundation
import Training

/// The numbers of one moment of a run: one line of `metrics.jsonl`.
struct MetricsRecord: Equatable {
  var step: Int
  /// In a fixed order; those that are no finite numbers are left out of the line.
  var values: [(tag: String, value: Double)]
  /// The line as it was read, so that reading and writing it again changes no digit.
  private var readLine: String?

  init(step: Int, values: [(tag: String, value: Double)]) {
    self.step = step
    self.values = values
  }

  static func == (left: MetricsRecord, right: MetricsRecord) -> Bool { left.line == right.line }

  subscript(tag: String) -> Double? { values.first { $0.tag == tag }?.value }

  /// The means of a stretch of training.
  static func values(_ progress: PretrainingProgress) -> [(tag: String, value: Double)] {
    losses("training", progress.loss, progress.bitsPerCharacter) + [
      ("learning_rate", progress.rate), ("gradient_norm", progress.gradientNorm), ("loss_scale", progress.lossScale),
      ("skipped_steps", Double(progress.skippedSteps)), ("characters_per_second", progress.charactersPerSecond),
    ]
  }

  /// A loss in nats a token and in bits a character (byte of text).
  static func losses(_ part: String, _ loss: Double, _ bits: Double) -> [(tag: String, value: Double)] {
    [("loss/\(part)", loss), ("bits_per_character/\(part)", bits)]
  }

  /// The record as one JSON object.
  var line: String {
    if let readLine { return readLine }
    let members = values.filter(\.value.isFinite).map { "\"\($0.tag)\": \($0.value)" }
    return "{\(["\"step\": \(step)"].appending(members).joined(separator: ", "))}"
  }

  /// The records of a file; lines that cannot be read, such as one cut short by a crash, are left out.
  static func read(_ path: String) -> [MetricsRecord] {
    guard let data = FileManager.default.contents(atPath: path) else { return [] }
    return data.split(separator: UInt8(ascii: "\n")).compactMap { line in
      guard let object = try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Double],
        let step = object["step"].flatMap({ Int(exactly: $0) })
      else { return nil }
      let order = Self.tags.filter { object[$0] != nil } + object.keys.filter { !Self.tags.contains($0) }.sorted()
      var record = MetricsRecord(
        step: step, values: order.filter { $0 != "step" }.compactMap { tag in object[tag].map { (tag, $0) } })
      record.readLine = String(decoding: line, as: UTF8.self)
      return record
    }
  }

  /// The order in which tags are written.
  private static let tags =
    ["training", "validation", "test"].flatMap { part in losses(part, 0, 0).map(\.tag) }
    + ["learning_rate", "gradient_norm", "loss_scale", "skipped_steps", "characters_per_second"]
}

extension Array {
  fileprivate func appending(_ others: [Element]) -> [Element] { self + others }
}
