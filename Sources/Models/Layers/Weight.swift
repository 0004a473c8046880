import Tensors

/// A matrix that is stored as it is, or as row norms and directions (Salimans and Kingma 2016).
final class Weight {
  private enum Form {
    case plain(Parameter)
    case normalized(NormalizedMatrix)
  }

  private struct MergedKey: Hashable {
    var type: ElementType
  }

  private let form: Form

  init(shape: [Int], isNormalized: Bool) {
    form = isNormalized ? .normalized(NormalizedMatrix(shape: shape)) : .plain(Parameter(shape: shape))
  }

  /// The matrix as part of a module: an array of that name, or a module of that name with `gain` and `direction`.
  func member(_ name: String) -> ModuleMember {
    switch form {
    case .plain(let parameter): .parameter(name, parameter)
    case .normalized(let matrix): .module(name, matrix)
    }
  }

  /// What the matrix is computed from.
  var variables: [Variable] {
    switch form {
    case .plain(let parameter): [parameter.variable]
    case .normalized(let matrix): [matrix.direction.variable, matrix.gain.variable]
    }
  }

  /// Size of each dimension of the matrix.
  var shape: [Int] { variables[0].shape }

  /// The matrix itself; of a normalised weight computed anew each time.
  var matrix: Tensor {
    switch form {
    case .plain(let parameter): parameter.variable.value
    case .normalized(let matrix):
      mergedWeight(direction: matrix.direction.variable.value, gain: matrix.gain.variable.value)
    }
  }

  /// The matrix for one pass: an operation where a gradient is to pass through it, else computed once for each content.
  func effective(on tape: Tape) -> Variable {
    switch form {
    case .plain(let parameter):
      return parameter.variable
    case .normalized:
      let sources = variables
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
    case .normalized(let matrix):
      matrix.direction.variable.update { $0.copy(from: values) }
      matrix.gain.variable.update { $0.copy(from: rowNorms(of: values)) }
    }
  }
}

/// Row norms and directions in place of a matrix.
private struct NormalizedMatrix: Module {
  let gain: Parameter
  let direction: Parameter

  init(shape: [Int]) {
    direction = Parameter(shape: shape)
    gain = Parameter(shape: [shape[0], 1], trainedWith: direction)
  }

  /// The gain first, as in the table of optimizer states.
  var members: [ModuleMember] { [.parameter("gain", gain), .parameter("direction", direction)] }
}
