import Tensors
import Testing

/// Rounding to the narrow types against the language's own half precision and against bit arithmetic.
@Suite struct ConversionTests {
  /// Numbers of every size, the borders of both types, ties and the special ones.
  static let numbers: [Float] = {
    var generator = SeededGenerator(seed: 9)
    var numbers: [Float] = [
      0, -0.0, 1, -1, 65504, 65519, 65520, -65520, 70000, 1e38, .infinity, -.infinity, 6.1e-5, 5.96e-8, 2.98e-8,
      2.99e-8,
      1e-8, Float(bitPattern: 0x0001_16C2), 1.00048828125, 1.00146484375, 1.00390625, 1.01171875, 3.3895314e38,
    ]
    for _ in 0..<20_000 { numbers.append(Float(bitPattern: UInt32(truncatingIfNeeded: generator.next()))) }
    return numbers.filter { !$0.isNaN }
  }()

  @Test func halfPrecisionRoundsToNearestEven() {
    let found = Tensor(Self.numbers, shape: [Self.numbers.count]).converted(to: .float16).values
    for (x, y) in zip(Self.numbers, found) {
      #expect(y.bitPattern == Float(Float16(x)).bitPattern, "\(x) became \(y)")
    }
  }

  @Test func everyHalfPrecisionNumberIsWidenedExactly() {
    let all = (UInt16.min...UInt16.max).map { Float16(bitPattern: $0) }.filter { !$0.isNaN }.map { Float($0) }
    #expect(Tensor(all, shape: [all.count]).converted(to: .float16).values.map(\.bitPattern) == all.map(\.bitPattern))
  }

  @Test func bfloat16RoundsToNearestEven() {
    let found = Tensor(Self.numbers, shape: [Self.numbers.count]).converted(to: .bfloat16).values
    for (x, y) in zip(Self.numbers, found) {
      let (below, above) = (x.bitPattern & 0xFFFF_0000, (x.bitPattern & 0xFFFF_0000) &+ 0x1_0000)
      let rest = x.bitPattern & 0xFFFF
      let isUp = rest > 0x8000 || (rest == 0x8000 && below & 0x1_0000 != 0)
      #expect(y.bitPattern == (isUp ? above : below), "\(x) became \(y)")
    }
  }

  @Test(arguments: [ElementType.bfloat16, .float16])
  func notANumberStaysOne(type: ElementType) {
    let odd = Tensor([.nan, -.nan, Float(bitPattern: 0x7F80_0001)], shape: [3])
    #expect(odd.converted(to: type).values.allSatisfy { $0.isNaN })
  }

  @Test(arguments: [ElementType.bfloat16, .float16])
  func everyLengthIsTreatedAlike(type: ElementType) {
    let all = Tensor(Array(Self.numbers.prefix(70)), shape: [70]).converted(to: type).values
    for length in 1...70 {
      let part = Tensor(Array(Self.numbers.prefix(length)), shape: [length]).converted(to: type).values
      #expect(part.map(\.bitPattern) == all.prefix(length).map(\.bitPattern))
    }
  }

  @Test func narrowTensorsAreCutAndCopiedLikeOthers() {
    let whole = randomTensor([6, 5], seed: 3).converted(to: .float16)
    let rows = whole.rows(2, count: 3)
    #expect(rows.elementType == .float16)
    #expect(rows.values == Array(whole.values[10..<25]))
    #expect(rows.copied().values == rows.values)
    #expect(whole.reshaped([30]).values == whole.values)
  }
}
