/// Reads whole text files into memory.
public enum CorpusReader {
  /// Reads files one after another into one corpus; `-` is standard input.
  ///
  /// - Throws: `CorpusError`; among others `noUsableRows` when one of the files gives no row.
  public static func read(_ paths: [String], options: ReadingOptions) throws(CorpusError) -> Corpus {
    var corpora: [Corpus] = []
    for path in paths { corpora.append(try read(path, options: options)) }
    return try Corpus.concatenating(corpora)
  }

  /// Reads standard input to its end, its shape found by content: a JSON array, JSON Lines, delimited text whose header has
  /// the text column, or else one text a line.
  public static func readStandardInput(options: ReadingOptions) throws(CorpusError) -> Corpus {
    try read("-", options: options)
  }

  /// Reads one file.
  public static func read(_ path: String, options: ReadingOptions) throws(CorpusError) -> Corpus {
    try read(RowReader(path: path, options: options), options: options)
  }

  /// Reads all rows of a reader that has delivered none yet.
  package static func read(_ reader: RowReader, options: ReadingOptions) throws(CorpusError) -> Corpus {
    let labelNames = options.wantedLabelKeys
    var texts = TextStore()
    // Spares copying while the store grows; bounded, since a file may be larger than what can be had at once.
    texts.reserve(byteCount: min(reader.fileSize, 1 << 30))
    var labels = [[Float]](repeating: [], count: labelNames.count)
    var identifiers: [OutputValue] = []
    while true {
      let isRow: Void? = try reader.nextRow { text, rowLabels, _ in
        texts.append(text)
        if let identifier = reader.identifier { identifiers.append(identifier) }
        for index in rowLabels.indices { labels[index].append(rowLabels[index]) }
      }
      if isRow == nil { break }
    }
    var classNames = reader.classNames
    if options.classes == .learned {
      for column in classNames.indices where !classNames[column].isEmpty {
        let sorted = ClassOrder.sorted(classNames[column])
        ClassOrder.renumber(&labels[column], by: sorted.numbers)
        classNames[column] = sorted.names
      }
    }
    guard texts.count > 0 else { throw reader.noUsableRows }
    var corpus = Corpus(
      texts: texts, labels: labels, labelNames: labelNames, classNames: classNames, summary: reader.summary,
      format: reader.format)
    corpus.textName = reader.textName
    corpus.hasLabelColumns = reader.hasLabelColumns
    corpus.identifiers = options.idKey == nil ? nil : identifiers
    return corpus
  }
}
