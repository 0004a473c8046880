import Foundation
import Models
import Optimization
import Tensors
import Testing

/// Against PyTorch in double precision; see `Golden/optimizers.py` for the gradients and for LAMB.
@Suite struct OptimizerTests {
  struct Case: Decodable, CustomTestStringConvertible {
    var optimizer: String
    var rate: Double
    var weightDecay: Double?
    var momentum: Double?
    var nesterov: Bool?
    var clip: Double?
    var parameters: [String: [Double]]

    private enum CodingKeys: String, CodingKey {
      case optimizer, rate, momentum, nesterov, clip, parameters
      case weightDecay = "weight_decay"
    }

    var testDescription: String {
      "\(optimizer) rate \(rate) decay \(weightDecay ?? -1) momentum \(momentum ?? 0) clip \(clip ?? 0)"
    }
  }

  static let cases: [Case] = {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Golden/optimizers.json")
    let data = (try? Data(contentsOf: path)) ?? Data()
    return (try? JSONDecoder().decode([Case].self, from: data)) ?? []
  }()

  @Test func everyOptimizerWasRecordedTwice() {
    let recorded = Dictionary(grouping: Self.cases, by: \.optimizer).mapValues(\.count)
    #expect(recorded.count == OptimizerKind.allCases.count)
    #expect(OptimizerKind.allCases.allSatisfy { recorded[$0.rawValue, default: 0] >= 2 }, "\(recorded)")
  }

  @Test(arguments: cases)
  func thousandSteps(_ example: Case) throws {
    let count = 19
    let parameter = NamedParameter("p", Parameter(shape: [count]))
    parameter.variable.value.copy(from: Tensor((0..<count).map { Float(0.5 * cos(Double($0))) }, shape: [count]))
    let kind = try #require(OptimizerKind(named: example.optimizer.lowercased()))
    let updater = ParameterUpdater(
      OptimizerChoice(
        kind, weightDecay: example.weightDecay, momentum: example.momentum ?? 0,
        isNesterov: example.nesterov ?? false
      ).makeOptimizer(),
      parameters: [parameter])
    var compared = 0
    for step in 1...1000 {
      let gradient = (0..<count).map { Float(sin(0.3 * Double($0) + 0.05 * Double(step)) * (1 + 0.1 * Double($0))) }
      parameter.variable.addGradient(Tensor(gradient, shape: [count]))
      updater.step(rate: example.rate, clip: example.clip ?? 0)
      #expect(parameter.variable.gradient == nil)
      guard let expected = example.parameters["\(step)"] else { continue }
      let difference = zip(parameter.variable.value.values, expected).map { abs(Double($0) - $1) }.max() ?? .infinity
      #expect(difference < 5e-5, "step \(step): \(difference)")
      compared += 1
    }
    #expect(updater.stepCount == 1000)
    #expect(compared == 5)
  }

  @Test func namesInAnyCase() {
    #expect(OptimizerKind(named: "ADAM") == .adam)
    #expect(OptimizerKind(named: "sgd") == .sgd)
    #expect(OptimizerKind(named: "rmsprop") == .rmsProp)
    #expect(OptimizerKind(named: "adamw") == .adamW)
    #expect(OptimizerKind(named: "Lamb") == .lamb)
    #expect(OptimizerKind(named: "LBFGS") == nil)
  }

  /// More than one block of work, whose updates must not depend on the threads, and an odd end.
  @Test(arguments: OptimizerKind.allCases)
  func longArraysMoveLikeShortOnes(_ kind: OptimizerKind) {
    // LAMB's ratio is one of whole arrays, so every repetition of the short array scales both norms alike.
    let (short, repetitions) = (17, 1500)
    let parameters = [1, repetitions].map { NamedParameter("p", Parameter(shape: [short * $0])) }
    for parameter in parameters {
      let values = (0..<parameter.shape[0]).map { Float(cos(Double($0 % short))) }
      parameter.variable.value.copy(from: Tensor(values, shape: parameter.shape))
      let updater = ParameterUpdater(OptimizerChoice(kind, momentum: 0.5).makeOptimizer(), parameters: [parameter])
      for step in 1...3 {
        let gradient = (0..<parameter.shape[0]).map { Float(sin(Double($0 % short + step))) }
        parameter.variable.addGradient(Tensor(gradient, shape: parameter.shape))
        updater.step(rate: 0.01, clip: 0)
      }
    }
    let (one, many) = (parameters[0].variable.value.values, parameters[1].variable.value.values)
    let difference = many.indices.map { abs(many[$0] - one[$0 % short]) }.max() ?? .infinity
    #expect(difference < 1e-6)
  }

  @Test func parametersWithoutGradientStay() {
    let (moved, still) = (NamedParameter("a", Parameter(shape: [2])), NamedParameter("b", Parameter(shape: [2])))
    let updater = ParameterUpdater(Adam(weightDecay: 0.1), parameters: [moved, still])
    still.variable.value.fill(3)
    moved.variable.addGradient(Tensor([1, -1], shape: [2]))
    updater.step(rate: 0.1, clip: 0)
    #expect(still.variable.value.values == [3, 3])
    #expect(zip(moved.variable.value.values, [-0.1, 0.1]).allSatisfy { abs($0 - Float($1)) < 1e-6 })
  }
}

/// `g ← g · min(1, c / (‖g‖ + 1e-6))`, the norm taken over all parameters together.
@Suite struct ClippingTests {
  /// Parameters after one step of rate 1 from zero: the negated clipped gradients.
  private func step(_ gradients: [[Float]], clip: Double) -> (norm: Double, moved: [[Float]]) {
    let parameters = gradients.enumerated().map { NamedParameter("\($0)", Parameter(shape: [$1.count])) }
    for (parameter, gradient) in zip(parameters, gradients) {
      parameter.variable.addGradient(Tensor(gradient, shape: [gradient.count]))
    }
    let updater = ParameterUpdater(StochasticGradientDescent(), parameters: parameters)
    let norm = updater.step(rate: 1, clip: clip)
    return (norm, parameters.map { $0.variable.value.values.map { -$0 } })
  }

  @Test func aLongGradientIsScaledAsAWhole() {
    let (norm, moved) = step([[3, 0], [4]], clip: 1)
    #expect(norm == 5)
    let scale = Float(1 / (5 + 1e-6))
    #expect(zip(moved.joined(), [3 * scale, 0, 4 * scale]).allSatisfy { abs($0 - $1) < 1e-7 })
  }

  @Test func aShortGradientStays() {
    #expect(step([[0.3, 0], [0.4]], clip: 1).moved == [[0.3, 0], [0.4]])
  }

  @Test func zeroMeansNoLimit() {
    #expect(step([[300], [400]], clip: 0).moved == [[300], [400]])
  }

  @Test func zeroGradientIsNoProblem() {
    let (norm, moved) = step([[0, 0]], clip: 1)
    #expect(norm == 0)
    #expect(moved == [[0, 0]])
  }
}
