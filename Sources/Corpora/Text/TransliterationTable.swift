/// ASCII forms of our own, where the general rules lose more than they need to or differ from what readers of the published
/// models' text expect.
enum TransliterationTable {
  static let forms: [Unicode.Scalar: String] = {
    var forms = punctuation
    for (small, form) in zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя".unicodeScalars, cyrillic) {
      forms[small] = form
      if let capital = small.properties.uppercaseMapping.unicodeScalars.first {
        forms[capital] = form.prefix(1).uppercased() + form.dropFirst()
      }
    }
    return forms
  }()

  private static let cyrillic = [
    "a", "b", "v", "g", "d", "e", "io", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f",
    "kh",
    "ts", "ch", "sh", "shch", "\"", "y", "'", "e", "iu", "ia",
  ]

  private static let punctuation: [Unicode.Scalar: String] = [
    "¡": "!", "¢": "C/", "£": "PS", "¤": "$?", "¥": "Y=", "¦": "|", "§": "SS", "¨": "\"", "©": "(c)", "ª": "a",
    "«": "<<", "¬": "!", "\u{AD}": "", "®": "(r)", "¯": "-", "°": "deg", "±": "+-", "²": "2", "³": "3", "´": "'",
    "µ": "u", "¶": "P", "·": "*", "¸": ",", "¹": "1", "º": "o", "»": ">>", "¿": "?", "×": "x", "÷": "/",
    "½": " 1/2", "¼": " 1/4", "¾": " 3/4", "Ð": "D", "ð": "d", "Þ": "Th", "þ": "th",
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "--", "―": "--",
    "‘": "'", "’": "'", "‚": ",", "‛": "'", "“": "\"", "”": "\"", "„": ",,", "‟": "\"",
    "†": "+", "‡": "++", "•": "*", "…": "...", "‰": "%0", "′": "'", "‹": "<", "›": ">",
    "€": "EUR", "™": "tm", "−": "-", "\u{FFFD}": "",
    "Ŋ": "NG", "ŋ": "ng", "ĸ": "k",
    "‗": "_", "‣": "*>", "‧": ".", "‱": "%00", "″": "''", "‴": "'''", "‵": "'", "‶": "''", "‷": "'''", "‸": "^",
    "⁻": "-", "₋": "-", "℃": "degC", "℉": "degF", "№": "No. ",
    "∗": "*", "∶": ":", "∼": "~", "≤": "<=", "≥": ">=", "≦": "<=", "≧": ">=",
    "₠": "ECU", "₡": "CL", "₢": "Cr", "₣": "FF", "₤": "L", "₥": "mil", "₦": "N", "₧": "Pts", "₨": "Rs", "₩": "W",
    "₪": "NS", "₫": "D", "₭": "K", "₮": "T", "₱": "P", "₴": "UAH", "₹": "Rs", "₺": "L", "₽": "R", "₿": "BTC",
  ]
}
