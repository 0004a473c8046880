/// How the learning rate falls over a run, as named on the command line.
public enum DecayStyleName: String, NamedChoice {
  /// It stays as it is.
  case constant
  /// In a straight line to zero at the horizon.
  case linear
  /// Along half a cosine wave to zero at the horizon.
  case cosine
  /// By the same factor at every step.
  case exponential
}
