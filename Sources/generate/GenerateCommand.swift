import Analysis
import ArgumentParser
import Checkpoints
import Drawings
import Files
import Foundation
import ToolSupport

@main
struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Write text with a language model, holding its sentiment neuron where asked.",
    discussion: """
      --overwrite 1 writes positive, --overwrite -1 negative text with the classifier.safetensors of a transfer. \
      --gen-length -1 --heatmap only reads --text and shows the neuron.

      Example: generate --load lang_model_transfer/sentiment/classifier.safetensors --text "The film was" --overwrite 1 \
      --gen-length 300 --heatmap
      """)

  @OptionGroup var arguments: GenerateArguments

  static func main() {
    CommandRunner.launch(Self.self, as: .generate, engine: EngineDescription.lines)
  }

  func run() throws {
    let options = arguments.generation
    let pictures = PictureFiles(besides: options.savePath)
    let wanted = options.visualize ? pictures.paths : []
    if options.visualize { try OutputCheck.requireFile("--save", options.savePath, "the heat map lies beside it") }
    try OutputCheck.requireDistinct(
      outputs: [NamedFile("--save", options.savePath)] + wanted.map { NamedFile("--heatmap", $0) }
        + arguments.execution.outputs,
      inputs: [NamedFile("--load", options.loadPath)])
    try arguments.execution.requireWritableReport()
    var report = RunReport(command: .generate)
    for path in [options.savePath] + wanted { try AtomicFile.ensureWritableFolder(for: path) }
    let run = arguments.configuration
    let generator = try TextGenerator(run)
    // From here on there is text to keep.
    InterruptMonitor.watch()
    if let precision = generator.precisionReport { Console.note(precision.sentence) }
    let result = try generator.run { InterruptMonitor.isInterrupted }
    try AtomicFile.write(Data((result.text + "\n").utf8), to: options.savePath)
    var files = [options.savePath]
    if let note = note(on: result) { Console.note(note) }

    let output = Console.standardOutput
    if options.visualize, !result.text.isEmpty {
      let heatmap = try Heatmap(
        result.characters.flatMap { part in part.text.unicodeScalars.map { (String($0), part.value) } },
        title: title(of: result))
      try pictures.write(heatmap)
      files += pictures.paths
      try output.writeLine(
        heatmap.ansi(
          width: min(Console.width(of: output), Heatmap.cellsPerRow), color: Console.usesColor(on: output)))
    } else {
      // A picture of an earlier text would pass for one of this.
      for path in pictures.removeOlder() { Console.note("removed \(path), which showed an earlier text") }
      if !OutputCheck.isStandardOutput(options.savePath) { try output.writeLine(result.text) }
    }
    for file in files { Console.note("wrote \(file)") }
    report["text"] = .string(result.text)
    report["given_characters"] = .integer(result.givenCount)
    report["generated_bytes"] = .integer(result.bytesGenerated)
    report["bytes_per_second"] = .number(
      orNull: result.seconds > 0 ? Double(result.bytesGenerated) / result.seconds : nil)
    report["seed"] = .string(String(run.seed))
    report["neuron"] = result.neuron.map { .integer($0) } ?? .null
    report["polarity"] = .number(result.polarity)
    if result.neuron != nil { report["values"] = .array(result.characters.map { .number($0.value) }) }
    report["files"] = .array(files.map { .string($0) })
    try report.finish(writingTo: arguments.execution.reportPath)
    if let code = InterruptMonitor.exitCode { throw ExitCode(code) }
  }

  private func title(of result: GeneratedText) -> String {
    result.neuron.map { "Activation of neuron \($0)" + (result.polarity < 0 ? ", sign turned around" : "") } ?? "Text"
  }

  /// Why nothing was written, when it was not asked for.
  private func note(on result: GeneratedText) -> String? {
    guard result.bytesGenerated == 0, arguments.generation.totalLength >= 0, result.givenCount > 0,
      result.givenCount >= arguments.generation.totalLength
    else { return nil }
    return "Note: nothing is written, because --text alone has \(TextFormat.counted(result.givenCount, "character")); "
      + "raise --gen-length above that."
  }
}
