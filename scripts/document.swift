import Foundation

/// The part of a symbol graph that a page of documentation needs.
struct SymbolGraph: Decodable {
  struct Symbol: Decodable {
    struct Kind: Decodable {
      let identifier: String
      let displayName: String
    }
    struct Text: Decodable {
      let text: String
    }
    struct Documentation: Decodable {
      let lines: [Text]
    }
    struct Fragment: Decodable {
      let spelling: String
    }
    struct Location: Decodable {
      struct Position: Decodable {
        let line: Int
      }
      let uri: String
      let position: Position
    }

    let kind: Kind
    let pathComponents: [String]
    let docComment: Documentation?
    let declarationFragments: [Fragment]?
    let location: Location?

    var name: String { pathComponents.joined(separator: ".") }
    var documentation: String { docComment?.lines.map(\.text).joined(separator: "\n") ?? "" }
    var declaration: String { declarationFragments?.map(\.spelling).joined() ?? name }

    /// File and line as compilers print them, so that editors can jump there.
    var place: String {
      guard let location, let url = URL(string: location.uri) else { return name }
      return "\(url.path):\(location.position.line + 1)"
    }

    /// Whether the comment could only repeat what a protocol of the standard library says.
    var isWitnessOfStandardProtocol: Bool {
      let witnesses: Set = [
        "description", "debugDescription", "hash(into:)", "==(_:_:)", "<(_:_:)", "encode(to:)", "init(from:)",
      ]
      return pathComponents.count > 1 && witnesses.contains(pathComponents.last ?? "")
    }
  }

  let symbols: [Symbol]
}

/// Writes one Markdown page for a target and returns the declarations that lack documentation.
func document(target: String, graphs: [URL], into folder: URL) throws -> [SymbolGraph.Symbol] {
  let symbols = try graphs.flatMap { try JSONDecoder().decode(SymbolGraph.self, from: Data(contentsOf: $0)).symbols }
    .filter { $0.location != nil }
    .sorted { $0.pathComponents.lexicographicallyPrecedes($1.pathComponents) }
  var page = "# \(target)\n"
  for symbol in symbols {
    let level = String(repeating: "#", count: min(symbol.pathComponents.count + 1, 6))
    page += "\n\(level) \(symbol.name)\n\n```swift\n\(symbol.declaration)\n```\n"
    if !symbol.documentation.isEmpty { page += "\n\(symbol.documentation)\n" }
  }
  try Data(page.utf8).write(to: folder.appendingPathComponent("\(target).md"), options: .atomic)
  print("\(target): \(symbols.count) public declarations")
  return symbols.filter { $0.documentation.isEmpty && !$0.isWitnessOfStandardProtocol }
}

func main(_ arguments: [String]) throws -> Int32 {
  guard arguments.count > 3 else {
    FileHandle.standardError.write(Data("usage: document GRAPH_FOLDER OUTPUT_FOLDER TARGET…\n".utf8))
    return 64
  }
  let graphFolder = URL(fileURLWithPath: arguments[1])
  let outputFolder = URL(fileURLWithPath: arguments[2])
  let files = try FileManager.default.contentsOfDirectory(at: graphFolder, includingPropertiesForKeys: nil)
  var undocumented: [SymbolGraph.Symbol] = []
  for target in arguments[3...] {
    let graphs = files.filter {
      $0.lastPathComponent == "\(target).symbols.json" || $0.lastPathComponent.hasPrefix("\(target)@")
    }
    undocumented += try document(target: target, graphs: graphs, into: outputFolder)
  }
  for symbol in undocumented {
    FileHandle.standardError.write(
      Data("\(symbol.place): error: public \(symbol.kind.displayName) '\(symbol.name)' is not documented\n".utf8))
  }
  if undocumented.isEmpty { print("Everything public is documented; pages are in \(arguments[2])") }
  return undocumented.isEmpty ? 0 : 1
}

exit(try main(CommandLine.arguments))
