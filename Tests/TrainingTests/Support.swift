import Foundation
import Models
import Tensors

@testable import Corpora

/// A batch written by hand, time-major.
func batch(
  rows: Int, inputs: [Int32], targets: [Int32], resetMask: [Float]? = nil, lossMask: [Float]? = nil
) -> LanguageModelBatch {
  var batch = LanguageModelBatch(WindowBatch(rows: rows, sequenceLength: inputs.count / rows))
  batch.inputs = inputs
  batch.targets = targets
  batch.resetMask = resetMask ?? [Float](repeating: 0, count: inputs.count)
  batch.lossMask = lossMask ?? [Float](repeating: 1, count: inputs.count)
  return batch
}

/// The reference vectors' filling rule for V 5, E 2, H 3 with one normalised mLSTM layer: element i (from 1) of
/// parameter number s is `0.5 · sin(0.7 i + s)`.
func referenceModel() throws -> LanguageModel {
  let order = [
    "embedding.weight", "decoder.weight", "decoder.bias", "inputWeight", "hiddenWeight", "inputBias", "hiddenBias",
    "multiplierInputWeight", "multiplierHiddenWeight",
  ]
  let model = try LanguageModel(
    LanguageModelConfiguration(vocabularySize: 5, embeddingSize: 2, hiddenSize: 3, usesWeightNormalization: true))
  for parameter in model.parameters where !parameter.path.hasSuffix(".gain") {
    let name = parameter.path.hasSuffix(".direction") ? String(parameter.path.dropLast(10)) : parameter.path
    let number = 1 + (order.firstIndex { name == $0 || name.hasSuffix("." + $0) } ?? 0)
    let values = (1...parameter.variable.value.count).map { Float(0.5 * sin(0.7 * Double($0) + Double(number))) }
    let filled = Tensor(values, shape: parameter.shape)
    parameter.variable.update { $0.copy(from: filled) }
    if let gain = model.parameters.first(where: { $0.path == name + ".gain" }) {
      gain.variable.update { $0.copy(from: rowNorms(of: filled)) }
    }
  }
  return model
}

/// All parameters by path.
func values(of model: LanguageModel) -> [String: [Float]] {
  Dictionary(model.parameters.map { ($0.path, $0.variable.value.values) }) { first, _ in first }
}

/// Reviews of a small grammar, as a CSV file with the column `sentence`.
func writeTexts(_ count: Int, to path: String, seed: UInt64 = 1) throws {
  var generator = SeededGenerator(seed: seed)
  func pick(_ words: [String]) -> String { words[Int(generator.next() % UInt64(words.count))] }
  var lines = ["sentence"]
  for _ in 0..<count {
    lines.append(
      "the \(pick(["film", "plot", "cast"])) was \(pick(["very", "rather", "not"])) \(pick(["good", "bad", "odd"]))")
  }
  try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: path))
}
