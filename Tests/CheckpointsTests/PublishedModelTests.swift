import Files
import Formats
import Foundation
import Models
import Tensors
import TestSupport
import Testing

@testable import Checkpoints

/// Layouts of published mLSTM weights against the cell's equations, evaluated in double precision on the files' arrays.
@Suite struct PublishedModelTests {
  /// One matrix `[in, out]` with the gains applied to its columns.
  private struct Matrix {
    let columns: Int
    var values: [Double]

    init(columns: Int, values: [Double]) {
      self.columns = columns
      self.values = values
    }

    init(_ tensor: StoredTensor, gain: StoredTensor? = nil) {
      columns = tensor.shape.last ?? 1
      values = tensor.doubles
      guard let gain = gain?.doubles else { return }
      for column in 0..<columns {
        let places = stride(from: column, to: values.count, by: columns)
        let norm = max(places.reduce(0) { $0 + values[$1] * values[$1] }, 1e-12).squareRoot()
        for place in places { values[place] *= gain[column] / norm }
      }
    }

    func times(_ row: [Double]) -> [Double] {
      (0..<columns).map { column in
        row.indices.reduce(0) { $0 + row[$1] * values[$1 * columns + column] }
      }
    }
  }

  /// h and c of the top layer after each token; gates are given one by one as input, forget, output, candidate.
  private func states(
    _ ids: [Int], embedding: StoredTensor,
    layers: [(x: [Matrix], h: [Matrix], mx: Matrix, mh: Matrix, b: [[Double]])]
  ) -> [(h: [Double], c: [Double])] {
    func sigmoid(_ value: Double) -> Double { 1 / (1 + exp(-value)) }
    let width = layers[0].mh.columns
    var h = layers.map { _ in [Double](repeating: 0, count: width) }
    var c = h
    let (table, size) = (embedding.doubles, embedding.shape[1])
    return ids.map { id in
      var input = Array(table[id * size..<(id + 1) * size])
      for (index, layer) in layers.enumerated() {
        let m = zip(layer.mx.times(input), layer.mh.times(h[index])).map { $0 * $1 }
        let gates = (0..<4).map { gate in
          zip(zip(layer.x[gate].times(input), layer.h[gate].times(m)), layer.b[gate]).map { $0.0 + $0.1 + $1 }
        }
        for unit in 0..<width {
          c[index][unit] =
            sigmoid(gates[1][unit]) * c[index][unit] + sigmoid(gates[0][unit]) * tanh(gates[3][unit])
          h[index][unit] = sigmoid(gates[2][unit]) * tanh(c[index][unit])
        }
        input = h[index]
      }
      return (h[layers.count - 1], c[layers.count - 1])
    }
  }

  private func split(_ matrix: Matrix) -> [Matrix] {
    let width = matrix.columns / 4
    return (0..<4).map { gate in
      let places = matrix.values.indices.filter { $0 % matrix.columns / width == gate }
      return Matrix(columns: width, values: places.map { matrix.values[$0] })
    }
  }

  private func check(_ model: LanguageModel, tokens: [Int32], expected: [(h: [Double], c: [Double])]) {
    let top = model.encode(
      tokens: tokens, rows: 1, resetMask: nil, state: RecurrentState(zerosFor: 1, configuration: model.configuration),
      engine: Engine()
    ).layers[model.configuration.layerCount - 1]
    #expect(largestDifference(top.hidden.values, expected.flatMap { $0.h.map(Float.init) }) < 1e-6)
    #expect(largestDifference(top.cell?.values ?? [], expected.flatMap { $0.c.map(Float.init) }) < 1e-6)
  }

  private let ids = [10, 32, 100, 255, 0, 32]

