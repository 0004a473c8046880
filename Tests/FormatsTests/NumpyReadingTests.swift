import Files
import TestSupport
import Testing

@testable import Formats

/// The files in `Golden` come from NumPy; see the script beside them.
@Suite struct NumpyReadingTests {
  private func golden(_ name: String) throws -> NumpyArray { try NumpyFile.read("\(goldenFolder)/\(name).npy") }

  @Test func float32() throws {
    let array = try golden("float32")
    #expect(array.elementType == .float32)
    #expect(array.shape == [2, 3])
    #expect(array.count == 6)
    #expect(array.float32Values == [-0.5, -0.25, 0, 0.25, 0.5, 0.75])
    #expect(array.tensor.shape == [2, 3])
    #expect(array.tensor.values == array.float32Values)
  }

  @Test func laterVersionsAndOtherFloats() throws {
    let doubles = try golden("float64_version2")
    #expect(doubles.elementType == .float64)
    #expect(doubles.shape == [2])
    #expect(doubles.float64Values == [1.0 / 3, -2])
    #expect(doubles.float32Values == [Float(1.0 / 3), -2])
    let halves = try golden("float16_version3")
    #expect(halves.float32Values == [1, 65504, 0x1p-24, .infinity])
    #expect(halves.float64Values == [1, 65504, 0x1p-24, .infinity])
  }

  @Test func integers() throws {
    let column = try golden("int32")
    #expect(column.shape == [2, 1])
    #expect(try column.int64Values() == [1, -2_147_483_648])
    #expect(column.float32Values == [1, -0x1p31])
    let scalar = try golden("int64_scalar")
    #expect(scalar.shape == [])
    #expect(try scalar.int64Values() == [-7])
    #expect(scalar.float64Values == [-7])
    #expect(try golden("uint8").int64Values() == [0, 255])
    #expect(try golden("bool").int64Values() == [1, 0])
    #expect(try golden("bool").elementType == .bool)
  }

  @Test func empty() throws {
    #expect(try golden("empty").shape == [0, 4])
    #expect(try golden("empty").float32Values == [])
  }

  @Test func floatsAreNoIntegers() {
    #expect(
      message { _ = try golden("float32").int64Values() }
        == "cannot use \(goldenFolder)/float32.npy: it holds float32 numbers where integers are needed")
  }

  @Test(arguments: [
    (
      "big_endian",
      "its elements are big-endian ('>f4'); save it again with array.astype('<f4')"
    ),
    (
      "fortran",
      "its elements are in Fortran (column by column) order; save it again with numpy.ascontiguousarray(array)"
    ),
    ("objects", "its elements are Python objects ('|O'); save it again with array.astype('<f4')"),
    ("records", "its elements are records of several fields; save each field as an array of its own"),
  ])
  func whatIsNotReadIsExplained(name: String, reason: String) {
    #expect(message { _ = try golden(name) } == "cannot use \(goldenFolder)/\(name).npy: \(reason)")
  }

  /// Padding to 16 is that of NumPy before 1.14, long integers those of Python 2.
  @Test(arguments: [
    "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }    \n",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2)}",
    "{\"shape\":(1L,2L),\"fortran_order\":False,\"descr\":\"<f4\"}\n",
    " { 'descr' : '<f4' , 'shape' : ( 1 , 2 , ) , 'fortran_order' : False , } ",
  ])
  func headersOfOtherWriters(header: String) throws {
    let array = try NumpyArray(npy(header, data: [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]))
    #expect(array.shape == [1, 2])
    #expect(array.float32Values == [1, -2])
  }

  @Test func refusals() {
    func reason(_ file: MappedFile) -> String { message { _ = try NumpyArray(file) } }
    func header(_ shape: String, _ descriptor: String = "|u1") -> String {
      "{'descr': '\(descriptor)', 'fortran_order': False, 'shape': \(shape), }\n"
    }
    let none = "cannot use a.npy: it is not an npy file: "
    #expect(
      reason(MappedFile(bytes: [], path: "a.npy")) == "a.npy is cut short: it has 0 bytes and should have at least 10")
    #expect(
      reason(MappedFile(bytes: Array("PK\u{3}\u{4}archive".utf8), path: "a.npy"))
        == none + "it does not begin with the mark of one")
    #expect(
      reason(MappedFile(bytes: NumpyHeader.magic + [4, 0, 0, 0, 0, 0], path: "a.npy"))
        == "cannot use a.npy: it has version 4.0 of the npy format; versions 1.0 to 3.0 are read")
    #expect(
      reason(MappedFile(bytes: NumpyHeader.magic + [2, 0, 255, 255, 255, 255], path: "a.npy"))
        == none + "its header would be 4294967295 bytes long, more than 65536")
    #expect(
      reason(MappedFile(bytes: NumpyHeader.magic + [2, 0, 1], path: "a.npy"))
        == "a.npy is cut short: it has 9 bytes and should have at least 10")
    #expect(
      reason(MappedFile(bytes: NumpyHeader.magic + [1, 0, 118, 0], path: "a.npy"))
        == "a.npy is cut short: it has 10 bytes and should have at least 128")
    #expect(reason(npy(header("(2,)"), data: [1])).hasPrefix("a.npy is cut short: "))
    #expect(reason(npy(header("(2,)"), data: [1, 2, 3])) == none + "bytes are left over behind its last element: 1")
    #expect(reason(npy(header("()"), data: [])).hasPrefix("a.npy is cut short: "))
    #expect(
      reason(npy(header("(4294967296, 4294967296)"))) == none + "the shape [4294967296, 4294967296] is too large")
    #expect(
      reason(npy(header("(9223372036854775807, 2, 0)")))
        == none + "the shape [9223372036854775807, 2, 0] is too large")
    #expect(reason(npy(header("(9223372036854775807,)"))).hasSuffix("should have at least 9223372036854775807"))
    #expect(reason(npy(header("(9223372036854775808,)"))).contains("a number is too large at byte "))
    #expect(reason(npy(header("(-1,)"))).contains("a whole number of at least 0 is missing at byte "))
    #expect(reason(npy(header("(2)"), data: [1, 2])).contains("its shape is a number, not a tuple at byte "))
    #expect(reason(npy(header("(\(String(repeating: "1,", count: 65)))"))).contains("too many dimensions at byte "))
    #expect(
      reason(npy(header("()", "<c8")))
        == "cannot use a.npy: its element type '<c8' is none of <f8, <f4, <f2, <i8, <i4, <i2, |i1, |u1, |b1")
    #expect(reason(npy("{'descr': '|u1', 'shape': ()}", data: [1])).contains("lacks descr, fortran_order or shape"))
    #expect(reason(npy("{'descr': '|u1', 'descr': '|u1'}")).contains("the key 'descr' occurs twice"))
    #expect(reason(npy("{'descr': '|u1', 'kind': 1}")).contains("its header has the unknown key 'kind'"))
    #expect(reason(npy("{'fortran_order': 1}")).contains("True or False is missing"))
    #expect(reason(npy("{'fortran_order': ")).contains("True or False is missing"))
    #expect(reason(npy("{'descr': 'abc")).contains("a string has no end"))
    #expect(reason(npy(header("()") + "x", data: [1])).contains("something follows the closing brace"))
  }
}
