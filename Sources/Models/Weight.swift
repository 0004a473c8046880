import Tensors

/// A matrix that is stored as it is, or as row norms and directions (Salimans and Kingma 2016).
final class Weight {
  private enum Form {
    case plain(Parameter)
    case normalized(direction: Parameter, gain: Parameter)
  }

  private let form: Form
  private var evaluated: (weight: Variable, versions: [Int])?

  init(name: String, shape: [Int], isNormalized: Bool) {
    form =
      isNormalized
      ? .normalized(
        direction: Parameter(name: name + "_v", shape: shape), gain: Parameter(name: name + "_g", shape: [shape[0], 1]))
      : .plain(Parameter(name: name, shape: shape))
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

  /// The matrix for one pass: on a recording tape an operation on it, otherwise computed once for each content.
  func effective(on tape: Tape) -> Variable {
    switch form {
    case .plain(let parameter):
      return parameter.variable
    case .normalized(let direction, let gain):
      if tape.isRecording { return normalizeWeight(direction: direction.variable, gain: gain.variable, on: tape) }
      let versions = [direction.variable.version, gain.variable.version]
      if let evaluated, evaluated.versions == versions { return evaluated.weight }
      let weight = normalizeWeight(direction: direction.variable, gain: gain.variable, on: tape)
      evaluated = (weight, versions)
      return weight
    }
  }

  /// Sets the matrix; when normalised the direction becomes `values` and the gain their row norms.
  func set(_ values: Tensor) {
    switch form {
    case .plain(let parameter):
      parameter.variable.value.copy(from: values)
      parameter.variable.valueDidChange()
    case .normalized(let direction, let gain):
      direction.variable.value.copy(from: values)
      gain.variable.value.copy(from: rowNorms(of: values))
      direction.variable.valueDidChange()
      gain.variable.valueDidChange()
    }
  }
}
