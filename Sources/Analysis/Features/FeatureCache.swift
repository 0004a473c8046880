import Checkpoints
import Corpora
import Files
import Formats
import Foundation

/// Features of the splits of a data set, kept as `.npy` files beside what they were made from.
struct FeatureCache {
  /// The splits and the names of their files.
  enum Split: String, CaseIterable {
    case train = "tr"
    case validation = "va"
    case test = "te"

    var featuresFile: String { rawValue + "Xt.npy" }
    var labelsFile: String { rawValue + "Y.npy" }
    var fingerprintFile: String { rawValue + "Xt.fingerprint" }
  }

  let folder: String

  /// The split's features when they were made from exactly this model, text and selection; files that are damaged or
  /// were changed since count as absent.
  func features(_ split: Split, fingerprint: String, rows: Int, columns: Int) -> FeatureMatrix? {
    guard let stored = try? String(contentsOfFile: path(split.fingerprintFile), encoding: .utf8),
      stored.hasPrefix(fingerprint + " "), let array = try? NumpyFile.read(path(split.featuresFile)),
      array.shape == [rows, columns], array.elementType == .float32
    else { return nil }
    let values = array.float32Values
    guard stored == record(fingerprint, values) else { return nil }
    return try? FeatureMatrix(rows: rows, columns: columns, values: values)
  }

  /// Writes features and labels, and the fingerprint last, so that it never describes other features.
  func store(_ split: Split, _ features: FeatureMatrix, labels: [Float], fingerprint: String) throws {
    try AtomicFile.ensureWritableFolder(for: path(split.featuresFile), creating: true)
    try? FileManager.default.removeItem(atPath: path(split.fingerprintFile))
    try NumpyFile.write(
      float32: features.values, shape: [features.rows, features.columns], to: path(split.featuresFile))
    let wholeLabels = labels.map { Int64(exactly: $0.rounded(.towardZero)) ?? ($0 > 0 ? .max : .min) }
    try NumpyFile.write(int64: wholeLabels, shape: [labels.count], to: path(split.labelsFile))
    try AtomicFile.write(Data(record(fingerprint, features.values).utf8), to: path(split.fingerprintFile))
  }

  /// What the features were made from, and a digest of their own values.
  private func record(_ fingerprint: String, _ values: [Float]) -> String {
    var digest = Fingerprint()
    values.withUnsafeBytes { digest.add($0) }
    return "\(fingerprint) \(digest.text)\n"
  }

  private func path(_ name: String) -> String { folder + "/" + name }
}
