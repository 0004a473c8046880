import Foundation
import Synchronization

/// The wish that this process stop, seen by everything that waits for bytes.
///
/// There is one for the whole process: a read that blocks can only be ended from outside of it, wherever it happens. A
/// request cannot be taken back.
public enum StopRequest {
  private static let flag = Atomic<Bool>(false)
  /// A pipe that nobody reads: its reading end is ready from the request on; −1 where the system gave none.
  private static let pipe: (reading: Int32, writing: Int32) = {
    var ends: [Int32] = [-1, -1]
    guard Foundation.pipe(&ends) == 0 else { return (-1, -1) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }()

  /// Whether it was made.
  public static var isMade: Bool { flag.load(ordering: .acquiring) }

  /// Makes it: reads that wait end with ``CorpusError/stopped``, and so do all that come.
  public static func make() {
    guard !flag.exchange(true, ordering: .acquiringAndReleasing) else { return }
    var byte: UInt8 = 1
    _ = write(pipe.writing, &byte, 1)
  }

  /// Waits until a descriptor has bytes or will have none any more.
  ///
  /// - Returns: false when a stop was asked for.
  static func waitForBytes(in descriptor: Int32) -> Bool {
    // A descriptor below zero is passed over.
    var waiting = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: pipe.reading, events: Int16(POLLIN), revents: 0),
    ]
    while !isMade {
      // What the system has against the descriptor is said by the read that follows.
      if poll(&waiting, 2, -1) < 0, errno != EINTR { break }
      if waiting[0].revents != 0 { break }
    }
    return !isMade
  }
}
