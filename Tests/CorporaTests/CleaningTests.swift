import Corpora
import Foundation
import Testing

/// What the original's steps made of random texts with its own tools; written by `Golden/make_cleaning.py`.
@Suite struct CleaningGoldenTests {
  struct Golden: Decodable {
    var processString: [[String]]
    var processTweet: [[String]]
  }

  private func golden() throws -> Golden {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "Golden/cleaning.json")
    return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
  }

  private func clean(_ method: CleaningMethod, _ text: String) -> String {
    String(decoding: method.clean(text), as: UTF8.self)
  }

  @Test func processStringAgrees() throws {
    for example in try golden().processString {
      #expect(clean(.processString, example[0]) == example[1], "\(example[0].debugDescription)")
    }
  }

  @Test func processTweetAgrees() throws {
    for example in try golden().processTweet {
      #expect(clean(.processTweet, example[0]) == example[1], "\(example[0].debugDescription)")
    }
  }
}

@Suite struct StringCleaningTests {
  private func clean(_ text: String) -> String {
    String(decoding: CleaningMethod.processString.clean(text), as: UTF8.self)
  }

  @Test(arguments: [
    ("Hello   world", "\n Hello world "), ("<br />Great<b>!</b>", "\n Great ! "), ("a<b and c>d", "\n a d "),
    ("café", "\n cafe "), ("a &lt;b&gt; &amp; c &eacute; &#8217;", "\n a <b> & c é ’ "), ("", "\n  "),
    (" \t\n", "\n  "),
    ("&#150;&#x80; &notit; &bogus;", "\n –€ ¬it; &bogus; "), ("line<br\n>brk", "\n line<br >brk "),
    (
      "Hello <b>world</b>  café &amp; &eacute; so so so so so good!",
      "\n Hello world cafe & é so so so so so good! "
    ),
    ("’ “ — … é ß ½ € 你 😀", "\n ' \" -- ... e ss 1/2 EUR Ni "), ("x½", "\n x 1/2 "), ("<<>>", "\n > "),
    ("<a<b>", "\n " + " "), ("Щука и борщ", "\n Shchuka i borshch "), ("Ã©", "\n A(c) "),
    ("a\u{A0}b\u{2003}c", "\n a b c "),
    ("＆amp;", "\n & "), ("&nbsp;x&#13;y", "\n x y "),
  ]) func examples(text: String, expected: String) { #expect(clean(text) == expected) }

  @Test func bytesOfReferencesAreUTF8() {
    #expect(CleaningMethod.processString.clean("&eacute;") == [10, 32, 0xC3, 0xA9, 32])
    #expect(CleaningMethod.processString.clean("&#8217;") == [10, 32, 0xE2, 0x80, 0x99, 32])
  }

  @Test func agreesWithTheOriginalsLanguage() throws {
    for example in try Golden.load().cleaning { #expect(clean(example[0]) == example[1], "\(example[0])") }
  }

  @Test func decodesReferencesAsTheStandardSays() throws {
    for example in try Golden.load().html {
      let words = example[1].unicodeScalars.split { $0.properties.isWhitespace || (0x1C...0x1F).contains($0.value) }
      let expected = words.map { String($0) }.joined(separator: " ")
      // What decodes to markup is not markup; input with markup of its own is for the other test.
      guard !example[0].contains("<") || !example[0].contains(">") else { continue }
      #expect(clean(example[0]) == "\n " + expected + " ", "\(example[0])")
    }
  }

  @Test func illFormedBytesAreDroppedExceptByNone() {
    let bytes: [UInt8] = [0x61, 0xFF, 0xE2, 0x82, 0x62]
    #expect(CleaningMethod.processString.clean(bytes) == Array("\n ab ".utf8))
    #expect(CleaningMethod.processTweet.clean(bytes) == Array("ab".utf8))
    #expect(CleaningMethod.none.clean(bytes) == bytes)
  }

  /// Many openings without a close must not cost their square.
  @Test func openingsWithoutCloseAreCheap() {
    let text = [UInt8](repeating: UInt8(ascii: "<"), count: 2_000_000)
    #expect(CleaningMethod.processString.clean(text).count == 2_000_003)
  }
}

@Suite struct TweetCleaningTests {
  private func clean(_ text: String) -> String {
    String(decoding: CleaningMethod.processTweet.clean(text), as: UTF8.self)
  }

  @Test(arguments: [
    (
      "RT @bob: I love #NLP https://t.co/abc 😀 café &amp; &gt; it's\nok <br> yes",
      "RT @bob: I love NLP!! xxxx :grinning_face: cafe & > it's ok yes"
    ),
    (
      "@bob I love #this https://t.co/abc 😂😂",
      "@bob I love this!! xxxx :face_with_tears_of_joy::face_with_tears_of_joy:"
    ),
    ("café &amp; “quote” &lt;3 it&#039;s\\n now <br> x", "cafe & quote <3 it's now x"),
    ("#a #b!! ❤️", "a!! b!!!! :red_heart:"), ("", ""), (" \n", ""), ("½ 你 x", "12 x"),
    ("http://a https", "http://a https"),
    (
      "👍🏽 👩‍💻 🇫🇷 1️⃣ 🧑🏿‍🤝‍🧑🏻",
      ":thumbs_up_medium_skin_tone: :woman_technologist: :France: :keycap_1: "
        + ":people_holding_hands_dark_skin_tone_light_skin_tone:"
    ),
    ("#é# ##", "e!!# ##"), ("&amp;gt;", ">"), ("a\u{3000}b", "a b"),
  ]) func examples(text: String, expected: String) { #expect(clean(text) == expected) }

  @Test func namesEveryEmoji() throws {
    for example in try Golden.load().emoji { #expect(clean(example[0]) == example[1], "\(example[0])") }
  }
}
