import CSentencePiece
import Foundation

/// A model that the library has loaded.
///
/// The library only reads it after loading, so that several threads may use it at once.
final class SentencePieceModel: @unchecked Sendable {
  private let handle: OpaquePointer

  /// - Throws: the library's words.
  init(_ bytes: [UInt8]) throws(SentencePieceFailure) {
    var message: UnsafeMutablePointer<CChar>?
    let loaded = bytes.withUnsafeBytes { csp_load($0.baseAddress, $0.count, &message) }
    guard let loaded else { throw SentencePieceFailure(taking: message) }
    handle = loaded
  }

  deinit { csp_free(handle) }

  var pieceCount: Int { Int(csp_piece_count(handle)) }

  /// The piece of an id, as stored: a blank is U+2581.
  func piece(_ id: Int) -> [UInt8] {
    precondition((0..<pieceCount).contains(id), "piece \(id) of \(pieceCount)")
    var size = 0
    guard let start = csp_piece(handle, Int32(id), &size) else { return [] }
    return Array(UnsafeRawBufferPointer(start: start, count: size))
  }

  func kind(_ id: Int) -> csp_kind {
    precondition((0..<pieceCount).contains(id), "piece \(id) of \(pieceCount)")
    return csp_piece_kind(handle, Int32(id))
  }

  func score(_ id: Int) -> Float {
    precondition((0..<pieceCount).contains(id), "piece \(id) of \(pieceCount)")
    return csp_score(handle, Int32(id))
  }

  func encode(_ text: UnsafeBufferPointer<UInt8>) throws(SentencePieceFailure) -> [Int32] {
    var ids: UnsafeMutablePointer<Int32>?
    var count = 0
    var message: UnsafeMutablePointer<CChar>?
    let isDone = text.withMemoryRebound(to: CChar.self) {
      csp_encode(handle, $0.baseAddress, $0.count, &ids, &count, &message)
    }
    guard isDone else { throw SentencePieceFailure(taking: message) }
    defer { csp_release(ids) }
    return Array(UnsafeBufferPointer(start: ids, count: count))
  }

  func decode(_ ids: [Int32]) throws(SentencePieceFailure) -> [UInt8] {
    var text: UnsafeMutablePointer<CChar>?
    var size = 0
    var message: UnsafeMutablePointer<CChar>?
    guard csp_decode(handle, ids, ids.count, &text, &size, &message) else {
      throw SentencePieceFailure(taking: message)
    }
    defer { csp_release(text) }
    return Array(UnsafeRawBufferPointer(start: text, count: size))
  }
}

/// What the library says when it refuses.
struct SentencePieceFailure: Error {
  /// The library's words, with the place in its source.
  let message: String

  /// Takes the library's text over and releases it.
  init(taking text: UnsafeMutablePointer<CChar>?) {
    message = text.map { String(cString: $0) } ?? "no reason given"
    csp_release(text)
  }

  /// The words without the place in the source and the condition that failed.
  var reason: String {
    guard let end = message.range(of: "] ", options: .backwards) else {
      return message.isEmpty ? "no reason given" : message
    }
    let rest = message[end.upperBound...]
    return rest.isEmpty
      ? "the library's check \(message.split(separator: "[").dropFirst().joined(separator: "["))" : String(rest)
  }
}
