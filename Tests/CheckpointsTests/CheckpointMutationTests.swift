import Files
import Formats
import Foundation
import Tensors
import TestSupport
import Testing

@testable import Checkpoints

/// Damaged files of every format are refused or loaded, in bounded memory; a trap would end the test run.
@Suite struct CheckpointMutationTests {
  /// Ten thousand files of each format in the full run, some hundreds in the quick one.
  private static let rounds = runsEveryTest ? 10_000 : 400

  /// Twice the file, which is small here, and 64 MB.
  private static let memoryAllowance = 64 << 20

  private static let files: [(format: String, names: [String])] = [
    (
      "sequential PyTorch",
      ["types_sequential.pt", "language_model_normalized.pt", "classifier_linear.pt", "optimizer.pt", "transformer.pt"]
    ),
    ("PyTorch archive", ["types_zip.pt", "language_model.pt", "transformer_classifier.pt"]),
    (
      "npy", ["reproduction_protocol2.npy", "reproduction_protocol3.npy", "reproduction_protocol4.npy", "float32.npy"]
    ),
    ("npz", ["unirep.npz", "unirep_compressed.npz"]), ("safetensors", ["all_types.safetensors", "model"]),
  ]

  private func original(_ name: String) throws -> [UInt8] {
    guard name == "model" else {
      return try bytes(
        at: "\(["all_types.safetensors", "float32.npy"].contains(name) ? arraysFolder : goldenFolder)/\(name)")
    }
    return try withTemporaryFolder { folder in
      _ = try CheckpointConversion().run(from: goldenFolder + "/types_zip.pt", to: folder + "/m.safetensors")
      return try bytes(at: folder + "/m.safetensors")
    }
  }

  private func mutate(_ original: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
    var bytes = original
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      guard bytes.count > 1 else { return bytes }
      // Mostly near either end, where the structure is.
      let near = min(bytes.count, 600)
      let place =
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: Int.random(in: 0..<near, using: &generator)
        case 1: Int.random(in: bytes.count - near..<bytes.count, using: &generator)
        default: Int.random(in: 0..<bytes.count, using: &generator)
        }
      switch Int.random(in: 0..<8, using: &generator) {
      case 0, 1: bytes[place] = UInt8.random(in: 0...255, using: &generator)
      case 2: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 3: bytes.removeSubrange(max(place, 1)...)
      case 4: bytes.remove(at: place)
      case 5: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
      case 6:
        let end = min(bytes.count, place + Int.random(in: 1...60, using: &generator))
        bytes.insert(contentsOf: bytes[place..<end], at: place)
      default:
        // Large sizes and counts.
        for index in place..<min(bytes.count, place + Int.random(in: 1...8, using: &generator)) { bytes[index] = 0xff }
      }
    }
    return bytes
  }

  /// Opens a file, reads every number, and asks what it is; the number of bytes read.
  private func readAll(_ bytes: [UInt8]) throws -> Int {
    let file = try CheckpointFile(MappedFile(bytes: bytes, path: "m"))
    var count = 0
    for tensor in file.tensors { count = max(count, tensor.values.tensor.values.count) }
    if case .model = file.content(gateOrder: .candidateThird) {
      let contents = try file.modelContents(gateOrder: .candidateThird)
      _ = try ModelFile.build(contents, normalized: false)
    }
    return count
  }

  private func readDamaged(_ names: [String]) throws -> (loaded: Int, refused: Int) {
    var (loaded, refused) = (0, 0)
    for (index, name) in names.enumerated() {
      let original = try original(name)
      var generator = SeededGenerator(seed: UInt64(index + 1))
      for _ in 0..<Self.rounds / names.count + 1 {
        let damaged = mutate(original, &generator)
        do {
          let largest = try readAll(damaged)
          if largest > 4 * damaged.count + 1024 { Issue.record("\(largest) numbers from \(damaged.count) bytes") }
          loaded += 1
        } catch  where error is CheckpointError || error is FormatError {
          let length = "\(error)".utf8.count
          if length > 8192 { Issue.record("a message of \(length) bytes") }
          refused += 1
        }
      }
    }
    return (loaded, refused)
  }

  // In processes of their own, since memory is the whole process's.

  @Test(arguments: files.map(\.format)) func damagedFiles(format: String) async {
    await #expect(processExitsWith: .success) { [format] in
      let names = try #require(Self.files.first { $0.format == format }).names
      var (loaded, refused) = (0, 0)
      let growth = try PeakMemory.growth { (loaded, refused) = try Self().readDamaged(names) }
      // Both must occur, or the mutations are too mild or too wild to test anything.
      #expect(loaded > Self.rounds / 100, "\(loaded)")
      #expect(refused > Self.rounds / 5, "\(refused)")
      #expect(isSanitized || growth <= Self.memoryAllowance, "\(growth)")
    }
  }

  /// Files made to ask for much: what they claim is refused before it is allocated.
  @Test(.disabled(if: isSanitized)) func fewBytesCannotAskForMuch() async {
    await #expect(processExitsWith: .success) {
      var operations: [UInt8] = []
      for _ in 0..<300_000 { operations += Array("]q\0".utf8) }
      let pickles: [[UInt8]] = [
        operations, [UInt8](repeating: UInt8(ascii: "N"), count: 1 << 20),
        [UInt8](repeating: UInt8(ascii: ")"), count: 1 << 20),
        [UInt8](repeating: UInt8(ascii: "}"), count: 1 << 20),
        Array("N".utf8) + [UInt8](repeating: UInt8(ascii: "2"), count: 1 << 20),
      ]
      for pickle in pickles {
        let bytes = TorchFileTests.referenceBytes.prefix(125) + pickle
        let growth = try PeakMemory.growth {
          #expect(throws: FormatError.self) { try CheckpointFile(MappedFile(bytes: Array(bytes), path: "m")) }
        }
        #expect(growth <= 2 * bytes.count + Self.memoryAllowance)
      }
    }
  }
}
