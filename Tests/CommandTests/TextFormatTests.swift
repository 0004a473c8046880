import Testing
import ToolSupport

@Suite struct TextFormatTests {
  @Test(arguments: [
    (0, "0"), (7, "7"), (999, "999"), (1000, "1,000"), (12345, "12,345"), (-1234567, "-1,234,567"),
    (Int.min, "-9,223,372,036,854,775,808"),
  ])
  func counts(_ row: (value: Int, text: String)) {
    #expect(TextFormat.count(row.value) == row.text)
  }

  @Test(arguments: [
    (0.0, "0.0s"), (0.34, "0.3s"), (9.94, "9.9s"), (9.96, "10s"), (59.4, "59s"), (59.6, "1m 00s"), (192, "3m 12s"),
    (3599.6, "1h 00m"), (7500, "2h 05m"), (86_399, "23h 59m"), (273_600, "3d 04h"), (-1, "0.0s"), (.infinity, "?"),
    (.nan, "?"), (1e300, "?"),
  ])
  func durations(_ row: (seconds: Double, text: String)) {
    #expect(TextFormat.duration(seconds: row.seconds) == row.text)
  }

  @Test(arguments: [
    (38214.4, "38,214 characters/s"), (9.94, "9.9 characters/s"), (9.96, "10 characters/s"), (0, "0.0 characters/s"),
    (.nan, "? characters/s"), (.infinity, "? characters/s"), (-1, "? characters/s"),
  ])
  func rates(_ row: (value: Double, text: String)) {
    #expect(TextFormat.rate(row.value, unit: "characters") == row.text)
  }

  @Test(arguments: [
    (0, "0 bytes"), (999, "999 bytes"), (1000, "1.0 kB"), (3_412_345, "3.4 MB"), (345_000_000, "345 MB"),
    (999_600, "1.0 MB"), (12_000_000_000, "12 GB"), (Int.max, "9223 PB"),
  ])
  func sizes(_ row: (value: Int, text: String)) {
    #expect(TextFormat.bytes(row.value) == row.text)
  }

  @Test(arguments: [(0, 10, "0%"), (999, 1000, "99%"), (1000, 1000, "100%"), (1, 0, "0%")])
  func percents(_ row: (part: Int, whole: Int, text: String)) {
    #expect(TextFormat.percent(row.part, of: row.whole) == row.text)
  }

  @Test(arguments: [(1.2345, 3, "1.234"), (2.0, 0, "2"), (.nan, 2, "nan"), (-.infinity, 2, "-inf")])
  func decimals(_ row: (value: Double, digits: Int, text: String)) {
    #expect(TextFormat.decimals(row.value, row.digits) == row.text)
  }
}
