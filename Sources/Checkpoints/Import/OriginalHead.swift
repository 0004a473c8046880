import Formats
import Models
import Tensors

/// The classifier in a PyTorch file of the original toolkit.
struct OriginalHead {
  private let path: String
  private let weight: TensorPayload
  private let bias: TensorPayload
  private let head: PythonValue
  private let options: PythonValue?

  /// Finds weight and bias.
  ///
  /// - Throws: ``CheckpointError`` when it has hidden layers, several heads a class or rules beyond one threshold a class.
  init(_ parts: PythonValue, _ root: PythonValue, path: String) throws {
    self.path = path
    head = parts["classifier"] ?? .none
    options = root["args"]
    func isOn(_ value: PythonValue?) -> Bool { value?.boolean ?? false }
    let layers = head["sd"]
    let found = layers.map { ($0["final_layer.weight"], $0["final_layer.bias"]) } ?? (head["weight"], head["bias"])
    guard case .tensor(let weight)? = found.0, case .tensor(let bias)? = found.1, weight.values.shape.count == 2,
      weight.values.type.isFloatingPoint, bias.values.type.isFloatingPoint
    else { throw CheckpointError.notACheckpoint(path: path, reason: "its classifier has no weight or no bias") }
    var reasons: [String] = []
    if layers?.members?.contains(where: { $0.key.keyText == "model.4.weight" }) == true {
      reasons.append("hidden layers")
    }
    if isOn(head["dual_threshold"]) || isOn(head["double_threshold"]) { reasons.append("two thresholds a class") }
    if isOn(options?["use_softmax"]) { reasons.append("a softmax over the classes") }
    if let heads = options?["heads_per_class"]?.integer, heads > 1 { reasons.append("\(heads) heads a class") }
    guard reasons.isEmpty else {
      throw CheckpointError.unsupported(
        path: path,
        feature: "its classifier has \(reasons.joined(separator: " and ")), which this program inspects and converts, "
          + "but does not run")
    }
    self.weight = weight.values
    self.bias = bias.values
  }

  /// Weight and bias under this program's names.
  var arrays: [(name: String, values: TensorPayload)] {
    [(ModelContents.headKeys.weight, selectedWeight), (ModelContents.headKeys.bias, bias)]
  }

  /// The weight, with zeros for neurons that the head was told not to read.
  private var selectedWeight: TensorPayload {
    guard case .tensor(let neurons)? = head["neurons"], case .stored(let stored) = neurons.values,
      let kept = stored.integers
    else { return weight }
    let set = Set(kept)
    let columns = weight.shape[1]
    return .deferred(
      DeferredTensor(type: weight.type, shape: weight.shape) { [weight] in
        Tensor(
          weight.tensor.values.enumerated().map { set.contains(Int64($0 % columns)) ? $1 : 0 }, shape: weight.shape)
      })
  }

  /// What the head reads and decides; the options of the run say it, or the width of the weight.
  func description(for architecture: LanguageModelConfiguration) throws -> ModelCard.Classifier {
    let classes = weight.shape[0]
    let features = try features(architecture)
    let names = options?["classes"]?.elements?.compactMap(\.text) ?? []
    let labels = (0..<classes).map { index in
      names.count == classes
        ? names[index] : classes == 1 ? options?["label_key"]?.text ?? "label" : "label \(index)"
    }
    var thresholds = [Double](repeating: 0.5, count: classes)
    if case .tensor(let leaf)? = head["thresholds"], leaf.values.count == classes, leaf.values.type.isFloatingPoint {
      thresholds = leaf.values.tensor.values.map(Double.init)
    }
    return ModelCard.Classifier(
      labels: labels, thresholds: thresholds, features: features,
      maximumLength: options?["max_seq_len"]?.integer.flatMap { $0 > 0 ? $0 : nil },
      warmupPasses: max(0, options?["num_hidden_warmup"]?.integer ?? 0), regularization: nil, topNeurons: [],
      scores: [:])
  }

  private func features(_ architecture: LanguageModelConfiguration) throws -> FeatureSelection {
    func isOn(_ key: String) -> Bool { options?[key]?.boolean ?? false }
    let width = weight.shape[1]
    var features = FeatureSelection(skipsLastToken: true)
    if let options {
      // Fine-tuned classifiers read h unless told otherwise; transferred ones, without options, read c.
      features.state = options["get_hidden"]?.boolean ?? true ? .hidden : .cell
      features.allLayers = isOn("all_layers")
      features.pools = [
        (FeatureSelection.Pool.maximum, "concat_max"), (.minimum, "concat_min"), (.mean, "concat_mean"),
      ].filter { isOn($0.1) }.map(\.0)
    } else {
      let layers = architecture.layerCount
      features.allLayers = layers > 1 && width == architecture.hiddenSize * layers
      if width == 4 * architecture.hiddenSize, !features.allLayers { features.pools = [.maximum, .minimum, .mean] }
    }
    guard features.width(for: architecture) == width else {
      throw CheckpointError.unsupported(
        path: path,
        feature: "its classifier reads \(width) features, and the file does not say which of the model's "
          + "\(architecture.hiddenSize) units and their maximum, minimum and mean these are")
    }
    return features
  }
}
