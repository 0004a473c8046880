import Files
import TestSupport
import Testing

@testable import Formats

@Suite struct SafetensorsRefusalTests {
  private func refusal(_ file: MappedFile) -> String { message { _ = try SafetensorsFile(file) } }

  /// The reason for which a header before `data` is refused.
  private func reason(_ header: String, data: [UInt8] = []) -> String {
    let prefix = "cannot use m.safetensors: it is not a safetensors file: "
    let text = refusal(safetensors(header, data: data))
    return text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : text
  }

  private func tensor(_ type: String = "U8", _ shape: String = "[2]", _ offsets: String = "[0,2]") -> String {
    "{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":\(offsets)}"
  }

  @Test func filesThatAreNone() throws {
    #expect(message { _ = try SafetensorsFile(path: "/none/m.st") } == "cannot read /none/m.st: there is no such file")
    #expect(message { _ = try SafetensorsFile(path: "/proc") } == "cannot read /proc: it is a folder")
    #expect(message { _ = try SafetensorsFile(path: "/dev/zero") } == "cannot read /dev/zero: it is not a regular file")
    try withTemporaryFolder { folder in
      try AtomicFile.write(.init(), to: folder + "/empty")
      #expect(
        message { _ = try SafetensorsFile(path: folder + "/empty") }
          == "\(folder)/empty is cut short: it has 0 bytes and should have at least 8")
    }
  }

  @Test func lengths() {
    #expect(
      refusal(MappedFile(bytes: [1, 2, 3], path: "m.safetensors"))
        == "m.safetensors is cut short: it has 3 bytes and should have at least 8")
    #expect(
      refusal(MappedFile(bytes: [9, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x7d], path: "m.safetensors"))
        == "m.safetensors is cut short: it has 10 bytes and should have at least 17")
    #expect(
      refusal(MappedFile(bytes: [UInt8](repeating: 0xff, count: 20), path: "m.safetensors"))
        == "cannot use m.safetensors: it is not a safetensors file: its header would be 18446744073709551615 bytes "
        + "long, more than 100000000")
  }

  @Test func otherFormats() {
    #expect(reason("") == "its header does not begin with a brace at byte 8")
    #expect(reason("[]") == "its header does not begin with a brace at byte 8")
    #expect(reason(" {}") == "its header does not begin with a brace at byte 8")
    #expect(reason("{}x") == "something follows the closing brace of its header at byte 10")
  }

  @Test func syntax() {
    #expect(reason("{") == "a '\"' is missing at byte 9")
    #expect(reason("{\"a\"}") == "a ':' is missing at byte 12")
    #expect(reason("{\"a\":3}") == "a '{' is missing at byte 13")
    #expect(reason("{\"a\":{}}").hasPrefix("tensor 'a' lacks its dtype, its shape or one of its two data_offsets"))
    #expect(reason("{\"a\":\(tensor()),}", data: [1, 2]).hasPrefix("a '\"' is missing"))
    #expect(reason("{\"a\":\(tensor("U8", "[[2]]"))}", data: [1, 2]).hasPrefix("a whole number of at least 0 is"))
    #expect(reason("{\"a\":\(tensor("U8", "[-2]"))}", data: [1, 2]).hasPrefix("a whole number of at least 0 is"))
    #expect(reason("{\"a\":\(tensor("U8", "[2.0]"))}", data: [1, 2]).hasPrefix("a ']' is missing"))
    #expect(reason("{\"a\":\(tensor("U8", "[02]"))}", data: [1, 2]).hasPrefix("a number has a leading zero"))
    #expect(reason("{\"a\":\(tensor("U8", "[9223372036854775808]"))}").hasPrefix("a number is too large"))
    #expect(reason("{\"a\":\(tensor("U8", "[2]", "[0,1,2]"))}").hasPrefix("a list has more than 2 numbers"))
    #expect(reason("{\"a\":\(tensor("U8", "[2]", "[0]"))}").hasPrefix("tensor 'a' lacks its dtype"))
    #expect(reason("{\"__metadata__\":{\"k\":1}}").hasPrefix("a '\"' is missing"))
    #expect(reason("{\"__metadata__\":{\"k\":{}}}").hasPrefix("a '\"' is missing"))
    let deep = String(repeating: "{\"a\":", count: 100_000)
    #expect(reason(deep) == "tensor 'a' has the unknown or repeated key 'a' at byte 18")
    let flat = "[" + String(repeating: "1,", count: 64) + "1]"
    #expect(reason("{\"a\":\(tensor("U8", flat))}").hasPrefix("a list has more than 64 numbers"))
  }

  @Test func strings() {
    #expect(reason("{\"a").hasPrefix("a string has no end"))
    #expect(reason("{\"\\").hasPrefix("a string has no end"))
    #expect(reason("{\"a\nb\":1}").hasPrefix("a string contains a control character"))
    #expect(reason("{\"\\x\":1}").hasPrefix("a string contains an unknown escape"))
    #expect(reason("{\"\\u12g4\":1}").hasPrefix("a string contains an unknown escape"))
    #expect(reason("{\"\\u12").hasPrefix("a string contains an unknown escape"))
    #expect(reason("{\"\\ud800\":1}").hasPrefix("a string contains half of a surrogate pair"))
    #expect(reason("{\"\\ud800\\u0041\":1}").hasPrefix("a string contains half of a surrogate pair"))
    #expect(reason("{\"\\udc00\":1}").hasPrefix("a string contains half of a surrogate pair"))
    let notText = MappedFile(
      bytes: [6, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d], path: "m.safetensors")
    #expect(refusal(notText).hasSuffix("a string is not valid UTF-8 at byte 10"))
  }

  @Test func repeatedKeys() {
    #expect(
      reason("{\"a\":\(tensor()),\"a\":\(tensor("U8", "[0]", "[2,2]"))}", data: [1, 2])
        .hasPrefix("the name 'a' occurs twice"))
    #expect(reason("{\"__metadata__\":{},\"__metadata__\":{}}").hasPrefix("the name '__metadata__' occurs twice"))
    #expect(
      reason("{\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}}").hasPrefix("the metadata key 'k' occurs twice"))
    #expect(
      reason("{\"a\":{\"dtype\":\"U8\",\"dtype\":\"U8\"}}").hasPrefix(
        "tensor 'a' has the unknown or repeated key 'dtype'"))
  }

  @Test func typesAndSizes() {
    #expect(
      reason("{\"a\":\(tensor("F4"))}", data: [1, 2])
        == "cannot use m.safetensors: tensor 'a' has the element type 'F4', which is none of F64, F32, F16, BF16, "
        + "I64, I32, I16, I8, U8, BOOL")
    #expect(reason("{\"a\":\(tensor("F16"))}", data: [1, 2]) == "tensor 'a' of shape [2] and type F16 has 2 bytes")
    #expect(
      reason("{\"a\":\(tensor("U8", "[4294967296,4294967296]", "[0,0]"))}")
        == "tensor 'a' of shape [4294967296, 4294967296] and type U8 has 0 bytes")
    #expect(
      reason("{\"a\":\(tensor("U8", "[9223372036854775807,9223372036854775807,0]", "[0,0]"))}")
        .hasSuffix("and type U8 has 0 bytes"))
    #expect(
      reason("{\"a\":\(tensor("I64", "[1152921504606846976]", "[0,0]"))}").hasSuffix("and type I64 has 0 bytes"))
  }

  @Test func offsets() {
    #expect(
      reason("{\"a\":\(tensor("U8", "[2]", "[2,0]"))}", data: [1, 2])
        == "tensor 'a' ends at 0, before its start at 2")
    #expect(
      reason("{\"a\":\(tensor("U8", "[2]", "[1,3]"))}", data: [1, 2, 3])
        == "tensor 'a' leaves a gap before it: it starts at 1, not 0")
    #expect(
      reason("{\"a\":\(tensor()),\"b\":\(tensor("U8", "[2]", "[1,3]"))}", data: [1, 2, 3])
        == "tensor 'b' overlaps the one before it: it starts at 1, not 2")
    #expect(
      reason("{\"a\":\(tensor()),\"b\":\(tensor("U8", "[2]", "[0,2]"))}", data: [1, 2])
        == "tensor 'b' overlaps the one before it: it starts at 0, not 2")
    #expect(reason("{\"a\":\(tensor())}", data: [1, 2, 3]) == "bytes are left over behind its last tensor: 1")
    #expect(
      reason("{\"a\":\(tensor())}", data: [1])
        == "m.safetensors is cut short: it has 62 bytes and should have at least 63")
    let huge = "9223372036854775807"
    #expect(
      reason("{\"a\":\(tensor("U8", "[\(huge)]", "[0,\(huge)]"))}")
        .hasSuffix("should have at least \(huge)"))
  }

  @Test func namesCannotReachTheTerminal() {
    let text = reason("{\"\\u001b[2J\\u202e\":\(tensor())}", data: [1])
    #expect(text.hasPrefix("m.safetensors is cut short"))
    let gap = reason("{\"\\u001b[2J\\u202e\":\(tensor("U8", "[1]", "[1,2]"))}", data: [1, 2])
    #expect(gap == "tensor '\\u{1B}[2J\\u{202E}' leaves a gap before it: it starts at 1, not 0")
  }
}
