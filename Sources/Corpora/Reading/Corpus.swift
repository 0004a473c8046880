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
  /// What was read and what was left out.
  public var summary: ReadingSummary
  /// Shape of the first file.
  public var format: CorpusFormat

  /// A corpus made of its parts.
  ///
  /// Every label array must have one number a text.
  public init(
    texts: TextStore, labels: [[Float]] = [], labelNames: [String] = [], summary: ReadingSummary = ReadingSummary(),
    format: CorpusFormat = .plainText
  ) {
    precondition(labels.allSatisfy { $0.count == texts.count }, "one label a text in each column")
    precondition(labels.count == labelNames.count, "one name a label column")
    self.texts = texts
    self.labels = labels
    self.labelNames = labelNames
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
    Corpus(
      texts: texts.subset(indices), labels: labels.map { column in indices.map { column[$0] } },
      labelNames: labelNames, summary: summary, format: format)
  }

  /// The rows of one corpus after another.
  ///
  /// - Throws: `CorpusError.noFiles` for none, `CorpusError.differingLabels` when their label columns differ.
  public static func concatenating(_ corpora: [Corpus]) throws(CorpusError) -> Corpus {
    guard let first = corpora.first else { throw .noFiles }
    var labels = first.labels
    var summary = first.summary
    for corpus in corpora.dropFirst() {
      guard corpus.labelNames == first.labelNames else {
        throw .differingLabels(first.labelNames, corpus.labelNames)
      }
      for index in labels.indices { labels[index] += corpus.labels[index] }
      summary.add(corpus.summary)
    }
    return Corpus(
      texts: TextStore.concatenating(corpora.map(\.texts)), labels: labels, labelNames: first.labelNames,
      summary: summary, format: first.format)
  }
}
