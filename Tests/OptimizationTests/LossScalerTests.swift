import Foundation
import Models
import Tensors
import Testing

@testable import Optimization

@Suite struct LossScalerTests {
  @Test func traceOfTheSpecification() {
    var scaler = DynamicLossScaler(scale: 16, window: 3)
    let overflows = [0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1]
    let scales = overflows.map { flag in
      scaler.update(overflowed: flag == 1)
      return scaler.scale
    }
    #expect(scales == [16, 16, 32, 32, 32, 64, 32, 32, 32, 64, 64, 32, 16, 8, 4, 2, 1, 1, 1])
    #expect(scaler.isAtFloor)
  }

  @Test func growsOnTheThousandthCleanStepByDefault() {
    var scaler = DynamicLossScaler()
    for _ in 0..<999 { scaler.update(overflowed: false) }
    #expect(scaler.scale == 65_536)
    scaler.update(overflowed: false)
    #expect(scaler.scale == 131_072)
  }

  @Test func factorAndFloorAreChoices() {
    var scaler = DynamicLossScaler(scale: 1000, factor: 10, window: 2, floor: 5)
    let scales = [true, true, true, false, false, false, false].map { flag in
      scaler.update(overflowed: flag)
      return scaler.scale
    }
    #expect(scales == [100, 10, 5, 5, 50, 50, 500])
    #expect(DynamicLossScaler(scale: 2, floor: 8).scale == 8)
  }

  @Test func growthEndsAtTheCeiling() {
    var scaler = DynamicLossScaler(scale: 0x1p39, window: 1)
    for _ in 0..<5 { scaler.update(overflowed: false) }
    #expect(scaler.scale == 0x1p40)
    var beyond = DynamicLossScaler(scale: 0x1p50, window: 1)
    beyond.update(overflowed: false)
    #expect(beyond.scale == 0x1p50, "a larger first scale is the user's choice")
  }

  @Test func survivesAFile() throws {
    var scaler = DynamicLossScaler(scale: 64, window: 5)
    for step in 0..<7 { scaler.update(overflowed: step == 3) }
    var copy = try JSONDecoder().decode(LossScale.self, from: JSONEncoder().encode(LossScale.dynamic(scaler)))
    var original = LossScale.dynamic(scaler)
    #expect(copy == original)
    for step in 0..<20 {
      copy.update(overflowed: step == 11)
      original.update(overflowed: step == 11)
      #expect(copy.value == original.value)
    }
  }

  @Test func aResumedScaleGoesOnUnlessAnotherRuleIsAskedFor() {
    let saved = LossScale.dynamic(DynamicLossScaler(scale: 8))
    #expect(LossScale.dynamic(DynamicLossScaler()).resuming(saved) == saved)
    let slower = LossScale.dynamic(DynamicLossScaler(window: 2000))
    #expect(slower.resuming(saved) == slower)
    #expect(LossScale.fixed(128).resuming(saved) == .fixed(128))
  }
}

/// An optimizer under a loss scale, with gradients that pass through half precision on the way.
@Suite struct ScaledUpdateTests {
  /// Minimises `size · (p − 3)² / 2` for 300 steps; the scaled gradient is rounded to 11 bits and 65,504.
  private static func minimise(
    gradientSize: Double, _ scale: LossScale, optimizer: any Optimizer = Adam(), rate: Double = 0.05
  ) -> (error: Float, updater: ParameterUpdater) {
    let parameter = NamedParameter("p", Parameter(shape: [1]))
    let updater = ParameterUpdater(optimizer, parameters: [parameter], lossScale: scale)
    for _ in 0..<300 {
      let exact = gradientSize * (Double(parameter.variable.value.values[0]) - 3) * updater.lossScale.value
      parameter.variable.addGradient(Tensor([Float(Float16(exact))], shape: [1]))
      updater.step(rate: rate, clip: 0)
    }
    return (abs(parameter.variable.value.values[0] - 3), updater)
  }

  @Test func smallGradientsVanishInHalfPrecisionAndScalingRescuesThem() {
    let plain = Self.minimise(gradientSize: 5e-9, .fixed(1))
    #expect(plain.error == 3, "every gradient underflows, so nothing moves")
    let scaled = Self.minimise(gradientSize: 5e-9, .dynamic(DynamicLossScaler()))
    #expect(scaled.error < 0.05)
    #expect(scaled.updater.skippedCount == 0, "the default scale begins without skipped steps")
    #expect(Self.minimise(gradientSize: 5e-9, .fixed(65_536)).error < 0.05)
  }

