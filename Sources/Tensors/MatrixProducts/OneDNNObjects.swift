import CKernels
import COneDNN

/// oneDNN on the processor, with its queue of work.
final class OneDNNEngine {
  fileprivate let handle: OpaquePointer

  /// Keeps the library to the instruction set that the kernels were told to use; possible only before its first use.
  private static let restriction: Void = {
    switch Engine.instructionSet {
    case "avx512": od_restrict(OD_ISA_AVX512_VNNI)
    case "avx2": od_restrict(OD_ISA_AVX2)
    case "portable": od_restrict(OD_ISA_SSE41)
    default: break
    }
  }()

  init() {
    Self.restriction
    handle = made(od_engine_create(), "no engine")
  }

  deinit { od_engine_destroy(handle) }
}

/// How the numbers of a matrix lie in memory.
final class OneDNNLayout {
  fileprivate let handle: OpaquePointer

  private init(_ handle: OpaquePointer) { self.handle = handle }

  deinit { od_layout_destroy(handle) }

  /// Bytes that a matrix takes.
  var byteCount: Int { od_layout_byte_count(handle) }

  /// A row-major matrix `[rows, columns]`, or the transpose of a row-major `[columns, rows]`.
  static func plain(rows: Int, columns: Int, transposed: Bool, type: ElementType) -> OneDNNLayout {
    OneDNNLayout(
      made(
        od_layout_plain(Int64(rows), Int64(columns), transposed, type.oneDNNType),
        "no layout for a [\(rows), \(columns)] matrix"))
  }

  /// What the library asks for when it may choose: for `[inner, columns]` in products with `rows` rows.
  static func preferred(inner: Int, columns: Int, rows: Int, type: ElementType, engine: OneDNNEngine) -> OneDNNLayout {
    ck_adopt_thread_count()
    return OneDNNLayout(
      made(
        od_layout_preferred(engine.handle, Int64(rows), Int64(inner), Int64(columns), type.oneDNNType),
        "no preferred layout for a [\(inner), \(columns)] matrix"))
  }
}

/// A matrix in oneDNN's layout, with the block it lives in.
final class OneDNNMatrix: PackedMatrix {
  let innerCount: Int
  let columnCount: Int
  let layout: OneDNNLayout
  let values: Tensor

  init(innerCount: Int, columnCount: Int, layout: OneDNNLayout, values: Tensor) {
    self.innerCount = innerCount
    self.columnCount = columnCount
    self.layout = layout
    self.values = values
  }

  func replacingValues(_ values: Tensor) -> any PackedMatrix {
    precondition(values.count == self.values.count, "\(values.count) elements for \(self.values.count)")
    return OneDNNMatrix(innerCount: innerCount, columnCount: columnCount, layout: layout, values: values)
  }
}

/// Rearranges plain matrices of one shape into one layout.
final class OneDNNPacker {
  private let inner: Int
  private let columns: Int
  private let layout: OneDNNLayout
  private let type: ElementType
  private let engine: OneDNNEngine
  private let reorder: OpaquePointer

  init(engine: OneDNNEngine, inner: Int, columns: Int, transposed: Bool, layout: OneDNNLayout, type: ElementType) {
    self.engine = engine
    self.inner = inner
    self.columns = columns
    self.layout = layout
    self.type = type
    let plain = OneDNNLayout.plain(rows: inner, columns: columns, transposed: transposed, type: .float32)
    reorder = made(od_reorder_create(engine.handle, plain.handle, layout.handle), "no reorder to a packed matrix")
  }

  deinit { od_reorder_destroy(reorder) }

  func pack(_ matrix: Tensor) -> OneDNNMatrix {
    let values = Tensor(
      uninitialized: [(layout.byteCount + type.byteCount - 1) / type.byteCount], elementType: type)
    ck_adopt_thread_count()
    withRawKernelPointers(matrix, values) { check(od_reorder_run(reorder, $0[0], $0[1])) }
    return OneDNNMatrix(innerCount: inner, columnCount: columns, layout: layout, values: values)
  }
}

/// One compiled product `c = a · b`, plus `c` when it accumulates.
final class OneDNNProduct {
  // The queue that the product runs on is the engine's.
  private let engine: OneDNNEngine
  private let product: OpaquePointer

  init(engine: OneDNNEngine, a: OneDNNLayout, b: OneDNNLayout, c: OneDNNLayout, accumulate: Bool) {
    self.engine = engine
    // Compiled for a number of threads.
    ck_adopt_thread_count()
    product = made(
      od_product_create(engine.handle, a.handle, b.handle, c.handle, accumulate), "no product of these shapes")
  }

  deinit { od_product_destroy(product) }

  func run(_ a: UnsafeMutableRawPointer, _ b: UnsafeMutableRawPointer, _ c: UnsafeMutableRawPointer) {
    ck_adopt_thread_count()
    check(od_product_run(product, a, b, c))
  }
}

extension ElementType {
  fileprivate var oneDNNType: od_type {
    switch self {
    case .float32: OD_FLOAT32
    case .bfloat16: OD_BFLOAT16
    case .float16: OD_FLOAT16
    case .int8: OD_INT8
    }
  }
}

/// oneDNN refuses only what the shapes' preconditions already exclude, so a failure is a defect of the backend.
private func check(_ status: Int32, line: UInt = #line) {
  precondition(status == 0, "oneDNN status \(status) at line \(line)")
}

private func made(_ handle: OpaquePointer?, _ refusal: String) -> OpaquePointer {
  guard let handle else { preconditionFailure("oneDNN has \(refusal)") }
  return handle
}
