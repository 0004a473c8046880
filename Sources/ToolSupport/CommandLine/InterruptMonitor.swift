import Checkpoints
import Corpora
import Files
import Foundation
import Synchronization

/// Lets Ctrl-C (SIGINT), SIGTERM and SIGHUP end a command in an orderly way.
///
/// These signals are blocked in every thread, and one thread of its own waits for them: a handler would run on the stack
/// of the thread that it interrupts, and matrix libraries have their stack pointer elsewhere while they multiply.
///
/// The first signal ends the process with exit code 128 + its number, without files that are half written; a command that
/// has something to save watches for it instead. The second one always ends the process.
public enum InterruptMonitor {
  /// The number of the signal that asked to stop; zero before any did.
  private static let received = Atomic<Int32>(0)
  private static let patience = Mutex(Patience.none)

  /// How long the process may go on after the first signal.
  private enum Patience {
    case none
    case seconds(Double)
    case unlimited
  }

  /// Whether the work is to stop.
  ///
  /// Cheap enough for every step.
  public static var isInterrupted: Bool { received.load(ordering: .relaxed) != 0 }

  /// The exit code for an interrupted command: 130 after Ctrl-C, 143 after SIGTERM, 129 after SIGHUP; nil when nothing
  /// asked to stop.
  public static var exitCode: Int32? {
    let number = received.load(ordering: .relaxed)
    return number == 0 ? nil : 128 + number
  }

  /// From now on the first signal only raises the flag and ends reads that wait.
  ///
  /// - Parameter grace: seconds after which the process ends all the same; nil for work that ends by itself however long
  ///   that takes.
  public static func watch(grace: Double? = nil) {
    patience.withLock { $0 = grace.map(Patience.seconds) ?? .unlimited }
  }

  /// Blocks the signals; threads that are started later, and programs that take this one's place, block them too.
  ///
  /// - Returns: whether they were blocked before.
  @discardableResult
  static func block() -> Bool {
    // A runtime that prints a trace on SIGQUIT would do so on the stack of a thread that computes.
    if !isIgnored(SIGQUIT) { signal(SIGQUIT, SIG_DFL) }
    // Whoever started this program may have blocked it in the thread that did.
    var quit = sigset_t()
    sigemptyset(&quit)
    sigaddset(&quit, SIGQUIT)
    pthread_sigmask(SIG_UNBLOCK, &quit, nil)
    var signals = awaited
    var before = sigset_t()
    pthread_sigmask(SIG_BLOCK, &signals, &before)
    return [SIGINT, SIGTERM, SIGHUP].allSatisfy { sigismember(&signals, $0) == 0 || sigismember(&before, $0) == 1 }
  }

  /// Begins to wait for the signals, which must be blocked.
  static func start() {
    Thread.detachNewThread { wait() }
  }

  /// The signals that end work; one that the process was told to ignore, as `nohup` does, stays ignored.
  private static var awaited: sigset_t {
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM, SIGHUP] where !isIgnored(number) { sigaddset(&signals, number) }
    return signals
  }

  private static func wait() {
    var signals = awaited
    var first: (number: Int32, time: ContinuousClock.Instant)?
    while true {
      // A tenth of a second is how late the end of a grace period may be noticed.
      var pause = first == nil ? timespec(tv_sec: 3600, tv_nsec: 0) : timespec(tv_sec: 0, tv_nsec: 100_000_000)
      let number = sigtimedwait(&signals, nil, &pause)
      if let first {
        let elapsed = first.time.duration(to: .now) / .seconds(1)
        if number > 0, !isEcho(number, after: elapsed) { leave(number) }
        if case .seconds(let grace) = patience.withLock({ $0 }), elapsed >= grace { leave(first.number) }
      } else if number > 0 {
        received.store(number, ordering: .relaxed)
        if case .none = patience.withLock({ $0 }) { leave(number) }
        first = (number, .now)
        notice()
        StopRequest.make()
      }
    }
  }

  /// Whether a signal belongs to the one before: `timeout` sends its signal to the command and then to its group; a
  /// terminal that is closed sends SIGHUP, and so does its shell; a system that goes down may send it after SIGTERM.
  ///
  /// Of two that wait at once the system hands out the lower number first.
  private static func isEcho(_ number: Int32, after seconds: Double) -> Bool {
    seconds < (number == SIGHUP ? 1 : 0.01)
  }

  private static func notice() {
    // A standard error that takes nothing at the moment must not keep this thread from the second signal.
    var waiting = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
    guard poll(&waiting, 1, 0) == 1 else { return }
    let text = Array("\nStopping as soon as what was done is saved; once more to leave at once.\n".utf8)
    _ = write(STDERR_FILENO, text, text.count)
  }

  private static func leave(_ number: Int32) {
    UnfinishedFiles.discard {
      // A write that is under way is let finish, so that no line of an answer is cut.
      ConsoleStream.whileNothingIsWritten(waitingUpTo: 0.2) { _exit(128 + number) }
    }
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0, let handler = action.__sigaction_handler.sa_handler else {
      return false
    }
    return unsafeBitCast(handler, to: Int.self) == 1
  }
}
