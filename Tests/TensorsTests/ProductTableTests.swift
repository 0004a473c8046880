import Foundation
import Testing

@testable import Tensors

/// Holds the choice of backends against what was measured; `Measured/products.csv` is written by
/// `EngineBenchmarks --products`.
@Suite struct ProductTableTests {
  private struct Line {
    var instructionSet: String
    var form: String
    var shape: String
    var backend: String
    var speed: Double
  }

  private static func lines() throws -> [Line] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "Measured/products.csv")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst().compactMap { text in
      let fields = text.split(separator: ",").map(String.init)
      guard fields.count == 9, let speed = Double(fields[7]) else { return nil }
      return Line(
        instructionSet: fields[0], form: fields[2], shape: fields[1...5].joined(separator: " "), backend: fields[6],
        speed: speed)
    }
  }

  @Test(arguments: ["avx2", "avx512"])
  func theChosenBackendIsTheFasterOneOnTheWhole(instructionSet: String) throws {
    let lines = try Self.lines().filter { $0.instructionSet == instructionSet }
    let table = ProductTable(instructionSet: instructionSet)
    for (forms, choice) in [(["packed"], table.packed), (["gradient"], table.plain)] {
      let measured = Dictionary(grouping: lines.filter { forms.contains($0.form) }, by: \.shape)
      #expect(measured.count >= 3, "nothing measured for \(forms) with \(instructionSet)")
      // The mean of logarithms: as often twice as fast as half as fast is no better.
      let gains = measured.values.compactMap { backends -> Double? in
        let speeds = Dictionary(uniqueKeysWithValues: backends.map { ($0.backend, $0.speed) })
        let others = speeds.filter { $0.key != choice.rawValue && $0.key != "blas" }
        guard let chosen = speeds[choice.rawValue], let other = others.values.max() else { return nil }
        return log(chosen / other)
      }
      #expect(gains.count == measured.count)
      #expect(gains.reduce(0, +) > 0, "\(choice.rawValue) for \(forms) with \(instructionSet)")
    }
  }

  @Test func theAutomaticBackendSaysWhatItUses() {
    #expect(AutomaticBackend(ProductTable(instructionSet: "avx2")).name.contains("panels"))
    #expect(AutomaticBackend(ProductTable(instructionSet: "avx512")).name.hasPrefix("oneDNN "))
  }
}
