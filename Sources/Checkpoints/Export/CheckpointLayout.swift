import Foundation

/// The layouts that checkpoints are written in.
public enum CheckpointLayout: String, Sendable, CaseIterable {
  /// This program's own: a safetensors file with a model card.
  case safetensors
  /// A PyTorch file under the original toolkit's keys, as an archive; PyTorch 1.6 and later.
  case pyTorch = "pytorch"
  /// The same in the older container, which every PyTorch reads.
  case sequentialPyTorch = "pytorch-sequential"
  /// A folder of fifteen npy files with directions and gains (Radford, Jozefowicz and Sutskever 2017).
  case openAI = "openai"
  /// A folder of eight npy files with the gains folded in.
  case folded
  /// A folder with the list of arrays of the TensorFlow reproduction, `model.npy`.
  case reproduction

  /// The layout that the ending of `path` asks for: `.pt` and `.pth`, `.safetensors`, a folder; nil for others.
  public init?(forPath path: String) {
    let ending = path.split(separator: "/").last.map { URL(fileURLWithPath: String($0)).pathExtension.lowercased() }
    switch ending {
    case "pt", "pth": self = .pyTorch
    case "safetensors": self = .safetensors
    default:
      var isFolder: ObjCBool = false
      let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      guard path.hasSuffix("/") || (exists && isFolder.boolValue) else { return nil }
      self = .openAI
    }
  }

  /// Names of the npy files of a folder, without their ending; empty for a single file.
  var arrayNames: [String] {
    switch self {
    case .openAI: (0..<15).map { "\($0)" }
    case .folded: ["embd", "wx", "wh", "wmx", "wmh", "b0", "w", "b"]
    case .reproduction: ["model", "global_step"]
    case .safetensors, .pyTorch, .sequentialPyTorch: []
    }
  }

  /// Files of arrays in `folder` that this layout does not write, and that would be taken for part of it.
  func otherArrays(in folder: String) -> [String] {
    let own = Set(arrayNames.map { $0 + ".npy" })
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".npy") && !own.contains($0) }.sorted()
  }

  /// Whether it is a folder of several files.
  public var isFolder: Bool { [.openAI, .folded, .reproduction].contains(self) }
}
