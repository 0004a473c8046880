import Checkpoints

/// What `--version` prints.
public enum VersionText {
  /// The command and its version, then one line for each fact about the machine and its libraries.
  ///
  /// - Parameters:
  ///   - command: The command asked.
  ///   - engine: Facts such as the BLAS library with its kernel, CPU features, threads: name and value.
  public static func render(command: CommandName, engine: KeyValuePairs<String, String> = [:]) -> String {
    let width = engine.map { $0.key.count + 1 }.max() ?? 0
    let lines = engine.map { fact in
      let name = fact.key + ":"
      return "  " + name + String(repeating: " ", count: width - name.count) + " " + fact.value
    }
    return (["\(command) \(PackageVersion.text)"] + lines).joined(separator: "\n")
  }
}
