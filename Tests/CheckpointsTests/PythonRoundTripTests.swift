import Formats
import Foundation
import Optimization
import Tensors
import TestSupport
import Testing

@testable import Checkpoints

/// Files go to PyTorch and come back bit by bit; skipped where Python has no PyTorch.
@Suite(.enabled(if: Python.hasTorch, "python3, or the interpreter in SENTIMENT_PYTHON, has no PyTorch"))
struct PythonRoundTripTests {
  /// Loads every first file safely and saves it as the one behind it, in the container that its name asks for.
  private static let resave = """
    import sys, torch
    pairs = sys.argv[1:]
    for source, target in zip(pairs[::2], pairs[1::2]):
        value = torch.load(source, weights_only=True)
        torch.save(value, target, _use_new_zipfile_serialization=".zip." in target)
    print("done")
    """

  /// Compares the files of each pair: same containers, same plain values, same bits in every tensor.
  private static let compare = """
    import sys, torch
    def same(a, b, path):
        if isinstance(a, torch.Tensor):
            assert isinstance(b, torch.Tensor) and a.dtype == b.dtype and a.shape == b.shape, path
            x, y = a.detach().contiguous().reshape(-1), b.detach().contiguous().reshape(-1)
            assert torch.equal(x.view(torch.uint8), y.view(torch.uint8)), path
        elif isinstance(a, dict):
            assert type(a) is type(b) and list(a) == list(b), (path, list(a), list(b))
            for key in a: same(a[key], b[key], path + [key])
        elif isinstance(a, (list, tuple)):
            assert type(a) is type(b) and len(a) == len(b), path
            for index, (x, y) in enumerate(zip(a, b)): same(x, y, path + [index])
        else:
            assert type(a) is type(b) and a == b, (path, a, b)
    pairs = sys.argv[1:]
    for source, target in zip(pairs[::2], pairs[1::2]):
        same(torch.load(source, weights_only=True), torch.load(target, weights_only=True), [source])
    print("same")
    """

  /// From PyTorch to each of our layouts, to PyTorch again.
  @Test func fromPyTorchAndBack() throws {
    try withTemporaryFolder { folder in
      var pairs: [String] = []
      for name in ["types_zip", "types_sequential", "transformer", "optimizer"] {
        let source = "\(goldenFolder)/\(name).pt"
        let own = "\(folder)/\(name).safetensors"
        _ = try CheckpointConversion().run(from: source, to: own)
        for (layout, start) in [
          (CheckpointLayout.pyTorch, own), (.sequentialPyTorch, own), (.pyTorch, source), (.sequentialPyTorch, source),
        ] {
          let target = "\(folder)/\(pairs.count).pt"
          _ = try CheckpointConversion(layout: layout).run(from: start, to: target)
          pairs += [source, target]
        }
      }
      #expect(Python.run(Self.compare, pairs) == "same\n")
    }
  }

  /// Models of every kind and precision, through PyTorch in both containers.
  @Test func fromHereAndBack() throws {
    try withTemporaryFolder { folder in
      var sources: [String] = []
      for type in [StoredType.float32, .float16, .bfloat16] {
        for (name, model) in [
          ("plain", try smallModel(normalized: false)), ("normalized", try smallModel(layers: 2)),
          ("tied", try smallModel(.lstm, tied: true)), ("gru", try smallModel(.gru)),
        ] {
          for classes in 0...2 {
            let head = LinearClassifierSample.head(classes: classes, width: 5)
            let path = "\(folder)/\(name)\(classes).\(type).safetensors"
            let labels = (0..<classes).map { "label \($0)" }
            let contents = ModelContents(
              model, head: head, card: card(model, classifier: classes == 0 ? nil : classifier(labels: labels)),
              path: path)
            try ModelFile.write(contents.converted(to: type), layout: .safetensors, to: path)
            sources.append(path)
          }
        }
      }
      var pairs: [String] = []
      var checks: [(source: String, resaved: String)] = []
      for source in sources {
        for container in [CheckpointLayout.pyTorch, .sequentialPyTorch] {
          let exported = "\(source).\(container).pt"
          _ = try CheckpointConversion(layout: container).run(from: source, to: exported)
          for ending in ["zip", "sequential"] {
            let resaved = "\(exported).\(ending).pt"
            pairs += [exported, resaved]
            checks.append((source, resaved))
          }
        }
      }
      #expect(Python.run(Self.resave, pairs) == "done\n")
      for (source, resaved) in checks {
        let again = resaved + ".safetensors"
        _ = try CheckpointConversion().run(from: resaved, to: again)
        #expect(try sameTensors(source, again), "\(resaved)")
        let cards = try [source, again].map { try ModelFile.readCard($0) }
        #expect(cards[0] == cards[1])
      }
    }
  }

