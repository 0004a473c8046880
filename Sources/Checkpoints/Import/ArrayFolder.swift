import Files
import Formats
import Foundation

/// A folder of npy files that make up one model.
struct ArrayFolder {
  let format: CheckpointFile.Format
  let tensors: [(name: String, tensor: StoredTensor)]

  /// Reads the files of the layout that the names in the folder show.
  ///
  /// Throws ``CheckpointError``.
  init(path: String) throws {
    let names: Set<String>
    do {
      names = Set(try FileManager.default.contentsOfDirectory(atPath: path))
    } catch {
      throw FileError.unreadable(path: path, reason: "its contents cannot be listed")
    }
    func file(_ name: String) -> String { (path.hasSuffix("/") ? path : path + "/") + name }
    func arrays(_ stems: [String]) throws -> [(name: String, tensor: StoredTensor)] {
      try stems.map { ($0, try NumpyArray(MappedFile(path: file($0 + ".npy"))).stored()) }
    }
    let parts = ["xaa", "xab", "xac", "xad"]
    if names.isSuperset(of: ["0.npy", "14.npy"]) {
      format = .openAI
      tensors = try arrays((0..<15).map { "\($0)" })
    } else if names.contains("model.npy") || names.isSuperset(of: parts) {
      format = .reproduction
      // The published model is one file cut into four.
      let model =
        names.contains("model.npy")
        ? try MappedFile(path: file("model.npy")) : try MappedFile(joining: parts.map(file), path: path)
      tensors = try NumpyObjectArray.read(model).enumerated().map { ("\($0)", $1) }
    } else if names.isSuperset(of: ["embd.npy", "wx.npy"]) {
      format = .folded
      tensors = try arrays(["embd", "wx", "wh", "wmx", "wmh", "b0", "w", "b"])
    } else if names.contains("embed_matrix:0.npy") {
      format = .uniRepFolder
      tensors = try arrays(names.filter { $0.hasSuffix(".npy") }.map { String($0.dropLast(4)) }.sorted())
    } else {
      throw CheckpointError.notACheckpoint(
        path: path,
        reason: "the folder holds no known set of arrays, such as 0.npy to 14.npy, model.npy, or embd.npy and wx.npy")
    }
  }
}

/// Arrays by name, which are asked for with the shape that they must have.
struct NamedArrays {
  let path: String
  let byName: [String: StoredTensor]

  subscript(name: String) -> StoredTensor? { byName[name] }

  /// An array of floating-point numbers.
  ///
  /// Throws ``CheckpointError`` when it is missing or holds something else.
  func require(_ name: String) throws -> StoredTensor {
    guard let tensor = byName[name] else {
      throw FormatError.missingKey(path: path, key: name, available: byName.keys.sorted())
    }
    guard tensor.type.isFloatingPoint else {
      throw FormatError.wrongType(
        path: path, key: name, expected: "floating-point numbers", found: tensor.type.rawValue)
    }
    return tensor
  }

  func requireShape(_ name: String, _ expected: [Int]) throws -> StoredTensor {
    let tensor = try require(name)
    // A row vector stands for a vector.
    guard tensor.shape == expected || (expected.count == 1 && tensor.shape == [1] + expected) else {
      throw FormatError.wrongShape(path: path, key: name, expected: expected, found: tensor.shape)
    }
    return tensor
  }

  func requireMatrix(_ name: String) throws -> StoredTensor {
    let tensor = try require(name)
    guard tensor.shape.count == 2, tensor.count > 0 else {
      throw CheckpointError.notACheckpoint(
        path: path, reason: "its array \(name.quoted) has shape \(tensor.shape) and should be a matrix")
    }
    return tensor
  }
}
