import Optimization
import Testing
import ToolSupport

/// Command lines from instructions of all ages: they must be understood as they stand, or refused by name.
@Suite struct DocumentedInvocationTests {
  @Test func pretrainOnAmazon() throws {
    let line =
      "--data ./data/amazon/reviews.json --text_key reviewText --label_key overall --loose_json --lazy "
      + "--num_shards 1002 --train-iters 73000 --split 1000,1,1 --save mlstm.pt --lr 3e-3 --optim Adam "
      + "--decay-style linear --constant-decay 100000 --batch-size 256"
    let options = try Sample.pretrain(line)
    #expect(options.data.selection.data == ["./data/amazon/reviews.json"])
    #expect(options.data.reader.textKey == "reviewText" && options.data.reader.looseJson)
    #expect(options.data.splitProportions == [1000, 1, 1] && options.data.reader.batchSize == 256)
    #expect(options.training.lazy && options.training.trainIterations == 73_000)
    #expect(options.optimization.learningRate == 3e-3 && options.optimization.decayStyle == .linear)
    #expect(options.decayHorizon == 100_000 && options.checkpoints.savePath == "mlstm.pt")
    let (outcome, notices) = Sample.execute(.pretrain, line)
    #expect(outcome.exitCode == 0 && notices.count == 2)
  }

  @Test func transferToIMDB() throws {
    let options = try Sample.transfer(
      "--load mlstm.pt --save-results imdb --data ./data/imdb/train.json --test ./data/imdb/test.json --split .8 "
        + "--batch-size 64")
    #expect(
      options.data.selection
        == DataSelection(data: ["./data/imdb/train.json"], valid: [], test: ["./data/imdb/test.json"]))
    #expect(options.data.splitProportions == [0.8] && options.transfer.resultsName == "imdb")
  }

  @Test func generateWithAHeldNeuron() throws {
    let generation = try Sample.generate(
      "--load_model mlstm.pt --gen_length 200 --heatmap -text This -overwrite -1"
    ).generation
    #expect(generation.loadPath == "mlstm.pt" && generation.totalLength == 200 && generation.visualize)
    #expect(generation.text == "This" && generation.heldValue == -1)
  }

  @Test(arguments: [
    (CommandName.pretrain, ""), (.pretrain, "--fp16 --dynamic-loss-scale"), (.pretrain, "--model LSTM --nhid 512"),
    (.transfer, "--load mlstm.pt"),
    (.transfer, "--load mlstm.pt --neurons 5"), (.transfer, "--load mlstm.pt --save-results sst"),
    (.runClassifier, "--load_model classifier.pt"),
    (.runClassifier, "--load classifier.pt --data own.csv --text-key text"),
    (.generate, "--load_model mlstm.pt --gen_length 1000"),
    (.generate, "--load_model mlstm.pt --gen_length -1 --heatmap --text Great"),
  ])
  func runsWithoutANotice(_ row: (command: CommandName, line: String)) {
    let (outcome, notices) = Sample.execute(row.command, row.line)
    #expect(outcome == CommandOutcome(exitCode: 0))
    #expect(notices.isEmpty)
  }

  @Test(arguments: [
    (CommandName.pretrain, "--model transformer --decoder-layers 12", "--model transformer"),
    (.transfer, "--load mlstm.pt --world-size 2", "--world-size 2"),
    (.runClassifier, "--load classifier.pt --use-softmax", "--use-softmax"),
  ])
  func refusesByName(_ row: (command: CommandName, line: String, option: String)) {
    let (outcome, _) = Sample.execute(row.command, row.line)
    #expect(outcome.exitCode == 64)
    #expect(outcome.standardError.hasPrefix("Error: \(row.option) is not available yet: "))
  }
}
