import Foundation
import Testing
import ToolSupport

@Suite struct InterruptMonitorTests {
  @Test func theFirstSignalRaisesTheFlag() async throws {
    let result = try await #require(processExitsWith: .exitCode(130), observing: [\.standardErrorContent]) {
      InterruptMonitor.install()
      guard !InterruptMonitor.isInterrupted, InterruptMonitor.exitCode == nil else { exit(9) }
      deliver(SIGINT)
      guard InterruptMonitor.isInterrupted, let code = InterruptMonitor.exitCode else { exit(8) }
      exit(code)
    }
    let text = String(decoding: result.standardErrorContent, as: UTF8.self)
    #expect(text.contains("Stopping after this step; once more to leave at once."))
  }

  @Test func terminationHasItsOwnCode() async {
    await #expect(processExitsWith: .exitCode(143)) {
      InterruptMonitor.install()
      deliver(SIGTERM)
      exit(InterruptMonitor.exitCode ?? 9)
    }
  }

  @Test func theSecondSignalLeavesAtOnce() async {
    await #expect(processExitsWith: .exitCode(143)) {
      InterruptMonitor.install()
      deliver(SIGINT)
      deliver(SIGTERM)
      exit(9)
    }
  }

  @Test func withoutAMonitorASignalEndsTheProcess() async {
    await #expect(processExitsWith: .signal(SIGINT)) {
      InterruptMonitor.install()
      InterruptMonitor.uninstall()
      deliver(SIGINT)
      exit(9)
    }
  }

  @Test func anIgnoredSignalStaysIgnored() async {
    await #expect(processExitsWith: .exitCode(0)) {
      signal(SIGINT, SIG_IGN)
      InterruptMonitor.install()
      deliver(SIGINT)
      exit(InterruptMonitor.isInterrupted ? 9 : 0)
    }
  }
}

/// Sends a signal to this thread; the threads that tests run on block signals, unlike a program's main thread.
private func deliver(_ number: Int32) {
  var none = sigset_t()
  sigemptyset(&none)
  pthread_sigmask(SIG_SETMASK, &none, nil)
  raise(number)
}
