import ArgumentParser
import Checkpoints
import Configuration
import Files
import Foundation
import Tensors
import Training

/// How a command runs and reports, whatever it does.
public struct ExecutionOptions: ParsableArguments {
  /// `--backend`; default what was measured to be fastest.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "What multiplies matrices; auto is the fastest measured for the instruction set, panels are kernels of this package.",
      valueName: "name"))
  public var backend = PretrainingConfiguration.defaults.backend

  /// `--threads`; default the physical cores this process may use.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Threads (default: the physical cores this process may use).", valueName: "count"))
  public var threads: Int?

  /// `--report`; default none.
  @Option(
    name: .customLong("report"), parsing: .unconditional,
    help: ArgumentHelp(
      "Also write time, memory and results of the run as JSON (default: none).", valueName: "file"))
  public var reportPath: String?

  /// `--quiet`; default off.
  @Flag(help: "Show no progress on standard error, only notices and errors (default: off).")
  public var quiet = false

  /// The options at their defaults.
  public init() {}

  /// Checks the number of threads and the report's name.
  public mutating func validate() throws {
    try Check.range("--threads", threads, 1...1024)
    try Check.notEmpty("--report", reportPath, "a file")
  }

  /// The report as an output.
  public var outputs: [NamedFile] { reportPath.map { [NamedFile("--report", $0)] } ?? [] }

  /// Checks, before the work, that the report can be written in the end.
  ///
  /// - Throws: `FileError.writeFailed`.
  public func requireWritableReport() throws {
    if let reportPath { try AtomicFile.ensureWritableFolder(for: reportPath) }
  }

  /// Threads to use: as many as were asked for, but no more than the system can be expected to start.
  public var threadCount: Int { min(threads ?? ProcessorCount.usablePhysicalCores(), Self.mostThreads) }

  /// Far more threads than processors only wait for each other, and a container may refuse them.
  static let mostThreads = max(32, 4 * ProcessInfo.processInfo.activeProcessorCount)
}
