import Synchronization

/// Shows the progress of long work: one updated line on a terminal, plain lines now and then elsewhere, nothing when
/// quiet.
///
/// Safe to call from any thread. Failures to write are ignored: a closed terminal must not end a training run.
public final class ProgressReporter: Sendable {
  /// How progress is shown.
  public enum Style: Sendable, Equatable {
    /// One line of at most `width` columns, redrawn in place.
    case updatedLine(width: Int)
    /// A line of its own every `interval` seconds, and one at the end of each job.
    case plainLines(interval: Double)
    /// Nothing.
    case quiet
  }

  /// Least seconds between two drawings of the updated line.
  static let redrawInterval = 0.1

  private struct State {
    var meter = ProgressMeter()
    var label: String?
    var shownAt = -Double.infinity
    /// The last update, when it has not been shown.
    var pending: ProgressLine?
    var isLineOpen = false
  }

  private let style: Style
  private let now: @Sendable () -> Double
  private let sink: @Sendable (String) -> Void
  private let state = Mutex(State())

  /// A reporter on standard error; on a terminal it updates one line, elsewhere it writes a line every ten seconds.
  public convenience init(quiet: Bool) {
    let stream = Console.standardError
    let start = ContinuousClock.now
    self.init(
      style: Self.style(quiet: quiet, stream: stream),
      now: { start.duration(to: .now) / .seconds(1) },
      sink: { try? stream.write($0) })
  }

  /// A reporter with its own clock (seconds) and sink.
  public init(
    style: Style, now: @escaping @Sendable () -> Double, sink: @escaping @Sendable (String) -> Void
  ) {
    self.style = style
    self.now = now
    self.sink = sink
  }

  private static func style(quiet: Bool, stream: ConsoleStream) -> Style {
    if quiet { return .quiet }
    let canRedraw = stream.isTerminal && Environment.value("TERM") != "dumb"
    return canRedraw ? .updatedLine(width: Console.width(of: stream)) : .plainLines(interval: 10)
  }

  /// Takes in the state of a job, and shows it when it is time to.
  ///
  /// Cheap enough for every training step.
  public func update(_ update: ProgressUpdate) {
    guard style != .quiet else { return }
    state.withLock { state in
      let seconds = now()
      if state.label != update.label {
        close(&state)
        state = State(label: update.label)
      }
      let line = state.meter.observe(update, at: seconds)
      let isDone = update.total.map { update.completed >= $0 } ?? false
      let interval: Double
      switch style {
      case .updatedLine: interval = Self.redrawInterval
      case .plainLines(let seconds): interval = seconds
      case .quiet: return
      }
      if isDone || seconds - state.shownAt >= interval {
        show(line, &state)
        state.shownAt = seconds
      } else {
        state.pending = line
      }
    }
  }

  /// Writes a line that stays, above the updated line if there is one.
  public func message(_ line: String) {
    guard style != .quiet else { return }
    note(line)
  }

  /// Writes a line that stays, which quiet runs need too.
  public func note(_ line: String) {
    state.withLock { state in
      if state.isLineOpen {
        sink("\r\u{1B}[K")
        state.isLineOpen = false
        state.shownAt = -.infinity
      }
      sink(line + "\n")
    }
  }

  /// Ends the current job: its last state is shown, and the updated line is left standing.
  public func finish() {
    guard style != .quiet else { return }
    state.withLock { state in
      close(&state)
      state = State()
    }
  }

  private func close(_ state: inout State) {
    if let pending = state.pending { show(pending, &state) }
    if state.isLineOpen {
      sink("\n")
      state.isLineOpen = false
    }
  }

  private func show(_ line: ProgressLine, _ state: inout State) {
    state.pending = nil
    switch style {
    case .updatedLine(let width):
      sink("\r" + line.text(width: max(1, width - 1)) + "\u{1B}[K")
      state.isLineOpen = true
    case .plainLines:
      sink(line.text() + "\n")
    case .quiet:
      break
    }
  }
}
