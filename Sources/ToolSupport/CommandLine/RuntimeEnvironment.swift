import Foundation

/// Settings of the OpenMP library that it reads only while a process starts.
enum RuntimeEnvironment {
  /// Turns of a waiting thread's loop before it goes to sleep.
  ///
  /// By default threads spin for milliseconds at every barrier. On a processor shared with other programs they then take
  /// away the very time that the thread they wait for needs: with one core busy, training was a third slower. A thousand
  /// turns cost nothing on an idle machine.
  private static let spinCount = "1000"

  /// Starts the program anew with a short spin count, unless the user chose one or a waiting policy.
  ///
  /// It is also started anew when a library has started threads before signals were blocked, because those threads would
  /// take them. Returns only when there is nothing to do or when it cannot be done, which is no reason not to run.
  static func prepare(signalsWereBlocked: Bool) {
    let isSpinSet = getenv("GOMP_SPINCOUNT") != nil || getenv("OMP_WAIT_POLICY") != nil
    guard !isSpinSet || (!signalsWereBlocked && threadCount > 1) else { return }
    if !isSpinSet { setenv("GOMP_SPINCOUNT", spinCount, 1) }
    // The resolved path, because the process takes its name from the path it was started by.
    guard let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else { return }
    // As the system gave them: names of files need not be UTF-8.
    execv(program, CommandLine.unsafeArgv)
  }

  private static var threadCount: Int {
    (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task"))?.count ?? 1
  }
}
