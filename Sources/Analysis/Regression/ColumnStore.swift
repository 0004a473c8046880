import Tensors

/// Training features stored column after column, so that one feature of all rows is one contiguous run.
///
/// Column `columns` (one past the last feature) stands for the constant 1 of the intercept and is not stored.
struct ColumnStore: Sendable {
  let rows: Int
  let columns: Int
  private let values: [Float]

  init(_ features: FeatureMatrix) {
    let rows = features.rows
    let columns = features.columns
    self.rows = rows
    self.columns = columns
    // Square tiles keep both the rows read and the columns written in cache.
    let tile = 64
    values = [Float](unsafeUninitializedCapacity: rows * columns) { target, count in
      features.values.withUnsafeBufferPointer { source in
        for rowStart in stride(from: 0, to: rows, by: tile) {
          for columnStart in stride(from: 0, to: columns, by: tile) {
            for column in columnStart..<min(columnStart + tile, columns) {
              for row in rowStart..<min(rowStart + tile, rows) {
                target[column * rows + row] = source[row * columns + column]
              }
            }
          }
        }
      }
      count = rows * columns
    }
  }

  /// Xᵀ·v for all features, then the sum of v for the intercept (`columns + 1` values).
  func transposedProduct(_ vector: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: columns + 1)
    result[columns] = vector.reduce(0, +)
    values.withUnsafeBufferPointer { values in
      vector.withUnsafeBufferPointer { vector in
        result.withUnsafeMutableBufferPointer { result in
          inParallel(columns, costPerItem: rows) { column in
            let run = UnsafeBufferPointer(rebasing: values[column * rows..<(column + 1) * rows])
            result[column] = dotProduct(run, vector)
          }
        }
      }
    }
    return result
  }

  /// X·w + b of every row, reading only the columns whose coefficient is not zero.
  ///
  /// - Parameter coefficients: Weights, then the intercept (`columns + 1` values).
  func product(_ coefficients: [Double]) -> [Double] {
    let used = (0..<columns).filter { coefficients[$0] != 0 }
    var result = [Double](repeating: coefficients[columns], count: rows)
    let block = 1024
    values.withUnsafeBufferPointer { values in
      result.withUnsafeMutableBufferPointer { result in
        inParallel((rows + block - 1) / block, costPerItem: block * used.count) { part in
          let start = part * block
          let count = min(block, rows - start)
          let target = UnsafeMutableBufferPointer(rebasing: result[start..<start + count])
          for column in used {
            let offset = column * rows + start
            let run = UnsafeBufferPointer(rebasing: values[offset..<offset + count])
            addScaled(run, coefficients[column], to: target)
          }
        }
      }
    }
    return result
  }

  /// Copies `scale[row] · x[row, column]` of a range of rows, one selected column after another.
  func packScaled(
    _ selected: [Int], rows range: Range<Int>, scale: [Double], into target: UnsafeMutableBufferPointer<Double>
  ) {
    values.withUnsafeBufferPointer { values in
      scale.withUnsafeBufferPointer { scale in
        inParallel(selected.count, costPerItem: range.count) { position in
          let column = selected[position]
          let start = position * range.count
          if column == columns {
            for (offset, row) in range.enumerated() { target[start + offset] = scale[row] }
          } else {
            let base = column * rows
            for (offset, row) in range.enumerated() {
              target[start + offset] = scale[row] * Double(values[base + row])
            }
          }
        }
      }
    }
  }
}

/// Runs a body for 0 ..< count, on several threads when the work is worth waking them.
///
/// Each index is computed by one thread alone, so results do not depend on the number of threads.
func inParallel(_ count: Int, costPerItem: Int, _ body: (Int) -> Void) {
  let grain = count * max(costPerItem, 1) > 200_000 ? 1 : max(count, 1)
  Engine.parallel(count, grain: grain) { range in
    for index in range { body(index) }
  }
}
