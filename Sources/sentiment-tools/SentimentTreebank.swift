/// One line of the Stanford Sentiment Treebank: a bracketed tree whose nodes carry labels from 0 to 4.
struct SentimentTree: Equatable {
  /// Label of the whole sentence, 0 (very negative) to 4 (very positive).
  let label: Int
  /// The words in order, escaped as in the file.
  let words: [String]

  /// What is wrong with a tree that cannot be read.
  struct Malformed: Error, Equatable {
    let reason: String
  }

  /// Reads a line like `(3 (2 Good) (2 film))`.
  ///
  /// Throws ``Malformed`` for anything else.
  init(parsing line: some StringProtocol) throws {
    var words: [String] = []
    var rootLabel: Int?
    /// For each open node whether it holds a word or other nodes already.
    var open: [Content] = []
    var characters = Substring(line)

    func skipSpaces() { characters = characters.drop { $0 == " " || $0 == "\t" } }

    skipSpaces()
    while let first = characters.first {
      if first == "(" {
        if let parent = open.last {
          guard parent != .word else { throw Malformed(reason: "a node holds both a word and another node") }
          open[open.count - 1] = .nodes
        } else if rootLabel != nil {
          throw Malformed(reason: "something follows the closing bracket")
        }
        characters.removeFirst()
        guard let digit = characters.first, let label = digit.wholeNumberValue, (0...4).contains(label) else {
          throw Malformed(reason: "a node does not start with a label from 0 to 4")
        }
        characters.removeFirst()
        guard characters.first == " " else { throw Malformed(reason: "a label is not followed by a space") }
        if rootLabel == nil { rootLabel = label }
        open.append(.nothing)
      } else if first == ")" {
        guard let content = open.popLast() else { throw Malformed(reason: "a bracket is closed that was not opened") }
        guard content != .nothing else { throw Malformed(reason: "a node is empty") }
        characters.removeFirst()
      } else {
        guard open.last == .nothing else { throw Malformed(reason: "a word stands outside of a node of its own") }
        let word = characters.prefix { !"() \t".contains($0) }
        words.append(String(word))
        open[open.count - 1] = .word
        characters = characters.dropFirst(word.count)
      }
      skipSpaces()
    }
    guard open.isEmpty else { throw Malformed(reason: "a bracket is not closed") }
    guard let rootLabel else { throw Malformed(reason: "there is no bracket") }
    self.label = rootLabel
    self.words = words
  }

  private enum Content {
    case nothing, word, nodes
  }

  /// 1 for a positive sentence, 0 for a negative one, `nil` for one in between.
  var binaryLabel: Int? {
    label == 2 ? nil : (label > 2 ? 1 : 0)
  }

  var sentence: String { Detokenizer.sentence(from: words) }
}
