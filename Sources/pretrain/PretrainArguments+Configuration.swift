import Corpora
import Models
import ToolSupport
import Training

extension PretrainArguments {
  /// The run that these arguments ask for.
  var configuration: PretrainingConfiguration {
    var run = PretrainingConfiguration()
    let files = data.selection
    run.data = files.data
    run.validation = files.valid
    run.test = files.test
    run.split = data.splitText
    run.reading = data.reader.readingOptions(labels: .ignored)
    run.evaluationTextKey = data.evalTextKey
    run.isLazy = training.lazy
    run.cleaning = data.reader.cleaning
    run.tokenizer = tokenizer.choice

    run.architecture = LanguageModelConfiguration(
      cell: model.recurrent.shape.cell, embeddingSize: model.recurrent.shape.embeddingSize,
      hiddenSize: model.recurrent.shape.hiddenSize, layerCount: model.recurrent.shape.layerCount,
      dropout: model.dropout ?? 0, isTied: model.tied, usesWeightNormalization: !model.noWeightNorm)
    run.load = checkpoints.load.path
    run.loadedDropout = model.dropout
    run.resumes = checkpoints.loadOptimizer

    run.batchSize = data.reader.batchSize
    run.evaluationBatchSize = data.resolvedEvalBatchSize
    run.sequenceLength = training.sequenceLength
    run.evaluationSequenceLength = training.resolvedEvalSequenceLength
    run.persistence = training.persistState

    run.optimizer = optimization.optimizer
    run.schedule = schedule
    run.clip = optimization.clip
    run.epochs = training.epochs
    run.stepsPerEpoch = training.trainIterations
    run.evaluationBatches = training.evalIterations

    run.save = checkpoints.savePath
    run.stepsPerCheckpoint = checkpoints.saveInterval
    run.savesTrainingState = checkpoints.saveOptimizer
    run.logInterval = training.logInterval
    run.seed = UInt32(truncatingIfNeeded: training.drawSeed())
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
