import Tensors

/// A matrix that is stored as it is, or as row norms and directions (Salimans and Kingma 2016).
final class Weight {
  private enum Form {
    case plain(Parameter)
    case normalized(direction: Parameter, gain: Parameter)
  }

  private struct MergedKey: Hashable {
    var type: ElementType
  }

  private let form: Form

  init(name: String, shape: [Int], isNormalized: Bool) {
    if isNormalized {
      let direction = Parameter(name: name + "_v", shape: shape)
      let gain = Parameter(name: name + "_g", shape: [shape[0], 1], trainedWith: direction)
      form = .normalized(direction: direction, gain: gain)
    } else {
      form = .plain(Parameter(name: name, shape: shape))
    }
  }

  /// The stored arrays in the order of the checkpoint's table: the gain before the direction.
  var parameters: [Parameter] {
    switch form {
    case .plain(let parameter): [parameter]
    case .normalized(let direction, let gain): [gain, direction]
    }
  }

  var isNormalized: Bool { if case .normalized = form { true } else { false } }

  /// Number of elements of the matrix itself.
  var elementCount: Int {
    switch form {
    case .plain(let parameter), .normalized(let parameter, _): parameter.variable.value.count
    }
  }

  /// The matrix itself; of a normalised weight computed anew each time.
  var matrix: Tensor {
    switch form {
    case .plain(let parameter): parameter.variable.value
    case .normalized(let direction, let gain):
      mergedWeight(direction: direction.variable.value, gain: gain.variable.value)
    }
  }

  /// The matrix for one pass: an operation where a gradient is to pass through it, else computed once for each content.
  func effective(on tape: Tape) -> Variable {
    switch form {
    case .plain(let parameter):
      return parameter.variable
    case .normalized(let direction, let gain):
      let sources = [direction.variable, gain.variable]
      func merged() -> Variable { normalizeWeight(direction: sources[0], gain: sources[1], on: tape) }
      if tape.records(sources) { return merged() }
      return sources[0].derived(MergedKey(type: tape.keptType), for: tape.engine, with: [sources[1]], make: merged)
    }
  }

  /// Sets the matrix; when normalised the direction becomes `values` and the gain their row norms.
  func set(_ values: Tensor) {
    switch form {
    case .plain(let parameter):
      parameter.variable.update { $0.copy(from: values) }
    case .normalized(let direction, let gain):
      direction.variable.update { $0.copy(from: values) }
      gain.variable.update { $0.copy(from: rowNorms(of: values)) }
    }
  }
}
