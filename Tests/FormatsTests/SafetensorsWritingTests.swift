import Tensors
import TestSupport
import Testing

@testable import Formats

@Suite struct SafetensorsWritingTests {
  @Test func theBytesAreThoseOfTheFormat() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/m.safetensors"
      try SafetensorsWriter.write(
        tensors: [
          ("b", .float32(Tensor([1, -2], shape: [1, 2]))),
          ("a", .float16(Tensor([0.5], shape: []))),
          ("c\"\\\u{1}", .uint8([7, 8], shape: [2])),
        ], metadata: ["z": "1", "a": "line\n"], to: path)
      let header =
        #"{"__metadata__":{"a":"line\n","z":"1"},"b":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"#
        + #""a":{"dtype":"F16","shape":[],"data_offsets":[8,10]},"#
        + #""c\"\\\u0001":{"dtype":"U8","shape":[2],"data_offsets":[10,12]}}"#
      let length = (header.utf8.count + 7) / 8 * 8
      var expected: [UInt8] = [UInt8(length), 0, 0, 0, 0, 0, 0, 0] + Array(header.utf8)
      expected += [UInt8](repeating: 0x20, count: length - header.utf8.count)
      expected += [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 0, 0x38, 7, 8]
      #expect(try bytes(at: path) == expected)
    }
  }

  @Test func everyPayloadComesBack() throws {
    try withTemporaryFolder { folder in
      var generator = SeededGenerator(seed: 3)
      // More than the writer converts in one piece.
      let values = (0..<70_001).map { _ in Float.random(in: -70_000...70_000, using: &generator) }
      let tensor = Tensor(values, shape: [values.count])
      try SafetensorsWriter.write(
        tensors: [
          ("f", .float32(tensor)), ("h", .float16(tensor)), ("b", .bfloat16(tensor)),
          ("i", .int64([.min, -1, .max], shape: [3, 1])), ("u", .uint8([], shape: [0])),
        ], metadata: ["ключ": "значение 😀\u{7f}\u{0}"], to: folder + "/m")
      let file = try SafetensorsFile(path: folder + "/m")
      #expect(file.names == ["f", "h", "b", "i", "u"])
      #expect(file.metadata == ["ключ": "значение 😀\u{7f}\u{0}"])
      #expect(try file.tensor(named: "f").values == values)
      #expect(try file.tensor(named: "h").values == values.map { Float(Float16($0)) })
      #expect(
        try file.tensor(named: "b").values
          == values.map { HalfPrecision.float(fromBFloat16: HalfPrecision.bfloat16($0)) })
      #expect(try file.int64Values(named: "i") == [.min, -1, .max])
      #expect(try file.entry(named: "i").shape == [3, 1])
      #expect(try file.int64Values(named: "u") == [])
      #expect(try file.entry(named: "f").bytes.lowerBound % 8 == 0)
    }
  }

  @Test func viewsAreWrittenAsTheyLook() throws {
    try withTemporaryFolder { folder in
      let view = Tensor([1, 2, 3, 4, 5, 6], shape: [3, 2]).rows(1, count: 1)
      try SafetensorsWriter.write(tensors: [("v", .float32(view))], to: folder + "/m")
      let file = try SafetensorsFile(path: folder + "/m")
      #expect(try file.tensor(named: "v").values == [3, 4])
      #expect(try file.tensor(named: "v").shape == [1, 2])
    }
  }

  @Test func aFileWithoutTensorsIsWritten() throws {
    try withTemporaryFolder { folder in
      try SafetensorsWriter.write(tensors: [], to: folder + "/m")
      #expect(try SafetensorsFile(path: folder + "/m").names == [])
    }
  }

  @Test func impossibleTensorsAreRefusedAndTheOldFileStays() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/m"
      let one = TensorPayload.uint8([1], shape: [1])
      try SafetensorsWriter.write(tensors: [("old", one)], to: path)
      let cases: [([(name: String, values: TensorPayload)], String)] = [
        ([("a", one), ("a", one)], "the tensor name 'a' is used twice or reserved"),
        ([("__metadata__", one)], "the tensor name '__metadata__' is used twice or reserved"),
        ([("a", .uint8([1], shape: [2]))], "tensor 'a' has 1 values for shape [2]"),
        ([("a", .int64([1], shape: [-1, -1]))], "tensor 'a' has 1 values for shape [-1, -1]"),
        (
          [("a", .uint8([1], shape: [Int](repeating: 1, count: 65)))],
          "tensor 'a' has more than 64 dimensions"
        ),
      ]
      for (tensors, reason) in cases {
        #expect(
          message { try SafetensorsWriter.write(tensors: tensors, to: path) }
            == "cannot write \(path): \(reason); the previous file is unchanged")
      }
      #expect(try SafetensorsFile(path: path).names == ["old"])
      #expect(try contents(of: folder) == ["m"])
    }
  }

  @Test(.enabled(if: Python.hasSafetensors, "Python with numpy and safetensors is not installed"))
  func pythonReadsWhatIsWritten() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/m.safetensors"
      let tensor = Tensor([1, -0.5, 65504, 0x1p-24, 3.140625, 1e-3], shape: [2, 3])
      try SafetensorsWriter.write(
        tensors: [
          ("f", .float32(tensor)), ("h", .float16(tensor)), ("i", .int64([-5, 6], shape: [2])),
          ("u \"\\\n😀", .uint8([1, 2, 255], shape: [3, 1])), ("s", .float32(Tensor([2.5], shape: []))),
          ("e", .float32(Tensor([], shape: [0, 3]))),
        ], metadata: ["note": "a \"b\"\n\u{1}😀"], to: path)
      let program = """
        import sys
        from safetensors import safe_open
        with safe_open(sys.argv[1], framework="np") as f:
            for name in f.keys():
                t = f.get_tensor(name)
                print(repr(name), t.dtype, t.shape, [float(x).hex() for x in t.reshape(-1)])
            print(repr(f.metadata()))
        """
      let values = "['0x1.0000000000000p+0', '-0x1.0000000000000p-1', '0x1.ffc0000000000p+15', "
      let lines = try #require(Python.run(program, [path])).split(separator: "\n").map(String.init).sorted()
      let expected = [
        "'f' float32 (2, 3) \(values)'0x1.0000000000000p-24', '0x1.9200000000000p+1', '0x1.0624de0000000p-10']",
        "'h' float16 (2, 3) \(values)'0x1.0000000000000p-24', '0x1.9200000000000p+1', '0x1.0640000000000p-10']",
        "'i' int64 (2,) ['-0x1.4000000000000p+2', '0x1.8000000000000p+2']",
        "'u \"\\\\\\n😀' uint8 (3, 1) ['0x1.0000000000000p+0', '0x1.0000000000000p+1', '0x1.fe00000000000p+7']",
        "'s' float32 () ['0x1.4000000000000p+1']",
        "'e' float32 (0, 3) []",
        "{'note': 'a \"b\"\\n\\x01😀'}",
      ]
      #expect(lines == expected.sorted())
    }
  }

  /// NumPy has no bfloat16, so that the package is asked for the bytes.
  @Test(.enabled(if: Python.hasSafetensors, "Python with numpy and safetensors is not installed"))
  func pythonReadsBFloat16() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/m.safetensors"
      try SafetensorsWriter.write(tensors: [("b", .bfloat16(Tensor([1, -2, 3.1], shape: [3])))], to: path)
      let program = """
        import sys, safetensors
        for name, t in safetensors.deserialize(open(sys.argv[1], "rb").read()):
            print(name, t["dtype"], list(t["shape"]), bytes(t["data"]).hex())
        """
      #expect(Python.run(program, [path]) == "b BF16 [3] 803f00c04640\n")
    }
  }
}
