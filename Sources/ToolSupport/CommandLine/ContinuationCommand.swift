import Foundation

/// The command line that goes on with a run that was stopped.
public enum ContinuationCommand {
  /// What was typed, with `--resume` in place of what it replaces, ready for a shell.
  ///
  /// - Parameters:
  ///   - command: the program as it was started.
  ///   - arguments: what was typed behind it.
  ///   - name: the command.
  ///   - remaining: steps still to take, in place of those of `--additional-iters`.
  public static func text(
    command: String, arguments: [String], as name: CommandName, remaining: Int
  ) -> String {
    let typed = (try? CommandLineNormalizer.normalize(arguments, for: name).arguments) ?? arguments
    var words: [String] = []
    var skipsValue = false
    var isExtended = false
    for word in typed {
      if skipsValue {
        skipsValue = false
        continue
      }
      let option = word.split(separator: "=", maxSplits: 1).first.map(String.init) ?? word
      switch option {
      case "--resume", "--load-optim": continue
      case "--load", "--additional-iters":
        skipsValue = !word.contains("=")
        isExtended = isExtended || option == "--additional-iters"
      default: words.append(word)
      }
    }
    words.append("--resume")
    if isExtended { words += ["--additional-iters", "\(remaining)"] }
    return ([command] + words).map(quoted).joined(separator: " ")
  }

  /// A word as a shell reads it back.
  static func quoted(_ word: String) -> String {
    let plain = CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./=,:@%+")
    if !word.isEmpty, word.unicodeScalars.allSatisfy(plain.contains) { return word }
    return "'" + word.replacingOccurrences(of: "'", with: "'\\''") + "'"
  }
}
