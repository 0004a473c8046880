/// The names a pickle may ask for: what each of them makes is data, built here and never by calling anything.
enum PickleGlobal: Equatable {
  case orderedDictionary
  case tensor
  case tensorBeforeVersion4
  case parameter
  case storage(StoredType)
  case record(String)
  case numpyScalar
  case numpyReconstruct
  case numpyArray
  case numpyType
  case encode
  case set
  case size

  /// The name `module name`, or nil when it is not one of the data types above.
  init?(module: String, name: String) {
    switch (module, name) {
    case ("collections", "OrderedDict"): self = .orderedDictionary
    case ("torch._utils", "_rebuild_tensor_v2"): self = .tensor
    case ("torch._utils", "_rebuild_tensor"): self = .tensorBeforeVersion4
    case ("torch._utils", "_rebuild_parameter"): self = .parameter
    case ("argparse", "Namespace"), ("fp16.loss_scaler", "DynamicLossScaler"), ("fp16.loss_scaler", "LossScaler"):
      self = .record(name)
    case ("numpy.core.multiarray", "scalar"), ("numpy._core.multiarray", "scalar"): self = .numpyScalar
    case ("numpy.core.multiarray", "_reconstruct"), ("numpy._core.multiarray", "_reconstruct"):
      self = .numpyReconstruct
    case ("numpy", "ndarray"): self = .numpyArray
    case ("numpy", "dtype"): self = .numpyType
    case ("_codecs", "encode"): self = .encode
    case ("__builtin__", "set"), ("builtins", "set"): self = .set
    case ("torch", "Size"): self = .size
    case ("torch", _), ("torch.storage", _):
      guard let type = StoredType(torchStorage: name) else { return nil }
      self = .storage(type)
    default: return nil
    }
  }
}

extension StoredType {
  /// Name of the PyTorch class for storages of this type, such as `FloatStorage`.
  var torchStorage: String {
    switch self {
    case .float64: "DoubleStorage"
    case .float32: "FloatStorage"
    case .float16: "HalfStorage"
    case .bfloat16: "BFloat16Storage"
    case .int64: "LongStorage"
    case .int32: "IntStorage"
    case .int16: "ShortStorage"
    case .int8: "CharStorage"
    case .uint8: "ByteStorage"
    case .bool: "BoolStorage"
    }
  }

  /// The type whose storages have the class `name`.
  init?(torchStorage name: String) {
    guard let type = Self.allCases.first(where: { $0.torchStorage == name }) else { return nil }
    self = type
  }
}
