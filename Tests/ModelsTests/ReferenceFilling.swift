import Foundation
import Models
import Tensors

/// The reference vectors' filling rule: element i (from 1) of parameter number s is `amplitude · sin(0.7 i + s)`.
func referenceValues(count: Int, number: Int, amplitude: Double = 0.5) -> [Float] {
  (1...count).map { Float(amplitude * sin(0.7 * Double($0) + Double(number))) }
}

/// Order of the reference numbering within a layer.
private let layerOrder = [
  "inputWeight", "hiddenWeight", "inputBias", "hiddenBias", "multiplierInputWeight", "multiplierHiddenWeight",
]

/// What a plain array is called in the numbers of `Golden/cells.json`, which has the names of files.
func referenceName(_ path: String) -> String {
  let parts = path.split(separator: ".").map(String.init)
  guard parts[0] == "layers", let number = layerOrder.firstIndex(of: parts[2]) else {
    return path == "embedding.weight" ? "encoder.encoder.weight" : path
  }
  return "encoder.rnn.rnns.\(parts[1])." + ["w_ih", "w_hh", "b_ih", "b_hh", "w_mih", "w_mhh"][number]
}

/// A small model whose arrays follow the rule: embedding 1, decoder weight 2 and bias 3, then the layers from 4 on.
func referenceModel(_ configuration: LanguageModelConfiguration, amplitude: Double = 0.5) throws -> LanguageModel {
  let model = try LanguageModel(configuration)
  let perLayer = configuration.cell.arrayNames.count
  for parameter in model.parameters where !parameter.path.hasSuffix(".gain") {
    let name = parameter.path.hasSuffix(".direction") ? String(parameter.path.dropLast(10)) : parameter.path
    let number: Int
    switch name {
    case "embedding.weight": number = 1
    case "decoder.weight": number = 2
    case "decoder.bias": number = 3
    default:
      let parts = name.split(separator: ".")
      let layer = Int(parts[1]) ?? 0
      number = 4 + layer * perLayer + (layerOrder.firstIndex(of: String(parts[2])) ?? 0)
    }
    let values = Tensor(
      referenceValues(count: parameter.variable.value.count, number: number, amplitude: amplitude),
      shape: parameter.shape)
    parameter.variable.update { $0.copy(from: values) }
    if let gain = model.parameters.first(where: { $0.path == name + ".gain" }) {
      gain.variable.update { $0.copy(from: rowNorms(of: values)) }
    }
  }
  return model
}

/// Largest difference between two lists of equal length; infinite otherwise.
func largestDifference(_ a: [Float], _ b: [Double]) -> Double {
  a.count == b.count ? zip(a, b).map { abs(Double($0) - $1) }.max() ?? 0 : .infinity
}

func norm(_ tensor: Tensor?) -> Double { tensor.map { squaredNorm($0).squareRoot() } ?? 0 }