  @Test(arguments: [2, 3, 4]) func reproduction(protocolVersion: Int) throws {
    let path = "\(goldenFolder)/reproduction_protocol\(protocolVersion).npy"
    let a = try NumpyObjectArray.read(MappedFile(path: path))
    #expect(a.count == 27)
    // Candidate, input, output, forget in the list.
    let layer = (
      x: [(6, 19), (12, 23), (9, 21), (3, 17)].map { Matrix(a[$0.0], gain: a[$0.1]) },
      h: [(7, 20), (13, 24), (10, 22), (4, 18)].map { Matrix(a[$0.0], gain: a[$0.1]) },
      mx: Matrix(a[1], gain: a[15]), mh: Matrix(a[2], gain: a[16]), b: [8, 14, 11, 5].map { a[$0].doubles }
    )
    let expected = states(ids, embedding: a[0], layers: [layer])
    let stored = try ModelFile.read(path)
    #expect(stored.card.tokenizer == .bytes)
    #expect(
      stored.card.origin
        == .init(source: .reproduction, gateOrder: .candidateLast, vocabularySize: 256, lacksDecoder: false))
    check(stored.model, tokens: ids.map { Int32($0) + 1 }, expected: expected)
    // The scores of the 256 bytes are those of the file; padding never follows.
    let logits = stored.model.logits(
      tokens: [11], rows: 1, resetMask: nil,
      state: RecurrentState(zerosFor: 1, configuration: stored.model.configuration),
      on: Tape(Engine(), recording: false)
    ).logits.value.values
    let scores = zip(Matrix(a[25]).times(expected[0].h), a[26].doubles).map { Float($0 + $1) }
    #expect(largestDifference(Array(logits.dropFirst()), scores) < 1e-6)
    #expect(logits[0] == -10_000)
  }

  @Test(arguments: ["unirep", "unirep_compressed"]) func stackOfUniRep(name: String) throws {
    let path = "\(goldenFolder)/\(name).npz"
    let arrays = Dictionary(
      uniqueKeysWithValues: try CheckpointFile(path: path).tensors.compactMap { tensor -> (String, StoredTensor)? in
        guard case .stored(let stored) = tensor.values else { return nil }
        return (tensor.name, stored)
      })
    let layers = try (0..<2).map { index in
      func array(_ key: String) throws -> StoredTensor { try #require(arrays["mlstm.\(index).\(key)"]) }
      let b = try array("b").doubles
      return (
        x: split(Matrix(try array("wx"), gain: try array("gx"))),
        h: split(Matrix(try array("wh"), gain: try array("gh"))),
        mx: Matrix(try array("wmx"), gain: try array("gmx")), mh: Matrix(try array("wmh"), gain: try array("gmh")),
        b: (0..<4).map { Array(b[$0 * 3..<($0 + 1) * 3]) }
      )
    }
    let tokens = try #require(AminoAcids.tokens("MKTAY"))
    let expected = states(tokens.map(Int.init), embedding: try #require(arrays["embedding"]), layers: layers)
    let stored = try ModelFile.read(path, anyTokenizer: true)
    check(stored.model, tokens: tokens, expected: expected)
    #expect(stored.card.tokenizer == .aminoAcids)
    #expect(message { _ = try ModelFile.read(path) }.contains("its tokenizer is 'amino_acids'"))
  }

  @Test func aminoAcidTokens() {
    #expect(AminoAcids.tokens("MKTAYIAKQR") == [24, 1, 4, 8, 15, 19, 17, 15, 4, 10, 2])
    #expect(AminoAcids.tokens("XOW") == [24, 23, 22, 20])
    #expect(AminoAcids.tokens("m") == nil)
    #expect(AminoAcids.tokens("-") == nil)
  }

  /// Every layout gives back what it was given, bit by bit.
  @Test(arguments: [CheckpointLayout.openAI, .reproduction, .folded]) func layoutsAndBack(layout: CheckpointLayout)
    throws
  {
    try withTemporaryFolder { folder in
      let source = "\(goldenFolder)/reproduction_protocol3.npy"
      let exported = "\(folder)/\(layout.rawValue)"
      _ = try CheckpointConversion(layout: layout).run(from: source, to: exported + "/")
      let file = try CheckpointFile(path: exported)
      #expect(file.format.rawValue == layout.rawValue)
      let again = folder + "/again"
      _ = try CheckpointConversion(layout: layout).run(from: exported, to: again)
      for name in try contents(of: exported) {
        #expect(try bytes(at: "\(exported)/\(name)") == bytes(at: "\(again)/\(name)"), "\(name)")
      }
      let (first, second) = (try ModelFile.read(source).model, try ModelFile.read(exported).model)
      let tokens = ids.map { Int32($0) + 1 }
      let runs = [first, second].map {
        $0.logits(
          tokens: tokens, rows: 1, resetMask: nil, state: RecurrentState(zerosFor: 1, configuration: $0.configuration),
          on: Tape(Engine(), recording: false)
        ).logits.value.values
      }
      #expect(largestDifference(runs[0], runs[1]) < 1e-6)
      guard layout == .reproduction else { return }
      let (original, written) = (
        try NumpyObjectArray.read(MappedFile(path: source)),
        try NumpyObjectArray.read(MappedFile(path: exported + "/model.npy"))
      )
      #expect(original.map(\.shape) == written.map(\.shape))
      #expect(original.map(\.doubles) == written.map(\.doubles))
    }
  }

  @Test func partsOfAPublishedFileAreJoined() throws {
    try withTemporaryFolder { folder in
      let whole = try bytes(at: "\(goldenFolder)/reproduction_protocol2.npy")
      for (index, name) in ["xaa", "xab", "xac", "xad"].enumerated() {
        let part = whole[index * 3000..<(index == 3 ? whole.count : (index + 1) * 3000)]
        try Data(part).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
      }
      #expect(try CheckpointFile(path: folder).tensors.count == 27)
      #expect(try ModelFile.read(folder).card.origin?.source == .reproduction)
    }
  }

  @Test func stepsAndLosses() throws {
    try withTemporaryFolder { folder in
      let model = try bytes(at: "\(goldenFolder)/reproduction_protocol2.npy")
      try Data(model).write(to: URL(fileURLWithPath: folder + "/model.npy"))
      try NumpyFile.write(int32: 1184, to: folder + "/global_step.npy")
      #expect(try ModelFile.read(folder).card.training?.steps == 1184)
      #expect(try ModelFile.read(folder + "/model.npy").card.training?.steps == 1184)
      _ = try CheckpointConversion(layout: .reproduction).run(from: folder, to: folder + "/again")
      #expect(try bytes(at: folder + "/global_step.npy") == bytes(at: folder + "/again/global_step.npy"))

      let towers = [[3.0, 2, 1], [5.0, 4, 3]]
      for (name, rows) in [("first", [[4.0, 3, 2]] + towers), ("last", towers + [[4.0, 3, 2]])] {
        try NumpyFile.write(float64: rows.flatMap { $0 }, shape: [3, 3], to: "\(folder)/\(name).npy")
        guard case .trainingLog(let log) = try CheckpointFile(path: "\(folder)/\(name).npy").content() else {
          Issue.record("no log")
          continue
        }
        #expect(log.average == [4, 3, 2])
        #expect(log.towers == towers)
      }
    }
  }

  @Test func whatALayoutCannotHold() throws {
    try withTemporaryFolder { folder in
      let model = try smallModel(.gru)
      try ModelFile.write(model, card: card(model), to: folder + "/m.safetensors")
      #expect(
        message { _ = try CheckpointConversion().run(from: folder + "/m.safetensors", to: folder + "/out/") }
          == "cannot use \(folder)/m.safetensors: this layout holds only an mLSTM of one layer that reads bytes and has a "
          + "decoder")
      #expect(
        message { _ = try CheckpointFile(path: folder) }
          == "cannot use \(folder): the folder holds no known set of arrays, such as 0.npy to 14.npy, model.npy, or "
          + "embd.npy and wx.npy")
    }
  }
}
