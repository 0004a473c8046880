import Analysis
import Corpora
import Models
import ToolSupport

extension TransferArguments {
  /// The transfer that these arguments ask for.
  var configuration: TransferConfiguration {
    var run = TransferConfiguration()
    run.load = load.path
    run.architecture = LanguageModelConfiguration(
      cell: recurrent.shape.cell, embeddingSize: recurrent.shape.embeddingSize,
      hiddenSize: recurrent.shape.hiddenSize, layerCount: recurrent.shape.layerCount)
    let files = data.selection
    run.data = files.data
    run.validation = files.valid
    run.test = files.test
    run.split = data.splitText
    run.reading = data.reader.readingOptions(of: files, labelKeys: [data.labelKey], labels: .required)
    run.reading.labelMap = data.labelMap.map
    run.evaluationTextKey = data.evalTextKey
    run.evaluationLabelKey = data.evalLabelKey
    run.cleaning = data.reader.cleaning
    run.batchSize = data.reader.batchSize
    run.evaluationBatchSize = data.resolvedEvalBatchSize

    run.features = features.selection
    run.maximumLength = features.maximumSequenceLength
    run.warmupPasses = features.hiddenWarmupPasses
    run.usesCache = transfer.useCached
    run.metric = transfer.mcc ? .matthews : .accuracy
    run.iterationCap = transfer.iterationCap
    run.neuronCount = transfer.neuronCount
    run.dropsNeurons = transfer.dropNeurons
    run.scoresTest = !transfer.noTestEval
    run.resultsName = transfer.resultsName
    run.tablePath = transfer.tablePath
    run.seed = transfer.drawSeed()
    run.precision = precision.precision
    run.backend = execution.backend
    run.threads = execution.threadCount
    return run
  }
}

extension ClassifierOptions {
  /// The features that these options ask for.
  var selection: FeatureSelection {
    FeatureSelection(
      state: getHidden ? .hidden : .cell, allLayers: allLayers,
      pools: (concatMax ? [.maximum] : []) + (concatMin ? [.minimum] : []) + (concatMean ? [.mean] : []))
  }
}
