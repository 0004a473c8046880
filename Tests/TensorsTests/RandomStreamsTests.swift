import Tensors
import Testing

@Suite struct RandomStreamsTests {
  /// What earlier runs drew.
  @Test func firstStreamsAreWhatTheyWere() {
    let streams = RandomStreams(seed: 1234)
    #expect(streams.seed(of: .initialValues) == 1234)
    #expect(streams.seed(of: .texts, step: 3) == 1237)
    #expect(RandomStreams(seed: UInt64(UInt32.max)).seed(of: .texts, step: 2) == 1)
    #expect(streams.seed(of: .dropout, step: 2) == 1234 + 2 * 0x9E37_79B9)
    #expect(RandomStreams(seed: 0).seed(of: .outputDropout) == 0xD1B5_4A32_D192_ED03)
    #expect(streams.generator(of: .embeddingDropout) == SeededGenerator(seed: 1234))
  }

  /// Streams with names of their own never begin alike.
  @Test func otherStreamsDiffer() {
    var seeds: [UInt64] = []
    for seed: UInt64 in [0, 1, 2, 1234] {
      for purpose in RandomPurpose.allCases {
        for layer in 0..<4 {
          for step in 0..<4 {
            for rank in 0..<4 where layer > 0 || rank > 0 {
              seeds.append(RandomStreams(seed: seed).seed(of: purpose, layer: layer, step: step, rank: rank))
            }
          }
        }
      }
    }
    #expect(seeds.count == 4 * RandomPurpose.allCases.count * 60)
    #expect(Set(seeds).count == seeds.count)
  }
}
