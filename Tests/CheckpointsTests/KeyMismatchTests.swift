import TestSupport
import Testing

@testable import Checkpoints

@Suite struct KeyMismatchTests {
  @Test func agreementInAnyOrderIsNoMismatch() throws {
    try KeyMismatch.check(expected: [("a", [1]), ("b", [])], found: [("b", []), ("a", [1])], path: "m")
    let mismatch = KeyMismatch(expected: [], found: [])
    #expect(mismatch.isEmpty)
    #expect(mismatch.summary == "no difference")
  }

  @Test func theErrorIsASentenceAndATable() {
    let text = message {
      try KeyMismatch.check(
        expected: [("cell.weight", [4, 8]), ("cell.bias", [8]), ("embedding", [257, 4]), ("same", [2])],
        found: [("same", [2]), ("decoder.weight", [3]), ("cell.weight", [8, 4]), ("x", [])], path: "m.safetensors")
    }
    #expect(
      text == """
        m.safetensors does not fit the model: 2 tensors missing, 2 unexpected, 1 of another shape
          tensor          model     file
          cell.weight     [4, 8]    [8, 4]
          cell.bias       [8]       missing
          embedding       [257, 4]  missing
          decoder.weight  none      [3]
          x               none      []
        """)
  }

  @Test func oneDifferenceIsSingular() {
    #expect(KeyMismatch(expected: [("a", [])], found: []).summary == "1 tensor missing")
    #expect(KeyMismatch(expected: [], found: [("a", []), ("b", [])]).summary == "2 tensors unexpected")
    #expect(KeyMismatch(expected: [("a", [])], found: [("a", [1])]).summary == "1 tensor of another shape")
  }

  @Test func longTablesAreCutOff() {
    let mismatch = KeyMismatch(expected: (0..<100).map { ("w\($0)", [$0]) }, found: [("\u{1b}[2J", [])])
    let lines = mismatch.table.split(separator: "\n")
    #expect(lines.count == 1 + KeyMismatch.tableRows + 1)
    #expect(lines.last == "  … and 61 more")
    #expect(KeyMismatch(expected: [], found: [("\u{1b}[2J", [])]).table.contains("\\u{1B}[2J"))
  }
}