  /// A run's state goes to a dictionary that a PyTorch optimizer loads, and back.
  @Test func trainingStateAndBack() throws {
    try withTemporaryFolder { folder in
      let source = folder + "/optim.safetensors"
      let values = Tensor([1, -2, 0.5], shape: [3])
      try SafetensorsWriter.write(
        tensors: [
          ("w.first_moment", .float32(values)), ("w.second_moment", .float32(values)),
          ("b.first_moment", .float32(values)), ("b.second_moment", .float32(values)),
          ("state.0.hidden", .float32(values)),
        ], metadata: [OptimizerLayout.metadataKey: "{\"step\":7}"], to: source)
      let exported = folder + "/optim.pt"
      _ = try CheckpointConversion().run(from: source, to: exported)
      let program = """
        import sys, torch
        value = torch.load(sys.argv[1], weights_only=True)
        optimizer = torch.optim.Adam([torch.nn.Parameter(torch.zeros(3)) for _ in range(2)])
        optimizer.load_state_dict({key: value[key] for key in ("state", "param_groups")})
        assert int(optimizer.state_dict()["state"][1]["step"]) == 7
        assert optimizer.state_dict()["state"][0]["exp_avg"].tolist() == [1, -2, 0.5]
        torch.save(value, sys.argv[2])
        print("done")
        """
      let resaved = folder + "/again.pt"
      #expect(Python.run(program, [exported, resaved]) == "done\n")
      _ = try CheckpointConversion().run(from: resaved, to: folder + "/again.safetensors")
      #expect(try bytes(at: source) == bytes(at: folder + "/again.safetensors"))
    }
  }

  @Test(.enabled(if: Python.hasSafetensors, "Python has no safetensors package"))
  func safetensorsPackageReadsOurs() throws {
    try withTemporaryFolder { folder in
      let model = try smallModel()
      let path = folder + "/m.safetensors"
      try ModelFile.write(
        ModelContents(model, head: nil, card: card(model), path: path).converted(to: .bfloat16), layout: .safetensors,
        to: path)
      let program = """
        import sys, safetensors.torch
        value = safetensors.torch.load_file(sys.argv[1])
        print(sum(t.double().sum().item() for t in value.values()), len(value))
        """
      let words = try #require(Python.run(program, [path])).split(whereSeparator: \.isWhitespace)
      let tensors = try CheckpointFile(path: path).tensors
      let sum = try tensors.reduce(0) { $0 + (try TensorSums(of: $1.values)).sum }
      #expect(abs((Double(words[0]) ?? .nan) - sum) < 1e-9)
      #expect(Int(words[1]) == tensors.count)
    }
  }

  private func sameTensors(_ first: String, _ second: String) throws -> Bool {
    func contents(_ path: String) throws -> [String: [UInt8]] {
      var result: [String: [UInt8]] = [:]
      for tensor in try CheckpointFile(path: path).tensors {
        var bytes = Array("\(tensor.values.type)\(tensor.values.shape)".utf8)
        try tensor.values.forEachPiece { bytes += $0 }
        result[tensor.name] = bytes
      }
      return result
    }
    return try contents(first) == contents(second)
  }
}
