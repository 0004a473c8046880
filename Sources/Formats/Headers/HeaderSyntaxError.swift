/// Where and why the text of a header is not what its format wants.
struct HeaderSyntaxError: Error {
  /// Bytes from the start of the header.
  let offset: Int

  /// A clause without a full stop, such as "a comma is missing".
  let reason: String
}
