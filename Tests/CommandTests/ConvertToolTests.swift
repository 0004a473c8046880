import Foundation
import Testing

/// `sentiment-tools convert` and `inspect` on models that `pretrain` wrote.
@Suite struct ConvertToolTests {
  private func withModel(_ body: (CommandBench) throws -> Void) throws {
    try CommandBench.use { bench in
      try bench.write("sentence,label\n\"good, very good\",1\nbad and sad,0\nso good it is,1\nall bad,0\n", to: "t.csv")
      try bench.succeed(
        "pretrain --data t.csv --text-key sentence --nhid 4 --emsize 3 --batch-size 2 --seq-length 8 --train-iters 2 "
          + "--split 1. --save lm.safetensors --quiet")
      try body(bench)
    }
  }

  @Test func savingAndLoadingPyTorchFiles() throws {
    try withModel { bench in
      try bench.succeed("sentiment-tools convert lm.safetensors lm.pt")
      try bench.succeed("sentiment-tools convert lm.pt again.safetensors")
      #expect(try bench.data("lm.safetensors") == bench.data("again.safetensors"))
      // Both formats are the same model to every command.
      let texts = try ["lm.safetensors", "lm.pt"].map {
        try bench.succeed("generate --load \($0) --gen-length 20 --seed 3 --quiet --text a").output
      }
      #expect(texts[0] == texts[1])
      try bench.succeed(
        "pretrain --data t.csv --text-key sentence --load lm.pt --batch-size 2 --seq-length 8 --train-iters 1 --split 1. "
          + "--save more.pt --quiet")
      #expect(try bench.data("more.pt").starts(with: Array("PK".utf8)))
    }
  }

  @Test func halfPrecisionHalvesTheArrays() throws {
    try withModel { bench in
      let whole = try bench.succeed("sentiment-tools convert lm.safetensors copy.safetensors").output
      let half = try bench.succeed("sentiment-tools convert lm.safetensors half.safetensors --precision float16").output
      func bytes(_ line: String) -> Int { Int(line.split(separator: " ").dropLast().last ?? "") ?? 0 }
      #expect(bytes(whole) > 0 && bytes(whole) == 2 * bytes(half))
      try bench.succeed("generate --load half.safetensors --gen-length 5 --quiet --text a")
    }
  }

  @Test func publishedLayout() throws {
    try withModel { bench in
      try bench.succeed("sentiment-tools convert lm.safetensors arrays/")
      #expect(try FileManager.default.contentsOfDirectory(atPath: bench.path("arrays")).count == 15)
      let text = try bench.succeed("sentiment-tools inspect arrays").output
      #expect(text.hasPrefix("arrays: language model, openai\n"))
      #expect(text.contains("importedFrom         openai"))
      #expect(text.contains("15 arrays, "))
      try bench.succeed("generate --load arrays --gen-length 5 --quiet --text a")
    }
  }

  @Test func inspectionForPrograms() throws {
    try withModel { bench in
      let output = try bench.succeed("sentiment-tools inspect lm.safetensors --json").outputData
      let report = try #require(try JSONSerialization.jsonObject(with: output) as? [String: Any])
      #expect(report["format"] as? String == "safetensors")
      #expect(report["content"] as? String == "language model")
      let settings = try #require(report["configuration"] as? [String: Any])
      #expect(settings["formatVersion"] as? Int == 2)
      #expect(settings["hiddenSize"] as? Int == 4)
      let tensors = try #require(report["tensors"] as? [[String: Any]])
      #expect(tensors.count == 13)
      #expect(tensors[0]["name"] as? String == "encoder.encoder.weight")
      #expect(tensors[0]["shape"] as? [Int] == [257, 3])
      #expect((tensors[0]["absoluteSum"] as? Double ?? 0) > 0)
      let short = try bench.succeed("sentiment-tools inspect lm.safetensors --no-sums").output
      #expect(!short.contains("absolute sum"))
    }
  }

  @Test func targetsThatCannotBe() throws {
    try withModel { bench in
      try bench.succeed("sentiment-tools convert lm.safetensors arrays/")
      try FileManager.default.createSymbolicLink(atPath: bench.path("link.pt"), withDestinationPath: "lm.safetensors")
      try FileManager.default.linkItem(atPath: bench.path("lm.safetensors"), toPath: bench.path("hard.safetensors"))
      let before = try bench.snapshot()
      for (arguments, reason) in [
        ("lm.safetensors ./lm.safetensors --precision float16", "it is what is read"),
        ("lm.safetensors link.pt", "it is what is read"), ("lm.safetensors hard.safetensors", "it is what is read"),
        ("arrays arrays/ --layout folded", "it is what is read"),
        ("lm.safetensors lm.bin", "its ending names no format"), ("lm.safetensors other", "its ending names no format"),
        ("lm.safetensors out.pt --layout openai", "the layout openai is a folder of arrays"),
        ("lm.safetensors arrays/ --layout folded", "the folder holds arrays that are not part of the layout folded"),
        ("lm.safetensors /dev/stdout --layout pytorch", "everything written is read back"),
        ("lm.safetensors nowhere/x.pt", "the folder nowhere does not exist"),
      ] {
        let run = try bench.run("sentiment-tools convert \(arguments)")
        #expect(run.status == 1, "\(arguments)")
        #expect(run.errors.hasPrefix("Error: cannot write ") && run.errors.contains(": " + reason), "\(run.errors)")
        #expect(run.errors.split(separator: "\n").count == 1)
      }
      #expect(try bench.snapshot() == before)
      try bench.succeed("sentiment-tools convert lm.safetensors arrays/ --layout folded --force")
      #expect(try FileManager.default.contentsOfDirectory(atPath: bench.path("arrays")).count == 8)
      let ignored = try bench.succeed("sentiment-tools convert lm.safetensors x.pt --gate-order ifgo")
      #expect(ignored.errors.contains("--gate-order has no effect on lm.safetensors"))
    }
  }

  @Test func whatCannotBeConverted() throws {
    try CommandBench.use { bench in
      try bench.write("cos\nsystem\n.", to: "bad.pt")
      for command in ["inspect bad.pt", "convert bad.pt out.safetensors"] {
        let outcome = try bench.run("sentiment-tools \(command)")
        #expect(outcome.status == 1)
        #expect(outcome.errors.hasPrefix("Error: cannot use bad.pt: it is a text file"))
        #expect(!bench.exists("out.safetensors"))
      }
      let missing = try bench.run("sentiment-tools inspect none.pt")
      #expect(missing.errors == "Error: cannot read none.pt: there is no such file\n")
      #expect(try bench.run("sentiment-tools convert a b --precision float8").status == 64)
    }
  }
}
