/// What can go wrong while measuring, as a sentence.
enum BenchmarkError: Error, Equatable, CustomStringConvertible {
  case unknownCases([String])
  case unknownKernels([String], known: [String])
  case runFailed(kernels: String)
  case twinDidNotAnswer(name: String)
  case textTooShort

  var description: String {
    switch self {
    case .unknownCases(let names):
      "There is no benchmark named \(names.joined(separator: ", ")); there are "
        + (BenchmarkCase.catalogue.map(\.name) + [AllocationCount.name]).joined(separator: ", ") + "."
    case .unknownKernels(let names, let known):
      "This processor has no kernels named \(names.joined(separator: ", ")); it has \(known.joined(separator: ", "))."
    case .runFailed(let kernels): "Measuring with \(kernels) kernels failed."
    case .twinDidNotAnswer(let name): "The PyTorch twin did not answer about \(name)."
    case .textTooShort: "The text needs at least two bytes, one to read and one to predict."
    }
  }
}
