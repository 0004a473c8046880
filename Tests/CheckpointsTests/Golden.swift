import Foundation

/// The folder with models that other programs wrote.
let goldenFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Golden").path

/// The folder with files that earlier versions of this program wrote.
let fixtureFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Fixtures").path

/// The folder with single arrays that other programs wrote.
let arraysFolder =
  URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../FormatsTests/Golden").path
