import Corpora
import Models
import Optimization
import Testing
import ToolSupport
import Training

@Suite struct OptionValueTests {
  @Test func tokenizerOfPretrain() throws {
    #expect(try Sample.pretrain().tokenizer.choice == nil)
    #expect(try Sample.pretrain("--tokenizer-type characterLevelTokenizer").tokenizer.choice == .characters)
    #expect(
      try Sample.pretrain("--tokenizer_type SentencePieceTokenizer").tokenizer.choice
        == .sentencePiece(
          path: "tokenizer.model", training: SentencePieceTraining(modelType: .bpe, vocabularySize: 256)))
    let typed = try Sample.pretrain(
      "--tokenizer-type sentencepiece --tokenizer-path ama_32k_tokenizer.model --vocab-size 32000 "
        + "--tokenizer-model-type unigram")
    #expect(
      typed.tokenizer.choice
        == .sentencePiece(
          path: "ama_32k_tokenizer.model",
          training: SentencePieceTraining(modelType: .unigram, vocabularySize: 32_000)))
  }

  @Test func pretrainDefaults() throws {
    let options = try Sample.pretrain()
    #expect(
      options.model.recurrent.architecture
        == LanguageModelConfiguration(cell: .multiplicativeLSTM, embeddingSize: 64, hiddenSize: 4096, layerCount: 1))
    #expect(options.model.dropout == nil && !options.model.tied && !options.model.noWeightNorm)
    #expect(options.data.selection == DataSelection(data: ["./data/imdb/unsup.json"]))
    #expect(options.data.splitProportions == [100, 1, 1])
    #expect(options.data.reader.batchSize == 128 && options.data.evalBatchSize == 0)
    #expect(options.data.reader.textKey == "sentence" && options.data.evalTextKey == nil)
    #expect(options.data.reader.delimiter == 44 && options.data.reader.encoding == .utf8)
    #expect(options.data.reader.cleaning == nil && !options.data.reader.looseJson)
    #expect(options.training.sequenceLength == 256 && options.training.resolvedEvalSequenceLength == 256)
    #expect(options.training.trainIterations == 1000 && options.training.epochs == 1)
    #expect(options.training.evalIterations == nil && options.training.logInterval == 100)
    #expect(options.training.persistState == .perShard && !options.training.lazy)
    #expect(options.training.drawSeed() == 1234)
    #expect(options.optimization.optimizer == .adam && options.optimization.learningRate == 5e-4)
    #expect(options.optimization.clip == 0 && options.optimization.warmup == 0)
    #expect(options.optimization.decayStyle == nil && options.optimization.slantedTriangleCut == nil)
    #expect(options.decayHorizon == 1000)
    #expect(options.checkpoints.savePath == "lang_model.safetensors")
    #expect(options.precision.precision == .float32 && options.precision.resolvedLossScale == .none)
    #expect(options.optimization.weightDecay == nil && options.optimization.onDivergence == .warn)
    #expect(options.optimization.accumulationSteps == 1 && !options.optimization.recomputeStates)
    #expect(options.checkpoints.keepCheckpoints == 3 && !options.checkpoints.resumes)
    #expect(options.checkpoints.saveInterval == 10_000 && options.checkpoints.load.path == nil)
    #expect(options.execution.backend == .automatic && options.execution.threads == nil && !options.execution.quiet)
  }

  @Test(arguments: [
    ("--fp16", LossScale.dynamic(DynamicLossScaler())),
    ("--precision half --dynamic-loss-scale", .dynamic(DynamicLossScaler())),
    ("--fp16 --loss-scale 128", .fixed(128)), ("--fp16 --loss-scale 1", .fixed(1)),
    ("--fp16 --loss-scale 1 --dynamic-loss-scale", .dynamic(DynamicLossScaler())),
    (
      "--fp16 --initial-loss-scale 4294967296 --loss-scale-window 500 --loss-scale-factor 4 --min-loss-scale 0.5",
      .dynamic(DynamicLossScaler(scale: DynamicLossScaler.historicalScale, factor: 4, window: 500, floor: 0.5))
    ),
    ("--precision bf16", .none), ("--loss-scale 1", .none),
  ])
  func lossScales(_ row: (line: String, scale: LossScale)) throws {
    #expect(try Sample.pretrain(row.line).precision.resolvedLossScale == row.scale)
  }

  @Test func theDecayOfShardsEndsWithThePassesOverAllFiles() throws {
    let options = try Sample.pretrain("--shards --data a.json b.json c.json --train-iters 10 --epochs 2")
    #expect(options.decayHorizon == 60)
    #expect(try Sample.pretrain("--data a.json b.json --train-iters 10").decayHorizon == 10)
  }

  @Test func transferDefaults() throws {
    let options = try Sample.transfer()
    #expect(options.data.selection == LabelledData.defaultSelection)
    #expect(options.data.splitProportions == [1])
    #expect(options.labels.labelKey == "label" && options.labels.evalLabelKey == nil)
    #expect(options.transfer.neuronCount == 1 && options.transfer.iterationCap == 100)
    #expect(options.transfer.drawSeed() == 1234)
    #expect(options.transfer.resultsName == "sentiment" && options.transfer.tablePath == nil)
    #expect(options.features.maximumSequenceLength == nil && options.features.hiddenWarmupPasses == 0)
  }

  @Test func runClassifierDefaults() throws {
    let options = try Sample.runClassifier("--load clf.safetensors")
    #expect(options.modelPath == "clf.safetensors")
    #expect(options.data.selection == DataSelection(data: ["data/binary_sst/test.csv"]))
    #expect(options.data.labelKeys == ["label"] && !options.data.requiresLabels)
    #expect(options.classification.keptNeurons == nil)
    #expect(options.classification.probabilitiesPath == "clf_results.npy")
  }

  @Test func generateDefaults() throws {
    let generation = try Sample.generate().generation
    #expect(generation.loadPath == "lang_model.safetensors" && generation.savePath == "generated.txt")
    #expect(generation.totalLength == 1000 && generation.temperature == 1 && generation.topK == 0)
    #expect(generation.neuron == nil && generation.heldValue == nil && !generation.watchesNeuron)
    #expect(generation.cleaning == .none && generation.text.isEmpty)
    #expect(generation.drawSeed() < 1 << 31)
  }

  @Test(arguments: [
    ("", ["data/binary_sst/val.csv"], ["data/binary_sst/test.csv"]),
    ("--data a.json --split .8", [], []),
    ("--data a.json b.json --test t.json", [], ["t.json"]),
    ("--valid none", [], ["data/binary_sst/test.csv"]),
    ("--test", ["data/binary_sst/val.csv"], []),
    ("--data a.json --val v.csv w.csv", ["v.csv", "w.csv"], []),
  ])
  func defaultsOfValidAndTestBelongToTheDefaultData(_ row: (line: String, valid: [String], test: [String])) throws {
    let selection = try Sample.transfer(row.line).data.selection
    #expect(selection.valid == row.valid)
    #expect(selection.test == row.test)
  }

  @Test(arguments: [
    ("mlstm", CellKind.multiplicativeLSTM), ("MLSTM", .multiplicativeLSTM), ("lstm", .lstm),
    ("gru", .gru), ("relu", .relu), ("RNNReLU", .relu),
    ("TANH", .tanh), ("rnntanh", .tanh),
  ])
  func modelNames(_ row: (typed: String, model: CellKind)) throws {
    #expect(try Sample.pretrain("--model \(row.typed)").model.recurrent.model == row.model)
  }

  @Test(arguments: [
    (",", UInt8(44)), (";", 59), ("|", 124), ("\t", 9), ("\\t", 9), ("tab", 9), ("TAB", 9), (" ", 32),
  ])
  func delimiters(_ row: (typed: String, byte: UInt8)) throws {
    let options = try Sample.Pretrain.parse(["--delim", row.typed]).options
    #expect(options.data.reader.delimiter == row.byte)
  }

  @Test(arguments: [
    ("1.", [1.0]), ("2", [2]), (".8", [0.8]), ("100,1,1", [100, 1, 1]), ("8/1/1", [8, 1, 1]), (".7,.2", [0.7, 0.2]),
    (".5,.25,.25,.1", [0.5, 0.25, 0.25, 0.1]),
  ])
  func splits(_ row: (typed: String, shares: [Double])) throws {
    #expect(try Sample.transfer("--split \(row.typed)").data.splitProportions == row.shares)
  }

  @Test func valuesThatBeginWithADash() throws {
    #expect(try Sample.pretrain("--persist-state -1").training.persistState == .never)
    #expect(try Sample.pretrain("--seed -1").training.seedNumber == -1)
    let generation = try Sample.generate("--gen-length -1 --overwrite -1.5 --neuron -1 --seed -1 --text -x").generation
    #expect(generation.totalLength == -1 && generation.heldValue == -1.5 && generation.text == "-x")
  }

  @Test func neuronZeroIsANeuron() throws {
    #expect(try Sample.generate("--neuron 0 --visualize").generation.neuron == 0)
  }

  @Test(arguments: [("utf-8", TextEncoding.utf8), ("UTF8", .utf8), ("latin1", .latin1), ("ISO-8859-1", .latin1)])
  func encodings(_ row: (typed: String, encoding: TextEncoding)) throws {
    #expect(try Sample.pretrain("--encoding \(row.typed)").data.reader.encoding == row.encoding)
  }

  @Test func noneSwitchesCleaningOff() throws {
    #expect(try Sample.pretrain("--process-fn none").data.reader.cleaning == CleaningMethod.none)
    #expect(try Sample.pretrain("--process_fn process-tweet").data.reader.cleaning == .processTweet)
  }

  @Test func aCheckpointDecidesWhetherTyingFits() throws {
    #expect(try Sample.pretrain("--tied --nhid 64").model.tied)
    #expect(try Sample.pretrain("--tied --load x.safetensors").model.tied)
  }

  @Test func typedArchitectureMustAgreeWithTheCheckpoint() throws {
    let known = LanguageModelConfiguration(cell: .lstm, embeddingSize: 64, hiddenSize: 512, layerCount: 1)
    try Sample.transfer("--load x").recurrent.requireAgreement(with: known)
    try Sample.transfer("--load x --model lstm --nhid 512").recurrent.requireAgreement(with: known)
    for (line, sentence) in [
      ("--nhid 1024", "--nhid 1024 does not fit the checkpoint of --load, which was made with --nhid 512"),
      ("--model gru", "--model GRU does not fit the checkpoint of --load, which was made with --model LSTM"),
      ("--emsize 32", "--emsize 32 does not fit the checkpoint of --load, which was made with --emsize 64"),
      ("--nlayers 2", "--nlayers 2 does not fit the checkpoint of --load, which was made with --nlayers 1"),
    ] {
      let options = try Sample.transfer("--load x " + line).recurrent
      let error = #expect(throws: (any Error).self) { try options.requireAgreement(with: known) }
      #expect(error.map { "\($0)" } == sentence + "; leave the option out.")
    }
  }

  @Test func threadsDefaultToUsableCores() throws {
    #expect(try Sample.pretrain("--threads 3").execution.threadCount == 3)
    #expect(try Sample.pretrain().execution.threadCount >= 1)
  }

  @Test func anyAcceptedLengthOfRunFitsAnInteger() throws {
    let options = try Sample.pretrain("--train-iters 1000000000 --epochs 1000000000")
    #expect(options.training.totalIterations == 1_000_000_000_000_000_000)
  }
}
