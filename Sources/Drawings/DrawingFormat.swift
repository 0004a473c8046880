import Foundation

/// The picture formats that every drawing can be rendered to.
public enum DrawingFormat: String, CaseIterable, Sendable {
  /// Pixels, at 144 dots per inch.
  case png
  /// Scalable vectors for browsers and editors; text is embedded as outlines.
  case svg
  /// Scalable vectors for print.
  case pdf

  /// The format named by a file's extension, in any case.
  ///
  /// - Throws: ``DrawingError/unknownFormat(path:supported:)``.
  public init(path: String) throws {
    let name = (path as NSString).pathExtension.lowercased()
    guard let format = DrawingFormat(rawValue: name) else {
      throw DrawingError.unknownFormat(path: path, supported: Self.allCases.map(\.rawValue))
    }
    self = format
  }
}

/// A picture that knows its size and how to draw itself; sizes are in points (1/72 inch).
public protocol Drawing: Sendable {
  /// Width in points.
  var width: Double { get }
  /// Height in points.
  var height: Double { get }
  /// Draws the picture.
  func draw(on canvas: Canvas)
}

extension Drawing {
  /// The picture as a PNG file, two pixels a point (fewer when the picture is very large).
  ///
  /// - Throws: ``DrawingError/tooLarge(width:height:)`` or ``DrawingError/library(message:)``.
  public func png() throws -> Data { try render(as: .png) }

  /// The picture as an SVG file.
  ///
  /// - Throws: ``DrawingError/library(message:)``.
  public func svg() throws -> Data { try render(as: .svg) }

  /// The picture as a PDF file of one page.
  ///
  /// - Throws: ``DrawingError/library(message:)``.
  public func pdf() throws -> Data { try render(as: .pdf) }

  /// The picture in the format that a file's extension names.
  ///
  /// - Throws: ``DrawingError/unknownFormat(path:supported:)`` and what rendering throws.
  public func data(forFile path: String) throws -> Data { try render(as: DrawingFormat(path: path)) }

  /// The picture in the given format.
  ///
  /// - Throws: ``DrawingError/tooLarge(width:height:)`` or ``DrawingError/library(message:)``.
  public func render(as format: DrawingFormat) throws -> Data {
    let canvas = try Canvas(format: format, width: width, height: height)
    canvas.fillAll(.white)
    draw(on: canvas)
    return try canvas.finish()
  }
}
