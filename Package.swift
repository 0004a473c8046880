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
      targets: [
        "Files", "Configuration", "Tensors", "Corpora", "Models", "Formats", "Checkpoints", "Optimization", "Training",
        "Drawings",
        "Analysis",
      ]),
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
    .systemLibrary(name: "CBLAS"),
    .systemLibrary(name: "CLAPACKE"),
    .systemLibrary(name: "CLinear"),
    .systemLibrary(name: "CCairo"),
    .systemLibrary(name: "CZlib"),
    .target(name: "COneDNN", linkerSettings: [.linkedLibrary("dnnl")]),
    .target(name: "Files"),
    .target(name: "Configuration"),
    .target(name: "CKernels", linkerSettings: [.linkedLibrary("gomp"), .linkedLibrary("m")]),
    .target(name: "Tensors", dependencies: ["CKernels", "COneDNN", "CBLAS"]),
    .target(
      name: "CSentencePiece",
      linkerSettings: [.linkedLibrary("sentencepiece"), .linkedLibrary("sentencepiece_train")]),
    .target(name: "Corpora", dependencies: ["Files", "CSentencePiece", "CZlib"]),
    .target(name: "Models", dependencies: ["Tensors"]),
    .target(name: "Formats", dependencies: ["Files", "Tensors", "CZlib"]),
    .target(name: "Checkpoints", dependencies: ["Files", "Configuration", "Formats", "Models", "Corpora", "Tensors"]),
    .target(name: "Optimization", dependencies: ["Models", "Tensors"]),
    .target(
      name: "Training",
      dependencies: [
        "Configuration", "Optimization", "Checkpoints", "Formats", "Models", "Corpora", "Tensors", "Files",
      ]),
    .target(name: "Drawings", dependencies: ["Files", "CCairo"]),
    .target(
      name: "Analysis",
      dependencies: [
        "Configuration", "Drawings", "Checkpoints", "Formats", "Models", "Corpora", "Tensors", "Files", "CLinear",
        "CBLAS", "CLAPACKE",
      ]),
    .target(
      name: "ToolSupport",
      dependencies: [
        "Configuration", "Analysis", "Drawings", "Training", "Optimization", "Checkpoints", "Formats", "Models",
        "Corpora", "Tensors", "Files", argumentParser,
      ]),
    command("pretrain", library: ["Training", "Corpora", "Files"]),
    command("transfer", library: ["Analysis", "Files"]),
    command("run-classifier", library: ["Analysis", "Corpora"]),
    command("generate", library: ["Analysis", "Drawings", "Checkpoints", "Files"]),
    command("sentiment-tools", library: ["Checkpoints", "Formats", "Models", "Corpora", "Tensors", "Files"]),
    .executableTarget(
      name: "EngineBenchmarks",
      dependencies: ["Training", "Optimization", "Checkpoints", "Models", "Tensors", argumentParser],
      path: "Benchmarks/EngineBenchmarks"),
    .executableTarget(
      name: "TokenizerBenchmarks", dependencies: ["Corpora"], path: "Benchmarks/TokenizerBenchmarks"),
    .executableTarget(name: "ReadingBenchmarks", dependencies: ["Corpora"], path: "Benchmarks/ReadingBenchmarks"),
    .executableTarget(
      name: "FuzzReaders", dependencies: ["ToolSupport", "Corpora", "Files", "CZlib"], path: "Fuzzing/FuzzReaders"),
    .target(name: "TestSupport", dependencies: ["Files", "Formats"], path: "Tests/TestSupport"),
    .testTarget(name: "FilesTests", dependencies: ["Files", "Formats", "Tensors", "TestSupport"]),
    .testTarget(name: "TensorsTests", dependencies: ["Tensors", "CKernels"], exclude: ["Measured"]),
    .testTarget(name: "CorporaTests", dependencies: ["Corpora", "Files", "TestSupport"], exclude: ["Golden"]),
    .testTarget(name: "ModelsTests", dependencies: ["Models", "Tensors"], exclude: ["Golden"]),
    .testTarget(
      name: "FormatsTests", dependencies: ["Formats", "Files", "Tensors", "TestSupport"], exclude: ["Golden"]),
    .testTarget(
      name: "CheckpointsTests",
      dependencies: ["Checkpoints", "Formats", "Files", "Corpora", "Models", "Tensors", "TestSupport"],
      exclude: ["Golden", "Fixtures"]),
    .testTarget(
      name: "OptimizationTests", dependencies: ["Optimization", "Models", "Tensors"], exclude: ["Golden"]),
    .testTarget(
      name: "TrainingTests",
      dependencies: [
        "Configuration", "Training", "Optimization", "Checkpoints", "Formats", "Files", "Corpora", "Models", "Tensors",
        "TestSupport",
      ]),
    .testTarget(name: "DrawingsTests", dependencies: ["Drawings", "TestSupport"]),
    .testTarget(
      name: "AnalysisTests",
      dependencies: [
        "Configuration", "Analysis", "Checkpoints", "Formats", "Files", "Models", "Corpora", "Tensors", "TestSupport",
      ],
      exclude: ["Golden"]),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "ToolSupport", "Configuration", "Analysis", "Checkpoints", "Corpora", "Models", "Tensors", "Training",
        "TestSupport",
        argumentParser,
      ],
      exclude: ["Fixtures"]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu17,
  cxxLanguageStandard: .cxx17
)
