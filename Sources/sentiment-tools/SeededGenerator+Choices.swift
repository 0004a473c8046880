import Tensors

extension SeededGenerator {
  /// A whole number from 0 to below the bound.
  ///
  /// Own arithmetic, because the standard library may change how it uses `next()`.
  mutating func number(below bound: Int) -> Int {
    precondition(bound > 0, "number(below: \(bound))")
    return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// True in `percent` of a hundred cases.
  mutating func chance(_ percent: Int) -> Bool {
    number(below: 100) < percent
  }

  /// One of the choices, each equally likely.
  mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[number(below: choices.count)]
  }

  /// Puts the elements into random order (Fisher and Yates).
  mutating func shuffle<Element>(_ elements: inout [Element]) {
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, number(below: last + 1))
    }
  }
}
