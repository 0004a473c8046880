/// Hands each product to the backend that ``ProductTable`` names for it.
public final class AutomaticBackend: MatrixBackend {
  private let table: ProductTable
  private let oneDNN = OneDNNBackend()
  private let panels = PanelBackend()

  /// A backend for an instruction set, that in use by default.
  public init(_ table: ProductTable = ProductTable(instructionSet: Engine.instructionSet)) { self.table = table }

  private func backend(_ choice: ProductTable.Choice) -> any MatrixBackend {
    switch choice {
    case .oneDNN: oneDNN
    case .panels: panels
    }
  }

  /// What multiplies by weights, and what multiplies plain matrices where that is another.
  public var name: String {
    let (packed, plain) = (backend(table.packed), backend(table.plain))
    return packed === plain ? packed.name : "\(packed.name), \(plain.name) for weight gradients"
  }

  /// What the backend of packed products does; see ``MatrixBackend``.
  public func multipliesDirectly(_ type: ElementType) -> Bool { backend(table.packed).multipliesDirectly(type) }

  /// The product of two plain matrices; see ``MatrixBackend``.
  public func multiply(
    _ a: Tensor, transposeA: Bool, _ b: Tensor, transposeB: Bool, into c: Tensor, accumulate: Bool
  ) {
    let choice = a.elementType == .float32 && b.elementType == .float32 ? table.plain : table.packed
    backend(choice).multiply(
      a, transposeA: transposeA, b, transposeB: transposeB, into: c, accumulate: accumulate)
  }

  /// The second operand of later products; see ``MatrixBackend``.
  public func pack(_ b: Tensor, transposed: Bool, rows: Int, as type: ElementType) -> any PackedMatrix {
    backend(table.packed).pack(b, transposed: transposed, rows: rows, as: type)
  }

  /// The product with a packed matrix; see ``MatrixBackend``.
  public func multiply(_ a: Tensor, _ b: any PackedMatrix, into c: Tensor, accumulate: Bool) {
    backend(table.packed).multiply(a, b, into: c, accumulate: accumulate)
  }
}
