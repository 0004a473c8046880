import Optimization
import Testing
import ToolSupport

@Suite struct UsageErrorTests {
  static let pretrainLines: [(String, String)] = [
    (
      "--tokenizer-type SentencePieceTokenizer --vocab-size 3",
      "--vocab-size must be between 4 and 1,000,000 pieces, not 3."
    ),
    (
      "--vocab-size 8000", "--vocab-size is for --tokenizer-type SentencePieceTokenizer, which was not given."
    ),
    (
      "--tokenizer-path a.model",
      "--tokenizer-path is for --tokenizer-type SentencePieceTokenizer, which was not given."
    ),
    (
      "--tokenizer-type bpe",
      "The value 'bpe' is invalid for '--tokenizer-type <name>'. Please provide one of 'CharacterLevelTokenizer' and "
        + "'SentencePieceTokenizer'."
    ),
    ("--nhid 0", "--nhid must be between 1 and 65,536 hidden units, not 0."),
    ("--nhid 9223372036854775807", "--nhid must be between 1 and 65,536 hidden units, not 9,223,372,036,854,775,807."),
    ("--emsize -5", "--emsize must be between 1 and 65,536 numbers, not -5."),
    ("--nlayers 65", "--nlayers must be between 1 and 64 layers, not 65."),
    ("--dropout 1", "--dropout must be between 0 and 0.9999, not 1."),
    ("--dropout nan", "--dropout must be between 0 and 0.9999, not nan."),
    ("--tied", "--tied needs --nhid equal to --emsize, but they are 4,096 and 64."),
    ("--batch-size 0", "--batch-size must be between 1 and 65,536 rows, not 0."),
    ("--eval-batch-size -1", "--eval-batch-size must be between 0 and 65,536 rows, not -1."),
    ("--seq-length -1", "--seq-length must be between 1 and 1,048,576 characters, not -1."),
    ("--seq-length 0", "--seq-length must be between 1 and 1,048,576 characters, not 0."),
    ("--eval-seq-length -1", "--eval-seq-length must be between 0 and 1,048,576 characters, not -1."),
    ("--train-iters 0", "--train-iters must be between 1 and 1,000,000,000 steps, not 0."),
    ("--epochs 0", "--epochs must be between 1 and 1,000,000,000, not 0."),
    ("--eval-iters 0", "--eval-iters must be between 1 and 1,000,000,000 batches, not 0."),
    ("--log-interval 0", "--log-interval must be between 1 and 1,000,000,000 steps, not 0."),
    ("--lr 0", "--lr must be a positive number, not 0."),
    ("--lr -1e-3", "--lr must be a positive number, not -0.001."),
    ("--lr inf", "--lr must be a positive number, not inf."),
    ("--lr 1e300", "--lr must be between 1e-30 and 1e+30, not 1e+300."),
    ("--lr 1e-320", "--lr must be between 1e-30 and 1e+30, not 1e-320."),
    ("--clip 1e-300", "--clip must be between 1e-30 and 1e+30, not 1e-300."),
    ("--weight-decay 1e300", "--weight-decay must be between 0 and 1,000,000, not 1e+300."),
    ("--momentum nan --optim SGD", "--momentum must be between 0 and 0.9999, not nan."),
    (
      "--fp16 --loss-scale 1e300",
      "--loss-scale must be between 9.5367431640625e-07 and 1,099,511,627,776, not 1e+300."
    ),
    (
      "--fp16 --min-loss-scale 1e9",
      "--min-loss-scale must not be above --initial-loss-scale, where the scale begins."
    ),
    ("--seed 4294967296", "--seed must be at most 4,294,967,295, not 4,294,967,296; a negative number draws one."),
    ("--clip -1", "--clip must be zero or a positive number, not -1."),
    ("--warmup 1.5", "--warmup must be between 0 and 1, not 1.5."),
    ("--stlr-cut-frac -0.1", "--stlr-cut-frac must be between 0 and 1, not -0.1."),
    ("--stlr-cut-frac nan", "--stlr-cut-frac must be between 0 and 1, not nan."),
    ("--constant-decay 0", "--constant-decay must be between 1 and 1,000,000,000,000,000,000 steps, not 0."),
    ("--save-iters -1", "--save-iters must be between 0 and 1,000,000,000 steps, not -1."),
    ("--save=", "--save must name a file; it is empty."),
    ("--load=", "--load must name a checkpoint; it is empty."),
    (
      "--load-optim",
      "--load-optim needs --load: name a checkpoint that was written without "
        + "--weights-only, or use --resume."
    ),
    (
      "--resume --load a.safetensors",
      "--resume finds the checkpoint of --save by itself; leave out --load and --load-optim."
    ),
    ("--weights-only --save-optim", "--weights-only and --save-optim exclude each other."),
    ("--keep-checkpoints -1", "--keep-checkpoints must be between 0 and 1,000,000,000 checkpoints, not -1."),
    (
      "--additional-iters 5", "--additional-iters needs --resume or --load-optim: a run to go on with."
    ),
    ("--logdir=", "--logdir must name a folder; it is empty."),
    ("--weight-decay -1", "--weight-decay must be zero or a positive number, not -1."),
    ("--momentum 1", "--momentum must be between 0 and 0.9999, not 1."),
    ("--momentum 0.9", "--momentum is for SGD and RMSprop; Adam has none to set."),
    ("--optim SGD --nesterov", "--nesterov needs --optim SGD and a --momentum above 0."),
    ("--accumulation-steps 0", "--accumulation-steps must be between 1 and 65,536 batches, not 0."),
    ("--fp16 --precision bfloat16", "--fp16 and --precision bfloat16 exclude each other."),
    ("--dynamic-loss-scale", "--dynamic-loss-scale needs --fp16."),
    ("--loss-scale 128", "--loss-scale needs --fp16."),
    ("--fp16 --loss-scale 0", "--loss-scale must be a positive number, not 0."),
    (
      "--fp16 --loss-scale 128 --dynamic-loss-scale",
      "--loss-scale and --dynamic-loss-scale exclude each other; see --initial-loss-scale."
    ),
    ("--fp16 --loss-scale-factor 1", "--loss-scale-factor must be between 1.01 and 65,536, not 1."),
    ("--fp16 --loss-scale-window 0", "--loss-scale-window must be between 1 and 1,000,000,000 steps, not 0."),
    ("--data=", "--data must name files; it is empty."),
    ("--valid a.csv none", "--valid takes either file names or the single word none, not both."),
    ("--test=", "--test must name files; one name is empty."),
    (
      "--split a,b", "--split must be numbers like 100,1,1 (shares for training, validation and test), not 'a,b'."
    ),
    ("--split -1", "--split must be numbers like 100,1,1 (shares for training, validation and test), not '-1'."),
    ("--split 1,,1", "--split must be numbers like 100,1,1 (shares for training, validation and test), not '1,,1'."),
    ("--split 0,1", "--split must leave a share for training; the first number of '0,1' is it."),
    ("--delim ab", "--delim must be one ASCII character, or tab, not 'ab'."),
    ("--delim=é", "--delim must be one ASCII character, or tab, not 'é'."),
    ("--delim=", "--delim must be one ASCII character, or tab, not ''."),
    (
      "--delim \"",
      "--delim cannot be a quotation mark or a line end, which have a meaning of their own in CSV."
    ),
    ("--text-key=", "--text-key must name a column or key; it is empty."),
    ("--eval-text-key=", "--eval-text-key must name a column or key; it is empty."),
    ("--threads 0", "--threads must be between 1 and 1,024, not 0."),
    ("--report=", "--report must name a file; it is empty."),
    ("--nhidd 12", "Unknown option '--nhidd'. Did you mean '--nhid'?"),
    ("--train_itres 12", "Unknown option '--train-itres'. Did you mean '--train-iters'?"),
    (
      "--model BERT",
      "The value 'BERT' is invalid for '--model <name>'. Please provide one of 'mLSTM', 'LSTM', 'GRU', 'ReLU' or "
        + "'Tanh'."
    ),
    ("--nhid many", "The value 'many' is invalid for '--nhid <units>'"),
    ("--nhid 99999999999999999999", "The value '99999999999999999999' is invalid for '--nhid <units>'"),
    ("--nhid", "Missing value for '--nhid <units>'"),
    (
      "--persist-state 2",
      "The value '2' is invalid for '--persist-state <number>'. Please provide one of '-1', '0' or '1'."
    ),
    (
      "--optim LBFGS",
      "The value 'LBFGS' is invalid for '--optim <name>'. Please provide one of the following:"
    ),
    (
      "--on-divergence pray",
      "The value 'pray' is invalid for '--on-divergence <action>'. Please provide one of 'ignore', 'warn', 'stop' or "
        + "'rollback'."
    ),
    ("stray", "Unexpected argument 'stray'"),
  ]

