import Files
import Foundation
import TestSupport
import Testing

@testable import Checkpoints
@testable import Formats

/// Pickles that are damaged, hostile, or ask for more than data.
@Suite struct PickleRefusalTests {
  /// The sentence with which a pickle is refused as the object of a sequential file.
  private func refusal(_ pickle: [UInt8]) -> String {
    message {
      let file = MappedFile(bytes: pickle, path: "m.pt")
      var machine = PickleMachine(file, in: 0..<pickle.count)
      let value = try machine.run()
      var tree = PickleTree(machine)
      _ = try tree.value(value)
    }
  }

  private func refusal(_ text: String) -> String { refusal(Array(text.utf8)) }

  @Test(arguments: [
    ("cposix\nsystem\n(S'echo'\ntR.", "posix.system"),
    ("cbuiltins\neval\n(V1+1\ntR.", "builtins.eval"),
    ("c__builtin__\nexec\n(V1\ntR.", "__builtin__.exec"),
    ("cos\npopen\n(V1\ntR.", "os.popen"),
    ("csubprocess\nPopen\n.", "subprocess.Popen"),
    ("ctorch\nload\n.", "torch.load"),
    ("ctorch._utils\n_rebuild_tensor_v3\n.", "torch._utils._rebuild_tensor_v3"),
    ("cnumpy.core.multiarray\nfromfile\n.", "numpy.core.multiarray.fromfile"),
  ])
  func callsAreRefusedByTheirName(pickle: String, name: String) {
    #expect(
      refusal(pickle)
        == "cannot use m.pt: the file asks to call \(name); it is refused, because only data are read from a pickle")
  }

  @Test func callsOfProtocol4AreRefusedByTheirName() {
    let pickle: [UInt8] =
      [0x80, 4, 0x95, 0, 0, 0, 0, 0, 0, 0, 0, 0x8c, 5] + Array("posix".utf8) + [0x94, 0x8c, 6] + Array("system".utf8)
      + [0x94, 0x93, 0x94, 0x2e]
    #expect(refusal(pickle).contains("the file asks to call posix.system; it is refused"))
  }

  /// A whole file of either container, so that nothing before the object hides it.
  @Test func wholeFilesAreRefusedByTheName() throws {
    try withTemporaryFolder { folder in
      for container in [TorchFile.Container.sequential, .zip] {
        let path = folder + "/m.pt"
        try TorchWriter.write(.dictionary([("aaaaaaaa", .text("b"))]), container: container, to: path)
        var bytes = try bytes(at: path)
        let place = try #require(bytes.indices.first { bytes[$0...].starts(with: Array("X\u{8}\0\0\0aaaaaaaa".utf8)) })
        // As long as the string that it replaces.
        bytes.replaceSubrange(place..<place + 13, with: Array("cos\nsystem\n00".utf8))
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        #expect(message { _ = try ModelFile.read(path) }.contains("the file asks to call os.system; it is refused"))
      }
    }
  }

  @Test(arguments: [
    ("", "m.pt is cut short: it has 0 bytes and should have at least 1"),
    (".", "cannot use m.pt: its pickle is damaged: it takes more than it gave at byte 1"),
    ("N", "m.pt is cut short: it has 1 byte and should have at least 2"),
    ("Na.", "cannot use m.pt: its pickle is damaged: it takes more than it gave at byte 2"),
    ("NNa.", "cannot use m.pt: its pickle is damaged: it appends to what is no list at byte 3"),
    ("t.", "cannot use m.pt: its pickle is damaged: a container has no beginning at byte 1"),
    ("(Nd.", "cannot use m.pt: its pickle is damaged: a dictionary has a key without a value at byte 3"),
    ("}(Nu.", "cannot use m.pt: its pickle is damaged: a dictionary has a key without a value at byte 4"),
    ("NNR.", "cannot use m.pt: its pickle is damaged: it calls what is no name at byte 3"),
    ("NNb.", "cannot use m.pt: its pickle is damaged: it gives a state to what has none at byte 3"),
    ("h\u{1}.", "cannot use m.pt: its pickle is damaged: it refers to the unknown value 1 at byte 2"),
    ("i", "cannot use m.pt: its pickle is damaged: operation 105 is not one that data need at byte 0"),
    ("S'a\\n'\n.", "cannot use m.pt: its pickle is damaged: a quoted string is too long or has escapes at byte 1"),
    ("Ix\n.", "cannot use m.pt: its pickle is damaged: a number is missing or beyond 64 bits at byte 1"),
    ("X\u{7f}\u{7f}\u{7f}\u{7f}.", "m.pt is cut short: it has 6 bytes and should have at least 2139062148"),
  ])
  func damage(pickle: String, sentence: String) {
    #expect(refusal(pickle) == sentence)
  }

  /// Sizes are limited, so that few bytes cannot ask for much.
  @Test func limits() {
    let tooMany = "its pickle is damaged: it holds more containers or values than any model"
    #expect(refusal([UInt8](repeating: UInt8(ascii: "N"), count: 200_000)).contains(tooMany))
    #expect(refusal([UInt8](repeating: UInt8(ascii: "("), count: 200_000)).contains(tooMany))
    #expect(refusal([UInt8](repeating: UInt8(ascii: ")"), count: 90_000) + Array("0".utf8)).contains("cut short"))
    var lists: [UInt8] = []
    for _ in 0..<200_000 { lists += [UInt8(ascii: "]"), UInt8(ascii: "0")] }
    #expect(refusal(lists).contains(tooMany))
    let nested = [UInt8](repeating: UInt8(ascii: "]"), count: 100) + [UInt8](repeating: UInt8(ascii: "a"), count: 99)
    #expect(refusal(nested + Array(".".utf8)).contains("its pickle is nested too deeply or holds too many values"))
    // Each list holds the one before it twice: 2⁴⁰ values if they were written out.
    var doubling = Array("]q\0".utf8)
    for index in 0..<40 {
      doubling +=
        Array("](h".utf8) + [UInt8(index)] + Array("h".utf8) + [UInt8(index)] + Array("eq".utf8) + [UInt8(index + 1)]
    }
    #expect(refusal(doubling + Array(".".utf8)).contains("nested too deeply or holds too many values"))
    // A list that holds itself.
    #expect(refusal("]q\0h\0a.").contains("nested too deeply"))
  }

  @Test func plainValues() throws {
    func value(_ pickle: String) throws -> PythonValue {
      let bytes = Array(pickle.utf8)
      var machine = PickleMachine(MappedFile(bytes: bytes, path: "m"), in: 0..<bytes.count)
      let root = try machine.run()
      var tree = PickleTree(machine)
      return try tree.value(root)
    }
    #expect(try value("I-12\n.").integer == -12)
    #expect(try value("L12L\n.").integer == 12)
    #expect(try value("I01\n.").boolean == true)
    #expect(try value("F2.5\n.").number == 2.5)
    #expect(try value("S'abc'\n.").text == "abc")
    #expect(try value("Vabc\n.").text == "abc")
    #expect(try value("(lp0\nI1\nag0\n0.").elements?.count == 1)
    #expect(try value("(Va\nI1\nd.")["a"]?.integer == 1)
    #expect(try value("I5\n(NN1.").integer == 5)
  }
}
