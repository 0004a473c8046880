import CKernels
import COneDNN

/// Matrix products by oneDNN with the second operand packed in the layout its kernels want.
///
/// A primitive is compiled for each shape when it is first met; those used last are kept. Not for use from several threads at once.
public final class OneDNNBackend: MatrixBackend {
  private struct Key: Hashable {
    var shape: ProductShape
    var transposeA: Bool
    var transposeB: Bool
    var accumulate: Bool
    var type: ElementType
  }

  private struct LayoutKey: Hashable {
    var inner: Int
    var columns: Int
    var type: ElementType
  }

  private struct PackerKey: Hashable {
    var layout: LayoutKey
    var transposed: Bool
  }

  private let engine: dnnl_engine_t
  private let stream: dnnl_stream_t
  private var plainProducts = BoundedCache<Key, Product>(limit: OneDNNBackend.keptProducts)
  private var packedProducts = BoundedCache<Key, Product>(limit: OneDNNBackend.keptProducts)
  private var packers = BoundedCache<PackerKey, Packer>(limit: OneDNNBackend.keptProducts)
  private var layouts: [LayoutKey: dnnl_memory_desc_t] = [:]

  /// Compiled products of each kind that are kept: more than the shapes of a step, fewer than those of all lengths of text.
  static let keptProducts = 256

  /// Compiled products and arrangements kept now.
  var compiledCount: Int { plainProducts.count + packedProducts.count + packers.count }

  /// Keeps the library to the instruction set that the kernels were told to use; possible only before its first use.
  private static let restriction: Void = {
    switch Engine.instructionSet {
    case "avx512": dnnl_set_max_cpu_isa(dnnl_cpu_isa_avx512_core_vnni)
    case "avx2": dnnl_set_max_cpu_isa(dnnl_cpu_isa_avx2)
    case "portable": dnnl_set_max_cpu_isa(dnnl_cpu_isa_sse41)
    default: break
    }
  }()

  /// Starts oneDNN on the processor.
  public init() {
    Self.restriction
    // The library keeps compiled kernels of its own.
    check(dnnl_set_primitive_cache_capacity(Int32(2 * Self.keptProducts)))
    var engine: dnnl_engine_t?
    check(dnnl_engine_create(&engine, dnnl_cpu, 0))
    self.engine = unwrapped(engine)
    var stream: dnnl_stream_t?
    check(dnnl_stream_create(&stream, self.engine, UInt32(dnnl_stream_default_flags.rawValue)))
    self.stream = unwrapped(stream)
  }

  deinit {
    plainProducts.removeAll()
    packedProducts.removeAll()
    packers.removeAll()
    dnnl_stream_destroy(stream)
    dnnl_engine_destroy(engine)
  }

  /// The library, its version and the instruction set it may use.
  public var name: String {
    guard let version = dnnl_version()?.pointee else { return "oneDNN" }
    let instructionSet =
      switch dnnl_get_effective_cpu_isa() {
      case dnnl_cpu_isa_avx512_core_bf16: "AVX-512 with bf16"
      case dnnl_cpu_isa_avx512_core_vnni: "AVX-512 with VNNI"
      case dnnl_cpu_isa_avx512_core: "AVX-512"
      case dnnl_cpu_isa_avx2, dnnl_cpu_isa_avx2_vnni: "AVX2"
      case dnnl_cpu_isa_sse41: "SSE4.1"
      default: "all instruction sets"
      }
    return "oneDNN \(version.major).\(version.minor).\(version.patch) (\(instructionSet))"
  }

  /// Float32, and bfloat16 where the processor has instructions for it; see ``MatrixBackend``.
  public func multipliesDirectly(_ type: ElementType) -> Bool {
    switch type {
    case .float32: true
    case .bfloat16: dnnl_get_effective_cpu_isa().rawValue >= dnnl_cpu_isa_avx512_core_bf16.rawValue
    case .float16, .int8: false
    }
  }

