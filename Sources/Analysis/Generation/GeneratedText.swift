/// Text that was read and written, with the neuron's value after each character.
public struct GeneratedText: Sendable {
  /// One character of the text, or what one token of a SentencePiece model stands for.
  public struct Character: Sendable {
    /// The character; ill-formed bytes are U+FFFD.
    public var text: String
    /// Cell state of the neuron after its last byte or token, times polarity; 0 when no neuron is watched.
    public var value: Double
  }

  /// All characters, the given text first.
  public var characters: [Character]
  /// How many of them were given.
  public var givenCount: Int
  /// The watched neuron.
  public var neuron: Int?
  /// +1 when a high value means positive sentiment, else −1.
  public var polarity: Double
  /// Bytes written.
  public var bytesGenerated: Int
  /// Seconds of writing.
  public var seconds: Double

  /// The whole text.
  public var text: String { characters.map(\.text).joined() }
}
