import Files
import Tensors

extension NumpyObjectArray {
  /// Writes float32 arrays as the pickle of protocol 2 that NumPy under Python 2 made, which also Python 3 reads with
  /// `encoding='latin1'`.
  package static func write(_ arrays: [Tensor], to path: String) throws {
    try AtomicFile.write(to: path) { sink in
      let text = "{'descr': '|O', 'fortran_order': False, 'shape': (\(arrays.count),), }"
      let prefixLength = NumpyHeader.magic.count + 4
      // Ends on a multiple of 16, as files of that time do.
      let total = (prefixLength + text.utf8.count + 1 + 15) / 16 * 16
      let header =
        Array(text.utf8)
        + [UInt8](repeating: UInt8(ascii: " "), count: total - prefixLength - text.utf8.count - 1) + [0x0a]
      try sink.write(NumpyHeader.magic + [1, 0, UInt8(header.count & 0xff), UInt8(header.count >> 8)] + header)
      var pickle = ArrayPickle()
      pickle.beginArray(shape: [arrays.count])
      pickle.objectType()
      pickle.put("\u{89}", memo: false)
      pickle.put("]")
      pickle.put("(", memo: false)
      for array in arrays {
        pickle.beginArray(shape: array.shape)
        pickle.floatType()
        pickle.put("\u{89}", memo: false)
        pickle.stringHead(byteCount: array.count * 4)
        try sink.write(pickle.take())
        try array.withUnsafeElements { try sink.write(UnsafeRawBufferPointer($0)) }
        pickle.endArray()
      }
      pickle.put("e", memo: false)
      pickle.endArray()
      pickle.put(".", memo: false)
      try sink.write(pickle.take())
    }
  }

  /// The operations of an array's pickle; every container and string is numbered, as Python does.
  private struct ArrayPickle {
    private var bytes: [UInt8] = [PickleOpcode.protocolVersion.rawValue, 2]
    private var memoCount = 0
    private var places: [String: Int] = [:]

    mutating func take() -> [UInt8] {
      defer { bytes = [] }
      return bytes
    }

    mutating func put(_ operation: Unicode.Scalar, memo: Bool = true) {
      bytes.append(UInt8(truncatingIfNeeded: operation.value))
      if memo { memoize() }
    }

    /// `_reconstruct(ndarray, (0,), 'b')`, and the beginning of the state: version and shape.
    mutating func beginArray(shape: [Int]) {
      global("numpy.core.multiarray", "_reconstruct")
      global("numpy", "ndarray")
      integer(0)
      put("\u{85}")
      string("b")
      put("\u{87}")
      put("R")
      put("(", memo: false)
      integer(1)
      switch shape.count {
      case 1:
        integer(shape[0])
        put("\u{85}")
      case 2:
        integer(shape[0])
        integer(shape[1])
        put("\u{86}")
      default:
        put("(", memo: false)
        for size in shape { integer(size) }
        put("t")
      }
    }

    mutating func endArray() {
      put("t")
      put("b", memo: false)
    }

    mutating func objectType() { type("O8", order: "|", last: 63) }
    mutating func floatType() { type("f4", order: "<", last: 0) }

    mutating func stringHead(byteCount: Int) {
      bytes.append(PickleOpcode.binaryString.rawValue)
      bytes += (0..<4).map { UInt8(truncatingIfNeeded: byteCount >> (8 * $0)) }
    }

    /// `dtype(name, 0, 1)` with its state, written once.
    private mutating func type(_ name: String, order: String, last: Int) {
      if recall("type " + name) { return }
      global("numpy", "dtype")
      string(name)
      integer(0)
      integer(1)
      put("\u{87}")
      put("R")
      places["type " + name] = memoCount - 1
      put("(", memo: false)
      integer(3)
      string(order)
      for _ in 0..<3 { put("N", memo: false) }
      for _ in 0..<2 { integer(-1) }
      integer(last)
      put("t")
      put("b", memo: false)
    }

    private mutating func integer(_ value: Int) {
      if (0..<256).contains(value) {
        bytes += [PickleOpcode.byteInteger.rawValue, UInt8(value)]
      } else {
        bytes.append(PickleOpcode.binaryInteger.rawValue)
        bytes += (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
      }
    }

    private mutating func string(_ text: String) {
      if recall("string " + text) { return }
      bytes += [PickleOpcode.shortBinaryString.rawValue, UInt8(text.utf8.count)] + Array(text.utf8)
      places["string " + text] = memoCount
      memoize()
    }

    private mutating func global(_ module: String, _ name: String) {
      if recall("global \(module) \(name)") { return }
      bytes += [PickleOpcode.global.rawValue] + Array("\(module)\n\(name)\n".utf8)
      places["global \(module) \(name)"] = memoCount
      memoize()
    }

    private mutating func recall(_ key: String) -> Bool {
      guard let place = places[key] else { return false }
      bytes += [PickleOpcode.byteGet.rawValue, UInt8(truncatingIfNeeded: place)]
      return true
    }

    private mutating func memoize() {
      let isShort = memoCount < 256
      bytes.append((isShort ? PickleOpcode.bytePut : .longPut).rawValue)
      bytes += (0..<(isShort ? 1 : 4)).map { UInt8(truncatingIfNeeded: memoCount >> (8 * $0)) }
      memoCount += 1
    }
  }
}
