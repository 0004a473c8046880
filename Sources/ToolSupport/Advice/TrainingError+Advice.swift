import Training

extension TrainingError: Advised {
  /// Which options let a run start or go on.
  public var advice: String? {
    switch self {
    case .lossNotFinite(_, _, let isClipped): "try a lower --lr" + (isClipped ? "" : " or --clip 1")
    case .lossScaleExhausted(_, _, isDynamic: true): "try --clip 1, a lower --lr, or --precision bfloat16"
    case .lossScaleExhausted(_, _, isDynamic: false): "try --dynamic-loss-scale, a smaller --loss-scale or a lower --lr"
    case .diverged:
      "go on from the last checkpoint with a lower --lr or --clip 1, or choose --on-divergence"
    case .rollbackFailed: "try a lower --lr or --clip 1"
    case .stateOfAnotherStep(_, _, let step):
      "load the checkpoint of step \(step), or leave out --load-optim to start the optimizer anew"
    case .differentRun(_, let setting, let saved, _): setting.option.map { "give \($0) \(saved.printable)" }
    case .differentTexts:
      "give the same --data and --split, or --load it without --load-optim to train on other texts"
    case .alreadyFinished:
      "raise --train-iters or --epochs to go on, or ask for more with --additional-iters"
    case .nothingToResume: "leave out --resume to start, or name the --save of the run"
    case .alreadyRunning: "choose another --save"
    case .anotherTokenizer(.otherPieces): "leave --tokenizer-path out"
    case .anotherTokenizer: "leave --tokenizer-type out"
    case .stateMismatch, .dataEnded, .stoppedBeforeTraining, .invalidSetting: nil
    }
  }
}

extension RunSetting {
  /// The option of `pretrain` that sets it; `nil` where several do.
  public var option: String? {
    switch self {
    case .seed: "--seed"
    case .batchSize: "--batch-size"
    case .sequenceLength: "--seq-length"
    case .accumulationSteps: "--accumulation-steps"
    case .sampling: "--sampling"
    case .persistence: "--persist-state"
    case .optimizer: "--optim"
    case .precision: "--precision"
    case .cleaning: "--process-fn"
    case .tokenizer: nil
    case .learningRate: "--lr"
    case .decay: "--decay-style"
    case .warmup: "--warmup"
    case .horizon: "--constant-decay"
    case .clip: "--clip"
    case .weightDecay: "--weight-decay"
    case .momentum: "--momentum"
    case .nesterov: "--nesterov"
    case .dropout: "--dropout"
    case .lossScale: "--loss-scale"
    case .evaluationBatchSize: "--eval-batch-size"
    case .evaluationSequenceLength: "--eval-seq-length"
    case .evaluationBatches: "--eval-iters"
    }
  }
}
