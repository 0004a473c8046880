/// How texts are cleaned before they become tokens, as named on the command line.
public enum TextCleaningName: String, NamedChoice {
  /// For prose: markup removed, transliterated, entities decoded, white space joined.
  case prose = "process_str"
  /// For tweets: links, hashtags, emoji and accents rewritten.
  case tweet = "process_tweet"
  /// Bytes as they are.
  case verbatim = "none"

  /// The same names spelt with dashes.
  public static let alternatives: [String: TextCleaningName] = [
    "process-str": .prose, "process-tweet": .tweet,
  ]
}
