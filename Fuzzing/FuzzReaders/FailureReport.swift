import Foundation
import Synchronization

/// Keeps the input that is being worked on, so that a trap or a hang names it.
enum FailureReport {
  // Written by the one working thread, read by a signal handler, which may only look at plain memory.
  nonisolated(unsafe) private static var bytes: UnsafeRawPointer?
  nonisolated(unsafe) private static var byteCount = 0
  nonisolated(unsafe) private static var label: UnsafeMutablePointer<CChar>?
  /// When the current input was begun, in nanoseconds; 0 between inputs.
  static let began = Atomic<UInt64>(0)

  /// Where the input goes.
  private static let file = "fuzz-failure.bin"

  static func install() {
    for code in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT] {
      signal(code) { code in
        FailureReport.save()
        _exit(128 + code)
      }
    }
  }

  static func watching<Result>(_ target: FuzzTarget, _ number: Int, _ input: [UInt8], _ body: () -> Result) -> Result {
    input.withUnsafeBytes { content in
      bytes = content.baseAddress
      byteCount = content.count
      label = strdup("FAILURE: --reader \(target.rawValue) --only \(number) ended the process; input in \(file)\n")
      began.store(DispatchTime.now().uptimeNanoseconds, ordering: .relaxed)
      defer {
        began.store(0, ordering: .relaxed)
        free(label)
        label = nil
      }
      return body()
    }
  }

  /// Writes the label to standard error and the input to a file, with system calls only.
  static func save() {
    if let label { _ = write(STDERR_FILENO, label, strlen(label)) }
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    if descriptor >= 0 {
      _ = write(descriptor, bytes, byteCount)
      close(descriptor)
    }
  }
}

/// Ends the process when one input takes far too long.
enum Watchdog {
  static func start(limit: Double) {
    Thread.detachNewThread {
      while true {
        usleep(500_000)
        let began = FailureReport.began.load(ordering: .relaxed)
        guard began > 0, Double(DispatchTime.now().uptimeNanoseconds - began) / 1e9 > limit else { continue }
        FailureReport.save()
        _exit(124)
      }
    }
  }
}
