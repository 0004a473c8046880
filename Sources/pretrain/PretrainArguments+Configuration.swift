import Corpora
import Models
import Optimization
import ToolSupport
import Training

extension PretrainArguments {
  /// The run that these arguments ask for.
  ///
  /// - Parameter loadPath: the checkpoint to start from.
  func configuration(loading loadPath: String?) -> PretrainingConfiguration {
    var run = PretrainingConfiguration()
    let files = data.selection
    run.data = files.data
    run.validation = files.validation
    run.test = files.testing
    run.split = data.splitText
    run.reading = data.reader.readingOptions(of: files, labels: .ignored)
    run.evaluationTextKey = data.evalTextKey
    run.isLazy = training.lazy
    run.trainsShardByShard = training.shards
    run.cleaning = data.reader.cleaning
    run.tokenizer = tokenizer.choice

    run.architecture = LanguageModelConfiguration(
      cell: model.recurrent.shape.cell, embeddingSize: model.recurrent.shape.embeddingSize,
      hiddenSize: model.recurrent.shape.hiddenSize, layerCount: model.recurrent.shape.layerCount,
      dropout: model.dropout ?? 0, isTied: model.tied, usesWeightNormalization: !model.noWeightNorm)
    run.load = loadPath
    run.loadedDropout = model.dropout
    run.resumes = checkpoints.resumes
    run.additionalSteps = training.additionalIterations

    run.batchSize = data.reader.batchSize
    run.evaluationBatchSize = data.resolvedEvalBatchSize
    run.sequenceLength = training.sequenceLength
    run.evaluationSequenceLength = training.resolvedEvalSequenceLength
    run.persistence = training.persistState
    run.sampling = training.sampling

    run.optimizer = OptimizerChoice(
      optimization.optimizer, weightDecay: optimization.weightDecay, momentum: optimization.momentum,
      isNesterov: optimization.nesterov)
    run.schedule = schedule
    run.stretchesSchedule = optimization.decayHorizon == nil
    run.clip = optimization.clip
    run.accumulationSteps = optimization.accumulationSteps
    run.recomputesStates = optimization.recomputeStates
    run.onDivergence = optimization.onDivergence
    run.precision = precision.precision
    run.lossScale = precision.resolvedLossScale
    run.epochs = training.epochs
    run.stepsPerEpoch = training.trainIterations
    run.evaluationBatches = training.evalIterations

    run.save = checkpoints.savePath
    run.stepsPerCheckpoint = checkpoints.saveInterval
    run.savesTrainingState = !checkpoints.weightsOnly
    run.keptCheckpoints = checkpoints.keepCheckpoints
    run.logInterval = training.logInterval
    run.seed = training.drawSeed()
    run.isSeedDrawn = training.seedNumber < 0
    run.backend = execution.backend
    run.threads = execution.threadCount
    return run
  }

  private var schedule: LearningRateSchedule {
    let horizon = Double(decayHorizon)
    if let cut = optimization.slantedTriangleCut {
      return LearningRateSchedule(
        baseRate: optimization.learningRate, decay: .slantedTriangle, warmupSteps: cut * horizon, horizon: horizon)
    }
    return LearningRateSchedule(
      baseRate: optimization.learningRate, decay: optimization.decayStyle?.decay ?? .constant,
      warmupSteps: optimization.warmup * horizon, horizon: horizon)
  }
}
