import Corpora
import Testing

@Suite struct TextStoreTests {
  @Test func choicesAndJoinsShareTexts() {
    var store = TextStore(["a", "", "ccc"])
    store.append("é".utf8)
    #expect(store.count == 4)
    #expect((0..<4).map { store.string(at: $0) } == ["a", "", "ccc", "é"])
    #expect(Array(store[2]) == Array("ccc".utf8))
    let choice = store.subset([3, 0])
    #expect(choice == TextStore(["é", "a"]))
    #expect(choice.subset([1, 1]) == TextStore(["a", "a"]))
    let joined = TextStore.concatenating([choice, TextStore(), TextStore(["x", "y"]), store])
    #expect(joined == TextStore(["é", "a", "x", "y", "a", "", "ccc", "é"]))
    #expect(joined.subset([7, 2]) == TextStore(["é", "x"]))
    let plain = TextStore.concatenating([TextStore(["1"]), TextStore(["2", "3"])])
    #expect(plain == TextStore(["1", "2", "3"]))
  }

  @Test func appendingToAChoiceLeavesTheSource() {
    let store = TextStore(["a", "b"])
    var choice = store.subset([1])
    choice.append("c".utf8)
    #expect(choice == TextStore(["b", "c"]))
    #expect(store == TextStore(["a", "b"]))
    var joined = TextStore.concatenating([store, store])
    joined.append("z".utf8)
    #expect(joined == TextStore(["a", "b", "a", "b", "z"]))
    #expect(TextStore().isEmpty)
  }

  @Test func illFormedBytesAreKept() {
    var store = TextStore()
    store.append([0xFF, 0x41])
    #expect(Array(store[0]) == [0xFF, 0x41])
    #expect(store.string(at: 0) == "\u{FFFD}A")
  }
}
