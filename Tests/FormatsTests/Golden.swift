import Foundation

/// The folder with files that other programs wrote.
let goldenFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Golden").path
