import Foundation
import Tensors

/// Measures products of the shapes that models have, by each backend; the source of ``ProductTable``.
enum ProductBenchmark {
  /// A product to measure.
  private struct Shape {
    var form: String
    var rows: Int
    var columns: Int
    var inner: Int
    var operations: Double { 2 * Double(rows) * Double(columns) * Double(inner) }
  }

  /// Steps of 256 to 4,096 units, their weight gradients, and small plain products as attention has them.
  private static let shapes: [Shape] = {
    var shapes: [Shape] = []
    for (rows, units) in [(32, 256), (32, 512), (64, 1024), (128, 4096), (8, 1024)] {
      shapes.append(Shape(form: "packed", rows: rows, columns: 4 * units, inner: units))
      shapes.append(Shape(form: "packed", rows: rows, columns: units, inner: 4 * units))
    }
    for units in [256, 512, 1024] {
      shapes.append(Shape(form: "gradient", rows: 4 * units, columns: units, inner: 2048))
    }
    for rows in [2, 4, 8, 12, 16, 24, 32, 64, 128, 512] {
      shapes.append(Shape(form: "plain", rows: rows, columns: 512, inner: 512))
      shapes.append(Shape(form: "plain", rows: rows, columns: 128, inner: 64))
    }
    return shapes
  }()

  /// Prints a CSV line a shape and backend: GFLOP/s, and the peak of multiply-adds measured beside it.
  static func run(show: (String) -> Void) {
    show("instruction_set,threads,form,rows,columns,inner,backend,gflops,peak")
    let backends: [(MatrixBackendKind, any MatrixBackend)] = [
      (.oneDNN, OneDNNBackend()), (.panels, PanelBackend()), (.blas, BLASBackend()),
    ]
    for shape in shapes {
      let peak = MachinePeak.floatOperationsPerSecond(measuringFor: 0.1) / 1e9
      let works = backends.map { work(shape, $0.1) }
      var fastest = [Double](repeating: .infinity, count: works.count)
      for _ in 0..<12 {
        for (index, work) in works.enumerated() { fastest[index] = min(fastest[index], seconds(of: work)) }
      }
      for ((kind, _), best) in zip(backends, fastest) {
        show(
          [
            Engine.instructionSet, "\(Engine.threadCount)", shape.form, "\(shape.rows)", "\(shape.columns)",
            "\(shape.inner)", kind.rawValue, String(format: "%.1f", shape.operations / best / 1e9),
            String(format: "%.1f", peak),
          ].joined(separator: ","))
      }
    }
  }

  /// One product into the same result, again and again.
  private static func work(_ shape: Shape, _ backend: any MatrixBackend) -> () -> Void {
    func matrix(_ rows: Int, _ columns: Int) -> Tensor {
      var generator = SeededGenerator(seed: 1)
      let values = Tensor(uninitialized: [rows, columns])
      values.fillUniform(bound: 1, using: &generator)
      return values
    }
    let result = Tensor(zeros: [shape.rows, shape.columns])
    let isGradient = shape.form == "gradient"
    let a = isGradient ? matrix(shape.inner, shape.rows) : matrix(shape.rows, shape.inner)
    if shape.form == "packed" {
      let b = backend.pack(matrix(shape.columns, shape.inner), transposed: true, rows: shape.rows, as: .float32)
      return { backend.multiply(a, b, into: result, accumulate: false) }
    }
    let b = matrix(shape.inner, shape.columns)
    return { backend.multiply(a, transposeA: isGradient, b, transposeB: false, into: result, accumulate: false) }
  }

  /// Seconds of one repetition, of as many as take a few milliseconds.
  private static func seconds(of work: () -> Void) -> Double {
    work()
    let clock = ContinuousClock()
    var count = 1
    while true {
      let duration = clock.measure { for _ in 0..<count { work() } } / .seconds(1)
      if duration > 0.004 { return duration / Double(count) }
      count *= 2
    }
  }
}
