import Tensors
import TestSupport
import Testing

@testable import Formats

/// `Golden/all_types.safetensors` comes from the Python package; see the script beside it.
@Suite struct SafetensorsReadingTests {
  let file: SafetensorsFile

  init() throws {
    file = try SafetensorsFile(path: goldenFolder + "/all_types.safetensors")
  }

  @Test func metadataIsUnescaped() {
    #expect(
      file.metadata == [
        "format": "pt", "note": "quote \" backslash \\ line\nend, tab\t, bell \u{7}, emoji 😀",
      ])
  }

  @Test func namesComeInTheOrderOfTheBytes() {
    #expect(
      file.names == [
        "int64", "double", "empty", "scalar", "weights/0", "ключ \"1\"\\", "int32", "brain", "half", "int16", "int8",
        "uint8", "bool",
      ])
    #expect(file.contains("half"))
    #expect(!file.contains("Half"))
  }

  @Test func entriesSayTypeShapeAndPlace() throws {
    let half = try file.entry(named: "half")
    #expect(half.type == .float16)
    #expect(half.shape == [2, 5])
    #expect(half.bytes.count == 20)
    #expect(half.count == 10)
    #expect(try file.entry(named: "scalar").shape == [])
    #expect(try file.entry(named: "bool").bytes.upperBound == bytes(at: file.path).count)
  }

  @Test func floatingPointTypesBecomeFloat32() throws {
    #expect(try file.tensor(named: "weights/0").values == [-0.5, -0.25, 0, 0.25, 0.5, 0.75])
    #expect(try file.tensor(named: "weights/0").shape == [2, 3])
    #expect(try file.tensor(named: "double").values == [Float(1.0 / 3), -.infinity, 0])
    let half = try file.tensor(named: "half")
    #expect(half.shape == [2, 5])
    #expect(
      half.values == [0, 0, 0x1p-24, 1023 * 0x1p-24, 0x1p-14, 1, -2, 65504, .infinity, -.infinity])
    #expect(half.values[1].sign == .minus)
    #expect(try file.tensor(named: "brain").values == [0, 1, -2, .infinity, 0x1p-133, 1.0078125])
    #expect(try file.tensor(named: "scalar").values == [2.5])
    #expect(try file.tensor(named: "empty").values == [])
    #expect(try file.tensor(named: "empty").shape == [0, 3])
  }

  @Test func integerTypesBecomeInt64() throws {
    #expect(try file.int64Values(named: "int64") == [.min, .max])
    #expect(try file.int64Values(named: "int32") == [-2_147_483_648, 2_147_483_647])
    #expect(try file.int64Values(named: "int16") == [-32768, 32767])
    #expect(try file.int64Values(named: "int8") == [-128, 127, 3])
    #expect(try file.int64Values(named: "uint8") == [0, 255, 7])
    #expect(try file.int64Values(named: "bool") == [1, 0, 1])
  }

  @Test func bytesAreThere() throws {
    #expect(try file.withBytes(named: "int8") { Array($0) } == [0x80, 0x7f, 3])
  }

  @Test func theWrongTypeIsNamed() {
    #expect(
      message { _ = try file.tensor(named: "int16") }
        == "tensor 'int16' in \(file.path) holds int16 and should hold floating-point numbers")
    #expect(
      message { _ = try file.int64Values(named: "half") }
        == "tensor 'half' in \(file.path) holds float16 and should hold integers")
  }

  @Test func theWrongShapeIsNamed() throws {
    #expect(try file.tensor(named: "half", shape: [2, 5]).count == 10)
    #expect(
      message { _ = try file.tensor(named: "half", shape: [10]) }
        == "tensor 'half' in \(file.path) has shape [2, 5] and should have [10]")
  }

  @Test func aMissingNameListsThoseThereAre() {
    #expect(
      message { _ = try file.tensor(named: "w") }
        == "\(file.path) has no tensor 'w'; it has 'int64', 'double', 'empty', 'scalar', 'weights/0', "
        + "'ключ \"1\"\\', 'int32', 'brain' and 5 more")
  }

  @Test func tensorsOutliveTheFile() throws {
    let tensor = try SafetensorsFile(path: goldenFolder + "/all_types.safetensors").tensor(named: "weights/0")
    #expect(tensor.values.last == 0.75)
  }

  /// Old writers did not pad the header, so that tensors start at odd addresses.
  @Test(arguments: 0..<8) func unalignedDataIsRead(padding: Int) throws {
    let header =
      #"{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"h":{"dtype":"F16","shape":[1],"data_offsets":[8,10]}}"#
    let data: [UInt8] = [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 0, 0x3c]
    let file = try SafetensorsFile(safetensors(header + String(repeating: " ", count: padding), data: data))
    #expect(try file.tensor(named: "w").values == [1, -2])
    #expect(try file.tensor(named: "h").values == [1])
  }

  @Test func anEmptyFileOfTensorsIsRead() throws {
    let file = try SafetensorsFile(safetensors("{}"))
    #expect(file.names.isEmpty && file.metadata.isEmpty)
  }

  @Test func headerMayHoldSpaceAndEscapes() throws {
    let header = """
      { "\\u0077\\ud83d\\ude00\\/" : { "shape" : [ 1 , 1 ] , "data_offsets" : [ 0 , 1 ] , "dtype" : "U8" } }\n
      """
    let file = try SafetensorsFile(safetensors(header, data: [5]))
    #expect(file.names == ["w😀/"])
    #expect(try file.int64Values(named: "w😀/") == [5])
  }
}
