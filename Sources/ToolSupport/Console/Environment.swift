import Foundation

/// Environment variables of the process.
enum Environment {
  /// The variable's value; nil when it is not set.
  static func value(_ name: String) -> String? { ProcessInfo.processInfo.environment[name] }
}
