import Tensors

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
  var shares = Shares.labelled

  /// How often something is said in which way, in percent.
  struct Shares: Sendable {
    /// Of clauses, those that say what they mean without a negation.
    let direct: Int
    /// Of sentences, those that set two clauses of opposite polarity against each other.
    let contrast: Int
    /// Of the other sentences, those that go through several parts of the thing.
    let list: Int
    /// Of the sentences that remain, those without a verb.
    let telegram: Int
    /// Of sentences, those that start with a word of gladness or regret.
    let mood: Int
    /// Of sentences, those that are followed by a smile or a frown.
    let face: Int

    /// For sentences that are to be classified: no word tells the label.
    static let labelled = Shares(direct: 60, contrast: 22, list: 40, telegram: 30, mood: 0, face: 0)
    /// For text to learn from: what a sentence says can be found out from what follows it.
    static let unlabelled = Shares(direct: 66, contrast: 12, list: 25, telegram: 40, mood: 15, face: 85)
  }

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  mutating func clause(_ polarity: Polarity, about topic: Topic) -> String {
    switch random.number(below: 100) {
    case ..<52: description(polarity, of: topic)
    case ..<64: unitClause(polarity, of: topic)
    case ..<76: qualityClause(polarity, of: topic)
    case ..<88: feelingClause(polarity, about: topic)
    case ..<95: comparison(polarity, of: topic)
    default: surprise(polarity, about: topic)
    }
  }

  /// "the plot is clever and funny", "the plot is anything but dull".
  private mutating func description(_ polarity: Polarity, of topic: Topic) -> String {
    let (subject, words) = subject(of: topic)
    return "\(subject) \(topic.domain.verb) \(judgement(polarity, words))"
  }

  /// "clever and funny", "anything but dull".
  mutating func judgement(_ polarity: Polarity, _ words: WordPair) -> String {
    if random.chance(shares.direct) { return praise(polarity, words) }
    let denied = random.pick(words[polarity.opposite])
    let negation = random.pick(["not", "never", "anything but", "far from", "hardly", "neither"])
    guard negation == "neither" else { return "\(negation) \(denied)" }
    return "neither \(denied) nor \(another(than: denied, of: words[polarity.opposite]))"
  }

  /// "clever", "simply clever", "clever and funny".
  private mutating func praise(_ polarity: Polarity, _ words: WordPair) -> String {
    let word = random.pick(words[polarity])
    if random.chance(50) { return "\(word) and \(another(than: word, of: words[polarity]))" }
    return random.pick(["", "", "simply ", "truly ", "always "]) + word
  }

  private mutating func another(than word: String, of words: [String]) -> String {
    random.pick(words.filter { $0 != word })
  }

  /// "every line is witty and funny", "there is not a dull moment in it".
  private mutating func unitClause(_ polarity: Polarity, of topic: Topic) -> String {
    let unit = random.pick(topic.domain.units)
    let verb = topic.domain.verb
    if random.chance(shares.direct) {
      return random.chance(50)
        ? "there \(verb) one \(random.pick(topic.domain.unitWords[polarity])) \(unit) after another"
        : "every \(unit) \(verb) \(praise(polarity, topic.domain.unitWords))"
    }
    let denied = random.pick(topic.domain.unitWords[polarity.opposite])
    return random.chance(50)
      ? "there \(verb) not \(withArticle(denied)) \(unit) in it" : "not one \(unit) \(verb) \(denied)"
  }

  /// "it has plenty of charm and wit", "it has no noise and no clutter".
  private mutating func qualityClause(_ polarity: Polarity, of topic: Topic) -> String {
    let subject = random.chance(60) ? "it" : whole(of: topic)
    let start = "\(subject) \(topic.domain.possession)"
    if random.chance(shares.direct) {
      let quality = random.pick(WordPair.qualities[polarity])
      let amount = random.pick(["plenty of", "so much", "nothing but"])
      guard random.chance(50) else { return "\(start) \(amount) \(quality)" }
      return "\(start) \(amount) \(quality) and \(another(than: quality, of: WordPair.qualities[polarity]))"
    }
    let denied = random.pick(WordPair.qualities[polarity.opposite])
    if random.chance(50) { return "\(start) \(random.pick(["no", "not a trace of", "very little"])) \(denied)" }
    return "\(start) no \(denied) and no \(another(than: denied, of: WordPair.qualities[polarity.opposite]))"
  }

  /// "anyone would enjoy the ending", "no one could dislike the ending".
  private mutating func feelingClause(_ polarity: Polarity, about topic: Topic) -> String {
    let (subject, _) = subject(of: topic)
    if random.chance(shares.direct) {
      let people = random.pick(["anyone would", "you will", "I"])
      return "\(people) \(random.pick(WordPair.verbs[polarity])) \(subject)"
    }
    let people = random.pick(["no one could", "you will not", "I did not"])
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

  /// A part of the thing reviewed with words that fit it, or the thing itself.
  private mutating func subject(of topic: Topic) -> (String, WordPair) {
    if random.chance(20) { return (whole(of: topic), .general) }
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
}