  static let transferLines: [(String, String)] = [
    ("--neurons 0", "--neurons must be between 1 and 65,536, not 0."),
    ("--epochs 0", "--epochs must be between 1 and 1,000,000,000 iterations, not 0."),
    ("--max-seq-len 0", "--max-seq-len must be between 1 and 1,000,000,000 characters, not 0."),
    ("--num-hidden-warmup -1", "--num-hidden-warmup must be between 0 and 1,000 passes, not -1."),
    ("--save-results=", "--save-results must name a folder; it is empty."),
    ("--label-key=", "--label-key must name a column or key; it is empty."),
    ("--text-key label", "--text-key and --label-key cannot both be 'label'; name the column of the labels."),
    (
      "--label-key y --eval-text-key y", "--text-key and --label-key cannot both be 'y'; name the column of the labels."
    ),
    ("--eval-label-key=", "--eval-label-key must name a column or key; it is empty."),
    ("--decay-style linear", "Unknown option '--decay-style'"),
  ]

  static let runClassifierLines: [(String, String)] = [
    (
      "",
      "run-classifier needs --load: name the classifier that transfer wrote, for example --load "
        + "lang_model_transfer/sentiment/classifier.safetensors."
    ),
    ("--load x --neurons -2", "--neurons must be between -1 and 65,536, not -2."),
    ("--load x --save-probs=", "--save-probs must name a file; it is empty."),
    ("--load x --max-seq-len -3", "--max-seq-len must be between 1 and 1,000,000,000 characters, not -3."),
  ]

