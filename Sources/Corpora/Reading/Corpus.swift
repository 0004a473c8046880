/// Texts with their labels, as read from files.
public struct Corpus: Sendable {
  /// The texts as read: UTF-8, not cleaned.
  public var texts: TextStore
  /// One array for each label column, each with one number a text; −1 is unknown.
  ///
  /// Empty when labels were ignored.
  public var labels: [[Float]]
  /// Names of the label columns, in the order of `labels`.
  public var labelNames: [String]
  /// For each label column the names of the labels 0, 1, …, in the order of the alphabet unless they were given; empty for
  /// a column of numbers.
  public var classNames: [[String]]
  /// What was read and what was left out.
  public var summary: ReadingSummary
  /// Shape of the first file.
  public var format: CorpusFormat
  /// The text's column or key in the first file; nil where it is not known.
  public var textName: String?
  /// Whether a table has the label columns, or they were required; of optional labels in JSON this is not known.
  public var hasLabelColumns = false
  /// What each row has for ``ReadingOptions/idKey``; nil where none was asked for.
  public var identifiers: [OutputValue]?

  /// A corpus made of its parts.
  ///
  /// Every label array must have one number a text.
  public init(
    texts: TextStore, labels: [[Float]] = [], labelNames: [String] = [], classNames: [[String]] = [],
    summary: ReadingSummary = ReadingSummary(), format: CorpusFormat = .plainText
  ) {
    precondition(labels.allSatisfy { $0.count == texts.count }, "one label a text in each column")
    precondition(labels.count == labelNames.count, "one name a label column")
    self.texts = texts
    self.labels = labels
    self.labelNames = labelNames
    self.classNames = classNames.isEmpty ? labelNames.map { _ in [] } : classNames
    self.summary = summary
    self.format = format
  }

  /// Number of texts.
  public var count: Int { texts.count }

  /// Whether any text has any label that is known.
  public var hasKnownLabels: Bool { labels.contains { $0.contains { $0 != LabelNumber.unknown } } }

  /// The labels of one text, in the order of `labelNames`.
  public func labels(at index: Int) -> [Float] { labels.map { $0[index] } }

  /// The rows at `indices`, in that order.
  ///
  /// Texts are shared, not copied; the summary stays that of the whole.
  public func subset(_ indices: [Int]) -> Corpus {
    var part = Corpus(
      texts: texts.subset(indices), labels: labels.map { column in indices.map { column[$0] } },
      labelNames: labelNames, classNames: classNames, summary: summary, format: format)
    part.textName = textName
    part.hasLabelColumns = hasLabelColumns
    part.identifiers = identifiers.map { own in indices.map { own[$0] } }
    return part
  }

  /// The rows of one corpus after another.
  ///
  /// Where label columns have names, they are numbered anew over all corpora.
  ///
  /// - Throws: `CorpusError.noFiles` for none, `CorpusError.differingLabels` when their label columns differ,
  ///   `CorpusError.mixedLabels` when a column has names in one and numbers in another.
  public static func concatenating(_ corpora: [Corpus]) throws(CorpusError) -> Corpus {
    guard let first = corpora.first else { throw .noFiles }
    var summary = first.summary
    for corpus in corpora.dropFirst() {
      guard corpus.labelNames == first.labelNames else {
        throw .differingLabels(first.labelNames, corpus.labelNames)
      }
      summary.add(corpus.summary)
    }
    var labels: [[Float]] = []
    var classNames: [[String]] = []
    for column in first.labels.indices {
      let joined = try join(column, of: corpora)
      labels.append(joined.labels)
      classNames.append(joined.classNames)
    }
    var whole = Corpus(
      texts: TextStore.concatenating(corpora.map(\.texts)), labels: labels, labelNames: first.labelNames,
      classNames: classNames, summary: summary, format: first.format)
    whole.textName = first.textName
    whole.hasLabelColumns = corpora.contains(where: \.hasLabelColumns)
    whole.identifiers = first.identifiers.map { _ in corpora.flatMap { $0.identifiers ?? [] } }
    return whole
  }

  private static func join(
    _ column: Int, of corpora: [Corpus]
  ) throws(CorpusError) -> (labels: [Float], classNames: [String]) {
    let kinds = corpora.map { $0.classNames[column] }
    guard let names = kinds.first, kinds.contains(where: { $0 != names }) else {
      return (corpora.flatMap { $0.labels[column] }, kinds.first ?? [])
    }
    let all = Set(kinds.joined()).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let numbers = Dictionary(uniqueKeysWithValues: zip(all, (0..<all.count).map(Float.init)))
    var labels: [Float] = []
    for corpus in corpora {
      var part = corpus.labels[column]
      if corpus.classNames[column].isEmpty {
        guard part.allSatisfy({ $0 == LabelNumber.unknown }) else {
          throw .mixedLabels(column: corpus.labelNames[column])
        }
      } else {
        ClassOrder.renumber(&part, by: corpus.classNames[column].map { numbers[$0] ?? LabelNumber.unknown })
      }
      labels += part
    }
    return (labels, all)
  }
}
