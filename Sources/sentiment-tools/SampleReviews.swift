/// The small review set that is shipped with the package, made from a seed.
struct SampleReviews {
  /// A sentence and what it says.
  struct LabelledSentence {
    let label: Polarity
    let sentence: String
  }

  /// The seed of the committed files.
  static let committedSeed: UInt64 = 2024

  let train: [LabelledSentence]
  let validation: [LabelledSentence]
  let test: [LabelledSentence]
  /// Reviews of one to four sentences that keep their polarity throughout; the polarity itself is not told.
  let unlabelled: [String]

  /// Draws labelled sentences, all different and half of them positive, then reviews that share no sentence with them
  /// apart from remarks.
  init(
    seed: UInt64 = committedSeed, trainCount: Int = 4000, validationCount: Int = 800, testCount: Int = 800,
    unlabelledCount: Int = 11000
  ) {
    var grammar = SampleGrammar(seed: seed)
    var seen: Set<String> = []

    func labelled(_ count: Int) -> [LabelledSentence] {
      var rows: [LabelledSentence] = []
      while rows.count < count {
        let label = rows.count.isMultiple(of: 2) ? Polarity.positive : .negative
        let sentence = grammar.sentence(label, about: grammar.topic())
        if seen.insert(sentence).inserted { rows.append(LabelledSentence(label: label, sentence: sentence)) }
      }
      grammar.random.shuffle(&rows)
      return rows
    }

    train = labelled(trainCount)
    validation = labelled(validationCount)
    test = labelled(testCount)

    grammar.shares = .unlabelled
    var reviews: [String] = []
    var seenReviews: Set<String> = []
    while reviews.count < unlabelledCount {
      let review = grammar.review(grammar.random.pick(Polarity.allCases))
      if seen.isDisjoint(with: review.sentences), seenReviews.insert(review.text).inserted {
        reviews.append(review.text)
      }
    }
    unlabelled = reviews
  }
}
