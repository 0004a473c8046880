/// What a review or a part of it says: good or bad.
enum Polarity: Int, CaseIterable {
  case negative = 0
  case positive = 1

  var opposite: Polarity { self == .positive ? .negative : .positive }
}

/// Words of opposite polarity that fit the same places.
struct WordPair: Sendable {
  let positive: [String]
  let negative: [String]

  subscript(polarity: Polarity) -> [String] { polarity == .positive ? positive : negative }

  static let general = WordPair(
    positive: ["wonderful", "superb", "delightful", "lovely", "excellent"],
    negative: ["dreadful", "awful", "terrible", "miserable", "hopeless"])
  static let story = WordPair(
    positive: ["clever", "gripping", "witty", "funny"],
    negative: ["dull", "clumsy", "boring", "lifeless"])
  static let food = WordPair(
    positive: ["delicious", "fresh", "tasty", "crisp"],
    negative: ["bland", "stale", "greasy", "soggy"])
  static let device = WordPair(
    positive: ["fast", "sturdy", "reliable", "sharp"],
    negative: ["slow", "flimsy", "fragile", "sluggish"])
  static let place = WordPair(
    positive: ["spotless", "cosy", "bright", "comfortable"],
    negative: ["dirty", "cramped", "gloomy", "shabby"])
  static let person = WordPair(
    positive: ["charming", "friendly", "attentive", "helpful"],
    negative: ["rude", "careless", "bored", "impatient"])
  static let qualities = WordPair(
    positive: ["charm", "wit", "warmth", "style"],
    negative: ["noise", "clutter", "fuss", "nonsense"])
  static let verbs = WordPair(
    positive: ["enjoy", "admire", "love"],
    negative: ["dislike", "hate", "regret"])
}

/// One part of what is reviewed, and the words that describe it.
struct Aspect: Sendable {
  let name: String
  let words: WordPair
}

/// A kind of thing people review.
struct Domain: Sendable {
  /// What one of its things goes by: "“The Last Winter”", "the café in Lyon", "the camera from Oslo".
  enum Naming: Sendable {
    case title, place, origin
  }

  let nouns: [String]
  /// What it consists of, for phrases like "not a dull moment".
  let units: [String]
  let unitWords: WordPair
  let aspects: [Aspect]
  let isPast: Bool
  let naming: Naming
  /// Sentences that say nothing about quality.
  let remarks: [String]

  var verb: String { isPast ? "was" : "is" }
  var possession: String { isPast ? "had" : "has" }

  private static func aspects(_ groups: (WordPair, [String])...) -> [Aspect] {
    groups.flatMap { words, names in names.map { Aspect(name: $0, words: words) } }
  }

  static let all: [Domain] = [
    Domain(
      nouns: ["film", "movie", "documentary", "comedy"], units: ["moment", "scene", "line"], unitWords: .story,
      aspects: aspects(
        (.story, ["plot", "script", "dialogue", "ending"]), (.person, ["hero"]),
        (.general, ["music", "cast"])),
      isPast: false, naming: .title,
      remarks: ["It runs for two hours", "We saw it on a rainy Tuesday", "The story is set in a small town by the sea"]),
    Domain(
      nouns: ["novel", "memoir", "book", "thriller"], units: ["page", "chapter", "sentence"], unitWords: .story,
      aspects: aspects(
        (.story, ["plot", "prose", "ending"]), (.person, ["heroine"]),
        (.general, ["translation", "cover"])),
      isPast: false, naming: .title,
      remarks: ["It has three hundred pages", "I read it on the train", "The story begins in a village near Kraków"]),
    Domain(
      nouns: ["café", "bistro", "restaurant", "bakery"], units: ["bite", "dish", "course"], unitWords: .food,
      aspects: aspects(
        (.food, ["soup", "bread", "crème brûlée"]), (.person, ["waiter", "chef"]),
        (.place, ["terrace"]), (.general, ["coffee", "wine"])),
      isPast: true, naming: .place,
      remarks: ["We came for lunch", "There were four of us at the table", "I ordered the entrée and a glass of water"]),
    Domain(
      nouns: ["phone", "laptop", "camera", "tablet"], units: ["feature", "button", "detail"], unitWords: .device,
      aspects: aspects(
        (.device, ["screen", "keyboard", "charger"]), (.general, ["battery", "sound"])),
      isPast: false, naming: .origin,
      remarks: ["It came in a grey box", "I have had it for a month", "I use it at work and at home"]),
    Domain(
      nouns: ["hotel", "hostel", "inn", "guesthouse"], units: ["room", "night", "corner"], unitWords: .place,
      aspects: aspects(
        (.place, ["room", "lobby"]), (.person, ["porter"]),
        (.food, ["breakfast"]), (.general, ["bed", "view"])),
      isPast: true, naming: .place,
      remarks: ["We stayed for two nights", "Our room was on the third floor", "The station is a short walk away"]),
    Domain(
      nouns: ["concert", "show", "musical", "festival"], units: ["song", "minute", "note"], unitWords: .story,
      aspects: aspects(
        (.person, ["singer"]), (.general, ["sound", "band"]),
        (.story, ["set list", "encore"]), (.place, ["hall"])),
      isPast: true, naming: .title,
      remarks: ["It started at eight", "We sat in the fifth row", "The hall holds two thousand people"]),
  ]

  static let people = [
    "Amélie", "Zoë", "Björn", "José", "Søren", "Łukasz", "Anna", "Omar", "Priya", "Kenji", "Grace", "Tara",
  ]
  static let cities = ["Córdoba", "Malmö", "Köln", "Oslo"]
  static let titleAdjectives = ["Naïve", "Silent", "Last", "Hidden"]
  static let titleNouns = ["Gardener", "River", "Señora", "Winter"]
}
