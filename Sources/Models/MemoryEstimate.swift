import Foundation
import Tensors

/// The memory that a model's tensors will take, so that it can be told before it is allocated, and refused when the
/// machine does not have it.
///
/// Texts and the program itself come on top.
public struct MemoryEstimate: Sendable, Equatable {
  /// Bytes needed.
  public private(set) var bytes: Int

  /// Training: master weights, their gradients and optimizer state in float32; the weights that products read and their
  /// two packed copies in the precision; and what every step of a batch keeps for the backward pass.
  ///
  /// - Parameters:
  ///   - rows: texts side by side.
  ///   - steps: tokens of a window.
  ///   - stateArrays: arrays of optimizer state for each parameter.
  ///   - precision: element type of operands.
  ///   - isNative: whether operands are multiplied as they are (`Engine.isPrecisionNative`).
  ///   - recomputes: whether only about √steps steps are kept at a time.
  public init(
    training configuration: LanguageModelConfiguration, rows: Int, steps: Int, stateArrays: Int,
    precision: Precision = .float32, isNative: Bool = true, recomputes: Bool = false
  ) {
    let types = MemoryTypes(
      operand: Double(precision.trainingOperandType.byteCount), kept: Double(precision.keptType.byteCount),
      isWidened: precision.trainingOperandType.byteCount == 2 && !isNative)
    let needs = configuration.memoryNeeds(types)
    // A normalised matrix is computed from its direction, and has a gradient of its own on the way back.
    let weights =
      Double(needs.parameterCount) * (Double(2 + stateArrays) * 4 + 2 * types.operand)
      + Double(needs.normalizedCount) * (types.kept + 4)
    let keptSteps = recomputes ? Double(steps).squareRoot().rounded(.up) : Double(steps)
    self.init(
      bytes: weights + Double(rows) * (needs.recomputedBytes * keptSteps + needs.trainingBytes * Double(steps))
        + needs.workspaceBytes)
  }

  /// Evaluation: weights and packed copies, and hidden states of all layers and scores of every step of a
  /// batch.
  public init(
    evaluating configuration: LanguageModelConfiguration, rows: Int, steps: Int, precision: Precision = .float32
  ) {
    self.init(
      bytes: Self.evaluatedWeights(configuration, precision)
        + Double(rows) * Double(steps) * configuration.memoryNeeds().evaluationBytes)
  }

  /// Features: weights and packed copies, and the feature vectors of all texts.
  ///
  /// - Parameter width: numbers in one vector.
  public init(
    features configuration: LanguageModelConfiguration, texts: Int, width: Int, precision: Precision = .float32
  ) {
    self.init(bytes: Self.evaluatedWeights(configuration, precision) + Double(texts) * Double(width) * 4)
  }

  private static func evaluatedWeights(_ configuration: LanguageModelConfiguration, _ precision: Precision) -> Double {
    Double(configuration.parameterCount) * (4 + Double(precision.weightByteCount))
  }

  private init(bytes: Double) {
    self.bytes = Int(min(bytes, 1e18))
  }

  /// A sentence part for a person, for example `3.4 GB`.
  public var text: String { ModelError.size(bytes) }

  /// Refuses what does not fit into the memory that is available now.
  ///
  /// - Parameter available: bytes; where the system does not say, nothing is refused.
  /// - Throws: ``ModelError/notEnoughMemory(needed:available:)``.
  public func requireFits(into available: Int? = Self.availableBytes()) throws {
    guard let available, bytes > available else { return }
    throw ModelError.notEnoughMemory(needed: bytes, available: available)
  }

  /// Memory that programs can still get without swapping, in bytes: the system's figure, or the limit of the
  /// container when that is lower; `nil` where the system does not say.
  public static func availableBytes() -> Int? {
    let limit = text(of: "/sys/fs/cgroup/memory.max").flatMap {
      Int($0.trimmingCharacters(in: .whitespacesAndNewlines))
    }
    let free = text(of: "/proc/meminfo").flatMap(availableBytes(inMemoryInformation:))
    return [limit, free].compactMap { $0 }.min()
  }

  /// The value of the line `MemAvailable:   1234 kB`, in bytes.
  static func availableBytes(inMemoryInformation text: String) -> Int? {
    for line in text.split(separator: "\n") where line.hasPrefix("MemAvailable:") {
      return line.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 1024 }
    }
    return nil
  }

  private static func text(of path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }
}
