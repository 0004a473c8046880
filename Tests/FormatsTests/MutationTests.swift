import Files
import Foundation
import Tensors
import TestSupport
import Testing

@testable import Formats

/// Damaged files are refused or loaded; a trap would end the test run.
@Suite struct MutationTests {
  private static let rounds = 10_000

  /// Changes, removes, doubles or inserts bytes, or cuts the file short, mostly near the front, where the header is.
  private func mutate(_ original: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
    var bytes = original
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      guard !bytes.isEmpty else { return bytes }
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      switch Int.random(in: 0..<8, using: &generator) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
      case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 2: bytes.removeSubrange(place...)
      case 3: bytes.remove(at: place)
      case 4: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
      case 5:
        let end = min(bytes.count, place + Int.random(in: 1...40, using: &generator))
        bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 6:
        // Another digit keeps the syntax and changes sizes and offsets.
        let digits = bytes.indices.filter { (0x30...0x39).contains(bytes[$0]) }
        if let digit = digits.randomElement(using: &generator) {
          bytes[digit] = UInt8.random(in: 0x30...0x39, using: &generator)
        }
      default:
        let digits = bytes.indices.filter { (0x30...0x39).contains(bytes[$0]) }
        if let digit = digits.randomElement(using: &generator) {
          let many = [UInt8](repeating: 0x39, count: Int.random(in: 1...20, using: &generator))
          bytes.insert(contentsOf: many, at: digit)
        }
      }
    }
    return bytes
  }

  /// Reads all that the file holds; the number of elements, which must not exceed the bytes there are.
  private func readAll(_ file: SafetensorsFile) throws -> Int {
    var count = 0
    for entry in file.entries {
      if entry.type.isFloatingPoint {
        let tensor = try file.tensor(named: entry.name)
        #expect(tensor.shape == entry.shape)
        count += tensor.values.count
      } else {
        count += try file.int64Values(named: entry.name).count
      }
    }
    return count
  }

  @Test func damagedSafetensors() throws {
    let original = try bytes(at: goldenFolder + "/all_types.safetensors")
    var generator = SeededGenerator(seed: 4)
    var loaded = 0
    var refused = 0
    for _ in 0..<Self.rounds {
      let damaged = mutate(original, &generator)
      do {
        let file = try SafetensorsFile(MappedFile(bytes: damaged, path: "m"))
        let count = try readAll(file)
        if count > damaged.count { Issue.record("\(count) elements from \(damaged.count) bytes") }
        loaded += 1
      } catch let error as FormatError {
        if error.description.utf8.count > 4096 { Issue.record("a message of \(error.description.utf8.count) bytes") }
        refused += 1
      }
    }
    // Both must occur, or the mutations are too mild or too wild to test anything.
    #expect(loaded > Self.rounds / 100)
    #expect(refused > Self.rounds / 2)
  }

  @Test(arguments: ["float32", "float64_version2", "float16_version3", "int32", "int64_scalar", "bool", "records"])
  func damagedNumpy(name: String) throws {
    let original = try bytes(at: "\(goldenFolder)/\(name).npy")
    var generator = SeededGenerator(seed: 5)
    var loaded = 0
    var refused = 0
    for _ in 0..<Self.rounds / 7 {
      let damaged = mutate(original, &generator)
      do {
        let array = try NumpyArray(MappedFile(bytes: damaged, path: "a"))
        let count = array.tensor.values.count + array.float64Values.count
        if count > 2 * damaged.count { Issue.record("\(count) elements from \(damaged.count) bytes") }
        loaded += 1
      } catch let error as FormatError {
        if error.description.utf8.count > 4096 { Issue.record("a message of \(error.description.utf8.count) bytes") }
        refused += 1
      }
    }
    #expect(name == "records" || loaded > 0)
    #expect(refused > Self.rounds / 14)
  }

  @Test(arguments: ["all_types.safetensors", "float32.npy"])
  func everyShorterFileIsRefused(name: String) throws {
    let original = try bytes(at: "\(goldenFolder)/\(name)")
    for length in 0..<original.count {
      let file = MappedFile(bytes: Array(original[..<length]), path: "x")
      #expect(throws: FormatError.self) {
        if name.hasSuffix("npy") { _ = try NumpyArray(file) } else { _ = try SafetensorsFile(file) }
      }
    }
  }
}
