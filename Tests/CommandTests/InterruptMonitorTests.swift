import Foundation
import Testing
import ToolSupport

@Suite struct InterruptMonitorTests {
  @Test func theFirstSignalRaisesTheFlag() async throws {
    let result = try await #require(processExitsWith: .exitCode(130), observing: [\.standardErrorContent]) {
      InterruptMonitor.install()
      guard !InterruptMonitor.isInterrupted, InterruptMonitor.exitCode == nil else { exit(9) }
      raise(SIGINT)
      guard InterruptMonitor.isInterrupted, let code = InterruptMonitor.exitCode else { exit(8) }
      exit(code)
    }
    let text = String(decoding: result.standardErrorContent, as: UTF8.self)
    #expect(text.contains("Stopping after this step; once more to leave at once."))
  }

  @Test func terminationHasItsOwnCode() async {
    await #expect(processExitsWith: .exitCode(143)) {
      InterruptMonitor.install()
      raise(SIGTERM)
      exit(InterruptMonitor.exitCode ?? 9)
    }
  }

  @Test func theSecondSignalLeavesAtOnce() async {
    await #expect(processExitsWith: .exitCode(143)) {
      InterruptMonitor.install()
      raise(SIGINT)
      raise(SIGTERM)
      exit(9)
    }
  }

  @Test func withoutAMonitorASignalEndsTheProcess() async {
    await #expect(processExitsWith: .signal(SIGINT)) {
      InterruptMonitor.install()
      InterruptMonitor.uninstall()
      raise(SIGINT)
      exit(9)
    }
  }

  @Test func anIgnoredSignalStaysIgnored() async {
    await #expect(processExitsWith: .exitCode(0)) {
      signal(SIGINT, SIG_IGN)
      InterruptMonitor.install()
      raise(SIGINT)
      exit(InterruptMonitor.isInterrupted ? 9 : 0)
    }
  }
}
