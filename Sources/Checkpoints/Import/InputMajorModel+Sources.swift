import Formats

extension InputMajorModel {
  /// The fifteen arrays of Radford, Jozefowicz and Sutskever (2017), named `0` to `14`.
  init(openAI arrays: NamedArrays) throws {
    try self.init(
      arrays, embedding: "0",
      layers: [
        Names(
          x: ["1"], h: ["2", "3", "4", "5"], mx: "6", mh: "7", b: ["8"],
          gains: (x: ["9"], h: ["10"], mx: "11", mh: "12"))
      ], decoder: ("13", "14"))
  }

  /// The list of the TensorFlow reproduction: 27 arrays, or 17 without gains; one array for each gate.
  init(reproduction arrays: NamedArrays) throws {
    let hasGains = arrays.byName.count == 27
    guard hasGains || arrays.byName.count == 17 else {
      throw CheckpointError.notACheckpoint(
        path: arrays.path, reason: "it holds \(arrays.byName.count) arrays where a model has 27, or 17 without gains")
    }
    // The list has the candidate first, then input, output and forget gate.
    let gains = (x: ["19", "23", "21", "17"], h: ["20", "24", "22", "18"], mx: "15", mh: "16")
    try self.init(
      arrays, embedding: "0",
      layers: [
        Names(
          x: ["6", "12", "9", "3"], h: ["7", "13", "10", "4"], mx: "1", mh: "2", b: ["8", "14", "11", "5"],
          gains: hasGains ? gains : nil)
      ], decoder: hasGains ? ("25", "26") : ("15", "16"))
  }

  /// Eight arrays with the gains folded in.
  init(folded arrays: NamedArrays) throws {
    try self.init(
      arrays, embedding: "embd",
      layers: [Names(x: ["wx"], h: ["wh"], mx: "wmx", mh: "wmh", b: ["b0"], gains: nil)], decoder: ("w", "b"))
  }

  /// A UniRep archive: `embedding`, `mlstm.<layer>.…` and perhaps `dense.w`, `dense.b`.
  init(uniRep arrays: NamedArrays) throws {
    var layers: [Names] = []
    while arrays["mlstm.\(layers.count).wx"] != nil {
      let prefix = "mlstm.\(layers.count)."
      layers.append(
        Names(
          x: [prefix + "wx"], h: [prefix + "wh"], mx: prefix + "wmx", mh: prefix + "wmh", b: [prefix + "b"],
          gains: (x: [prefix + "gx"], h: [prefix + "gh"], mx: prefix + "gmx", mh: prefix + "gmh")))
    }
    try self.init(
      arrays, embedding: "embedding", layers: layers,
      decoder: arrays["dense.w"] == nil ? nil : ("dense.w", "dense.b"))
  }

  /// The files of the original UniRep release, whose names are those of TensorFlow variables.
  init(uniRepFolder arrays: NamedArrays) throws {
    let renamed = try KeyMap.uniRepFolder.paths(
      arrays.byName.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }, file: arrays.path)
    let byName = Dictionary(renamed.map { ($0.path, $0.value) }, uniquingKeysWith: { first, _ in first })
    try self.init(uniRep: NamedArrays(path: arrays.path, byName: byName))
  }

  /// Names of the arrays of one layer.
  private struct Names {
    var x: [String]
    var h: [String]
    var mx: String
    var mh: String
    var b: [String]
    var gains: (x: [String], h: [String], mx: String, mh: String)?
  }

  /// Looks the arrays up and checks their shapes against each other.
  private init(
    _ arrays: NamedArrays, embedding: String, layers names: [Names], decoder: (weight: String, bias: String)?
  ) throws {
    let table = try arrays.requireMatrix(embedding)
    guard let first = names.first else {
      throw CheckpointError.notACheckpoint(path: arrays.path, reason: "it holds no recurrent layer")
    }
    let width = try arrays.requireMatrix(first.mh).shape[0]
    func gates(_ names: [String], _ leading: [Int]) throws -> [StoredTensor] {
      try names.map { try arrays.requireShape($0, leading + [4 * width / names.count]) }
    }
    let layers = try names.enumerated().map { index, layer in
      let input = index == 0 ? table.shape[1] : width
      return Layer(
        inputWeight: try gates(layer.x, [input]), hiddenWeight: try gates(layer.h, [width]),
        multiplierInput: try arrays.requireShape(layer.mx, [input, width]),
        multiplierHidden: try arrays.requireShape(layer.mh, [width, width]), bias: try gates(layer.b, []),
        gains: try layer.gains.map {
          Gains(
            input: try gates($0.x, []), hidden: try gates($0.h, []),
            multiplierInput: try arrays.requireShape($0.mx, [width]),
            multiplierHidden: try arrays.requireShape($0.mh, [width]))
        })
    }
    // Bytes are their own classes; other vocabularies leave padding out.
    let classes = table.shape[0] == 256 ? 256 : table.shape[0] - 1
    self.init(
      path: arrays.path, embedding: try arrays.require(embedding), layers: layers,
      decoder: try decoder.map {
        (try arrays.requireShape($0.weight, [width, classes]), try arrays.requireShape($0.bias, [classes]))
      })
  }
}
