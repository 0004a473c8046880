import Configuration
import Corpora
import Tensors

/// Everything a generation of text needs to know.
public struct GenerationConfiguration: RunConfiguration {
  /// The language model or classifier.
  public var load = "lang_model.safetensors"
  /// Text that is read before anything is written.
  public var text = ""
  /// How the text is cleaned; `none` feeds it as it is.
  public var cleaning = CleaningMethod.none
  /// Characters in all, or tokens with a SentencePiece model, those of the text included; −1 writes none.
  public var totalLength = 1000
  /// 0 takes the most probable character.
  public var temperature = 1.0
  /// Draws only from this many; 0 for all.
  public var topCount = 0
  /// Seeds the draws.
  public var seed: UInt64 = 0
  /// The neuron to watch or hold; `nil` for the strongest of the file's classifier.
  public var neuron: Int?
  /// Value that the neuron's hidden state is held at while text is written, times its polarity.
  public var heldValue: Double?
  /// Whether the neuron's sign is turned around.
  public var negates = false
  /// Whether the neuron's values are wanted.
  public var watchesNeuron = false
  /// The element type of weights and operands.
  public var precision = Precision.float32
  /// The matrix library.
  public var backend = MatrixBackendKind.automatic
  /// Threads; `nil` for one a processor.
  public var threads: Int?

  /// A generation with all defaults.
  public init() {}
}
