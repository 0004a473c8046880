import Foundation

/// Python 3 with NumPy and safetensors, where the machine has them.
package enum Python {
  package static let hasNumpy = has("numpy")
  package static let hasSafetensors = has("numpy, safetensors")
  package static let hasTorch = has("torch, numpy")

  /// The interpreter; `SENTIMENT_PYTHON` names one with the packages that the system's lacks.
  private static let interpreter = ProcessInfo.processInfo.environment["SENTIMENT_PYTHON"] ?? "python3"

  /// Whether Python has the modules in `names`, as behind `import`.
  package static func has(_ names: String) -> Bool { run("import " + names) != nil }

  /// Standard output of the program, nil when it fails.
  ///
  /// - Parameter folder: where it runs; where the tests run by default.
  package static func run(_ program: String, _ arguments: [String] = [], in folder: URL? = nil) -> String? {
    let process = Process()
    process.currentDirectoryURL = folder
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [interpreter, "-c", program] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
  }
}
