import Formats
import Tensors

/// Runs of columns of matrices `[in, out]`, which become rows of a matrix `[out, in]`; a vector counts as one row.
struct ColumnBlocks: Sendable {
  struct Block: Sendable {
    let source: StoredTensor
    let columns: Range<Int>
  }

  let blocks: [Block]

  /// All columns of the matrices, one behind the other.
  init(_ sources: [StoredTensor]) {
    blocks = sources.map { Block(source: $0, columns: 0..<Self.columns($0)) }
  }

  /// The gates input, forget, output, candidate, from one matrix of four blocks or from four matrices, in the order of
  /// this program: input, forget, candidate, output.
  init(gates sources: [StoredTensor]) {
    var gates: [Block] = []
    if sources.count == 1, let source = sources.first {
      let width = Self.columns(source) / 4
      gates = (0..<4).map { Block(source: source, columns: $0 * width..<($0 + 1) * width) }
    } else {
      gates = ColumnBlocks(sources).blocks
    }
    precondition(gates.count == 4, "\(gates.count) gates")
    blocks = [gates[0], gates[1], gates[3], gates[2]]
  }

  /// The matrix with the columns as its rows.
  func rows() -> Tensor {
    let inner = blocks.first.map { Self.inner($0.source) } ?? 0
    let result = Tensor(uninitialized: [blocks.reduce(0) { $0 + $1.columns.count }, inner])
    var first = 0
    var last: (identity: String, values: Tensor)?
    for block in blocks {
      let identity = block.source.identity
      let values = last?.identity == identity ? last?.values ?? block.source.tensor : block.source.tensor
      last = (identity, values)
      transpose(values, columns: block.columns, width: Self.columns(block.source), into: result, firstRow: first)
      first += block.columns.count
    }
    return result
  }

  /// The columns as a tensor to be made when it is needed.
  func deferredRows() -> TensorPayload {
    let shape = [blocks.reduce(0) { $0 + $1.columns.count }, blocks.first.map { Self.inner($0.source) } ?? 0]
    return .deferred(DeferredTensor(shape: shape) { rows() })
  }

  /// A vector of the columns of vectors.
  func deferredVector() -> TensorPayload {
    let count = blocks.reduce(0) { $0 + $1.columns.count }
    return .deferred(DeferredTensor(shape: [count]) { rows().reshaped([count]) })
  }

  static func columns(_ source: StoredTensor) -> Int { source.shape.last ?? 1 }
  private static func inner(_ source: StoredTensor) -> Int { source.count / max(columns(source), 1) }
}

/// Writes columns of `source`, a matrix of `width` columns, into rows of `target`, from `firstRow` on.
func transpose(_ source: Tensor, columns: Range<Int>, width: Int, into target: Tensor, firstRow: Int) {
  let inner = target.columns
  // Squares that fit the nearest cache: a whole column at a time would miss it with every element.
  let side = 32
  source.withUnsafeElements { input in
    target.withUnsafeMutableElements { output in
      for rowStart in stride(from: 0, to: inner, by: side) {
        let rowEnd = min(rowStart + side, inner)
        for columnStart in stride(from: columns.lowerBound, to: columns.upperBound, by: side) {
          for column in columnStart..<min(columnStart + side, columns.upperBound) {
            let place = (firstRow + column - columns.lowerBound) * inner
            for row in rowStart..<rowEnd { output[place + row] = input[row * width + column] }
          }
        }
      }
    }
  }
}
