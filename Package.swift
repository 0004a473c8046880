// swift-tools-version: 6.0
import PackageDescription

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

/// One of the commands: options, `validate()`, one call into the library.
func command(_ name: String, library: [Target.Dependency]) -> Target {
  .executableTarget(name: name, dependencies: library + ["ToolSupport", argumentParser])
}

let package = Package(
  name: "sentiment-discovery",
  products: [
    .library(
      name: "SentimentDiscovery",
      targets: ["Tensors", "Corpora", "Models", "Checkpoints", "Training", "Analysis"]),
    .executable(name: "pretrain", targets: ["pretrain"]),
    .executable(name: "transfer", targets: ["transfer"]),
    .executable(name: "run-classifier", targets: ["run-classifier"]),
    .executable(name: "generate", targets: ["generate"]),
    .executable(name: "sentiment-tools", targets: ["sentiment-tools"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
  ],
  targets: [
    .systemLibrary(name: "COneDNN"),
    .systemLibrary(name: "CBLAS"),
    .systemLibrary(name: "CLinear"),
    .systemLibrary(name: "CCairo"),
    .systemLibrary(name: "CZlib"),
    .target(name: "CKernels", linkerSettings: [.linkedLibrary("gomp"), .linkedLibrary("m")]),
    .target(name: "Tensors", dependencies: ["CKernels", "COneDNN", "CBLAS"]),
    .target(
      name: "CSentencePiece",
      linkerSettings: [.linkedLibrary("sentencepiece"), .linkedLibrary("sentencepiece_train")]),
    .target(name: "Corpora", dependencies: ["CSentencePiece", "CZlib"]),
    .target(name: "Models", dependencies: ["Tensors"]),
    .target(name: "Checkpoints", dependencies: ["Models", "Corpora", "Tensors", "CZlib"]),
    .target(name: "Training", dependencies: ["Checkpoints", "Models", "Corpora", "Tensors"]),
    .target(
      name: "Analysis",
      dependencies: ["Checkpoints", "Models", "Corpora", "Tensors", "CLinear", "CCairo", "CBLAS"]),
    .target(
      name: "ToolSupport",
      dependencies: [
        "Analysis", "Training", "Checkpoints", "Models", "Corpora", "Tensors", argumentParser,
      ]),
    command("pretrain", library: ["Training", "Models", "Corpora"]),
    command("transfer", library: ["Analysis", "Models", "Corpora"]),
    command("run-classifier", library: ["Analysis", "Corpora"]),
    command("generate", library: ["Analysis", "Checkpoints"]),
    command("sentiment-tools", library: ["Checkpoints", "Models", "Corpora", "Tensors"]),
    .executableTarget(
      name: "EngineBenchmarks", dependencies: ["Training", "Checkpoints", "Models", "Tensors", argumentParser],
      path: "Benchmarks/EngineBenchmarks"),
    .executableTarget(
      name: "TokenizerBenchmarks", dependencies: ["Corpora"], path: "Benchmarks/TokenizerBenchmarks"),
    .executableTarget(name: "ReadingBenchmarks", dependencies: ["Corpora"], path: "Benchmarks/ReadingBenchmarks"),
    .executableTarget(
      name: "FuzzReaders", dependencies: ["ToolSupport", "Corpora", "CZlib"], path: "Fuzzing/FuzzReaders"),
    .testTarget(name: "TensorsTests", dependencies: ["Tensors", "CKernels"]),
    .testTarget(name: "CorporaTests", dependencies: ["Corpora"], exclude: ["Golden"]),
    .testTarget(name: "ModelsTests", dependencies: ["Models", "Tensors"], exclude: ["Golden"]),
    .testTarget(
      name: "CheckpointsTests", dependencies: ["Checkpoints", "Corpora", "Models", "Tensors"],
      exclude: ["Golden", "Fixtures"]),
    .testTarget(
      name: "TrainingTests", dependencies: ["Training", "Checkpoints", "Corpora", "Models", "Tensors"],
      exclude: ["Golden"]),
    .testTarget(
      name: "AnalysisTests", dependencies: ["Analysis", "Checkpoints", "Models", "Corpora", "Tensors"],
      exclude: ["Golden"]),
    .testTarget(name: "CommandTests", dependencies: ["ToolSupport", argumentParser], exclude: ["Fixtures"]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu17,
  cxxLanguageStandard: .cxx17
)
