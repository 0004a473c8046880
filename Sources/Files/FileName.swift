import Foundation

/// Names of files as strings, also those whose bytes are not UTF-8, such as names from older systems.
///
/// A byte that belongs to no character becomes a scalar of its own from the end of the private use area, and the same byte again
/// when the system is asked for the file.
package enum FileName {
  private static let firstScalar: UInt32 = 0x10FF00

  /// The name with these bytes, up to a zero.
  package static func decoded(_ bytes: UnsafePointer<CChar>) -> String {
    if let text = String(validatingCString: bytes) { return text }
    let raw = UnsafeBufferPointer(
      start: UnsafeRawPointer(bytes).assumingMemoryBound(to: UInt8.self), count: strlen(bytes))
    var scalars = String.UnicodeScalarView()
    var rest = raw.makeIterator()
    var parser = Unicode.UTF8.ForwardParser()
    var position = 0
    while true {
      switch parser.parseScalar(from: &rest) {
      case .valid(let encoded):
        scalars.append(Unicode.UTF8.decode(encoded))
        position += encoded.count
      case .error(let length):
        for byte in raw[position..<(position + length)] {
          if let scalar = Unicode.Scalar(firstScalar + UInt32(byte)) { scalars.append(scalar) }
        }
        position += length
      case .emptyInput: return String(scalars)
      }
    }
  }

  /// The byte that a scalar stands for in a name.
  static func byte(of scalar: Unicode.Scalar) -> UInt8? {
    scalar.value >= firstScalar + 0x80 && scalar.value <= firstScalar + 0xFF ? UInt8(scalar.value - firstScalar) : nil
  }
}

extension String {
  /// The bytes by which the system knows the file of this name, with a zero behind them.
  package var fileName: [CChar] {
    var bytes: [CChar] = []
    for scalar in unicodeScalars {
      if let byte = FileName.byte(of: scalar) {
        bytes.append(CChar(bitPattern: byte))
      } else {
        bytes.append(contentsOf: String(scalar).utf8.map { CChar(bitPattern: $0) })
      }
    }
    return bytes + [0]
  }
}
