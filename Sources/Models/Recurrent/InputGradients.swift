import Tensors

/// The gradients of what a sequence read at every step, on their way to where it came from.
///
/// Table rows take theirs segment by segment; contributions computed for each step take those of all steps at the end.
final class InputGradients {
  private let input: SequenceInput
  private let rows: Int
  private let type: ElementType
  /// For each contribution the gradient of all steps, where that is gathered.
  private let all: [Tensor?]
  private var segmentGradients: [Tensor] = []

  init(_ input: SequenceInput, steps: Int, rows: Int, type: ElementType) {
    self.input = input
    self.rows = rows
    self.type = type
    all = input.contributions.map { variable in
      // Nothing is gathered for an input that is frozen all the way down.
      guard input.tokens == nil, variable.requiresGradient else { return nil }
      return Tensor(uninitialized: [steps * rows, variable.value.columns], elementType: type)
    }
  }

  /// Where the gradients of a segment's contributions are written, `[S·B, blocks·H]`.
  func places(_ segment: Range<Int>) -> [Tensor] {
    segmentGradients = zip(all, input.contributions).map { all, contribution in
      all?.rows(segment.lowerBound * rows, count: segment.count * rows)
        ?? Tensor(uninitialized: [segment.count * rows, contribution.value.columns], elementType: type)
    }
    return segmentGradients
  }

  /// Takes over what was written for a segment.
  func add(_ segment: Range<Int>) {
    defer { segmentGradients = [] }
    guard let tokens = input.tokens else { return }
    let index = Array(tokens[segment.lowerBound * rows..<segment.upperBound * rows])
    for (gradient, contribution) in zip(segmentGradients, input.contributions) {
      addRowGradients(gradient, index: index, to: contribution)
    }
  }

  /// Hands on the gradients of contributions that were computed for each step.
  func finish() {
    for (gradient, contribution) in zip(all, input.contributions) {
      if let gradient { contribution.addGradient(gradient) }
    }
  }
}
