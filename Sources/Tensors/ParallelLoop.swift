import CKernels

extension Engine {
  /// Runs `body` over parts of `0 ..< count`, on the pool of threads that products and kernels use, so that loops of other
  /// targets neither start threads of their own nor use more of them than were asked for.
  ///
  /// A loop inside the body runs on one thread.
  ///
  /// - Parameter grain: the fewest items that are worth a thread.
  public static func parallel(_ count: Int, grain: Int = 1, _ body: (Range<Int>) -> Void) {
    withoutActuallyEscaping(body) { body in
      withUnsafePointer(to: body) { body in
        ck_parallel(
          { context, begin, end in
            context?.assumingMemoryBound(to: ((Range<Int>) -> Void).self).pointee(begin..<end)
          }, body, count, max(grain, 1))
      }
    }
  }

  /// Makes other libraries that are called from this thread use ``threadCount`` threads.
  ///
  /// They run on the same pool, which keeps its number for each calling thread.
  public static func adoptThreadCount() { ck_adopt_thread_count() }
}