  @Test func largeGradientsOverflowAndTheDynamicScaleComesDown() {
    let fixed = Self.minimise(gradientSize: 10, .fixed(65_536))
    #expect(fixed.error == 3 && fixed.updater.skippedCount == 300 && fixed.updater.stepCount == 0)
    let dynamic = Self.minimise(gradientSize: 10, .dynamic(DynamicLossScaler()))
    #expect(dynamic.error < 0.05)
    #expect(dynamic.updater.skippedCount == 5, "30 · 2¹⁶ fits after five halvings")
    #expect(dynamic.updater.stepCount == 295)
    #expect(dynamic.updater.lossScale.value == 2048)
  }

  @Test func theHistoricalScaleSkipsItsFirstSteps() {
    let historical = DynamicLossScaler(scale: DynamicLossScaler.historicalScale)
    let run = Self.minimise(gradientSize: 0.01, .dynamic(historical))
    #expect(run.error < 0.05)
    #expect(run.updater.skippedCount == 11)
  }

  /// A power of two changes nothing but the exponent, so that a scaled step ends exactly where a plain one ends.
  @Test(arguments: OptimizerKind.allCases)
  func scaledStepsAreTheSameSteps(kind: OptimizerKind) {
    func run(_ scale: LossScale, clip: Double) -> [Float] {
      let parameter = NamedParameter("p", Parameter(shape: [5]))
      parameter.variable.value.copy(from: Tensor([1, -2, 3, 0.5, -0.25], shape: [5]))
      let updater = ParameterUpdater(
        OptimizerChoice(kind, momentum: 0.5).makeOptimizer(), parameters: [parameter], lossScale: scale)
      for step in 1...10 {
        let gradient = (0..<5).map { Float(sin(Double($0 + step)) * updater.lossScale.value) }
        parameter.variable.addGradient(Tensor(gradient, shape: [5]))
        updater.step(rate: 0.1, clip: clip)
      }
      return parameter.variable.value.values
    }
    #expect(run(.fixed(1024), clip: 0) == run(.none, clip: 0))
    let (scaled, plain) = (run(.dynamic(DynamicLossScaler(scale: 1024)), clip: 0.5), run(.none, clip: 0.5))
    #expect(zip(scaled, plain).allSatisfy { abs($0 - $1) < 1e-6 }, "clipping is that of the unscaled gradients")
  }

  @Test func theNormIsThatOfTheUnscaledGradients() {
    let parameter = NamedParameter("p", Parameter(shape: [2]))
    let updater = ParameterUpdater(
      StochasticGradientDescent(), parameters: [parameter], lossScale: .fixed(256))
    parameter.variable.addGradient(Tensor([3 * 256, 4 * 256], shape: [2]))
    #expect(updater.step(rate: 1, clip: 0) == 5)
    #expect(parameter.variable.value.values == [-3, -4])
  }

  @Test(arguments: [Float.infinity, -.infinity, .nan])
  func aSkippedStepLeavesParametersStateAndStepNumber(bad: Float) {
    let parameters = ["a", "b"].map { NamedParameter($0, Parameter(shape: [2])) }
    let updater = ParameterUpdater(
      Adam(), parameters: parameters, lossScale: .dynamic(DynamicLossScaler(scale: 4)))
    func step(_ last: Float) -> Double {
      for parameter in parameters { parameter.variable.addGradient(Tensor([1, last], shape: [2])) }
      return updater.step(rate: 0.1, clip: 1)
    }
    _ = step(1)
    let values = parameters.map(\.variable.value.values)
    let moments = updater.state.map { $0.map(\.values) }
    #expect(!step(bad).isFinite)
    #expect(parameters.map(\.variable.value.values) == values)
    #expect(updater.state.map { $0.map(\.values) } == moments)
    #expect(parameters.allSatisfy { $0.variable.gradient == nil })
    #expect((updater.stepCount, updater.skippedCount) == (1, 1))
    #expect(updater.lossScale.value == 2)
    #expect(step(1).isFinite)
    #expect(updater.stepCount == 2)
  }
}
