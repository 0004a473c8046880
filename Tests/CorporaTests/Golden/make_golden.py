"""Writes golden.json: what Python's own csv, json, html, re and codecs make of small random inputs, and what the package
`emoji` (2.14.1) makes of emoji. Run from the package root:  python3 Tests/CorporaTests/Golden/make_golden.py
"""

import csv
import html
import io
import json
import random
import re
import unicodedata

import emoji

generator = random.Random(1)


def pick(alphabet, longest):
    return "".join(generator.choice(alphabet) for _ in range(generator.randrange(longest)))


def csv_cases():
    cases = []
    for _ in range(200):
        rows = [[pick(['a', 'é', '"', ",", "\n", "\r\n", " ", ";", "你"], 6) for _ in range(3)] for _ in range(4)]
        out = io.StringIO()
        quoting = generator.choice([csv.QUOTE_ALL, csv.QUOTE_MINIMAL])
        writer = csv.writer(out, lineterminator=generator.choice(["\n", "\r\n"]), quoting=quoting)
        writer.writerow(["x", "sentence", "y"])
        writer.writerows(rows)
        text = out.getvalue()
        read = list(csv.reader(io.StringIO(text, newline="")))[1:]
        cases.append({"file": text, "texts": [row[1] for row in read if row[1]]})
    return cases


def html_cases():
    names = sorted(html.entities.html5)
    pieces = ["&", "#", "x", ";", " ", "1", "38", "x26", "not", "amp", "lt", "zz", "&#", "&#x", "<", "128", "D800", "110000"]
    texts = ["&" + name + pick("a1; ", 4) for name in names]
    texts += [pick(pieces, 10) for _ in range(700)]
    texts += [f"&#{n}; &#x{n:x}z" for n in list(range(0, 300)) + [0xFDD0, 0xFFFE, 0x1FFFF, 0xD800, 0x10FFFF, 0x110000, 10**30]]
    return [[text, html.unescape(text)] for text in texts]


def process_str(text):
    """The steps of the specification for ASCII input."""
    text = html.unescape(re.sub("<.*?>", " ", text))
    return "\n " + " ".join(text.split()) + " "


def cleaning_cases():
    pieces = ["<", ">", "\n", " ", "a", "b", "&lt;", "&gt;", "&nbsp;", "&eacute", "\t", "\x1c", "\x0b", "word", "<br />"]
    return [[text, process_str(text)] for text in (pick(pieces, 14) for _ in range(700))]


def codec_cases():
    bytes_ = [0x41, 0x7F, 0x80, 0xBF, 0xC0, 0xC2, 0xC3, 0xA9, 0xE0, 0xA0, 0xE2, 0x82, 0xAC, 0xED, 0x9F, 0xEF, 0xF0, 0x90, 0x9F, 0x98, 0xF4, 0x8F, 0xF5, 0xFF]
    cases = []
    for _ in range(1000):
        data = bytes(generator.choice(bytes_) for _ in range(generator.randrange(1, 8)))
        cases.append([list(data), data.decode("utf-8", "replace")])
    return cases


def reduced(text):
    """Emoji named, then what process_tweet keeps of the names."""
    text = unicodedata.normalize("NFKD", emoji.demojize(text))
    return " ".join("".join(c for c in text if 32 <= ord(c) < 127).split())


def emoji_cases():
    every = sorted(emoji.EMOJI_DATA)[::4]
    return [[text, reduced(text)] for text in every + ["a" + x + "b" + y for x, y in zip(every[::7], every[3::7])]]


with open("Tests/CorporaTests/Golden/golden.json", "w", encoding="ascii") as file:
    json.dump(
        {
            "csv": csv_cases(),
            "html": html_cases(),
            "cleaning": cleaning_cases(),
            "codec": codec_cases(),
            "emoji": emoji_cases(),
        },
        file,
        separators=(",", ":"),
    )
