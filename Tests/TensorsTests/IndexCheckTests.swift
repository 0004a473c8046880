import Tensors
import Testing

/// Kernels write where an index says, so a wrong one must end the program before they run.
@Suite struct IndexCheckTests {
  @Test func targetsBeyondTheClasses() async {
    await #expect(processExitsWith: .failure) {
      let logits = Variable(Tensor(zeros: [2, 3]))
      _ = softmaxCrossEntropy(logits, targets: [0, 3], on: Tape(Engine(), recording: true))
    }
    await #expect(processExitsWith: .failure) {
      let logits = Variable(Tensor(zeros: [2, 3]))
      _ = fusedSoftmaxCrossEntropy(consuming: logits, targets: [-1, 0], on: Tape(Engine(), recording: true))
    }
  }

  @Test func rowsBeyondTheTable() async {
    await #expect(processExitsWith: .failure) {
      _ = lookUpRows(Variable(Tensor(zeros: [4, 2])), index: [0, 4], on: Tape(Engine(), recording: false))
    }
    await #expect(processExitsWith: .failure) {
      _ = StepInput(rows: Tensor(zeros: [4, 2]), index: [-1])
    }
  }
}
