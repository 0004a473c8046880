import Formats
import Models
import Tensors

/// A model as the arrays of the published ones: matrices `[in, out]`, gates input, forget, output, candidate.
struct InputMajorExport {
  private let contents: ModelContents
  private let path: String
  private let model: LanguageModelConfiguration

  /// Checks that the layouts can hold the model.
  ///
  /// - Throws: ``CheckpointError`` unless it is an mLSTM of bytes with one layer, a decoder of its own and no classifier.
  init(_ contents: ModelContents) throws {
    self.contents = contents
    path = contents.path
    model = try contents.card.architecture.requireRecurrent(path: contents.path)
    let isBytes = model.vocabularySize == 257 && contents.card.tokenizer == .bytes
    guard model.cell == .multiplicativeLSTM, model.layerCount == 1, isBytes,
      contents.contains(ModelContents.decoderKeys.weight)
    else {
      throw ConversionError.layoutTooNarrow(path: path)
    }
  }

  /// The fifteen arrays `0` to `14`, with gains.
  func openAI() throws -> [(name: String, values: TensorPayload)] {
    let matrices = try split()
    let hidden = gates(matrices.hidden.direction)
    let arrays: [Tensor] =
      [try embedding(), joined(gates(matrices.input.direction))] + hidden
      + [
        transposed(matrices.multiplierInput.direction), transposed(matrices.multiplierHidden.direction),
        try bias(), gateVector(matrices.input.gain), gateVector(matrices.hidden.gain),
        vector(matrices.multiplierInput.gain), vector(matrices.multiplierHidden.gain),
      ] + (try decoder())
    return arrays.enumerated().map { ("\($0)", .float32($1)) }
  }

  /// The eight arrays with folded gains.
  func folded() throws -> [(name: String, values: TensorPayload)] {
    let output = try decoder()
    let arrays: [(String, Tensor)] = [
      ("embd", try embedding()), ("wx", joined(gates(try merged(inputMatrix)))),
      ("wh", joined(gates(try merged(hiddenMatrix)))),
      ("wmx", transposed(try merged(multiplierInputMatrix))), ("wmh", transposed(try merged(multiplierHiddenMatrix))),
      ("b0", try bias()),
      ("w", output[0]), ("b", output[1]),
    ]
    return arrays.map { ($0.0, .float32($0.1)) }
  }

  /// The 27 arrays of the TensorFlow reproduction in its order: candidate, input, output and forget gate.
  func reproduction() throws -> [Tensor] {
    let matrices = try split()
    let order = [3, 0, 2, 1]
    let (x, h) = (gates(matrices.input.direction), gates(matrices.hidden.direction))
    let width = model.hiddenSize
    func parts(_ vector: Tensor) -> [Tensor] {
      (0..<4).map { Tensor(Array(vector.values[$0 * width..<($0 + 1) * width]), shape: [width]) }
    }
    let b = parts(try bias())
    let (gx, gh) = (parts(gateVector(matrices.input.gain)), parts(gateVector(matrices.hidden.gain)))
    return [
      try embedding(), transposed(matrices.multiplierInput.direction), transposed(matrices.multiplierHidden.direction),
    ] + order.flatMap { [x[$0], h[$0], b[$0].reshaped([1, width])] }
      + [vector(matrices.multiplierInput.gain), vector(matrices.multiplierHidden.gain)]
      + order.flatMap { [gx[$0], gh[$0]] } + (try decoder())
  }

  // MARK: Parts

  private typealias Split = (direction: Tensor, gain: Tensor)

  /// A matrix of the layer by its name in paths, with the shape that the card gives it.
  private typealias Matrix = (name: String, shape: [Int])

  private var inputMatrix: Matrix { ("inputWeight", [4 * model.hiddenSize, model.embeddingSize]) }
  private var hiddenMatrix: Matrix { ("hiddenWeight", [4 * model.hiddenSize, model.hiddenSize]) }
  private var multiplierInputMatrix: Matrix { ("multiplierInputWeight", [model.hiddenSize, model.embeddingSize]) }
  private var multiplierHiddenMatrix: Matrix { ("multiplierHiddenWeight", [model.hiddenSize, model.hiddenSize]) }

