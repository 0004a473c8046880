import Foundation
import Synchronization
import Testing

@testable import ToolSupport

/// A pipe that takes nothing more.
@Suite struct BlockedWriteTests {
  private let pipe = Pipe()

  @Test func aStopEndsAWriteThatNobodyReads() {
    let bytes = [UInt8](repeating: 120, count: 1 << 20)
    let start = ContinuousClock.now
    let failure = bytes.withUnsafeBytes {
      FileDescriptorWriter.writeAll($0, to: pipe.fileHandleForWriting.fileDescriptor, shouldStop: { true })
    }
    #expect(failure == ECANCELED)
    #expect(start.duration(to: .now) < .seconds(5))
  }

  /// What is being read is written to its end, whatever the size, stopped or not.
  @Test func aReaderGetsAll() {
    let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let read = Mutex(Data())
    let ended = DispatchSemaphore(value: 0)
    Thread.detachNewThread { [pipe] in
      let data = pipe.fileHandleForReading.readDataToEndOfFile()
      read.withLock { $0 = data }
      ended.signal()
    }
    let failure = bytes.withUnsafeBytes {
      FileDescriptorWriter.writeAll($0, to: pipe.fileHandleForWriting.fileDescriptor, shouldStop: { true })
    }
    try? pipe.fileHandleForWriting.close()
    ended.wait()
    #expect(failure == nil)
    #expect(read.withLock { $0.elementsEqual(bytes) })
  }
}
