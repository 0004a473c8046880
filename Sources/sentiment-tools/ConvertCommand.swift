import Files
import ArgumentParser
import Checkpoints
import Formats
import ToolSupport

struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Turn a checkpoint into another format or precision.",
    discussion: """
      Reads safetensors and PyTorch files, folders of OpenAI's fifteen arrays, the TensorFlow reproduction's model.npy, \
      UniRep archives and folded arrays; what the input is, is seen from its contents. The output's ending says what \
      is written: .safetensors, .pt or .pth, or a folder (with a slash at its end) for OpenAI's arrays. Everything \
      written is read back and compared.

      Example: sentiment-tools convert mlstm.pt mlstm.safetensors --precision float16
      """)

  @Argument(help: "File or folder to read.")
  var input: String

  @Argument(help: "File or folder to write.")
  var output: String

  @Option(help: ArgumentHelp("float32, float16 or bfloat16; default: as in the input.", valueName: "type"))
  var precision: Precision?

  @Option(
    help: ArgumentHelp(
      "safetensors, pytorch, pytorch-sequential, openai, folded or reproduction; default: from the ending.",
      valueName: "layout"))
  var layout: CheckpointLayout?

  @Option(
    help: ArgumentHelp(
      "Order of an LSTM's blocks in a file that does not tell: ifgo or ifog; default: the one that predicts English "
        + "better.", valueName: "order"))
  var gateOrder: ModelCard.Origin.GateOrder?

  @Flag(help: "Remove arrays of another layout from the folder that is written.")
  var force = false

  func run() throws {
    var conversion = CheckpointConversion(precision: precision?.type, layout: layout, gateOrder: gateOrder)
    conversion.replacesOtherArrays = force
    let result = try conversion.run(from: input, to: output)
    if result.usedGateOrder == false {
      Console.note("Note: --gate-order has no effect on \(input): the file leaves no order of blocks open.")
    }
    try Console.standardOutput.writeLine(
      "\(output): \(result.layout.rawValue), \(TextFormat.counted(result.arrayCount, "array")), "
        + "\(result.byteCount) \(result.byteCount == 1 ? "byte" : "bytes")")
  }
}

/// The types that floating-point arrays are converted to.
enum Precision: String, ExpressibleByArgument, CaseIterable {
  case float32, float16, bfloat16

  var type: StoredType {
    switch self {
    case .float32: .float32
    case .float16: .float16
    case .bfloat16: .bfloat16
    }
  }
}

extension CheckpointLayout: ExpressibleByArgument {}
extension ModelCard.Origin.GateOrder: ExpressibleByArgument {}