  static let generateLines: [(String, String)] = [
    ("--gen-length -2", "--gen-length must be between -1 and 1,000,000,000 characters, not -2."),
    ("--temperature -1", "--temperature must be zero or a positive number, not -1."),
    ("--temperature nan", "--temperature must be zero or a positive number, not nan."),
    ("--top-k -1", "--top-k must be between 0 and 257, not -1."),
    ("--neuron -2", "--neuron must be between -1 and 65,536, not -2."),
    ("--overwrite inf", "--overwrite must be a number, not inf."),
    ("--overwrite 1e300", "--overwrite must be between -1,000,000 and 1,000,000, not 1e+300."),
    ("--temperature -1e-9", "--temperature must be zero or a positive number, not -1e-09."),
    (
      "--seed 9223372036854775807",
      "--seed must be at most 4,294,967,295, not 9,223,372,036,854,775,807; a negative number draws one."
    ),
    ("--load=", "--load must name a checkpoint; it is empty."),
  ]

  @Test(arguments: pretrainLines) func pretrain(_ row: (line: String, sentence: String)) {
    check(.pretrain, row)
  }

  @Test(arguments: transferLines) func transfer(_ row: (line: String, sentence: String)) {
    check(.transfer, row)
  }

  @Test(arguments: runClassifierLines) func runClassifier(_ row: (line: String, sentence: String)) {
    check(.runClassifier, row)
  }

  @Test(arguments: generateLines) func generate(_ row: (line: String, sentence: String)) {
    check(.generate, row)
  }

  private func check(_ command: CommandName, _ row: (line: String, sentence: String)) {
    let (outcome, _) = Sample.execute(command, row.line)
    #expect(outcome.exitCode == 64)
    #expect(outcome.standardError.split(separator: "\n").first.map(String.init) == "Error: \(row.sentence)")
    #expect(outcome.standardError.lowercased().contains("usage: \(command) "))
    #expect(outcome.standardOutput.isEmpty)
  }
}