  /// The product of two plain matrices; see ``MatrixBackend``.
  public func multiply(
    _ a: Tensor, transposeA: Bool, _ b: Tensor, transposeB: Bool, into c: Tensor, accumulate: Bool
  ) {
    let shape = ProductShape(a, transposeA: transposeA, b, transposeB: transposeB, into: c)
    if shape.isEmpty(c, accumulate: accumulate) { return }
    precondition(a.elementType == b.elementType, "product of \(a.elementType) and \(b.elementType)")
    let key = Key(
      shape: shape, transposeA: transposeA, transposeB: transposeB, accumulate: accumulate, type: a.elementType)
    let product = plainProducts.value(for: key) {
      Product(
        engine: engine,
        a: .plain(rows: shape.rows, columns: shape.inner, transposed: transposeA, type: a.elementType),
        b: .plain(rows: shape.inner, columns: shape.columns, transposed: transposeB, type: a.elementType),
        c: .plain(rows: shape.rows, columns: shape.columns, transposed: false, type: .float32),
        accumulate: accumulate)
    }
    withRawKernelPointers(a, b, c) { product.run(stream, $0[0], $0[1], $0[2]) }
  }

  /// The second operand of later products; see ``MatrixBackend``.
  public func pack(_ b: Tensor, transposed: Bool, rows: Int, as type: ElementType) -> any PackedMatrix {
    precondition(multipliesDirectly(type) && b.elementType == .float32, "packing \(b.elementType) as \(type)")
    let (inner, columns) = transposed ? (b.columns, b.rowCount) : (b.rowCount, b.columns)
    guard inner > 0, columns > 0 else {
      return Packed(
        innerCount: inner, columnCount: columns, layout: dnnl_memory_desc_t(),
        values: Tensor(uninitialized: [0], elementType: type))
    }
    let key = LayoutKey(inner: inner, columns: columns, type: type)
    // One layout for good: packed products are known by the shapes alone.
    let layout = layouts[key] ?? chosenLayout(inner: inner, columns: columns, rows: rows, type: type)
    layouts[key] = layout
    let packer = packers.value(for: PackerKey(layout: key, transposed: transposed)) {
      Packer(engine: engine, inner: inner, columns: columns, transposed: transposed, layout: layout, type: type)
    }
    return packer.pack(b, stream: stream)
  }

  /// The product with a packed matrix; see ``MatrixBackend``.
  public func multiply(_ a: Tensor, _ b: any PackedMatrix, into c: Tensor, accumulate: Bool) {
    guard let packed = b as? Packed else { preconditionFailure("a matrix packed by another backend") }
    let shape = ProductShape(a, b, into: c)
    if shape.isEmpty(c, accumulate: accumulate) { return }
    precondition(a.elementType == b.values.elementType, "product of \(a.elementType) and \(b.values.elementType)")
    let key = Key(
      shape: shape, transposeA: false, transposeB: false, accumulate: accumulate, type: a.elementType)
    let product = packedProducts.value(for: key) {
      Product(
        engine: engine,
        a: .plain(rows: shape.rows, columns: shape.inner, transposed: false, type: a.elementType), b: packed.layout,
        c: .plain(rows: shape.rows, columns: shape.columns, transposed: false, type: .float32), accumulate: accumulate)
    }
    withRawKernelPointers(a, packed.values, c) { product.run(stream, $0[0], $0[1], $0[2]) }
  }

  /// The layout that oneDNN asks for when it may choose.
  private func chosenLayout(inner: Int, columns: Int, rows: Int, type: ElementType) -> dnnl_memory_desc_t {
    ck_adopt_thread_count()
    var any = dnnl_memory_desc_t()
    let dimensions = [dnnl_dim_t(inner), dnnl_dim_t(columns)]
    check(dnnl_memory_desc_init_by_tag(&any, 2, dimensions, type.oneDNNType, dnnl_format_tag_any))
    let description = matmulPrimitive(
      engine: engine, a: .plain(rows: max(rows, 1), columns: inner, transposed: false, type: type), b: any,
      c: .plain(rows: max(rows, 1), columns: columns, transposed: false, type: .float32), accumulate: false)
    defer { dnnl_primitive_desc_destroy(description) }
    guard let weights = dnnl_primitive_desc_query_md(description, dnnl_query_weights_md, 0) else {
      preconditionFailure("oneDNN names no layout for a [\(inner), \(columns)] matrix")
    }
    return weights.pointee
  }
}

