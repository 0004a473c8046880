import Formats
import Models
import Tensors

/// A model as the arrays of the published ones: matrices `[in, out]`, gates input, forget, output, candidate.
struct InputMajorExport {
  private let contents: ModelContents
  private let path: String
  private let model: LanguageModelConfiguration
  private let prefix = "encoder.rnn.rnns.0."

  /// Checks that the layouts can hold the model.
  ///
  /// - Throws: ``CheckpointError`` unless it is an mLSTM of bytes with one layer, a decoder of its own and no classifier.
  init(_ contents: ModelContents) throws {
    self.contents = contents
    path = contents.path
    model = contents.card.architecture
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
      ("embd", try embedding()), ("wx", joined(gates(try merged("w_ih")))), ("wh", joined(gates(try merged("w_hh")))),
      ("wmx", transposed(try merged("w_mih"))), ("wmh", transposed(try merged("w_mhh"))), ("b0", try bias()),
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

  private func split() throws -> (input: Split, hidden: Split, multiplierInput: Split, multiplierHidden: Split) {
    func split(_ name: String) throws -> Split {
      if contents.contains(prefix + name + "_v") {
        return (
          try contents.tensor(named: prefix + name + "_v"), try contents.tensor(named: prefix + name + "_g")
        )
      }
      let whole = try contents.tensor(named: prefix + name)
      return (whole, rowNorms(of: whole))
    }
    return (try split("w_ih"), try split("w_hh"), try split("w_mih"), try split("w_mhh"))
  }

  private func merged(_ name: String) throws -> Tensor {
    guard contents.contains(prefix + name + "_v") else { return try contents.tensor(named: prefix + name) }
    return mergedWeight(
      direction: try contents.tensor(named: prefix + name + "_v"),
      gain: try contents.tensor(named: prefix + name + "_g"))
  }

  private func embedding() throws -> Tensor {
    PaddingRow.removed(from: try contents.tensor(named: ModelContents.embeddingKey))
  }

  private func decoder() throws -> [Tensor] {
    [
      transposed(PaddingRow.removed(from: try contents.tensor(named: ModelContents.decoderKeys.weight))),
      PaddingRow.removed(from: try contents.tensor(named: ModelContents.decoderKeys.bias)),
    ]
  }

  /// One bias in place of two.
  private func bias() throws -> Tensor {
    let (first, second) = (try contents.tensor(named: prefix + "b_ih"), try contents.tensor(named: prefix + "b_hh"))
    return gateVector(Tensor(zip(first.values, second.values).map { $0 + $1 }, shape: first.shape))
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
