import Tensors

/// The gradients of what a sequence read at every step, on their way to where it came from.
///
/// Table rows take theirs segment by segment; contributions computed for each step take those of all steps at the end.
final class InputGradients {
  private let input: SequenceInput
  private let rows: Int
  private let type: ElementType
  private let gateWidth: Int
  private let multiplierWidth: Int?
  private var segmentGates: Tensor?
  private var segmentMultiplier: Tensor?
  private var allGates: Tensor?
  private var allMultiplier: Tensor?

  init(_ input: SequenceInput, cell: any RecurrentCell, steps: Int, rows: Int, type: ElementType) {
    self.input = input
    self.rows = rows
    self.type = type
    gateWidth = input.gates.value.columns
    multiplierWidth = input.multiplier?.value.columns
    // Nothing is gathered for an input that is frozen all the way down.
    func gathered(_ variable: Variable) -> Tensor? {
      guard input.tokens == nil, variable.requiresGradient else { return nil }
      return Tensor(uninitialized: [steps * rows, variable.value.columns], elementType: type)
    }
    allGates = gathered(input.gates)
    allMultiplier = input.multiplier.flatMap(gathered)
  }

  /// Where the gradient of a segment's gate contributions is written, `[S·B, G·H]`.
  func gates(_ segment: Range<Int>) -> Tensor {
    let target = place(segment, width: gateWidth, in: allGates)
    segmentGates = target
    return target
  }

  /// Where the gradient of a segment's factors of the multiplicative state is written, `[S·B, H]`.
  func multiplier(_ segment: Range<Int>) -> Tensor? {
    segmentMultiplier = multiplierWidth.map { place(segment, width: $0, in: allMultiplier) }
    return segmentMultiplier
  }

  private func place(_ segment: Range<Int>, width: Int, in all: Tensor?) -> Tensor {
    all?.rows(segment.lowerBound * rows, count: segment.count * rows)
      ?? Tensor(uninitialized: [segment.count * rows, width], elementType: type)
  }

  /// Takes over what was written for a segment.
  func add(_ segment: Range<Int>) {
    defer { (segmentGates, segmentMultiplier) = (nil, nil) }
    guard let tokens = input.tokens else { return }
    let index = Array(tokens[segment.lowerBound * rows..<segment.upperBound * rows])
    if let segmentGates { addRowGradients(segmentGates, index: index, to: input.gates) }
    if let segmentMultiplier, let multiplier = input.multiplier {
      addRowGradients(segmentMultiplier, index: index, to: multiplier)
    }
  }

  /// Hands on the gradients of contributions that were computed for each step.
  func finish() {
    if let allGates { input.gates.addGradient(allGates) }
    if let allMultiplier, let multiplier = input.multiplier { multiplier.addGradient(allMultiplier) }
  }
}
