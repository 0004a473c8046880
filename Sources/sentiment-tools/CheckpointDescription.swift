import Files
import Checkpoints
import Formats
import Foundation
import ToolSupport

/// What `inspect` says of a file, for people and for programs.
struct CheckpointDescription {
  private struct Row {
    let name: String
    let type: String
    let shape: [Int]
    let sums: TensorSums?
  }

  private let file: CheckpointFile
  private let content: (name: String, settings: [JSONValue.Member])
  private let rows: [Row]

  init(path: String, sums: Bool) throws {
    file = try CheckpointFile(path: path)
    content = Self.describe(file.content(), hasCard: file.hasModelCard)
    rows = try file.tensors.map {
      Row(
        name: $0.name, type: $0.values.type.rawValue, shape: $0.values.shape,
        sums: sums ? try TensorSums(of: $0.values) : nil)
    }
  }

  private var numberCount: Int { rows.reduce(0) { $0 + $1.shape.reduce(1, *) } }

  var json: JSONValue {
    .object([
      "path": .string(file.path), "format": .string(file.format.rawValue), "content": .string(content.name),
      "configuration": .object(content.settings), "numbers": .integer(numberCount),
      "tensors": .array(
        rows.map { row in
          var members = [
            JSONValue.Member("name", .string(row.name)), JSONValue.Member("type", .string(row.type)),
            JSONValue.Member("shape", .array(row.shape.map(JSONValue.integer))),
          ]
          if let sums = row.sums {
            members.append(JSONValue.Member("sum", .number(sums.sum)))
            members.append(JSONValue.Member("absoluteSum", .number(sums.absoluteSum)))
          }
          return .object(members)
        }),
    ])
  }

  var text: String {
    var lines = ["\(file.path.printable): \(content.name), \(file.format.rawValue)"]
    let width = content.settings.map(\.name.count).max() ?? 0
    lines += content.settings.map { "  \(Self.padded($0.name, width))  \(Self.plain($0.value))" }
    var table = [["tensor", "type", "shape"] + (rows.contains { $0.sums != nil } ? ["sum", "absolute sum"] : [])]
    for row in rows {
      let sums = row.sums.map { [Self.number($0.sum), Self.number($0.absoluteSum)] } ?? []
      table.append([row.name.printable, row.type, "\(row.shape)"] + sums)
    }
    let widths = table[0].indices.map { column in table.map { $0[column].count }.max() ?? 0 }
    lines += table.map { cells in
      let padded = zip(cells, widths).map { Self.padded($0, $1) }.joined(separator: "  ")
      return "  " + String(padded.reversed().drop { $0 == " " }.reversed())
    }
    return (lines + ["  \(TextFormat.counted(rows.count, "array")), \(TextFormat.counted(numberCount, "number"))"])
      .joined(separator: "\n")
  }

  // MARK: Content

  private static func describe(_ content: CheckpointFile.Content, hasCard: Bool) -> (String, [JSONValue.Member]) {
    switch content {
    case .model(let card):
      let written: [JSONValue.Member] = [
        .init("formatVersion", .integer(card.formatVersion)), .init("writer", .string(card.writer)),
      ]
      return (
        card.kind == .classifier ? "classifier" : "language model", (hasCard ? written : []) + settings(of: card)
      )
    case .transformer(let transformer):
      return (transformer.hasClassifier ? "transformer classifier" : "transformer", settings(of: transformer))
    case .optimizerState(let parameters):
      return ("optimizer state", [JSONValue.Member("parameters", .integer(parameters))])
    case .trainingLog(let losses):
      let last = losses.average.suffix(100)
      let bits = last.reduce(0, +) / Double(last.count) / log(2)
      return (
        "training log",
        [
          .init("updates", .integer(losses.average.count)), .init("towers", .integer(losses.towers.count)),
          .init("bitsPerCharacterAtTheEnd", .number(bits)),
        ]
      )
    case .tensors(let reason): return ("tensors", [JSONValue.Member("reason", .string(reason))])
    }
  }

  private static func settings(of architecture: Architecture) -> [JSONValue.Member] {
    switch architecture {
    case .recurrent(let model):
      [
        .init("cell", .string(model.cell.rawValue)), .init("hiddenSize", .integer(model.hiddenSize)),
        .init("layerCount", .integer(model.layerCount)), .init("embeddingSize", .integer(model.embeddingSize)),
        .init("vocabularySize", .integer(model.vocabularySize)),
        .init("weightNormalization", .bool(model.usesWeightNormalization)), .init("tied", .bool(model.isTied)),
        .init("dropout", .number(model.dropout)),
      ]
    }
  }

  private static func settings(of card: ModelCard) -> [JSONValue.Member] {
    var members =
      settings(of: card.architecture) + [
        .init("tokenizer", .string(card.tokenizer.kind)), .init("cleaning", .string(card.cleaning.rawValue)),
      ]
    if let origin = card.origin {
      members += [
        .init("importedFrom", .string(origin.source.rawValue)),
        .init("gateOrderInSource", .string(origin.gateOrder.rawValue)),
        .init("vocabularyInSource", .integer(origin.vocabularySize)), .init("decoder", .bool(!origin.lacksDecoder)),
      ]
    }
    if let training = card.training {
      members += [
        .init("steps", .integer(training.steps)), .init("charactersSeen", .integer(training.charactersSeen)),
        .init("validationBitsPerCharacter", .number(orNull: training.validationBitsPerCharacter)),
        .init("date", .string(training.date)),
      ]
    }
    guard let classifier = card.classifier else { return members }
    let features = classifier.features
    let names = classifier.classNames.map { [JSONValue.Member("classNames", .array($0.map(JSONValue.string)))] } ?? []
    return members + [.init("labels", .array(classifier.labels.map(JSONValue.string)))] + names + [
      .init("thresholds", .array(classifier.thresholds.map(JSONValue.number))),
      .init("state", .string(features.state.rawValue)), .init("allLayers", .bool(features.allLayers)),
      .init("pools", .array(features.pools.map { .string($0.rawValue) })),
      .init("skipsLastToken", .bool(features.skipsLastToken)),
    ]
  }

  private static func settings(of transformer: TransformerDescription) -> [JSONValue.Member] {
    [
      .init("width", .integer(transformer.width)), .init("feedForwardWidth", .integer(transformer.feedForwardWidth)),
      .init("layerCount", .integer(transformer.layerCount)), .init("headCount", .integer(transformer.headCount)),
      .init("vocabularySize", .integer(transformer.vocabularySize)),
      .init("positionCount", .integer(transformer.positionCount)),
      .init("positionAxis", .string(transformer.positionAxis)),
      .init("normalizesBefore", .bool(transformer.normalizesBefore)),
      .init("outputMatrix", .bool(transformer.hasOutputMatrix)),
      .init("weightNormalization", .bool(transformer.isNormalized)),
    ]
  }

  // MARK: Text

  private static func plain(_ value: JSONValue) -> String {
    switch value {
    case .string(let text): text.printable
    case .array(let values): values.map(plain).joined(separator: ", ")
    default: value.text
    }
  }

  private static func number(_ value: Double) -> String { String(format: "%.6g", value) }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
