import Files
import TestSupport
import Testing

@Suite struct PeakMemoryTests {
  @Test(
    arguments: [("VmPeak:\t 9 kB\nVmHWM:\t  1234 kB\n", 1_263_616), ("VmHWM: x", nil), ("VmHWM:", nil), ("", nil)]
      as [(String, Int?)])
  func peakMemory(_ row: (status: String, bytes: Int?)) {
    #expect(PeakMemory.bytes(inStatus: row.status) == row.bytes)
  }

  @Test func growsWithWhatIsTouched() async {
    await #expect(processExitsWith: .success) {
      let growth = try PeakMemory.growth { _ = [UInt8](repeating: 1, count: 64 << 20).count }
      #expect((60 << 20...100 << 20).contains(growth))
    }
  }
}
