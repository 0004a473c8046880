/// Conversions between float32 and the two 16-bit formats, by integer arithmetic alone.
///
/// Written without branches, so that loops over them become vector code, and without float32 subnormals, so that they
/// hold whatever the processor's flush-to-zero setting is.
enum HalfPrecision {
  /// The float32 with the value of the IEEE 754 binary16 number of these bits; exact, a NaN keeps its fraction.
  @inline(__always)
  static func float(fromFloat16 half: UInt16) -> Float {
    let sign = UInt32(half & 0x8000) << 16
    let magnitude = UInt32(half & 0x7fff)
    let exponentShift: UInt32 = 112 << 23
    let normal = (magnitude << 13) &+ exponentShift
    let infinite = normal &+ exponentShift
    let subnormal = (Float(Int32(bitPattern: magnitude)) * 0x1p-24).bitPattern
    let finite = magnitude < 0x0400 ? subnormal : normal
    return Float(bitPattern: sign | (magnitude >= 0x7c00 ? infinite : finite))
  }

  /// The float32 with the value of the bfloat16 number of these bits; exact.
  @inline(__always)
  static func float(fromBFloat16 half: UInt16) -> Float {
    Float(bitPattern: UInt32(half) << 16)
  }

  /// The nearest binary16 number, ties to even; 65,520 and beyond become infinite, NaN stays NaN.
  @inline(__always)
  static func float16(_ value: Float) -> UInt16 {
    let bits = value.bitPattern
    let sign = UInt16(truncatingIfNeeded: bits >> 16) & 0x8000
    let magnitude = bits & 0x7fff_ffff
    // A sum with 1/2 leaves the multiple of 2⁻²⁴ nearest to the value in the lowest fraction bits.
    let subnormal = (Float(bitPattern: magnitude) + 0.5).bitPattern &- Float(0.5).bitPattern
    let odd = (magnitude >> 13) & 1
    let normal = (magnitude &+ 0x0fff &+ odd &- (112 << 23)) >> 13
    let finite = magnitude < 0x3880_0000 ? subnormal : normal
    let notANumber = 0x7e00 | ((magnitude >> 13) & 0x03ff)
    let special = magnitude > 0x7f80_0000 ? notANumber : 0x7c00
    return sign | UInt16(truncatingIfNeeded: magnitude >= 0x477f_f000 ? special : finite)
  }

  /// The nearest bfloat16 number, ties to even; NaN stays NaN.
  @inline(__always)
  static func bfloat16(_ value: Float) -> UInt16 {
    let bits = value.bitPattern
    let odd = (bits >> 16) & 1
    let rounded = (bits &+ 0x7fff &+ odd) >> 16
    let notANumber = (bits >> 16) | 0x0040
    return UInt16(truncatingIfNeeded: (bits & 0x7fff_ffff) > 0x7f80_0000 ? notANumber : rounded)
  }
}
