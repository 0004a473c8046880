/// What a review is about.
struct Topic {
  let domain: Domain
  let noun: String
  /// "“The Last Winter”", "Zoë's café", "the hotel in Malmö".
  let name: String
}

/// Writes clauses, sentences and reviews of a wanted polarity.
///
/// Words of either polarity serve both: directly, or turned round by a negation or a contrast. What a sentence says is
/// decided by a rule — the main clause of a contrast, the words after an odd number of negations — not by its words.
struct SampleGrammar {
  var random: SeededGenerator

  /// Share of clauses, in percent, that say what they mean without a negation.
  var directShare = 62
  /// Share of sentences, in percent, that set two clauses of opposite polarity against each other.
  var contrastShare = 25

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  // MARK: Clauses

  mutating func clause(_ polarity: Polarity, about topic: Topic) -> String {
    switch random.number(below: 100) {
    case ..<50: description(polarity, of: topic)
    case ..<62: unitClause(polarity, of: topic)
    case ..<74: qualityClause(polarity, of: topic)
    case ..<86: feelingClause(polarity, about: topic)
    case ..<94: comparison(polarity, of: topic)
    default: surprise(polarity, about: topic)
    }
  }

  /// "the plot is clever", "the plot is anything but dull".
  private mutating func description(_ polarity: Polarity, of topic: Topic) -> String {
    let (subject, words) = subject(of: topic)
    if random.chance(directShare) {
      let degree = random.pick(["", "", "", "simply ", "truly ", "really ", "always ", "just "])
      return "\(subject) \(topic.domain.verb) \(degree)\(random.pick(words[polarity]))"
    }
    let negation = random.pick(["not", "never", "anything but", "far from", "hardly", "never once", "in no way"])
    return "\(subject) \(topic.domain.verb) \(negation) \(random.pick(words[polarity.opposite]))"
  }

  /// "there is many a witty line in it", "there is not a dull moment in it".
  private mutating func unitClause(_ polarity: Polarity, of topic: Topic) -> String {
    let unit = random.pick(topic.domain.units)
    let ending = random.pick([" in it", "", " anywhere"])
    if random.chance(directShare) {
      let word = random.pick(topic.domain.unitWords[polarity])
      return random.chance(50)
        ? "there \(topic.domain.verb) one \(word) \(unit) after another\(ending == " anywhere" ? "" : ending)"
        : "every \(unit) \(topic.domain.verb) \(word)"
    }
    let word = random.pick(topic.domain.unitWords[polarity.opposite])
    return random.chance(50)
      ? "there \(topic.domain.verb) not \(withArticle(word)) \(unit)\(ending)"
      : "not one \(unit) \(topic.domain.verb) \(word)"
  }

  /// "it has plenty of charm", "it has not a trace of boredom".
  private mutating func qualityClause(_ polarity: Polarity, of topic: Topic) -> String {
    let subject = random.chance(60) ? "it" : whole(of: topic)
    if random.chance(directShare) {
      let amount = random.pick(["plenty of", "so much", "nothing but", "a lot of"])
      return "\(subject) \(topic.domain.possession) \(amount) \(random.pick(WordPair.qualities[polarity]))"
    }
    let amount = random.pick(["no", "not a trace of", "none of the usual", "very little"])
    return "\(subject) \(topic.domain.possession) \(amount) \(random.pick(WordPair.qualities[polarity.opposite]))"
  }

  /// "anyone would enjoy the ending", "no one could dislike the ending".
  private mutating func feelingClause(_ polarity: Polarity, about topic: Topic) -> String {
    let (subject, _) = subject(of: topic)
    if random.chance(directShare) {
      let people = random.pick(["anyone would", "you will", "I came to", "everybody will"])
      return "\(people) \(random.pick(WordPair.verbs[polarity])) \(subject)"
    }
    let people = random.pick(["no one could", "you will not", "I did not", "nobody will"])
    return "\(people) \(random.pick(WordPair.verbs[polarity.opposite])) \(subject)"
  }

