/// When training sets the hidden state back to zero, as numbered on the command line.
public enum StatePersistence: String, NamedChoice {
  /// At the start of every text.
  case everyText = "0"
  /// At the start of every shard of 100 texts.
  case everyShard = "1"
  /// Never.
  case never = "-1"
}
