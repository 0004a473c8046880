import Analysis
import Checkpoints
import Drawings
import Files
import Foundation

/// The heat map beside a text: a page and a picture.
struct PictureFiles {
  /// The page.
  let page: String
  /// The picture.
  let picture: String

  /// Both files.
  var paths: [String] { [page, picture] }

  /// The files that belong to the text at `path`: its name with other endings.
  init(besides path: String) {
    let name = path.split(separator: "/").last ?? ""
    var stem = path
    if let dot = name.lastIndex(of: "."), dot != name.startIndex {
      stem = String(path.dropLast(name.distance(from: dot, to: name.endIndex)))
    }
    page = stem + ".html"
    picture = stem + ".png"
  }

  /// Writes both.
  func write(_ heatmap: Heatmap) throws {
    try AtomicFile.write(Data(heatmap.html().utf8), to: page)
    try AtomicFile.write(try heatmap.png(), to: picture)
  }

  /// Removes both where an earlier heat map stands, and returns what was removed.
  ///
  /// Files of these names that are no heat map are somebody else's and stay.
  func removeOlder() -> [String] {
    guard let handle = FileHandle(forReadingAtPath: page) else { return [] }
    defer { try? handle.close() }
    let start = (try? handle.read(upToCount: Heatmap.pageStart.utf8.count)) ?? Data()
    guard start.elementsEqual(Heatmap.pageStart.utf8) else { return [] }
    return paths.filter { unlink($0) == 0 }
  }
}
