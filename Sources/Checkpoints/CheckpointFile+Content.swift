import Foundation

extension CheckpointFile {
  /// What the tensors make up.
  public enum Content {
    /// A model that this program runs.
    case model(ModelCard)
    /// A transformer, which is read and converted.
    case transformer(TransformerDescription)
    /// The state of an optimizer over so many parameters.
    case optimizerState(parameters: Int)
    /// The losses of a training run of the TensorFlow reproduction.
    case trainingLog(ReproductionLog)
    /// Tensors with no known use, or of a model that does not run here; `reason` is a clause without a full stop.
    case tensors(reason: String)
  }

  /// Whether the file describes itself with a model card, as those written here do.
  public var hasModelCard: Bool { metadata[ModelCard.metadataKey] != nil || value?[ModelCard.metadataKey] != nil }

  /// What the file is, found from its names and shapes.
  ///
  /// - Parameter gateOrder: the order of the blocks where the file leaves it open; `nil` to choose by the loss.
  public func content(gateOrder: ModelCard.Origin.GateOrder? = nil) -> Content {
    if let groups = value?["param_groups"] ?? value?["optimizer_state_dict"]?["param_groups"] {
      let counts = groups.elements?.map { $0["params"]?.elements?.count ?? 0 } ?? []
      return .optimizerState(parameters: counts.reduce(0, +))
    }
    if format == .safetensors, let text = metadata[OptimizerLayout.metadataKey] {
      return .optimizerState(parameters: OptimizerLayout.parameterNames(tensors, text).count)
    }
    if format == .numpyArray, let array = tensors.first, let log = ReproductionLog(array.values) {
      return .trainingLog(log)
    }
    if let value, let transformer = TransformerDescription(value: value) { return .transformer(transformer) }
    do {
      return .model(try modelContents(gateOrder: gateOrder).card)
    } catch let error as CheckpointError {
      return .tensors(reason: Self.reason(error))
    } catch {
      return .tensors(reason: "\(error)")
    }
  }

  /// The clause of an error that is not about the path.
  private static func reason(_ error: CheckpointError) -> String {
    switch error {
    case .notACheckpoint(_, let reason), .unsupported(_, let reason): reason
    default: error.description
    }
  }
}
