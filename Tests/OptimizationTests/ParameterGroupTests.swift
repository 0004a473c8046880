import Models
import Optimization
import Tensors
import Testing

@Suite struct ParameterGroupTests {
  @Test(arguments: [
    ("layers.**", "layers.0.hiddenWeight.gain", true), ("layers.**", "layers", true),
    ("layers.**", "decoder.bias", false),
    ("**.*bias", "decoder.bias", true), ("**.*bias", "bias", true), ("**.*bias", "a.b.rel_bias", true),
    ("**.*bias", "bias.weight", false), ("*.bias", "a.b.bias", false), ("**", "any.thing", true),
    ("layers.*.attention.**.weight", "layers.3.attention.query.weight", true),
    ("layers.*.attention.**.weight", "layers.3.attention.weight", true),
    ("layers.*.attention.**.weight", "layers.3.output.weight", false), ("hid*ght", "hiddenWeight", true),
    ("hid*ght", "hiddenWeights", false), ("*a*a", "banana", true), ("*a*b", "banana", false), ("", "a", false),
    ("a.**.**.**.z", "a.b.z", true),
  ])
  func namesOfAPattern(pattern: String, name: String, isMatch: Bool) {
    #expect(ParameterGroup(pattern).contains(name) == isMatch)
  }

  /// Parameters that begin at 1 and get the gradient 1.
  private func parameters(_ names: [String]) -> [NamedParameter] {
    names.map { name in
      let parameter = NamedParameter(name, Parameter(shape: [2]))
      parameter.variable.update { $0.fill(1) }
      return parameter
    }
  }

  private func step(_ updater: ParameterUpdater, rate: Double = 0.5) {
    for parameter in updater.parameters { parameter.variable.addGradient(Tensor([1, 1], shape: [2])) }
    updater.step(rate: rate, clip: 0)
  }

  @Test func groupsHaveTheirOwnRateDecayAndRest() throws {
    let parameters = parameters(["a.weight", "a.bias", "b.weight", "c"])
    let updater = try ParameterUpdater(
      StochasticGradientDescent(weightDecay: 0.5), parameters: parameters,
      groups: [
        ParameterGroup("*.bias", weightDecay: 0), ParameterGroup("a.*", rateFactor: 0.5),
        ParameterGroup("b.**", isFrozen: true),
      ])
    step(updater)
    // 1 − rate · (1 + decay · 1); the first group that fits is the one.
    #expect(parameters.map { $0.variable.value.values[0] } == [0.625, 0.5, 1, 0.25])
    #expect(parameters.map(\.isFrozen) == [false, false, true, false])
  }

  @Test func nothingIsKeptForAFrozenParameterUntilItThaws() throws {
    let parameters = parameters(["a", "b"])
    let updater = try ParameterUpdater(
      Adam(), parameters: parameters, groups: [ParameterGroup("b", isFrozen: true)])
    step(updater)
    #expect(updater.state.map(\.count) == [2, 0])
    #expect(parameters[1].variable.value.values == [1, 1])
    parameters[1].isFrozen = false
    step(updater)
    #expect(updater.state.map(\.count) == [2, 2])
    #expect(parameters[1].variable.value.values[0] < 1)
  }

  @Test func whatCannotBeFollowedIsRefused() {
    #expect(throws: OptimizationError.unmatchedPattern("z.**")) {
      try ParameterUpdater(Adam(), parameters: parameters(["a"]), groups: [ParameterGroup("z.**")])
    }
    #expect(throws: OptimizationError.invalidGroup(pattern: "a", setting: "rate factor", value: -1)) {
      try ParameterUpdater(Adam(), parameters: parameters(["a"]), groups: [ParameterGroup("a", rateFactor: -1)])
    }
    #expect(throws: OptimizationError.invalidGroup(pattern: "a", setting: "weight decay", value: .infinity)) {
      try ParameterUpdater(Adam(), parameters: parameters(["a"]), groups: [ParameterGroup("a", weightDecay: .infinity)])
    }
  }

  @Test func decayIsInTheGradientOrByItself() {
    func moved(_ rule: Adam) -> Float {
      let parameters = parameters(["a"])
      step(ParameterUpdater(rule, parameters: parameters), rate: 0.1)
      return parameters[0].variable.value.values[0]
    }
    // Adam's first step is its rate, whatever the gradient's size.
    #expect(abs(moved(Adam(weightDecay: 0.5)) - 0.9) < 1e-6)
    #expect(abs(moved(Adam(weightDecay: 0.5, decay: .decoupled)) - 0.85) < 1e-6)
  }
}
