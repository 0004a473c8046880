import CCairo
import Foundation

/// A Cairo surface that collects its file in memory; owns the C objects and destroys them with itself.
public final class Canvas {
  /// The bytes Cairo writes; it lives as long as the surface that writes into it.
  private final class Sink {
    var bytes = Data()
  }

  /// How text is set.
  struct Font: Equatable {
    var size: Double
    var isBold = false
    var isMonospaced = false
  }

  /// Which part of a text stands at the given position.
  enum Anchor: Double {
    case start = 0
    case middle = 0.5
    case end = 1
  }

  private let format: DrawingFormat
  private let surface: OpaquePointer
  private let context: OpaquePointer
  private let sink = Sink()

  /// Cairo cannot hold larger images.
  private static let longestSide = 32_000.0

  init(format: DrawingFormat, width: Double, height: Double) throws {
    let scale = try Self.scale(format: format, width: width, height: height)
    self.format = format
    let sinkPointer = Unmanaged.passUnretained(sink).toOpaque()
    let made: OpaquePointer? =
      switch format {
      case .png:
        cairo_image_surface_create(
          CAIRO_FORMAT_RGB24, Int32((width * scale).rounded(.up)), Int32((height * scale).rounded(.up)))
      case .svg: cairo_svg_surface_create_for_stream(Self.write, sinkPointer, width, height)
      case .pdf: cairo_pdf_surface_create_for_stream(Self.write, sinkPointer, width, height)
      }
    guard let made, let drawing = cairo_create(made) else {
      throw DrawingError.library(message: "out of memory")
    }
    surface = made
    context = drawing
    cairo_scale(context, scale, scale)
    // Hinting for the screen would make letter widths differ between the formats.
    let options = cairo_font_options_create()
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    cairo_set_font_options(context, options)
    cairo_font_options_destroy(options)
    try check(cairo_status(context))
  }

  deinit {
    cairo_destroy(context)
    cairo_surface_destroy(surface)
  }

  /// Pixels a point: two, fewer for a very large image, never less than a half.
  static func scale(format: DrawingFormat, width: Double, height: Double) throws -> Double {
    let scale = format == .png ? min(2, longestSide / max(width, height, 1)) : 1
    guard scale >= 0.5, width > 0, height > 0 else {
      throw DrawingError.tooLarge(width: 2 * width, height: 2 * height)
    }
    return scale
  }

  /// Ends the picture and returns its file.
  func finish() throws -> Data {
    try check(cairo_status(context))
    cairo_surface_flush(surface)
    if format == .png {
      try check(cairo_surface_write_to_png_stream(surface, Self.write, Unmanaged.passUnretained(sink).toOpaque()))
    } else {
      cairo_surface_finish(surface)
      try check(cairo_surface_status(surface))
    }
    return sink.bytes
  }

  private static let write: cairo_write_func_t = { closure, bytes, count in
    guard let closure, let bytes else { return CAIRO_STATUS_WRITE_ERROR }
    Unmanaged<Sink>.fromOpaque(closure).takeUnretainedValue().bytes.append(bytes, count: Int(count))
    return CAIRO_STATUS_SUCCESS
  }

  private func check(_ status: cairo_status_t) throws {
    guard status != CAIRO_STATUS_SUCCESS else { return }
    throw DrawingError.library(message: String(cString: cairo_status_to_string(status)))
  }

  private func use(_ color: Color) {
    cairo_set_source_rgba(context, color.red, color.green, color.blue, color.alpha)
  }

  private func use(_ font: Font) {
    cairo_select_font_face(
      context, font.isMonospaced ? "DejaVu Sans Mono" : "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL,
      font.isBold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
    cairo_set_font_size(context, font.size)
  }

  // MARK: Shapes

  func fill(_ area: Rectangle, _ color: Color) {
    use(color)
    cairo_rectangle(context, area.x, area.y, area.width, area.height)
    cairo_fill(context)
  }

  /// Fills the whole surface, including pixels that the size in points only touches.
  func fillAll(_ color: Color) {
    use(color)
    cairo_paint(context)
  }

  /// Fills the inside of a closed outline.
  func fill(_ outline: [Point], _ color: Color) {
    trace(outline)
    use(color)
    cairo_fill(context)
  }

  func stroke(_ points: [Point], _ color: Color, width: Double = 1) {
    use(color)
    cairo_set_line_width(context, width)
    cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
    cairo_set_line_cap(context, CAIRO_LINE_CAP_ROUND)
    trace(points)
    cairo_stroke(context)
  }

  private func trace(_ points: [Point]) {
    cairo_new_path(context)
    for point in points { cairo_line_to(context, point.x, point.y) }
  }

  func circle(_ center: Point, radius: Double, fill: Color, stroke: Color? = nil) {
    cairo_new_sub_path(context)
    cairo_arc(context, center.x, center.y, radius, 0, 2 * Double.pi)
    use(fill)
    cairo_fill_preserve(context)
    if let stroke {
      use(stroke)
      cairo_set_line_width(context, 1)
      cairo_stroke_preserve(context)
    }
    cairo_new_path(context)
  }

  /// Draws with everything outside the area cut away.
  func clipped(to area: Rectangle, _ body: () -> Void) {
    cairo_save(context)
    cairo_rectangle(context, area.x, area.y, area.width, area.height)
    cairo_clip(context)
    body()
    cairo_restore(context)
  }

  // MARK: Text

  /// Width of a text in points.
  func width(of text: String, _ font: Font) -> Double {
    use(font)
    var extents = cairo_text_extents_t()
    cairo_text_extents(context, text, &extents)
    return extents.x_advance
  }

  /// Sets a line of text with its baseline at the position; `turned` rotates it a quarter to the left.
  func text(
    _ text: String, at position: Point, _ font: Font, _ color: Color = .ink, anchor: Anchor = .start,
    turned: Bool = false
  ) {
    let shift = width(of: text, font) * anchor.rawValue
    cairo_save(context)
    use(color)
    cairo_translate(context, position.x, position.y)
    if turned { cairo_rotate(context, -Double.pi / 2) }
    cairo_move_to(context, -shift, 0)
    cairo_show_text(context, text)
    cairo_restore(context)
  }
}
