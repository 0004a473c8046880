import Testing

@testable import Tensors

/// Reuse of blocks, and what is held besides those in use; each test has a pool of its own.
@Suite struct BufferPoolTests {
  private func withPool(_ body: (BufferPool) throws -> Void) rethrows {
    let pool = BufferPool()
    try BufferPool.$current.withValue(pool) { try body(pool) }
  }

  @Test func blocksAreReused() {
    withPool { pool in
      for _ in 0..<50 { _ = Tensor(zeros: [1 << 18]) }
      #expect(pool.largeAllocationCount == 1)
      #expect(pool.bytesHeld == 4 << 18 && pool.bytesInUse == 0)
    }
  }

  @Test func nearSizesShareABlock() {
    withPool { pool in
      for count in stride(from: (1 << 20) - 20_000, through: 1 << 20, by: 1000) { _ = Tensor(zeros: [count]) }
      #expect(pool.largeAllocationCount == 1)
    }
    for bytes in [1, 63, 64, 65, 1000, 4097, 1 << 20, (1 << 20) + 1, 123_456_789] {
      let capacity = BufferPool.capacity(for: bytes)
      #expect(capacity >= bytes && capacity % 64 == 0 && capacity <= max(64, bytes + bytes / 16 + 64))
      #expect(BufferPool.capacity(for: capacity) == capacity)
    }
  }

  @Test func whatIsHeldDoesNotGrowWithTheVarietyOfSizes() {
    withPool { pool in
      var peak = 0
      for length in 1...64 {
        // Two tensors of a length that never comes again.
        let tensors = [Tensor(uninitialized: [length * 64, 1024]), Tensor(uninitialized: [length * 64, 512])]
        peak = max(peak, tensors.reduce(0) { $0 + 4 * $1.count })
        #expect(pool.bytesHeld <= pool.peakBytesInUse * 3 / 2 + BufferPool.spareBytes)
      }
      #expect(pool.peakBytesInUse < peak + peak / 15)
      #expect(pool.bytesHeld < 2 * peak)
    }
  }

  @Test func aLoopOfEqualStepsAllocatesNothingAfterItsFirst() {
    withPool { pool in
      func step() {
        let kept = (1...6).map { Tensor(uninitialized: [$0 << 18]) }
        for first in kept.indices { _ = Tensor(uninitialized: [kept[first].count + 99_999]) }
      }
      step()
      let before = pool.largeAllocationCount
      for _ in 0..<10 { step() }
      #expect(pool.largeAllocationCount == before)
    }
  }

  @Test func aBlockGoesBackToItsOwnPool() {
    let pool = BufferPool()
    var tensor: Tensor? = BufferPool.$current.withValue(pool) { Tensor(zeros: [1000]) }
    let capacity = BufferPool.capacity(for: 4 * 1000)
    #expect(tensor?.count == 1000 && pool.bytesInUse == capacity)
    tensor = nil
    #expect(pool.bytesInUse == 0 && pool.bytesHeld == capacity)
    pool.releaseIdleBlocks()
    #expect(pool.bytesHeld == 0)
  }

  @Test func compiledProductsDoNotGrowWithTheVarietyOfSizes() {
    let backend = OneDNNBackend()
    let b = randomTensor([3, 4], seed: 1)
    let packed = backend.pack(b, transposed: false, rows: 2, as: .float32)
    for rows in 1...(OneDNNBackend.keptProducts + 50) {
      let a = randomTensor([rows, 3], seed: UInt64(rows))
      let (plain, prepared) = (Tensor(uninitialized: [rows, 4]), Tensor(uninitialized: [rows, 4]))
      backend.multiply(a, transposeA: false, b, transposeB: false, into: plain, accumulate: false)
      backend.multiply(a, packed, into: prepared, accumulate: false)
      #expect(largestDifference(plain.values, prepared.values) < 1e-5)
    }
    #expect(backend.compiledCount <= 2 * OneDNNBackend.keptProducts + 1)
  }

  @Test func theCacheKeepsWhatWasUsedLast() {
    var cache = BoundedCache<Int, Int>(limit: 3)
    var made = 0
    func value(_ key: Int) -> Int {
      cache.value(for: key) {
        made += 1
        return 10 * key
      }
    }
    #expect([1, 2, 3, 1].map(value) == [10, 20, 30, 10] && made == 3)
    #expect(value(4) == 40 && cache.count == 3)
    #expect(value(1) == 10 && made == 4)
    #expect(value(2) == 20 && made == 5)
  }
}
