import CKernels

/// What computes: a matrix library and the threads it shares with the vector kernels.
///
/// An engine belongs to one thread at a time. The thread count is one number for the whole process, because oneDNN,
/// OpenBLAS and the kernels run on the same OpenMP pool.
public final class Engine {
  /// The matrix library.
  public let backend: any MatrixBackend

  /// The element type of operands.
  public let precision: Precision

  /// Makes an engine.
  ///
  /// - Parameters:
  ///   - kind: what multiplies matrices; the fastest by default.
  ///   - threads: threads for the whole process from now on; `nil` leaves them as they are, at first one for each
  ///     processor the process may use.
  ///   - precision: the element type of operands; float32 by default.
  public init(_ kind: MatrixBackendKind = .automatic, threads: Int? = nil, precision: Precision = .float32) {
    self.precision = precision
    if let threads { ck_set_thread_count(Int32(threads)) }
    switch kind {
    case .automatic: backend = AutomaticBackend()
    case .oneDNN: backend = OneDNNBackend()
    case .panels: backend = PanelBackend()
    case .blas: backend = BLASBackend()
    }
  }

  /// Threads in use, on whichever thread of the program products and kernels are called.
  public static var threadCount: Int { Int(ck_thread_count()) }

  /// Whether products in this engine's precision run on instructions of the processor, and not by way of float32.
  public var isPrecisionNative: Bool {
    switch precision {
    case .float32, .int8: true
    case .bfloat16: Self.instructionSet == "avx512-bf16" && backend.multipliesDirectly(.bfloat16)
    case .float16: false
    }
  }

  /// Instruction set of the kernels: `avx512-bf16`, `avx512`, `avx2` or `portable`.
  public static var instructionSet: String { String(cString: ck_instruction_set()) }
}
