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

  private let engine = OneDNNEngine()
  private var plainProducts = BoundedCache<Key, OneDNNProduct>(limit: OneDNNBackend.keptProducts)
  private var packedProducts = BoundedCache<Key, OneDNNProduct>(limit: OneDNNBackend.keptProducts)
  private var packers = BoundedCache<PackerKey, OneDNNPacker>(limit: OneDNNBackend.keptProducts)
  private var layouts: [LayoutKey: OneDNNLayout] = [:]

  /// Compiled products of each kind that are kept: more than the shapes of a step, fewer than those of all lengths of text.
  static let keptProducts = 256

  /// Compiled products and arrangements kept now.
  var compiledCount: Int { plainProducts.count + packedProducts.count + packers.count }

  /// Starts oneDNN on the processor.
  public init() {
    // The library keeps compiled kernels of its own.
    od_keep(Int32(2 * Self.keptProducts))
  }

  /// The library, its version and the instruction set it may use.
  public var name: String {
    var (major, minor, patch): (Int32, Int32, Int32) = (0, 0, 0)
    od_version(&major, &minor, &patch)
    let instructionSet =
      switch od_effective_isa() {
      case OD_ISA_AVX512_BF16: "AVX-512 with bf16"
      case OD_ISA_AVX512_VNNI: "AVX-512 with VNNI"
      case OD_ISA_AVX512: "AVX-512"
      case OD_ISA_AVX2: "AVX2"
      case OD_ISA_SSE41: "SSE4.1"
      default: "all instruction sets"
      }
    return "oneDNN \(major).\(minor).\(patch) (\(instructionSet))"
  }

  /// Float32, and bfloat16 where the processor has instructions for it; see ``MatrixBackend``.
  public func multipliesDirectly(_ type: ElementType) -> Bool {
    switch type {
    case .float32: true
    case .bfloat16: od_effective_isa().rawValue >= OD_ISA_AVX512_BF16.rawValue
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
      OneDNNProduct(
        engine: engine,
        a: .plain(rows: shape.rows, columns: shape.inner, transposed: transposeA, type: a.elementType),
        b: .plain(rows: shape.inner, columns: shape.columns, transposed: transposeB, type: a.elementType),
        c: .plain(rows: shape.rows, columns: shape.columns, transposed: false, type: .float32),
        accumulate: accumulate)
    }
    withRawKernelPointers(a, b, c) { product.run($0[0], $0[1], $0[2]) }
  }

  /// The second operand of later products; see ``MatrixBackend``.
  public func pack(_ b: Tensor, transposed: Bool, rows: Int, as type: ElementType) -> any PackedMatrix {
    precondition(multipliesDirectly(type) && b.elementType == .float32, "packing \(b.elementType) as \(type)")
    let (inner, columns) = transposed ? (b.columns, b.rowCount) : (b.rowCount, b.columns)
    guard inner > 0, columns > 0 else {
      return OneDNNMatrix(
        innerCount: inner, columnCount: columns, layout: .plain(rows: 1, columns: 1, transposed: false, type: type),
        values: Tensor(uninitialized: [0], elementType: type))
    }
    let key = LayoutKey(inner: inner, columns: columns, type: type)
    // One layout for good: packed products are known by the shapes alone.
    let layout =
      layouts[key]
      ?? OneDNNLayout.preferred(inner: inner, columns: columns, rows: max(rows, 1), type: type, engine: engine)
    layouts[key] = layout
    let packer = packers.value(for: PackerKey(layout: key, transposed: transposed)) {
      OneDNNPacker(engine: engine, inner: inner, columns: columns, transposed: transposed, layout: layout, type: type)
    }
    return packer.pack(b)
  }

  /// The product with a packed matrix; see ``MatrixBackend``.
  public func multiply(_ a: Tensor, _ b: any PackedMatrix, into c: Tensor, accumulate: Bool) {
    guard let packed = b as? OneDNNMatrix else { preconditionFailure("a matrix packed by another backend") }
    let shape = ProductShape(a, b, into: c)
    if shape.isEmpty(c, accumulate: accumulate) { return }
    precondition(a.elementType == b.values.elementType, "product of \(a.elementType) and \(b.values.elementType)")
    let key = Key(
      shape: shape, transposeA: false, transposeB: false, accumulate: accumulate, type: a.elementType)
    let product = packedProducts.value(for: key) {
      OneDNNProduct(
        engine: engine,
        a: .plain(rows: shape.rows, columns: shape.inner, transposed: false, type: a.elementType), b: packed.layout,
        c: .plain(rows: shape.rows, columns: shape.columns, transposed: false, type: .float32), accumulate: accumulate)
    }
    withRawKernelPointers(a, packed.values, c) { product.run($0[0], $0[1], $0[2]) }
  }
}
