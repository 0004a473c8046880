import Analysis
import Configuration
import Corpora
import Foundation
import Models
import Testing
import ToolSupport
import Training

/// What a line asks for is a value that can be written down and read again.
@Suite struct ConfigurationTests {
  static let pretrainLines = [
    "", "--data a.csv b.json --valid none --split 8/1/1 --text-key body --delim tab --encoding latin1 --quoting none",
    "--model gru --nhid 32 --emsize 16 --dropout 0.5 --no-weight-norm --lazy --seed 7 --fp16 --loss-scale 8",
    "--optim sgd --momentum 0.9 --nesterov --stlr-cut-frac 0.1 --epochs 3 --train-iters 50 --eval-iters 4 --clip 1",
    "--tokenizer-type sentencepiece --vocab-size 900 --on-divergence rollback --persist-state 0 --save-iters 5",
  ]

  @Test(arguments: pretrainLines) func pretrain(line: String) throws {
    let run = try Sample.pretrain(line).configuration(loading: nil)
    #expect(try PretrainingConfiguration(settings: run.settings) == run)
  }

  @Test func theOthers() throws {
    let transfer = try Sample.transfer(
      "--load m --data a.csv --label-map 1,2=0 4,5=1 --eval-label-key y --concat-max --get-hidden --mcc --neurons 3"
    ).configuration
    #expect(try TransferConfiguration(settings: transfer.settings) == transfer)
    let classify = try Sample.runClassifier("--load m --data a.csv --non-binary-cols a b --id-key n --neurons 2")
      .configuration
    #expect(try ClassificationConfiguration(settings: classify.settings) == classify)
    let generate = try Sample.generate("--text hello --overwrite -1 --negate --top-k 5 --seed 3").configuration
    #expect(try GenerationConfiguration(settings: generate.settings) == generate)
  }

  /// A line that says nothing asks for the defaults of the configuration, but for what depends on the machine and on the
  /// files that a command reads where none are named.
  @Test func defaultsAreStatedOnce() throws {
    var pretrain = try Sample.pretrain().configuration(loading: nil)
    #expect(pretrain.schedule.horizon == Double(pretrain.totalSteps) && pretrain.stretchesSchedule)
    (pretrain.schedule.horizon, pretrain.stretchesSchedule, pretrain.threads, pretrain.data) = (1, false, nil, [])
    #expect(pretrain == .defaults)
    var transfer = try Sample.transfer().configuration
    (transfer.threads, transfer.data, transfer.validation, transfer.test) = (nil, [], [], [])
    #expect(transfer == .defaults)
    var classify = try Sample.runClassifier("--load m").configuration
    (classify.threads, classify.load, classify.data) = (nil, "", [])
    #expect(classify == .defaults)
    var generate = try Sample.generate("--seed 0").configuration
    generate.threads = nil
    #expect(generate == .defaults)
  }

  @Test func settingsAreLaidOverDefaults() throws {
    func settings(_ text: String) throws -> SettingValue {
      try JSONDecoder().decode(SettingValue.self, from: Data(text.utf8))
    }
    let run = try PretrainingConfiguration(
      settings: settings(
        #"{"epochs": 4, "architecture": {"hiddenSize": 12}, "load": "m", "reading": {"textKey": "body"}}"#))
    var expected = PretrainingConfiguration()
    (expected.epochs, expected.architecture.hiddenSize, expected.load) = (4, 12, "m")
    expected.reading.textKey = "body"
    #expect(run == expected)
    #expect(throws: ConfigurationError.unknownSetting(path: "architecture.hidenSize")) {
      try PretrainingConfiguration(settings: settings(#"{"architecture": {"hidenSize": 12}}"#))
    }
    #expect(throws: ConfigurationError.unusableValue(path: "epochs")) {
      try PretrainingConfiguration(settings: settings(#"{"epochs": "four"}"#))
    }
  }
}
