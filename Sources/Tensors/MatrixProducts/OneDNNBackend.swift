import COneDNN

/// Matrix products by oneDNN with the second operand packed in the layout its kernels want.
///
/// A primitive is compiled for each shape when it is first met and kept. Not for use from several threads at once.
public final class OneDNNBackend: MatrixBackend {
  private struct Key: Hashable {
    var shape: ProductShape
    var transposeA: Bool
    var transposeB: Bool
    var accumulate: Bool
  }

  private struct LayoutKey: Hashable {
    var inner: Int
    var columns: Int
  }

  private let engine: dnnl_engine_t
  private let stream: dnnl_stream_t
  private var plainProducts: [Key: Product] = [:]
  private var packedProducts: [Key: Product] = [:]
  private var packers: [LayoutKey: [Bool: Packer]] = [:]

  /// Starts oneDNN on the processor.
  public init() {
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

  public func multiply(
    _ a: Tensor, transposeA: Bool, _ b: Tensor, transposeB: Bool, into c: Tensor, accumulate: Bool
  ) {
    let shape = ProductShape(a, transposeA: transposeA, b, transposeB: transposeB, into: c)
    guard shape.rows > 0, shape.columns > 0 else { return }
    let key = Key(shape: shape, transposeA: transposeA, transposeB: transposeB, accumulate: accumulate)
    let product: Product
    if let known = plainProducts[key] {
      product = known
    } else {
      product = Product(
        engine: engine, shape: shape,
        a: .plain(rows: shape.rows, columns: shape.inner, transposed: transposeA),
        b: .plain(rows: shape.inner, columns: shape.columns, transposed: transposeB), accumulate: accumulate)
      plainProducts[key] = product
    }
    withKernelPointers(a, b, c) { product.run(stream, $0[0], $0[1], $0[2]) }
  }

  public func pack(_ b: Tensor, transposed: Bool, rows: Int) -> any PackedMatrix {
    let (inner, columns) = transposed ? (b.columns, b.rowCount) : (b.rowCount, b.columns)
    let key = LayoutKey(inner: inner, columns: columns)
    let packer: Packer
    if let known = packers[key]?[transposed] {
      packer = known
    } else {
      let layout = packers[key]?.values.first?.layout ?? chosenLayout(inner: inner, columns: columns, rows: rows)
      packer = Packer(engine: engine, inner: inner, columns: columns, transposed: transposed, layout: layout)
      packers[key, default: [:]][transposed] = packer
    }
    return packer.pack(b, stream: stream)
  }

  public func multiply(_ a: Tensor, _ b: any PackedMatrix, into c: Tensor, accumulate: Bool) {
    guard let packed = b as? Packed else { preconditionFailure("a matrix packed by another backend") }
    let shape = ProductShape(a, b, into: c)
    guard shape.rows > 0 else { return }
    let key = Key(shape: shape, transposeA: false, transposeB: false, accumulate: accumulate)
    let product: Product
    if let known = packedProducts[key] {
      product = known
    } else {
      product = Product(
        engine: engine, shape: shape, a: .plain(rows: shape.rows, columns: shape.inner, transposed: false),
        b: packed.layout, accumulate: accumulate)
      packedProducts[key] = product
    }
    withKernelPointers(a, packed.values, c) { product.run(stream, $0[0], $0[1], $0[2]) }
  }

  /// The layout that oneDNN asks for when it may choose.
  private func chosenLayout(inner: Int, columns: Int, rows: Int) -> dnnl_memory_desc_t {
    var any = dnnl_memory_desc_t()
    let dimensions = [dnnl_dim_t(inner), dnnl_dim_t(columns)]
    check(dnnl_memory_desc_init_by_tag(&any, 2, dimensions, dnnl_f32, dnnl_format_tag_any))
    let description = matmulPrimitive(
      engine: engine, a: .plain(rows: rows, columns: inner, transposed: false), b: any,
      c: .plain(rows: rows, columns: columns, transposed: false), accumulate: false)
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
}

/// Rearranges plain matrices of one shape into one layout.
private final class Packer {
  let layout: dnnl_memory_desc_t
  private let inner: Int
  private let columns: Int
  private let elementCount: Int
  private let reorder: dnnl_primitive_t
  private let source: dnnl_memory_t
  private let target: dnnl_memory_t

  init(engine: dnnl_engine_t, inner: Int, columns: Int, transposed: Bool, layout: dnnl_memory_desc_t) {
    self.inner = inner
    self.columns = columns
    self.layout = layout
    var plain = dnnl_memory_desc_t.plain(rows: inner, columns: columns, transposed: transposed)
    var packed = layout
    elementCount = (dnnl_memory_desc_get_size(&packed) + MemoryLayout<Float>.size - 1) / MemoryLayout<Float>.size
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
    let values = Tensor(uninitialized: [elementCount])
    withKernelPointers(matrix, values) { pointers in
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
    engine: dnnl_engine_t, shape: ProductShape, a: dnnl_memory_desc_t, b: dnnl_memory_desc_t, accumulate: Bool
  ) {
    let result = dnnl_memory_desc_t.plain(rows: shape.rows, columns: shape.columns, transposed: false)
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
    _ stream: dnnl_stream_t, _ aPointer: UnsafeMutablePointer<Float>, _ bPointer: UnsafeMutablePointer<Float>,
    _ cPointer: UnsafeMutablePointer<Float>
  ) {
    check(dnnl_memory_set_data_handle(a, aPointer))
    check(dnnl_memory_set_data_handle(b, bPointer))
    check(dnnl_memory_set_data_handle(c, cPointer))
    check(dnnl_primitive_execute(primitive, stream, Int32(arguments.count), &arguments))
    check(dnnl_stream_wait(stream))
  }
}

/// The description of `c = a · b`, plus `c` when `accumulate`. The caller destroys it.
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

extension dnnl_memory_desc_t {
  /// A row-major matrix `[rows, columns]`, or the transpose of a row-major `[columns, rows]`.
  fileprivate static func plain(rows: Int, columns: Int, transposed: Bool) -> dnnl_memory_desc_t {
    var layout = dnnl_memory_desc_t()
    let dimensions = [dnnl_dim_t(rows), dnnl_dim_t(columns)]
    let strides = transposed ? [1, dnnl_dim_t(rows)] : [dnnl_dim_t(columns), 1]
    check(dnnl_memory_desc_init_by_strides(&layout, 2, dimensions, dnnl_f32, strides))
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
