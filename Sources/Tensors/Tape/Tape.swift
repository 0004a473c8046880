/// Records how a loss was computed and walks back through it.
///
/// Operations append their backward step as they run; since each uses only what came before it, running the steps in
/// reverse order is the chain rule. A tape is for one forward and one backward pass.
public final class Tape {
  /// What the operations on this tape compute with.
  public let engine: Engine

  /// Whether backward steps are kept.
  ///
  /// A tape that does not record is for evaluation, and keeps no intermediate values.
  public let isRecording: Bool

  /// Whether long sequences keep only some of their states and are run again, piece by piece, on the way back.
  public let recomputes: Bool

  private var steps: [() -> Void] = []

  /// Starts an empty tape.
  ///
  /// - Parameter recomputes: trades a second forward pass for memory; off by default.
  public init(_ engine: Engine, recording: Bool, recomputes: Bool = false) {
    self.engine = engine
    isRecording = recording
    self.recomputes = recomputes
  }

  /// Keeps `backward` for the backward pass; does nothing on a tape that does not record.
  public func record(_ backward: @escaping () -> Void) {
    if isRecording { steps.append(backward) }
  }

  /// Runs all backward steps, last first, releasing each one's values as it goes.
  public func backward() {
    precondition(isRecording, "backward on a tape that did not record")
    while let step = steps.popLast() { step() }
  }
}