/// A matrix in oneDNN's layout, with the block it lives in.
private final class Packed: PackedMatrix {
  let innerCount: Int
  let columnCount: Int
  let layout: dnnl_memory_desc_t
  let values: Tensor

  init(innerCount: Int, columnCount: Int, layout: dnnl_memory_desc_t, values: Tensor) {
    self.innerCount = innerCount
    self.columnCount = columnCount
    self.layout = layout
    self.values = values
  }

  func replacingValues(_ values: Tensor) -> any PackedMatrix {
    precondition(values.count == self.values.count, "\(values.count) elements for \(self.values.count)")
    return Packed(innerCount: innerCount, columnCount: columnCount, layout: layout, values: values)
  }
}

/// Rearranges plain matrices of one shape into one layout.
private final class Packer {
  let layout: dnnl_memory_desc_t
  private let inner: Int
  private let columns: Int
  private let elementCount: Int
  private let type: ElementType
  private let reorder: dnnl_primitive_t
  private let source: dnnl_memory_t
  private let target: dnnl_memory_t

  init(
    engine: dnnl_engine_t, inner: Int, columns: Int, transposed: Bool, layout: dnnl_memory_desc_t, type: ElementType
  ) {
    self.type = type
    self.inner = inner
    self.columns = columns
    self.layout = layout
    var plain = dnnl_memory_desc_t.plain(rows: inner, columns: columns, transposed: transposed, type: .float32)
    var packed = layout
    elementCount = (dnnl_memory_desc_get_size(&packed) + type.byteCount - 1) / type.byteCount
    var description: dnnl_primitive_desc_t?
    check(dnnl_reorder_primitive_desc_create(&description, &plain, engine, &packed, engine, nil))
    var reorder: dnnl_primitive_t?
    check(dnnl_primitive_create(&reorder, description))
    dnnl_primitive_desc_destroy(description)
    self.reorder = unwrapped(reorder)
    source = emptyMemory(plain, engine)
    target = emptyMemory(packed, engine)
  }

  deinit {
    dnnl_memory_destroy(source)
    dnnl_memory_destroy(target)
    dnnl_primitive_destroy(reorder)
  }

  func pack(_ matrix: Tensor, stream: dnnl_stream_t) -> Packed {
    let values = Tensor(uninitialized: [elementCount], elementType: type)
    ck_adopt_thread_count()
    withRawKernelPointers(matrix, values) { pointers in
      check(dnnl_memory_set_data_handle(source, pointers[0]))
      check(dnnl_memory_set_data_handle(target, pointers[1]))
      var arguments = [
        dnnl_exec_arg_t(arg: Int32(DNNL_ARG_FROM), memory: source),
        dnnl_exec_arg_t(arg: Int32(DNNL_ARG_TO), memory: target),
      ]
      check(dnnl_primitive_execute(reorder, stream, Int32(arguments.count), &arguments))
      check(dnnl_stream_wait(stream))
    }
    return Packed(innerCount: inner, columnCount: columns, layout: layout, values: values)
  }
}

/// One compiled product with the memory handles it runs on.
private final class Product {
  private let primitive: dnnl_primitive_t
  private let a: dnnl_memory_t
  private let b: dnnl_memory_t
  private let c: dnnl_memory_t
  private var arguments: [dnnl_exec_arg_t]

  init(
    engine: dnnl_engine_t, a: dnnl_memory_desc_t, b: dnnl_memory_desc_t, c result: dnnl_memory_desc_t,
    accumulate: Bool
  ) {
    // Compiled for a number of threads.
    ck_adopt_thread_count()
    let description = matmulPrimitive(engine: engine, a: a, b: b, c: result, accumulate: accumulate)
    var primitive: dnnl_primitive_t?
    check(dnnl_primitive_create(&primitive, description))
    dnnl_primitive_desc_destroy(description)
    self.primitive = unwrapped(primitive)
    self.a = emptyMemory(a, engine)
    self.b = emptyMemory(b, engine)
    c = emptyMemory(result, engine)
    arguments = [
      dnnl_exec_arg_t(arg: Int32(DNNL_ARG_SRC), memory: self.a),
      dnnl_exec_arg_t(arg: Int32(DNNL_ARG_WEIGHTS), memory: self.b),
      dnnl_exec_arg_t(arg: Int32(DNNL_ARG_DST), memory: c),
    ]
  }