  /// "the script is more clever than clumsy".
  private mutating func comparison(_ polarity: Polarity, of topic: Topic) -> String {
    let (subject, words) = subject(of: topic)
    let said = random.pick(words[polarity])
    let denied = random.pick(words[polarity.opposite])
    return random.chance(60)
      ? "\(subject) \(topic.domain.verb) more \(said) than \(denied)"
      : "\(subject) \(topic.domain.verb) \(said), not \(denied)"
  }

  /// "I expected a dull film and got a witty one".
  private mutating func surprise(_ polarity: Polarity, about topic: Topic) -> String {
    let expected = withArticle(random.pick(WordPair.general[polarity.opposite]))
    let found = withArticle(random.pick(WordPair.general[polarity]))
    let hope = polarity == .negative ? "was promised" : "feared"
    return "I \(random.pick(["expected", hope])) \(expected) \(topic.noun) and got \(found) one"
  }

  // MARK: Subjects

  /// A part of the thing reviewed with words that fit it, or the thing itself.
  private mutating func subject(of topic: Topic) -> (String, WordPair) {
    if random.chance(30) { return (whole(of: topic), .general) }
    let aspect = random.pick(topic.domain.aspects)
    return ("the \(aspect.name)", aspect.words)
  }

  private mutating func whole(of topic: Topic) -> String {
    switch random.number(below: 10) {
    case ..<4: "this \(topic.noun)"
    case ..<8: topic.name
    default: "the whole \(topic.noun)"
    }
  }

  /// Something to write about: a noun that fits the domain, and a name.
  mutating func topic() -> Topic {
    let domain = random.pick(Domain.all)
    let noun = random.pick(domain.nouns)
    guard !random.chance(40) else {
      return Topic(domain: domain, noun: noun, name: "\(random.pick(Domain.people))'s \(noun)")
    }
    let name =
      switch domain.naming {
      case .title: "“The \(random.pick(Domain.titleAdjectives)) \(random.pick(Domain.titleNouns))”"
      case .place: "the \(noun) in \(random.pick(Domain.cities))"
      case .origin: "the \(noun) from \(random.pick(Domain.cities))"
      }
    return Topic(domain: domain, noun: noun, name: name)
  }

  private func withArticle(_ word: String) -> String {
    guard let first = word.first else { return word }
    return ("aeiou".contains(first) ? "an " : "a ") + word
  }

  // MARK: Sentences

  mutating func sentence(_ polarity: Polarity, about topic: Topic) -> String {
    let text: String
    if random.chance(contrastShare) {
      text = contrast(polarity, about: topic)
    } else if random.chance(25) {
      text =
        clause(polarity, about: topic) + random.pick([", and ", ", and ", " — "]) + clause(polarity, about: topic)
    } else {
      text = opening() + clause(polarity, about: topic) + closing()
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

  private mutating func opening() -> String {
    guard random.chance(20) else { return "" }
    return random.pick(["in the end ", "for me ", "as \(random.pick(Domain.people)) said, ", "to be fair, ", "again, "])
  }

  private mutating func closing() -> String {
    guard random.chance(15) else { return "" }
    return random.pick([
      " from start to finish", ", and \(random.pick(Domain.people)) agrees", " this time",
      ", as \(random.pick(Domain.people)) told us",
    ])
  }

  // MARK: Reviews

  /// One to four sentences of one polarity about one thing, with a remark in between now and then.
  mutating func review(_ polarity: Polarity) -> [String] {
    let topic = topic()
    let count = random.pick([1, 2, 2, 3, 3, 4])
    var sentences = (0..<count).map { _ in sentence(polarity, about: topic) }
    if count > 1, random.chance(30) {
      sentences[random.number(below: count - 1)] = random.pick(topic.domain.remarks) + "."
    }
    return sentences
  }
}
