/// The library that multiplies matrices, as named on the command line.
public enum BackendName: String, NamedChoice {
  /// oneDNN with packed weights.
  case oneDNN = "onednn"
  /// CBLAS.
  case blas
}
