/// Matrices of equal width, one below the other; the result is float32.
public func concatenateRows(_ parts: [Variable], on tape: Tape) -> Variable {
  let width = parts.first?.value.columns ?? 0
  precondition(parts.allSatisfy { $0.value.columns == width }, "rows of different widths: \(parts.map(\.shape))")
  let y = Tensor(uninitialized: [parts.reduce(0) { $0 + $1.value.rowCount }, width])
  let places = offsets(parts.map(\.value.rowCount))
  for (part, first) in zip(parts, places) {
    convert(part.value, into: y.rows(first, count: part.value.rowCount))
  }
  return tape.result(y, of: parts) { dy in
    for (part, first) in zip(parts, places) {
      part.addGradient { target, accumulate in
        scaleAdd(dy.rows(first, count: part.value.rowCount), by: 1, to: target, keeping: accumulate ? 1 : 0)
      }
    }
  }
}

/// Matrices of equally many rows, side by side; the result is float32.
public func concatenateColumns(_ parts: [Variable], on tape: Tape) -> Variable {
  let rows = parts.first?.value.rowCount ?? 0
  precondition(parts.allSatisfy { $0.value.rowCount == rows }, "columns of different heights: \(parts.map(\.shape))")
  let y = Tensor(uninitialized: [rows, parts.reduce(0) { $0 + $1.value.columns }])
  let places = offsets(parts.map(\.value.columns))
  for (part, first) in zip(parts, places) {
    copyColumns(part.value.converted(to: .float32), from: 0, into: y, at: first, count: part.value.columns)
  }
  return tape.result(y, of: parts) { dy in
    for (part, first) in zip(parts, places) {
      part.addGradient {
        copyColumns(dy, from: first, into: $0, at: 0, count: part.value.columns, accumulate: $1)
      }
    }
  }
}

/// Where each of some lengths begins when they lie end to end.
private func offsets(_ lengths: [Int]) -> [Int] {
  var next = 0
  return lengths.map { length in
    defer { next += length }
    return next
  }
}
