extension Transfer {
  /// Prepares a transfer of the model that the configuration names; nothing is read yet.
  ///
  /// - Parameter observe: is told what happens; what it throws ends the transfer.
  public init(_ configuration: TransferConfiguration, observe: @escaping (TransferEvent) throws -> Void = { _ in }) {
    self.init(configuration, of: try RecurrentFeatureModel(configuration), observe: observe)
  }
}
