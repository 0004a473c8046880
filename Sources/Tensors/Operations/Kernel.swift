import CKernels

/// Runs a kernel over `units` work units; fewer than `grain` a thread are not worth a thread.
@inline(__always)
func run<Arguments>(
  _ kernel: (UnsafePointer<Arguments>?, Int, Int) -> Void, _ arguments: Arguments, units: Int, grain: Int
) {
  withUnsafePointer(to: arguments) { kernel($0, units, grain) }
}

/// Work units of a kernel that cuts `rows` rows of `width` in column blocks.
func rowBlockUnits(rows: Int, width: Int) -> Int { rows * columnBlocks(width) }

/// Column blocks of a row of `width` elements.
func columnBlocks(_ width: Int) -> Int { (width + Int(CK_COLUMN_BLOCK) - 1) / Int(CK_COLUMN_BLOCK) }

/// Work units of a kernel over a flat array.
func flatBlocks(_ count: Int) -> Int { (count + Int(CK_FLAT_BLOCK) - 1) / Int(CK_FLAT_BLOCK) }
