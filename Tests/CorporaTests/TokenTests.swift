import Corpora
import Foundation
import Testing

@Suite struct TokenTests {
  @Test func tokensAreBytesPlusOne() {
    let tokenizer = CharacterTokenizer()
    #expect(tokenizer.encode(text: "Hi é", cleaning: .processString) == [11, 33, 73, 106, 33, 102, 33])
    #expect(tokenizer.encode([0, 255]) == [1, 256])
    #expect(tokenizer.decode([1, 0, 256, 0, 257, -3]) == [0, 255])
    #expect(tokenizer.decode(tokenizer.encode(0...255)) == Array(0...255))
    #expect(CharacterTokenizer.vocabularySize == 257)
    #expect(tokenizer.paddingID == 0)
  }

  @Test func assemblesCharacters() {
    var assembler = UTF8Assembler()
    #expect("é你😀a".utf8.map { assembler.append($0) } == ["", "é", "", "", "你", "", "", "", "😀", "a"])
    #expect(assembler.append(0xF0) == "")
    #expect(assembler.append(0x9F) == "")
    #expect(assembler.append(0x41) == "\u{FFFD}A")
    #expect(assembler.append(0xE2) == "")
    #expect(assembler.finish() == "\u{FFFD}")
    #expect(assembler.finish() == "")
  }

  @Test func repairsAsOtherDecodersDo() throws {
    for example in try Golden.load().codec {
      var assembler = UTF8Assembler()
      #expect(assembler.append(contentsOf: example.bytes) + assembler.finish() == example.text, "\(example.bytes)")
    }
  }
}
