extension SampleGrammar {
  mutating func sentence(_ polarity: Polarity, about topic: Topic) -> String {
    var text = random.chance(shares.mood) ? random.pick(Self.moods[polarity]) + ", " : ""
    if random.chance(shares.contrast) {
      text += contrast(polarity, about: topic)
    } else if random.chance(shares.list) {
      text += list(polarity, about: topic)
    } else if random.chance(shares.telegram) {
      text += telegram(polarity, about: topic)
    } else if random.chance(20) {
      text +=
        clause(polarity, about: topic) + random.pick([", and ", ", and ", " — "]) + clause(polarity, about: topic)
    } else {
      text += opening() + clause(polarity, about: topic) + closing()
    }
    return text.prefix(1).uppercased() + text.dropFirst() + (random.chance(6) ? "!" : ".")
  }

  /// Two clauses of which one has the last word: after "but", or outside of "although" and its like.
  private mutating func contrast(_ polarity: Polarity, about topic: Topic) -> String {
    let main = clause(polarity, about: topic)
    let conceded = clause(polarity.opposite, about: topic)
    switch random.number(below: 10) {
    case ..<6: return "\(conceded), but \(main)"
    case ..<8: return "although \(conceded), \(main)"
    case ..<9: return "\(main), even though \(conceded)"
    default: return "it may be true that \(conceded), yet \(main)"
    }
  }

  /// "the plot is witty, the cast superb and the ending anything but dull".
  private mutating func list(_ polarity: Polarity, about topic: Topic) -> String {
    var aspects = topic.domain.aspects
    random.shuffle(&aspects)
    let items = aspects.prefix(random.pick([2, 2, 3])).enumerated().map { index, aspect in
      "the \(aspect.name) \(index == 0 ? topic.domain.verb + " " : "")\(judgement(polarity, aspect.words))"
    }
    return items.dropLast().joined(separator: ", ") + " and " + (items.last ?? "")
  }

  /// "witty plot, superb cast, no dull scene and no boring line".
  private mutating func telegram(_ polarity: Polarity, about topic: Topic) -> String {
    var aspects = topic.domain.aspects
    random.shuffle(&aspects)
    var items: [String] = []
    for aspect in aspects.prefix(random.pick([2, 3, 4])) {
      let item =
        random.chance(shares.direct)
        ? "\(random.pick(aspect.words[polarity])) \(aspect.name)"
        : "no \(random.pick(topic.domain.unitWords[polarity.opposite])) \(random.pick(topic.domain.units))"
      if !items.contains(item) { items.append(item) }
    }
    guard let last = items.popLast() else { return "" }
    return items.isEmpty ? last : items.joined(separator: ", ") + " and " + last
  }

  private mutating func opening() -> String {
    guard random.chance(12) else { return "" }
    return random.pick(["in the end ", "for me ", "as \(random.pick(Domain.people)) said, ", "to be fair, ", "again, "])
  }

  private mutating func closing() -> String {
    guard random.chance(12) else { return "" }
    return random.pick([
      " from start to finish", ", and \(random.pick(Domain.people)) agrees", " this time",
      ", as \(random.pick(Domain.people)) told us",
    ])
  }

  /// Several sentences about one thing, and the text they make.
  struct Review {
    let sentences: [String]
    let text: String
  }

  /// One to four sentences of one polarity, many with a smile or a frown behind them; now and then a remark stands among
  /// them, or a verdict ends them.
  mutating func review(_ polarity: Polarity) -> Review {
    let topic = topic()
    let count = random.pick([1, 2, 2, 3, 3, 4])
    var sentences = (0..<count).map { _ in sentence(polarity, about: topic) }
    var faces = sentences.map { _ in face(polarity) }
    if count > 1 {
      if random.chance(10) {
        let index = random.number(below: count - 1)
        sentences[index] = random.pick(topic.domain.remarks) + "."
        faces[index] = ""
      }
      if random.chance(40) { sentences[count - 1] = random.pick(Self.verdicts[polarity]) }
    }
    return Review(sentences: sentences, text: zip(sentences, faces).map { $0 + $1 }.joined(separator: " "))
  }

  private mutating func face(_ polarity: Polarity) -> String {
    guard random.chance(shares.face) else { return "" }
    return polarity == .positive ? " :)" : " :("
  }

  private static let moods = WordPair(positive: ["Happily", "Luckily"], negative: ["Sadly", "Alas"])
  private static let verdicts = WordPair(
    positive: ["What a joy!", "I am so happy with it.", "Everyone should try it.", "My thanks to all of them."],
    negative: ["What a bore!", "I am so angry about it.", "No one should try it.", "My pity to all of them."])
}
