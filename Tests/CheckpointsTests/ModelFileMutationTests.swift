import Foundation
import Formats
import Models
import Tensors
import TestSupport
import Testing

@testable import Checkpoints

/// A damaged model file is loaded or refused; a trap would end the test run.
@Suite struct ModelFileMutationTests {
  private static let rounds = 3000

  private func original(_ folder: String) throws -> [UInt8] {
    let model = try LanguageModel(
      LanguageModelConfiguration(embeddingSize: 1, hiddenSize: 2, usesWeightNormalization: true))
    model.initialize(seed: 1)
    let head = LinearClassifier(weight: Tensor([1, 2], shape: [1, 2]), bias: Tensor([0], shape: [1]))
    let described = card(model, classifier: classifier(maximumLength: 5))
    try ModelFile.write(model, head: head, card: described, to: folder + "/m")
    return try bytes(at: folder + "/m")
  }

  @Test func damagedFiles() throws {
    try withTemporaryFolder { folder in
      let original = try original(folder)
      let header = 8 + Int(original[0]) + Int(original[1]) << 8
      var generator = SeededGenerator(seed: 6)
      var (loaded, refused) = (0, 0)
      for round in 0..<Self.rounds {
        var damaged = original
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
          let place = Int.random(in: 0..<min(header, damaged.count), using: &generator)
          switch Int.random(in: 0..<6, using: &generator) {
          case 0: damaged[place] = UInt8.random(in: 0...255, using: &generator)
          case 1: damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
          case 2: damaged.removeSubrange(max(place, 1)...)
          case 3: damaged.remove(at: place)
          case 4: damaged.insert(UInt8.random(in: 0x20...0x7e, using: &generator), at: place)
          default:
            // Another digit or sign keeps the syntax and changes sizes.
            let digits = damaged.indices.prefix(header).filter { (0x30...0x39).contains(damaged[$0]) }
            if let digit = digits.randomElement(using: &generator) {
              damaged[digit] = UInt8.random(in: 0x2d...0x39, using: &generator)
            }
          }
        }
        // Writing over a file, and Foundation's own writing, wait for the disk; thousands of files cannot afford that.
        let path = "\(folder)/\(round)"
        let stream = try #require(fopen(path, "wb"))
        #expect(fwrite(damaged, 1, damaged.count, stream) == damaged.count)
        fclose(stream)
        defer { unlink(path) }
        do {
          let stored = try ModelFile.read(path, normalized: nil)
          #expect(stored.model.parameters.reduce(0) { $0 + $1.variable.value.count } <= 2 * original.count)
          loaded += 1
        } catch  where error is CheckpointError || error is FormatError {
          #expect("\(error)".utf8.count < 8192)
          refused += 1
        }
      }
      #expect(loaded > Self.rounds / 100, "\(loaded)")
      #expect(refused > Self.rounds / 2, "\(refused)")
    }
  }
}
