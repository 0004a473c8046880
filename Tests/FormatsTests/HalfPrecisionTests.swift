import TestSupport
import Tensors
import Testing

@testable import Formats

/// The compiler's own conversions are the twin.
@Suite struct HalfPrecisionTests {
  @Test func everyFloat16Widens() {
    for bits in UInt16.min...UInt16.max {
      let expected = Float(Float16(bitPattern: bits))
      let found = HalfPrecision.float(fromFloat16: bits)
      let agree = expected.isNaN ? found.isNaN : found.bitPattern == expected.bitPattern
      if !agree { Issue.record("\(String(bits, radix: 16)): \(found), not \(expected)") }
    }
  }

  @Test func everyFloat16SurvivesTheWayBack() {
    for bits in UInt16.min...UInt16.max where !Float16(bitPattern: bits).isNaN {
      let found = HalfPrecision.float16(HalfPrecision.float(fromFloat16: bits))
      if found != bits { Issue.record("\(String(bits, radix: 16)) became \(String(found, radix: 16))") }
    }
  }

  @Test func narrowingRoundsToNearestEven() {
    var values: [Float] = [
      65504, 65519.996, 65520, 65536, 1e38, 0x1p-24, 0x1p-25, 0x1.000002p-25, 0x1p-14, 0x1.ffcp-15,
    ]
    values += [0, .infinity, .leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude]
    // Every halfway point between neighbours, and the float32 numbers beside it.
    for bits in UInt16(0)..<0x7bff {
      let middle = (Float(Float16(bitPattern: bits)) + Float(Float16(bitPattern: bits + 1))) / 2
      values += [middle, middle.nextUp, middle.nextDown]
    }
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<100_000 {
      let value = Float(bitPattern: UInt32.random(in: 0...UInt32.max, using: &generator))
      if !value.isNaN { values.append(value) }
    }
    for value in values + values.map(-) {
      let found = HalfPrecision.float16(value)
      if found != Float16(value).bitPattern { Issue.record("\(value) became \(Float16(bitPattern: found))") }
    }
  }

  @Test func notANumberStaysOne() {
    for bits: UInt32 in [0x7fc0_0000, 0xffc0_0000, 0x7f80_0001, 0xff80_0001, 0x7fff_ffff] {
      let value = Float(bitPattern: bits)
      #expect(Float16(bitPattern: HalfPrecision.float16(value)).isNaN)
      #expect(HalfPrecision.float(fromBFloat16: HalfPrecision.bfloat16(value)).isNaN)
    }
  }

  @Test func bfloat16RoundsToNearestEven() {
    // 1 and its neighbour 1 + 2⁻⁷; halfway goes to the even one.
    #expect(HalfPrecision.bfloat16(1) == 0x3f80)
    #expect(HalfPrecision.bfloat16(1 + 0x1p-8) == 0x3f80)
    #expect(HalfPrecision.bfloat16((1 + 0x1p-8).nextUp) == 0x3f81)
    #expect(HalfPrecision.bfloat16(1 + 3 * 0x1p-8) == 0x3f82)
    #expect(HalfPrecision.bfloat16(-2) == 0xc000)
    #expect(HalfPrecision.bfloat16(.greatestFiniteMagnitude) == 0x7f80)
    for bits in UInt16.min...UInt16.max {
      let value = HalfPrecision.float(fromBFloat16: bits)
      if !value.isNaN, HalfPrecision.bfloat16(value) != bits { Issue.record("\(value) changed") }
    }
  }
}
