import Checkpoints
import Corpora
import Files
import Formats
import Foundation
import Models

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

/// A 64-bit digest of bytes (FNV-1a over words), to notice that an input changed; no protection against forgery.
struct Fingerprint {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325

  /// Sixteen hexadecimal digits.
  var text: String {
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    var offset = 0
    while offset + 8 <= bytes.count {
      mix(bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset += 8
    }
    for byte in bytes[offset...] { mix(UInt64(byte)) }
    mix(UInt64(bytes.count))
  }

  mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { add(UnsafeRawBufferPointer($0)) }
  }

  mutating func add(_ model: LanguageModel) {
    for parameter in model.parameters {
      add(KeyMap.recurrentLanguageModel.key(parameter.path))
      parameter.variable.value.withUnsafeElements { add(UnsafeRawBufferPointer($0)) }
    }
  }

  mutating func add(_ texts: TextStore) {
    for index in 0..<texts.count { texts.withBytes(at: index) { add(UnsafeRawBufferPointer($0)) } }
  }

  private mutating func mix(_ word: UInt64) {
    state = (state ^ word) &* 0x0000_0100_0000_01b3
    state ^= state >> 29
  }
}
