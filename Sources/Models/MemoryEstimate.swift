import Foundation

/// The memory that a model needs at least, so that one that cannot fit is refused before it is built.
///
/// Only what certainly stands at the same time is counted; the true need is somewhat larger.
public struct MemoryEstimate: Sendable, Equatable {
  /// Bytes needed.
  public private(set) var bytes: Int

  private static let numberSize = 4

  /// Training: weights, gradients, optimizer state and packed copies, and the states of every step of a batch.
  ///
  /// - Parameters:
  ///   - rows: texts side by side.
  ///   - steps: tokens of a window.
  ///   - stateArrays: arrays of optimizer state for each parameter.
  public init(training configuration: LanguageModelConfiguration, rows: Int, steps: Int, stateArrays: Int) {
    let perStep = configuration.layerCount * (configuration.cell.gateBlocks + 2) * configuration.hiddenSize
    let numbers =
      Double(configuration.parameterCount) * Double(3 + stateArrays)
      + Double(rows) * Double(steps) * Double(perStep + configuration.vocabularySize)
    self.init(numbers: numbers)
  }

  /// Evaluation: weights and packed copies, and hidden states and scores of every step of a batch.
  public init(evaluating configuration: LanguageModelConfiguration, rows: Int, steps: Int) {
    let perStep = configuration.hiddenSize + configuration.vocabularySize
    self.init(
      numbers: Double(configuration.parameterCount) * 2 + Double(rows) * Double(steps) * Double(perStep))
  }

  /// Features: weights and packed copies, and the feature vectors of all texts.
  ///
  /// - Parameter width: numbers in one vector.
  public init(features configuration: LanguageModelConfiguration, texts: Int, width: Int) {
    self.init(numbers: Double(configuration.parameterCount) * 2 + Double(texts) * Double(width))
  }

  private init(numbers: Double) {
    bytes = Int(min(numbers * Double(Self.numberSize), 1e18))
  }

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
