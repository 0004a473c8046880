import Foundation

/// Mean loss of tokens in nats, and the same in bits for each character (byte of text) that they stand for.
struct TokenLoss: Codable {
  private var losses = WeightedMean()
  private var characters = 0

  /// The mean in nats a token; 0 while there is none.
  var value: Double { losses.value }

  /// Tokens.
  var count: Double { losses.weight }

  /// The mean in bits a character.
  var bitsPerCharacter: Double { Self.bits(value, tokens: losses.weight, characters: characters) }

  /// Whether the count can be that of a run.
  var isSound: Bool { (0...TrainerPlace.greatestStep).contains(characters) }

  mutating func add(_ loss: Double, tokens: Double, characters: Int) {
    losses.add(loss, weight: tokens)
    self.characters += characters
  }

  /// A mean loss in nats a token as bits a character.
  static func bits(_ loss: Double, tokens: Double, characters: Int) -> Double {
    loss / log(2) * (tokens / Double(max(characters, 1)))
  }
}
