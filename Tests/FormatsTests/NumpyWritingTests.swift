import Tensors
import TestSupport
import Testing

@testable import Formats

@Suite struct NumpyWritingTests {
  @Test func theBytesAreThoseOfNumpy() throws {
    try withTemporaryFolder { folder in
      let tensor = Tensor([-0.5, -0.25, 0, 0.25, 0.5, 0.75], shape: [2, 3])
      try NumpyFile.write(float32: tensor, to: folder + "/a.npy")
      #expect(try bytes(at: folder + "/a.npy") == bytes(at: goldenFolder + "/float32.npy"))
      try NumpyFile.write(float32: tensor.values, shape: [2, 3], to: folder + "/a.npy")
      #expect(try bytes(at: folder + "/a.npy") == bytes(at: goldenFolder + "/float32.npy"))
      try NumpyFile.write(int64: [-7], shape: [], to: folder + "/a.npy")
      #expect(try bytes(at: folder + "/a.npy") == bytes(at: goldenFolder + "/int64_scalar.npy"))
      try NumpyFile.write(float32: [], shape: [0, 4], to: folder + "/a.npy")
      #expect(try bytes(at: folder + "/a.npy") == bytes(at: goldenFolder + "/empty.npy"))
    }
  }

  @Test func valuesComeBack() throws {
    try withTemporaryFolder { folder in
      try NumpyFile.write(float64: [1.0 / 3, .nan, -.infinity], shape: [3], to: folder + "/d.npy")
      let doubles = try NumpyFile.read(folder + "/d.npy")
      #expect(doubles.shape == [3])
      #expect(doubles.float64Values[0] == 1.0 / 3)
      #expect(doubles.float64Values[1].isNaN)
      #expect(doubles.float64Values[2] == -.infinity)
      try NumpyFile.write(int64: [.min, .max], shape: [2, 1], to: folder + "/i.npy")
      #expect(try NumpyFile.read(folder + "/i.npy").int64Values() == [.min, .max])
    }
  }

  /// Enough dimensions to need a header of more than one step of padding.
  @Test func longShapesKeepTheAlignment() throws {
    try withTemporaryFolder { folder in
      for rank in 0...64 {
        try NumpyFile.write(float32: [1], shape: [Int](repeating: 1, count: rank), to: folder + "/r.npy")
        #expect(try bytes(at: folder + "/r.npy").count % 64 == 4)
        #expect(try NumpyFile.read(folder + "/r.npy").shape.count == rank)
      }
    }
  }

  @Test func rowsAreCountedAtTheEnd() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/features.npy"
      try NumpyFile.write(float32RowsOf: 2, to: path) { rows in
        try rows.append([1, 2])
        try rows.append(Tensor([3, 4, 5, 6], shape: [2, 2]))
        try rows.append(Tensor([7, 8], shape: [2]))
        #expect(rows.rowCount == 4)
      }
      let array = try NumpyFile.read(path)
      #expect(array.shape == [4, 2])
      #expect(array.float32Values == [1, 2, 3, 4, 5, 6, 7, 8])
      #expect(try bytes(at: path).count % 64 == 32)
      try NumpyFile.write(float32RowsOf: 2, to: path) { _ in }
      #expect(try NumpyFile.read(path).shape == [0, 2])
    }
  }

  @Test func aShapeThatDoesNotFitIsRefused() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a.npy"
      #expect(
        message { try NumpyFile.write(int64: [1, 2], shape: [3], to: path) }
          == "cannot write \(path): 2 values do not make an array of shape [3]")
      #expect(
        message { try NumpyFile.write(int64: [1], shape: [Int](repeating: 1, count: 65), to: path) }
          == "cannot write \(path): an array has at most 64 dimensions, not 65")
      let left = try contents(of: folder)
      #expect(left.isEmpty)
    }
  }

  @Test(.enabled(if: Python.hasNumpy, "Python with numpy is not installed"))
  func numpyReadsWhatIsWritten() throws {
    try withTemporaryFolder { folder in
      try NumpyFile.write(float32: [1, -2.5], shape: [2, 1], to: folder + "/a.npy")
      try NumpyFile.write(float64: [0.1], shape: [], to: folder + "/b.npy")
      try NumpyFile.write(int64: [-3, 4], shape: [2], to: folder + "/c.npy")
      try NumpyFile.write(float32RowsOf: 3, to: folder + "/d.npy") { try $0.append([1, 2, 3]) }
      let program = """
        import sys, numpy
        for name in "abcd":
            a = numpy.load(sys.argv[1] + "/" + name + ".npy", allow_pickle=False)
            print(a.dtype, a.shape, a.tolist())
        """
      #expect(
        Python.run(program, [folder]) == """
          float32 (2, 1) [[1.0], [-2.5]]
          float64 () 0.1
          int64 (2,) [-3, 4]
          float32 (1, 3) [[1.0, 2.0, 3.0]]

          """)
    }
  }
}
