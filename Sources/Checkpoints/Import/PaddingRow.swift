import Formats
import Tensors

/// Moves between vocabularies of the 256 bytes and those that have padding in front of them.
///
/// Exact: no text contains padding, and its score is so low that the softmax gives it the probability 0.
enum PaddingRow {
  /// Score of a token that never follows; it is a number in every type, and e to its power is 0.
  static let unreachableScore: Float = -10_000

  /// `values` with one row in front, filled with `value`.
  static func prepended(_ values: TensorPayload, _ value: Float = 0) -> TensorPayload {
    let shape = [values.shape[0] + 1] + values.shape.dropFirst()
    return .deferred(
      DeferredTensor(type: values.type, shape: shape) {
        let source = values.tensor
        let result = Tensor(uninitialized: shape)
        let width = shape.dropFirst().reduce(1, *)
        source.withUnsafeElements { input in
          result.withUnsafeMutableElements { output in
            for index in 0..<width { output[index] = value }
            for index in 0..<input.count { output[width + index] = input[index] }
          }
        }
        return result
      })
  }

  /// `tensor` without its first row.
  static func removed(from tensor: Tensor) -> Tensor {
    let width = tensor.shape.dropFirst().reduce(1, *)
    return Tensor(Array(tensor.values.dropFirst(width)), shape: [tensor.shape[0] - 1] + tensor.shape.dropFirst())
  }
}
