import Corpora

/// Texts that are gone through twice: once to know how many there are and what labels they have, once to work on them.
///
/// Files are read both times, so that they need not fit into memory; what can be read only once is kept.
struct RereadableTexts {
  /// What the first pass found.
  let survey: CorpusSurvey
  private let source: Source

  private enum Source {
    case files([String], ReadingOptions)
    case memory(Corpus)
  }

  /// Rows that are worked on together: many enough to keep a batch full, few enough to take little memory.
  static let blockRows = 16_384
  /// Bytes of text after which a block ends.
  static let blockBytes = 8 << 20

  /// Reads everything once.
  init(_ paths: [String], options: ReadingOptions) throws {
    if CorpusSurvey.canReadTwice(paths) {
      survey = try CorpusSurvey(paths, options: options)
      source = .files(paths, options)
    } else {
      let corpus = try CorpusReader.read(paths, options: options)
      survey = CorpusSurvey(corpus)
      source = .memory(corpus)
    }
  }

  /// Calls `body` with one block of rows after the other.
  ///
  /// - Throws: ``AnalysisError/textsChanged(expected:found:)``, what reading throws, and what `body` throws.
  func forEachBlock(_ body: (Block) throws -> Void) throws {
    var block = Block()
    var rows = 0
    func work() throws {
      rows += block.texts.count
      guard rows <= survey.rows else { throw AnalysisError.textsChanged(expected: survey.rows, found: rows) }
      if !block.texts.isEmpty { try body(block) }
      block = Block()
    }
    switch source {
    case .files(let paths, let options):
      for path in paths {
        let reader = try RowReader(path: path, options: options)
        while let row = try reader.next() {
          block.append(row.text, row.labels, id: reader.identifier)
          if block.isFull { try work() }
        }
      }
    case .memory(let corpus):
      for index in 0..<corpus.count {
        block.append(corpus.texts[index], corpus.labels(at: index), id: corpus.identifiers?[index])
        if block.isFull { try work() }
      }
    }
    try work()
    guard rows == survey.rows else { throw AnalysisError.textsChanged(expected: survey.rows, found: rows) }
  }

  /// Rows that are worked on together.
  struct Block {
    private(set) var texts = TextStore()
    /// One array a row.
    private(set) var labels: [[Float]] = []
    /// What each row has for the id that was asked for.
    private(set) var identifiers: [OutputValue?] = []
    private var bytes = 0

    fileprivate var isFull: Bool { texts.count >= RereadableTexts.blockRows || bytes >= RereadableTexts.blockBytes }

    fileprivate mutating func append(_ text: some Collection<UInt8>, _ labels: [Float], id: OutputValue?) {
      texts.append(text)
      bytes += text.count
      self.labels.append(labels)
      identifiers.append(id)
    }
  }
}
