/// A line of JSON Lines, looked at as strictly as the readers will.
public enum JSONLine {
  /// Why `line` is not one whole JSON object, as a clause without a full stop; nil when it is.
  ///
  /// - Parameter line: UTF-8 bytes without the line's end.
  public static func fault(in line: ArraySlice<UInt8>) -> String? {
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0D }
    return line.withUnsafeBufferPointer { bytes -> String? in
      guard let start = bytes.firstIndex(where: { !isBlank($0) }), bytes[start] == UInt8(ascii: "{") else {
        return "it is not a JSON object"
      }
      var parser = JSONParser(keys: [])
      do throws(JSONFault) {
        let end = try parser.parseObject(bytes, from: start)
        guard let rest = bytes[end...].firstIndex(where: { !isBlank($0) }) else { return nil }
        return "something follows the JSON object at byte \(rest + 1)"
      } catch {
        switch error {
        case .incomplete: return "its JSON object does not end"
        case .malformed(let offset, let expected):
          return "its JSON object is broken at byte \(offset + 1), where \(expected) is expected"
        }
      }
    }
  }
}
