/// A command line in today's spelling.
public struct NormalizedArguments: Sendable, Equatable {
  /// The arguments to parse, without the program's name.
  public var arguments: [String]
  /// One sentence for each option that was dropped, in the order met.
  public var notices: [String]
  /// Whether `--version` stands among the options.
  public var requestsVersion: Bool

  /// A command line, its notices and whether the version is asked for.
  public init(arguments: [String], notices: [String] = [], requestsVersion: Bool = false) {
    self.arguments = arguments
    self.notices = notices
    self.requestsVersion = requestsVersion
  }
}
