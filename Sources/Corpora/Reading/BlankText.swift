/// The one notion of a text without content: nothing but white space of any script, or nothing at all.
enum BlankText {
  static func isBlank(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = bytes.first(where: { !($0 == 0x20 || (0x09...0x0D).contains($0)) }) else { return true }
    guard first >= 0x80 else { return false }
    return String(decoding: bytes, as: UTF8.self).unicodeScalars.allSatisfy {
      $0.properties.isWhitespace || $0 == "\u{FEFF}" || $0 == "\u{200B}"
    }
  }
}
