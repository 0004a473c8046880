/// The order in which each text is taken once.
public enum TextOrder: Sendable, Equatable {
  /// As they stand, once.
  case asTheyStand
  /// These, once.
  case listed([Int])
  /// All of them again and again, every pass in another pseudorandom order.
  case shuffled(seed: UInt32)
}

/// Hands out the texts of an order one by one.
struct TextQueue: Sendable {
  /// A text and the number under which it was taken, from 0 on over all passes.
  struct Taken {
    var number: Int
    var text: Int
  }

  let order: TextOrder
  /// Number of texts.
  private let count: Int
  /// Number of the text that is taken next.
  private(set) var next: Int
  /// The order of one pass, kept while texts of that pass are asked for.
  private var pass: (number: Int, order: PseudorandomOrder)?

  init(_ order: TextOrder, count: Int, next: Int = 0) {
    self.order = order
    self.count = count
    self.next = next
  }

  /// Takes the next text; nil when all were taken.
  mutating func take() -> Taken? {
    guard let text = text(next) else { return nil }
    defer { next += 1 }
    return Taken(number: next, text: text)
  }

  /// The text that is taken under a number.
  mutating func text(_ number: Int) -> Int? {
    switch order {
    case .asTheyStand: return number < count ? number : nil
    case .listed(let texts): return number < texts.count ? texts[number] : nil
    case .shuffled(let seed):
      guard count > 0 else { return nil }
      let wanted = number / count
      if let pass, pass.number == wanted { return pass.order[number % count] }
      var generator = MersenneTwister(seed: seed &+ UInt32(truncatingIfNeeded: wanted))
      let order = PseudorandomOrder(count: count, generator: &generator)
      pass = (wanted, order)
      return order[number % count]
    }
  }
}