  /// An array of the only layer.
  private func array(_ name: String, _ shape: [Int]) throws -> Tensor {
    try contents.tensor(named: ModelContents.keys.key("layers.0." + name), shape: shape)
  }

  private func isSplit(_ matrix: Matrix) -> Bool {
    contents.contains(ModelContents.keys.key("layers.0.\(matrix.name).direction"))
  }

  private func parts(_ matrix: Matrix) throws -> Split {
    guard isSplit(matrix) else {
      let whole = try array(matrix.name, matrix.shape)
      return (whole, rowNorms(of: whole))
    }
    return (
      try array(matrix.name + ".direction", matrix.shape), try array(matrix.name + ".gain", [matrix.shape[0], 1])
    )
  }

  private func split() throws -> (input: Split, hidden: Split, multiplierInput: Split, multiplierHidden: Split) {
    (
      try parts(inputMatrix), try parts(hiddenMatrix), try parts(multiplierInputMatrix),
      try parts(multiplierHiddenMatrix)
    )
  }

  private func merged(_ matrix: Matrix) throws -> Tensor {
    guard isSplit(matrix) else { return try array(matrix.name, matrix.shape) }
    let (direction, gain) = try parts(matrix)
    return mergedWeight(direction: direction, gain: gain)
  }

  private func embedding() throws -> Tensor {
    PaddingRow.removed(
      from: try contents.tensor(
        named: ModelContents.embeddingKey, shape: [model.vocabularySize, model.embeddingSize]))
  }

  private func decoder() throws -> [Tensor] {
    let keys = ModelContents.decoderKeys
    let weight = try contents.tensor(named: keys.weight, shape: [model.vocabularySize, model.hiddenSize])
    let bias = try contents.tensor(named: keys.bias, shape: [model.vocabularySize])
    return [transposed(PaddingRow.removed(from: weight)), PaddingRow.removed(from: bias)]
  }

  /// One bias in place of two.
  private func bias() throws -> Tensor {
    let shape = [4 * model.hiddenSize]
    let (first, second) = (try array("inputBias", shape), try array("hiddenBias", shape))
    return gateVector(Tensor(zip(first.values, second.values).map { $0 + $1 }, shape: shape))
  }

  private func vector(_ gain: Tensor) -> Tensor { gain.reshaped([gain.count]) }

  /// A vector of four blocks in the order input, forget, output, candidate.
  private func gateVector(_ vector: Tensor) -> Tensor {
    let (values, block) = (vector.values, vector.count / 4)
    return Tensor(
      Array(values[..<(2 * block)]) + values[(3 * block)...] + values[(2 * block)..<(3 * block)],
      shape: [vector.count])
  }

  /// The four gates of `[4H, in]` as matrices `[in, H]`, in the order input, forget, output, candidate.
  private func gates(_ matrix: Tensor) -> [Tensor] {
    let width = matrix.rowCount / 4
    return [0, 1, 3, 2].map { transposed(matrix.rows($0 * width, count: width)) }
  }

  /// Matrices of equal height side by side.
  private func joined(_ matrices: [Tensor]) -> Tensor {
    let (rows, width) = (matrices[0].rowCount, matrices[0].columns)
    let result = Tensor(uninitialized: [rows, width * matrices.count])
    result.withUnsafeMutableElements { output in
      for (index, matrix) in matrices.enumerated() {
        matrix.withUnsafeElements { input in
          for row in 0..<rows {
            for column in 0..<width {
              output[row * width * matrices.count + index * width + column] = input[row * width + column]
            }
          }
        }
      }
    }
    return result
  }

  private func transposed(_ matrix: Tensor) -> Tensor {
    let result = Tensor(uninitialized: [matrix.columns, matrix.rowCount])
    transpose(matrix, columns: 0..<matrix.columns, width: matrix.columns, into: result, firstRow: 0)
    return result
  }
}
