"""Writes transliteration.json: what the package `unidecode` (1.4.0), which the original used, makes of single characters.

Blocks of letters are complete; of ideographs and syllables every 64th is there. Run from the package root:
python3 Tests/CorporaTests/Golden/make_transliteration.py
"""

import json
import unicodedata
import warnings

from unidecode import unidecode

warnings.simplefilter("ignore")

BLOCKS = [
    ("Latin-1 Supplement", 0x00A0, 0x00FF, 1),
    ("Latin Extended-A", 0x0100, 0x017F, 1),
    ("Latin Extended-B", 0x0180, 0x024F, 1),
    ("IPA Extensions", 0x0250, 0x02AF, 1),
    ("Spacing Modifier Letters", 0x02B0, 0x02FF, 1),
    ("Combining Diacritical Marks", 0x0300, 0x036F, 1),
    ("Greek and Coptic", 0x0370, 0x03FF, 1),
    ("Cyrillic", 0x0400, 0x04FF, 1),
    ("Armenian", 0x0530, 0x058F, 1),
    ("Hebrew", 0x0590, 0x05FF, 1),
    ("Arabic", 0x0600, 0x06FF, 1),
    ("Devanagari", 0x0900, 0x097F, 1),
    ("Thai", 0x0E00, 0x0E7F, 1),
    ("Georgian", 0x10A0, 0x10FF, 1),
    ("Latin Extended Additional", 0x1E00, 0x1EFF, 1),
    ("Greek Extended", 0x1F00, 0x1FFF, 1),
    ("General Punctuation", 0x2000, 0x206F, 1),
    ("Superscripts and Subscripts", 0x2070, 0x209F, 1),
    ("Currency Symbols", 0x20A0, 0x20CF, 1),
    ("Letterlike Symbols", 0x2100, 0x214F, 1),
    ("Number Forms", 0x2150, 0x218F, 1),
    ("Arrows", 0x2190, 0x21FF, 1),
    ("Mathematical Operators", 0x2200, 0x22FF, 1),
    ("Enclosed Alphanumerics", 0x2460, 0x24FF, 1),
    ("Box Drawing", 0x2500, 0x257F, 1),
    ("Miscellaneous Symbols", 0x2600, 0x26FF, 1),
    ("Dingbats", 0x2700, 0x27BF, 1),
    ("CJK Symbols and Punctuation", 0x3000, 0x303F, 1),
    ("Hiragana", 0x3040, 0x309F, 1),
    ("Katakana", 0x30A0, 0x30FF, 1),
    ("CJK Unified Ideographs", 0x4E00, 0x9FA5, 64),
    ("Hangul Syllables", 0xAC00, 0xD7A3, 64),
    ("Alphabetic Presentation Forms", 0xFB00, 0xFB06, 1),
    ("Halfwidth and Fullwidth Forms", 0xFF00, 0xFFEF, 1),
    ("Mathematical Alphanumeric Symbols", 0x1D400, 0x1D7FF, 1),
    ("Emoticons", 0x1F600, 0x1F64F, 1),
]

blocks = []
for name, first, last, step in BLOCKS:
    forms = {}
    for code in range(first, last + 1, step):
        if unicodedata.category(chr(code)) in ("Cn", "Co", "Cs"):
            continue
        forms[f"{code:x}"] = unidecode(chr(code))
    blocks.append({"name": name, "forms": forms})

with open("Tests/CorporaTests/Golden/transliteration.json", "w", encoding="ascii") as file:
    json.dump(blocks, file, separators=(",", ":"))
    file.write("\n")
