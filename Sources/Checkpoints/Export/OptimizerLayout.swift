import Formats
import Foundation

/// The state of a training run as a PyTorch optimizer's dictionary, and back.
///
/// `{'state': {0: {'step', 'exp_avg', 'exp_avg_sq'}, …}, 'param_groups': [{…, 'params': [0, …]}], 'iter': …}`, with the
/// names of the parameters, the carried states and the run's place in its data as further keys. What other optimizers than
/// Adam keep stands beside the carried states.
enum OptimizerLayout {
  /// Key under which this program keeps a run's place.
  static let metadataKey = "training_state"

  private static let moments = [("first_moment", "exp_avg"), ("second_moment", "exp_avg_sq")]

  /// Parameters that have moments, in their order.
  static func parameterNames(_ tensors: [CheckpointFile.NamedTensor], _ place: String) -> [String] {
    tensors.compactMap { tensor in
      tensor.name.hasSuffix(".first_moment") ? String(tensor.name.dropLast(".first_moment".count)) : nil
    }
  }

  /// The dictionary for a file of this program's optimizer state.
  static func value(_ tensors: [CheckpointFile.NamedTensor], place: String) -> PythonValue {
    struct Step: Decodable { var step: Int }
    let step = (try? JSONDecoder().decode(Step.self, from: Data(place.utf8)))?.step ?? 0
    let byName = Dictionary(tensors.map { ($0.name, $0.values) }, uniquingKeysWith: { first, _ in first })
    let names = parameterNames(tensors, place)
    let state = names.enumerated().map { index, name in
      let arrays = moments.compactMap { own, theirs in
        byName["\(name).\(own)"].map { (theirs, PythonValue.tensor(PythonValue.Leaf($0))) }
      }
      return PythonValue.Member(
        key: .integer(index), value: .dictionary([("step", PythonValue.integer(step))] + arrays))
    }
    let standard = Set(names.flatMap { name in moments.map { "\(name).\($0.0)" } })
    let carried = tensors.filter { !standard.contains($0.name) }
      .map { ($0.name, PythonValue.tensor(PythonValue.Leaf($0.values))) }
    let group = PythonValue.dictionary([
      ("lr", .number(5e-4)), ("betas", .tuple([.number(0.9), .number(0.999)])), ("eps", .number(1e-8)),
      ("weight_decay", .number(0)), ("amsgrad", .boolean(false)),
      ("params", .list(names.indices.map(PythonValue.integer))),
    ])
    return .dictionary([
      ("state", .dictionary(state, isOrdered: false)), ("param_groups", .list([group])), ("iter", .integer(step)),
      ("skipped_iter", .integer(0)), ("parameter_names", .list(names.map(PythonValue.text))),
      ("carried_state", .dictionary(carried)), (metadataKey, .text(place)),
    ])
  }

  /// Tensors and place of a dictionary that ``value(_:place:)`` made; nil for others.
  static func contents(_ value: PythonValue) -> (tensors: [(name: String, values: TensorPayload)], place: String)? {
    guard let place = value[metadataKey]?.text, let names = value["parameter_names"]?.elements,
      let state = value["state"]?.members
    else { return nil }
    var tensors: [(name: String, values: TensorPayload)] = []
    for (name, member) in zip(names, state) {
      for (own, theirs) in moments {
        if case .tensor(let leaf)? = member.value[theirs] {
          tensors.append(("\(name.text ?? "").\(own)", leaf.values))
        }
      }
    }
    for member in value["carried_state"]?.members ?? [] {
      if case .tensor(let leaf) = member.value { tensors.append((member.key.keyText, leaf.values)) }
    }
    return (tensors, place)
  }
}
