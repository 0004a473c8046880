import Tensors
import Testing

/// Nothing to sum gives zero, and nothing to compute is not a fault.
@Suite struct ZeroSizeTests {
  @Test(arguments: MatrixBackendKind.allCases, [ElementType.float32, .bfloat16, .float16])
  func productsOverNothingAreZero(kind: MatrixBackendKind, type: ElementType) {
    let engine = Engine(kind)
    for (transposeA, transposeB) in [(false, false), (true, false), (false, true), (true, true)] {
      let a = Tensor(zeros: transposeA ? [0, 2] : [2, 0]).converted(to: type)
      let b = Tensor(zeros: transposeB ? [3, 0] : [0, 3]).converted(to: type)
      let c = Tensor([Float](repeating: .nan, count: 6), shape: [2, 3])
      engine.multiply(a, transposeA: transposeA, b, transposeB: transposeB, into: c, accumulate: false)
      #expect(c.values == [0, 0, 0, 0, 0, 0])
      c.fill(5)
      engine.multiply(a, transposeA: transposeA, b, transposeB: transposeB, into: c, accumulate: true)
      #expect(c.values == [5, 5, 5, 5, 5, 5])
    }
  }

  @Test(arguments: MatrixBackendKind.allCases, Precision.allCases)
  func preparedProductsOverNothingAreZero(kind: MatrixBackendKind, precision: Precision) {
    let engine = Engine(kind, precision: precision)
    for (transposed, rows) in [(false, 4), (true, 4), (true, 1)] {
      let prepared = engine.prepare(Tensor(zeros: transposed ? [3, 0] : [0, 3]), transposed: transposed, rows: rows)
      let c = Tensor([Float](repeating: .nan, count: 3 * rows), shape: [rows, 3])
      prepared.multiply(Tensor(zeros: [rows, 0]), into: c, accumulate: false)
      #expect(c.values.allSatisfy { $0 == 0 })
      let none = engine.prepare(Tensor(zeros: transposed ? [0, 3] : [3, 0]), transposed: transposed, rows: rows)
      none.multiply(Tensor(zeros: [rows, 3]), into: Tensor(zeros: [rows, 0]), accumulate: false)
    }
  }

  @Test func rowsWithoutColumnsAreCounted() {
    #expect(Tensor(zeros: [4, 0]).rowCount == 4)
    #expect(Tensor(zeros: [0, 4]).rowCount == 0)
    #expect(Tensor(zeros: [2, 3, 0]).rowCount == 6)
    #expect(Tensor(zeros: [2, 0, 3]).rowCount == 0)
  }

  @Test func operationsOnNoRows() {
    let tape = Tape(Engine(), recording: true)
    let x = Variable(Tensor(zeros: [0, 5]))
    let weight = Variable(randomTensor([3, 5], seed: 1))
    let bias = Variable(randomTensor([3], seed: 2))
    let y = softmax(activate(linear(x, weight: weight, bias: bias, on: tape), .gelu, on: tape), on: tape)
    let loss = softmaxCrossEntropy(add(y, bias, on: tape), targets: [], on: tape)
    #expect(loss.value == 0 && y.value.shape == [0, 3])
    tape.backward(from: loss.variable)
    #expect(weight.gradient?.values.allSatisfy { $0 == 0 } == true)
    #expect(bias.gradient?.values == [0, 0, 0])
  }

  @Test func aDirectionOfZerosIsAWeightOfZeros() {
    let direction = Variable(Tensor([0, 0, 0, 1, 2, 2], shape: [2, 3]))
    let gain = Variable(Tensor([2, 3], shape: [2, 1]))
    let tape = Tape(Engine(), recording: true)
    let weight = normalizeWeight(direction: direction, gain: gain, on: tape)
    #expect(largestDifference(weight.value.values, [0, 0, 0, 1, 2, 2]) < 1e-6)
    tape.backward(from: projection(weight, on: tape))
    for gradient in [direction.gradient, gain.gradient] {
      #expect(gradient?.values.allSatisfy(\.isFinite) == true)
    }
    #expect(direction.gradient?.values.prefix(3) == [0, 0, 0])
  }
}