  deinit {
    for memory in [a, b, c] { dnnl_memory_destroy(memory) }
    dnnl_primitive_destroy(primitive)
  }

  func run(
    _ stream: dnnl_stream_t, _ aPointer: UnsafeMutableRawPointer, _ bPointer: UnsafeMutableRawPointer,
    _ cPointer: UnsafeMutableRawPointer
  ) {
    ck_adopt_thread_count()
    check(dnnl_memory_set_data_handle(a, aPointer))
    check(dnnl_memory_set_data_handle(b, bPointer))
    check(dnnl_memory_set_data_handle(c, cPointer))
    check(dnnl_primitive_execute(primitive, stream, Int32(arguments.count), &arguments))
    check(dnnl_stream_wait(stream))
  }
}

/// The description of `c = a · b`, plus `c` when `accumulate`.
///
/// The caller destroys it.
private func matmulPrimitive(
  engine: dnnl_engine_t, a: dnnl_memory_desc_t, b: dnnl_memory_desc_t, c: dnnl_memory_desc_t, accumulate: Bool
) -> dnnl_primitive_desc_t {
  var (source, weights, target) = (a, b, c)
  var operation = dnnl_matmul_desc_t()
  check(dnnl_matmul_desc_init(&operation, &source, &weights, nil, &target))
  var attributes: dnnl_primitive_attr_t?
  check(dnnl_primitive_attr_create(&attributes))
  defer { dnnl_primitive_attr_destroy(attributes) }
  if accumulate {
    var operations: dnnl_post_ops_t?
    check(dnnl_post_ops_create(&operations))
    check(dnnl_post_ops_append_sum(operations, 1))
    check(dnnl_primitive_attr_set_post_ops(attributes, operations))
    dnnl_post_ops_destroy(operations)
  }
  var description: dnnl_primitive_desc_t?
  check(dnnl_primitive_desc_create(&description, &operation, attributes, engine, nil))
  return unwrapped(description)
}

private func emptyMemory(_ layout: dnnl_memory_desc_t, _ engine: dnnl_engine_t) -> dnnl_memory_t {
  var layout = layout
  var memory: dnnl_memory_t?
  // DNNL_MEMORY_NONE: a handle without a buffer; one is set before each run.
  check(dnnl_memory_create(&memory, &layout, engine, nil))
  return unwrapped(memory)
}

extension ElementType {
  fileprivate var oneDNNType: dnnl_data_type_t {
    switch self {
    case .float32: dnnl_f32
    case .bfloat16: dnnl_bf16
    case .float16: dnnl_f16
    case .int8: dnnl_s8
    }
  }
}

extension dnnl_memory_desc_t {
  /// A row-major matrix `[rows, columns]`, or the transpose of a row-major `[columns, rows]`.
  fileprivate static func plain(rows: Int, columns: Int, transposed: Bool, type: ElementType) -> dnnl_memory_desc_t {
    var layout = dnnl_memory_desc_t()
    let dimensions = [dnnl_dim_t(rows), dnnl_dim_t(columns)]
    let strides = transposed ? [1, dnnl_dim_t(rows)] : [dnnl_dim_t(columns), 1]
    check(dnnl_memory_desc_init_by_strides(&layout, 2, dimensions, type.oneDNNType, strides))
    return layout
  }
}

/// oneDNN refuses only what the shapes' preconditions already exclude, so a failure is a defect of this file.
private func check(_ status: dnnl_status_t, line: UInt = #line) {
  precondition(status == dnnl_success, "oneDNN status \(status.rawValue) at line \(line)")
}

private func unwrapped(_ handle: OpaquePointer?) -> OpaquePointer {
  guard let handle else { preconditionFailure("oneDNN returned success without a handle") }
  return handle
}
