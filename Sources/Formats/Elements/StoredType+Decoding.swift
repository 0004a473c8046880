extension StoredType {
  /// Converts little-endian elements of this type to float32, rounding to nearest where float32 has fewer digits.
  ///
  /// `source` needs no alignment and holds exactly `target.count` elements.
  func decode(_ source: UnsafeRawBufferPointer, into target: UnsafeMutableBufferPointer<Float>) {
    precondition(source.count == target.count * byteCount, "\(source.count) bytes for \(target.count) elements")
    switch self {
    case .float32: UnsafeMutableRawBufferPointer(target).copyMemory(from: source)
    case .float64: Self.map(source, UInt64.self, into: target) { Float(Double(bitPattern: $0)) }
    case .float16: Self.map(source, UInt16.self, into: target) { HalfPrecision.float(fromFloat16: $0) }
    case .bfloat16: Self.map(source, UInt16.self, into: target) { HalfPrecision.float(fromBFloat16: $0) }
    case .int64: Self.map(source, Int64.self, into: target) { Float($0) }
    case .int32: Self.map(source, Int32.self, into: target) { Float($0) }
    case .int16: Self.map(source, Int16.self, into: target) { Float($0) }
    case .int8: Self.map(source, Int8.self, into: target) { Float($0) }
    case .uint8: Self.map(source, UInt8.self, into: target) { Float($0) }
    case .bool: Self.map(source, UInt8.self, into: target) { $0 == 0 ? 0 : 1 }
    }
  }

  /// Converts little-endian elements of this type to float64; exact but for integers beyond 2⁵³.
  func decode(_ source: UnsafeRawBufferPointer, into target: UnsafeMutableBufferPointer<Double>) {
    precondition(source.count == target.count * byteCount, "\(source.count) bytes for \(target.count) elements")
    switch self {
    case .float64: UnsafeMutableRawBufferPointer(target).copyMemory(from: source)
    case .float32: Self.map(source, UInt32.self, into: target) { Double(Float(bitPattern: $0)) }
    case .float16: Self.map(source, UInt16.self, into: target) { Double(HalfPrecision.float(fromFloat16: $0)) }
    case .bfloat16: Self.map(source, UInt16.self, into: target) { Double(HalfPrecision.float(fromBFloat16: $0)) }
    case .int64: Self.map(source, Int64.self, into: target) { Double($0) }
    case .int32: Self.map(source, Int32.self, into: target) { Double($0) }
    case .int16: Self.map(source, Int16.self, into: target) { Double($0) }
    case .int8: Self.map(source, Int8.self, into: target) { Double($0) }
    case .uint8: Self.map(source, UInt8.self, into: target) { Double($0) }
    case .bool: Self.map(source, UInt8.self, into: target) { $0 == 0 ? 0 : 1 }
    }
  }

  /// Converts little-endian elements of an integer type to int64; false, with nothing done, for a floating-point type.
  func decode(_ source: UnsafeRawBufferPointer, into target: UnsafeMutableBufferPointer<Int64>) -> Bool {
    precondition(source.count == target.count * byteCount, "\(source.count) bytes for \(target.count) elements")
    switch self {
    case .int64: UnsafeMutableRawBufferPointer(target).copyMemory(from: source)
    case .int32: Self.map(source, Int32.self, into: target) { Int64($0) }
    case .int16: Self.map(source, Int16.self, into: target) { Int64($0) }
    case .int8: Self.map(source, Int8.self, into: target) { Int64($0) }
    case .uint8: Self.map(source, UInt8.self, into: target) { Int64($0) }
    case .bool: Self.map(source, UInt8.self, into: target) { $0 == 0 ? 0 : 1 }
    case .float64, .float32, .float16, .bfloat16: return false
    }
    return true
  }

  /// The loop of every conversion, inlined into each so that the compiler can vectorise it.
  @inline(__always)
  private static func map<Source: FixedWidthInteger & BitwiseCopyable, Target>(
    _ source: UnsafeRawBufferPointer, _: Source.Type, into target: UnsafeMutableBufferPointer<Target>,
    _ convert: (Source) -> Target
  ) {
    guard let input = source.baseAddress, let output = target.baseAddress else { return }
    for index in 0..<target.count {
      let bits = input.loadUnaligned(fromByteOffset: index &* MemoryLayout<Source>.size, as: Source.self)
      output[index] = convert(Source(littleEndian: bits))
    }
  }
}

extension StoredType {
  /// `source` as float32.
  func floats(_ source: UnsafeRawBufferPointer) -> [Float] {
    let count = source.count / byteCount
    return [Float](unsafeUninitializedCapacity: count) { target, initialized in
      decode(source, into: UnsafeMutableBufferPointer(rebasing: target[..<count]))
      initialized = count
    }
  }

  /// `source` as float64.
  func doubles(_ source: UnsafeRawBufferPointer) -> [Double] {
    let count = source.count / byteCount
    return [Double](unsafeUninitializedCapacity: count) { target, initialized in
      decode(source, into: UnsafeMutableBufferPointer(rebasing: target[..<count]))
      initialized = count
    }
  }

  /// `source` as int64; nil for a floating-point type.
  func integers(_ source: UnsafeRawBufferPointer) -> [Int64]? {
    guard !isFloatingPoint else { return nil }
    let count = source.count / byteCount
    return [Int64](unsafeUninitializedCapacity: count) { target, initialized in
      initialized = decode(source, into: UnsafeMutableBufferPointer(rebasing: target[..<count])) ? count : 0
    }
  }
}
