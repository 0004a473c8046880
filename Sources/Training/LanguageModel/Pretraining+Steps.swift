import Corpora

extension Pretraining {
  /// Reads the file of the epoch that begins or goes on now; `false` when the caller asked to stop meanwhile.
  func prepareEpoch() throws -> Bool {
    guard configuration.trainsShardByShard else { return true }
    let shard = step / configuration.stepsPerEpoch % configuration.data.count
    if shard != data.shard {
      let tokenizer = data.tokenizer
      do {
        data = try PretrainingData(
          configuration, sampling: sampling, shard: shard, seed: seed, cleaning: cleaning,
          makeTokenizer: { _ in tokenizer },
          observe: observePreparation)
        task.sampler = data.training
      } catch TrainingError.stoppedBeforeTraining {
        return false
      } catch CorpusError.stopped {
        return false
      }
    }
    observe(
      .shardStarted(path: configuration.data[shard], number: shard + 1, of: configuration.data.count))
    return true
  }

  func beginSteps(isNewEpoch: Bool) {
    window.begin(newEpoch: isNewEpoch)
    bytesDelivered = task.bytesDelivered
  }

  func note(_ outcome: StepOutcome, seconds: Double) {
    trainingSeconds += seconds
    stepCharacters = task.bytesDelivered - bytesDelivered
    bytesDelivered = task.bytesDelivered
    counts.charactersSeen += stepCharacters
    charactersTimed += stepCharacters
    window.add(outcome, characters: stepCharacters)
  }

  func report(_ outcome: StepOutcome, isLast: Bool) {
    observe(
      .step(
        step, total: plan.totalSteps, charactersSeen: counts.charactersSeen, loss: outcome.loss,
        bitsPerCharacter: TokenLoss.bits(outcome.loss, tokens: outcome.weight, characters: stepCharacters)))
    guard step % configuration.logInterval == 0 || isLast else { return }
    observe(
      .progress(
        window.close(
          epoch: (step - 1) / configuration.stepsPerEpoch + 1, epochs: configuration.epochCount, step: step,
          totalSteps: plan.totalSteps, skippedSteps: trainer.updater.skippedCount, elapsed: start.secondsAgo)))
  }

  func tell(_ event: RunEvent) {
    switch event {
    case .overflowed(let step, let scale, let next): observe(.overflowed(step: step, scale: scale, next: next))
    case .diverging(let step, let loss, let mean): observe(.diverging(step: step, loss: loss, mean: mean))
    case .rolledBack(let path, let rateFactor): observe(.rolledBack(path: path, rateFactor: rateFactor))
    case .setAside(let folder): observe(.setAside(folder: folder))
    }
  }
}
