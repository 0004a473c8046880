/// Puts words that were split in the manner of the Penn Treebank together again.
enum Detokenizer {
  private static let unescaped = [
    "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}", "-lrb-": "(", "-rrb-": ")",
    "``": "\"", "`": "'",
  ]
  private static let closing: Set = [".", ",", ";", ":", "!", "?", ")", "]", "}", "%", "''"]
  private static let opening: Set = ["(", "[", "{", "$", "#"]
  private static let contractions: Set = [
    "n't", "'s", "'re", "'ve", "'ll", "'d", "'m", "'S", "'RE", "'VE", "'LL", "N'T",
  ]
  private static let splitPairs: Set = [
    "can not", "gon na", "wan na", "got ta", "lem me", "gim me", "Can not", "Gon na", "Wan na", "Got ta", "Lem me",
    "Gim me",
  ]

  static func sentence(from words: [String]) -> String {
    var result = ""
    var attachesNext = true
    var isDoubleQuoteOpen = false
    var openSingleQuotes = 0

    for (index, word) in words.enumerated() {
      let isLast = index == words.count - 1
      var text = unescaped[word] ?? word
      if text.contains("\\") {
        text = text.replacing("\\/", with: "/").replacing("\\*", with: "*")
      }
      var attachesHere = false
      var attachesAfter = false

      switch word {
      case "``":
        isDoubleQuoteOpen = true
        attachesAfter = true
      case "''":
        text = "\""
        attachesHere = isDoubleQuoteOpen || isLast
        attachesAfter = !attachesHere
        isDoubleQuoteOpen = attachesAfter
      case "`":
        openSingleQuotes += 1
        attachesAfter = true
      case "'":
        let opensHere = openSingleQuotes == 0 && (index == 0 || opening.contains(result.suffix(1).description))
        attachesHere = !opensHere
        attachesAfter = opensHere
        openSingleQuotes = max(0, openSingleQuotes + (opensHere ? 1 : -1))
      case "...":
        attachesHere = isLast
        attachesAfter = index == 0
      default:
        attachesHere =
          closing.contains(text) || contractions.contains(word)
          || (index > 0 && splitPairs.contains("\(words[index - 1]) \(word)"))
        attachesAfter = opening.contains(text)
      }

      if !attachesHere, !attachesNext { result += " " }
      result += text
      attachesNext = attachesAfter
    }
    return result
  }
}
