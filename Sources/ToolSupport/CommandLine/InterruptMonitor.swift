import Foundation
import Synchronization

/// The number of the signal that asked to stop; zero before any did.
private let receivedSignal = Atomic<Int32>(0)

/// Runs inside the signal handler: only an atomic exchange, `write` and `_exit`, all async-signal-safe.
private func receive(_ number: Int32) {
  let isFirst = receivedSignal.compareExchange(expected: 0, desired: number, ordering: .relaxed).exchanged
  guard isFirst else { _exit(128 + number) }
  let savedError = errno
  let notice: StaticString = "\nStopping after this step; once more to leave at once.\n"
  _ = write(STDERR_FILENO, notice.utf8Start, notice.utf8CodeUnitCount)
  errno = savedError
}

/// Lets Ctrl-C (SIGINT) and SIGTERM end long work in an orderly way.
///
/// The first signal raises a flag that long loops look at; the second leaves at once with exit code 130 or 143.
public enum InterruptMonitor {
  /// Starts watching.
  ///
  /// Call it right before work that knows how to stop; a signal that the process was told to ignore
  /// (as `nohup` does) stays ignored.
  public static func install() {
    // The flag's storage must exist before the handler can run.
    receivedSignal.store(0, ordering: .relaxed)
    for number in [SIGINT, SIGTERM] {
      var current = sigaction()
      guard sigaction(number, nil, &current) == 0, !isIgnored(current) else { continue }
      var action = sigaction()
      action.__sigaction_handler.sa_handler = receive
      // Blocking reads and writes go on after the first signal.
      action.sa_flags = SA_RESTART
      sigemptyset(&action.sa_mask)
      sigaction(number, &action, nil)
    }
  }

  /// Lets both signals reach this process.
  ///
  /// A program that starts another one from a thread that blocks signals hands that on, and the other could then not be
  /// stopped in an orderly way.
  static func unblock() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    sigaddset(&signals, SIGTERM)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// Stops watching: the signals end the process again.
  ///
  /// The flag stays as it is.
  public static func uninstall() {
    for number in [SIGINT, SIGTERM] {
      var current = sigaction()
      guard sigaction(number, nil, &current) == 0, !isIgnored(current) else { continue }
      signal(number, SIG_DFL)
    }
  }

  /// Whether the work is to stop.
  ///
  /// Cheap enough for every step.
  public static var isInterrupted: Bool { receivedSignal.load(ordering: .relaxed) != 0 }

  /// The exit code for an interrupted run: 130 after Ctrl-C, 143 after SIGTERM; nil when nothing asked to stop.
  public static var exitCode: Int32? {
    let number = receivedSignal.load(ordering: .relaxed)
    return number == 0 ? nil : 128 + number
  }

  private static func isIgnored(_ action: sigaction) -> Bool {
    guard let handler = action.__sigaction_handler.sa_handler else { return false }
    return unsafeBitCast(handler, to: Int.self) == 1
  }
}
