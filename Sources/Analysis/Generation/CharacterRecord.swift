import Corpora

/// Assembles bytes into characters, or into the text of tokens, and remembers the neuron's value after each.
struct CharacterRecord {
  private(set) var characters: [GeneratedText.Character] = []
  private let isByToken: Bool
  /// Whether the first byte, when it is a space, is not part of the text.
  private var dropsSpace: Bool
  private var assembler = UTF8Assembler()
  private var lastValue = 0.0

  init(isByToken: Bool, dropsSpace: Bool) {
    self.isByToken = isByToken
    self.dropsSpace = dropsSpace
  }

  mutating func append(_ bytes: [UInt8], value: Double) {
    lastValue = value
    let bytes = dropsSpace && bytes.first == UInt8(ascii: " ") ? bytes[1...] : bytes[...]
    dropsSpace = false
    let text = assembler.append(contentsOf: bytes)
    // A token of a text counts even when nothing of it shows yet.
    isByToken ? characters.append(GeneratedText.Character(text: text, value: value)) : add(text)
  }

  /// Ends a character whose last bytes never came.
  mutating func finish() { add(assembler.finish()) }

  private mutating func add(_ text: String) {
    for scalar in text.unicodeScalars {
      characters.append(GeneratedText.Character(text: String(scalar), value: lastValue))
    }
  }
}
