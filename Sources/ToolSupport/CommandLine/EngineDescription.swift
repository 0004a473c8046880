import Tensors

/// What `--version` says of the machine and the libraries that compute on it.
public enum EngineDescription {
  /// Name and value of each fact.
  public static func lines() -> KeyValuePairs<String, String> {
    [
      "matrix products": Engine().backend.name,
      "with --backend blas": Engine(.blas).backend.name,
      "vector kernels": Engine.instructionSet,
      "threads": "\(ProcessorCount.usablePhysicalCores())",
    ]
  }
}
