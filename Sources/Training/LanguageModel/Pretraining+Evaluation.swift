import Checkpoints
import Corpora
import Models

extension Pretraining {
  /// The validation loss, or the epoch's training loss where there is no validation text.
  func judgeEpoch(seconds: Double) throws -> Double? {
    var (loss, bits) = (window.epochLosses.value, window.epochLosses.bitsPerCharacter)
    if data.validation != nil {
      observe(.validating)
      guard let measured = try evaluate(task.model, on: &data.validation, .validation) else { return nil }
      (loss, bits) = measured
    }
    observe(
      .epochEnded(
        epoch: (step - 1) / configuration.stepsPerEpoch + 1, step: step, seconds: seconds, loss: loss,
        bitsPerCharacter: bits, isValidation: data.validation != nil))
    epochBits = bits
    return loss
  }

  func keepBest() throws {
    counts.bestBitsPerCharacter = epochBits
    try save(to: configuration.save, validationLoss: data.validation == nil ? nil : record.bestLoss)
    savedBest = true
  }

  /// Whether the file is the best model of the run that is resumed, so that it is tested when nothing better comes.
  func hasBestModel(at path: String) -> Bool {
    guard let bestLoss = record.bestLoss, let training = try? ModelFile.readCard(path).training else { return false }
    return training.data == configuration.data && training.steps <= step
      && training.validationLoss == (data.validation == nil ? nil : bestLoss)
  }

  /// The test loss of the best model that this run wrote.
  func testBest() throws -> (loss: Double, bitsPerCharacter: Double)? {
    guard data.test != nil, savedBest else { return nil }
    observe(.testing)
    let measured = try evaluate(try ModelFile.read(configuration.save).model, on: &data.test, .test)
    if let measured {
      observe(.tested(step: step, loss: measured.loss, bitsPerCharacter: measured.bitsPerCharacter))
    }
    return measured
  }

  /// The loss on held-out text in nats a token and in bits a character; `nil` when the caller asked to stop meanwhile.
  private func evaluate(
    _ model: LanguageModel, on text: inout HeldOutText?, _ part: HeldOutPart
  ) throws -> (loss: Double, bitsPerCharacter: Double)? {
    guard var held = text else { return nil }
    defer { text = held }
    let total = held.targets
    let loss = try LanguageModelEvaluator(engine: engine).loss(
      of: model, on: &held.sampler, batches: held.batches,
      observe: { observe(.evaluating(part, tokens: $0, of: max($0, total))) }, shouldStop: shouldStop)
    guard let loss else { return nil }
    let delivered = held.sampler.delivered
    // A limit in batches may end where less was read than fits into them.
    if delivered.targets < total { observe(.evaluating(part, tokens: delivered.targets, of: delivered.targets)) }
    return (loss, TokenLoss.bits(loss, tokens: Double(delivered.targets), characters: delivered.bytes))
  }
}
