import Files
import Formats
import Foundation
import TestSupport
import Testing

@testable import Checkpoints

@Suite struct TorchFileTests {
  /// The specification's file: 494 bytes that PyTorch reads as they are.
  static let referenceFile = """
    80028a0a6cfc9c46f9206aa850192e80024de9032e80027d710028581000000070726f746f636f6c5f76657273696f6e
    71014de903580d0000006c6974746c655f656e6469616e710288580a000000747970655f73697a657371037d71042858
    0500000073686f727471054b025803000000696e7471064b0458040000006c6f6e6771074b0475752e80027d71002858
    07000000656e636f646572710163636f6c6c656374696f6e730a4f726465726564446963740a71022952710328580600
    0000776569676874710463746f7263682e5f7574696c730a5f72656275696c645f74656e736f725f76320a7105282858
    0700000073746f72616765710663746f7263680a466c6f617453746f726167650a710758010000003071085803000000
    63707571094b064e74710a514b004b024b0386710b4b034b0186710c8968022952710d74710e52710f58040000006269
    6173711068052828680663746f7263680a48616c6653746f726167650a7111580100000031711268094b024e74711351
    4b004b028571144b01857115896802295271167471175271187558040000006974657271194d1027752e80025d710028
    58010000003071015801000000317102652e0600000000000000000000000000803f0000004000004040000080400000
    a0400200000000000000003c00c0
    """

  static let referenceBytes: [UInt8] = {
    let digits = Array(referenceFile.filter(\.isHexDigit))
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(String(digits[$0...$0 + 1]), radix: 16) ?? 0 }
  }()

  @Test func readsTheReferenceFile() throws {
    #expect(Self.referenceBytes.count == 494)
    let file = try CheckpointFile(MappedFile(bytes: Self.referenceBytes, path: "m.pt"))
    #expect(file.format == .sequentialPyTorch)
    #expect(file.tensors.map(\.name) == ["encoder.weight", "encoder.bias"])
    #expect(file.tensors.map(\.values.type) == [.float32, .float16])
    #expect(file.tensors.map(\.values.shape) == [[2, 3], [2]])
    #expect(file.tensors.map(\.values.tensor.values) == [[0, 1, 2, 3, 4, 5], [1, -2]])
    #expect(file.value?["iter"]?.integer == 10000)
  }

  @Test func writesTheReferenceFile() throws {
    try withTemporaryFolder { folder in
      let encoder = PythonValue.dictionary(
        [
          ("weight", .tensor(.init(.float32(.init([0, 1, 2, 3, 4, 5], shape: [2, 3]))))),
          ("bias", .tensor(.init(.float16(.init([1, -2], shape: [2]))))),
        ], ordered: true)
      let path = folder + "/m.pt"
      try TorchWriter.write(
        .dictionary([("encoder", encoder), ("iter", .integer(10000))]), container: .sequential, to: path)
      #expect(try bytes(at: path) == Self.referenceBytes)
    }
  }

  @Test(arguments: ["types_zip", "types_sequential"]) func everyTypeOfAPyTorchFile(name: String) throws {
    let file = try CheckpointFile(path: "\(goldenFolder)/\(name).pt")
    #expect(file.format == (name == "types_zip" ? .pyTorch : .sequentialPyTorch))
    let byName = Dictionary(uniqueKeysWithValues: file.tensors.map { ($0.name, $0.values) })
    func numbers(_ name: String) -> [Double] {
      guard case .stored(let tensor)? = byName[name] else { return [] }
      return tensor.doubles
    }
    func integers(_ name: String) -> [Int64]? {
      guard case .stored(let tensor)? = byName[name] else { return nil }
      return tensor.integers
    }
    #expect(byName["f32"]?.shape == [3, 4])
    #expect(numbers("f32") == (0..<12).map(Double.init))
    #expect(numbers("f64") == [1.0 / 3, -1e300])
    #expect(numbers("f16") == [1, 65504, 0x1p-24])
    #expect(numbers("bf16").prefix(2) == [1, -3])
    #expect(integers("i64") == [.min, .max])
    #expect(integers("i32") == [-1, 2_147_483_647])
    #expect(integers("i16") == [-32768, 7])
    #expect(integers("i8") == [-128, 127])
    #expect(integers("u8") == [0, 255])
    #expect(integers("bool") == [1, 0])
    #expect(byName["scalar"]?.shape == [])
    #expect(numbers("scalar") == [2.5])
    #expect(byName["empty"]?.shape == [0, 3])
    #expect(byName["transposed"]?.shape == [4, 3])
    #expect(numbers("transposed") == [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11])
    #expect(numbers("slice") == [2, 4, 6])
    #expect(numbers("shared.0") == [1.5, -2.5])
    #expect(numbers("shared.1") == [1.5, -2.5])
    #expect(numbers("parameter") == [4])
    let plain = try #require(file.value?["plain"]?.elements)
    #expect(plain[1].boolean == true)
    #expect(plain[3...7].compactMap(\.integer) == [0, -1, 300, 70000, -(1 << 40)])
    #expect(plain[8].number == 0.1)
    #expect(plain[9].number == .infinity)
    #expect(plain[10].text == "text")
    #expect(plain[13].members?.first?.key.integer == 3)
  }

  @Test(arguments: [TorchFile.Container.zip, .sequential]) func tensorsOverTheSameElementsShareThem(
    container: TorchFile.Container
  ) throws {
    try withTemporaryFolder { folder in
      let path = folder + "/m.pt"
      let values = try #require(CheckpointFile(path: goldenFolder + "/types_zip.pt").value)
      try TorchWriter.write(values, container: container, to: path)
      let leaves = try #require(try CheckpointFile(path: path).value).namedTensors
      let shared = leaves.filter { $0.name.hasPrefix("shared") }.map(\.leaf.storage)
      #expect(shared.count == 2 && shared[0] == shared[1])
    }
  }

  /// The length of a header may begin with the bytes of a pickle.
  @Test(arguments: [0x0280, 0x0380, 0x0480]) func safetensorsHeadersThatBeginLikeAPickle(length: Int) throws {
    let json = "{\"__metadata__\":{\"a\":\"b\"}}"
    let file = safetensors(json + String(repeating: " ", count: length - json.utf8.count))
    #expect(try CheckpointFile(file).format == .safetensors)
  }

  @Test func damagedContainers() throws {
    func refusal(_ bytes: [UInt8]) -> String {
      message { _ = try CheckpointFile(MappedFile(bytes: bytes, path: "m.pt")) }
    }
    let whole = Self.referenceBytes
    #expect(
      refusal(whole + [0])
        == "cannot use m.pt: it is not a PyTorch file: bytes are left over behind its last storage: 1")
    #expect(refusal(Array(whole.dropLast())).hasPrefix("m.pt is cut short: "))
    var wrong = whole
    wrong[5] ^= 1
    #expect(refusal(wrong) == "cannot use m.pt: it is not a PyTorch file: it does not begin with the mark of one")
    var larger = whole
    let place = try #require(whole.indices.first { whole[$0...].starts(with: [0x4b, 2, 0x4b, 3, 0x86]) })
    larger[place + 1] = 3
    #expect(
      refusal(larger)
        == "cannot use m.pt: a tensor of shape [3, 3] in it does not lie within its storage '0' of 24 bytes")
    let zip = try bytes(at: goldenFolder + "/types_zip.pt")
    #expect(
      refusal(Array(zip.dropLast(30)))
        == "cannot use m.pt: it is a damaged archive: its directory is missing, so it may be cut short")
  }
}
