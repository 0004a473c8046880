/// A figure of merit of binary decisions; raw values are the names used on the command line.
public enum ClassificationMetric: String, CaseIterable, Codable, Sendable {
  /// (tp + tn) / N.
  case accuracy = "acc"
  /// tp / (tp + fp).
  case precision
  /// tp / (tp + fn).
  case recall
  /// 2 tp / (2 tp + fp + fn).
  case f1
  /// tp / (tp + fp + fn), per class over rows (not the row-wise multi-label Jaccard index).
  case jaccard = "jacc"
  /// Matthews correlation (tp·tn − fp·fn) / √((tp + fp)(tp + fn)(tn + fp)(tn + fn)).
  case matthews = "mcc"
  /// Mean over rows of the standard deviation over a class's heads.
  case variance = "var"

  /// The metric of one class; 0 where its formula would divide by zero.
  public func value(of counts: ClassificationCounts) -> Double {
    let truePositives = Double(counts.truePositives)
    let falsePositives = Double(counts.falsePositives)
    let falseNegatives = Double(counts.falseNegatives)
    let trueNegatives = Double(counts.trueNegatives)
    let total = Double(counts.total)
    switch self {
    case .accuracy:
      return total == 0 ? 0 : (truePositives + trueNegatives) / total
    case .variance:
      return total == 0 ? 0 : counts.deviationSum / total
    case .matthews:
      let product =
        (truePositives + falsePositives) * (truePositives + falseNegatives)
        * (trueNegatives + falsePositives) * (trueNegatives + falseNegatives)
      let denominator = product.squareRoot()
      let numerator = truePositives * trueNegatives - falsePositives * falseNegatives
      return numerator / (denominator <= 1e-8 ? 1 : denominator)
    case .precision, .recall, .f1, .jaccard:
      guard truePositives > 0 else { return 0 }
    }
    switch self {
    case .precision: return truePositives / (truePositives + falsePositives)
    case .recall: return truePositives / (truePositives + falseNegatives)
    case .f1: return 2 * truePositives / (2 * truePositives + falsePositives + falseNegatives)
    default: return truePositives / (truePositives + falsePositives + falseNegatives)
    }
  }

  /// Mean of the metric over classes; 0 without classes.
  public func macro(_ classes: [ClassificationCounts]) -> Double {
    classes.isEmpty ? 0 : classes.reduce(0) { $0 + value(of: $1) } / Double(classes.count)
  }

  /// The metric of the counts added over classes.
  public func micro(_ classes: [ClassificationCounts]) -> Double {
    value(of: classes.reduce(ClassificationCounts(), +))
  }

  /// Macro or micro average over classes.
  public func average(_ classes: [ClassificationCounts], _ averaging: MetricAveraging) -> Double {
    switch averaging {
    case .macro: macro(classes)
    case .micro: micro(classes)
    }
  }
}

/// How a metric is averaged over classes.
public enum MetricAveraging: String, CaseIterable, Codable, Sendable {
  /// Mean of the per-class values.
  case macro
  /// The value of the counts added over classes.
  case micro
}
