"""Writes cleaning.json: what the steps of the specification make of random texts, by Python's re, html and unicodedata and
the packages `unidecode` (1.4.0) and `emoji` (2.14.1).

Run from the package root:  python3 Tests/CorporaTests/Golden/make_cleaning.py
"""

import html
import json
import random
import re
import unicodedata

import emoji
from unidecode import unidecode

generator = random.Random(7)

# Without the trademark sign, which Unidecode has given two forms over the years: `tm`, as here, and `(tm)`.
WORDS = ["good", "bad", "it's", "A", "movie.", "10/10", "so", "so", "x_1", "(yes)"]
STRING_PIECES = WORDS + [
    "<br />", "<b>", "</b>", "<", ">", "<a\nb>", "&amp;", "&eacute;", "&lt;br&gt;", "&#8217;", "&#x80;", "&notit;", "&bogus;",
    "&", "café", "naïve", "“quoted”", "’s", "—", "–", "…", "½", "€", "£", "ß", "Æ", "Ł", "ž", "©", "®", "\u00a0", "\u2003",
    "\t", "\n", "\r\n", "\x1c", "Щука", "борщ", "你", "😀", "\u00ad", "•", "×", "ｆｕｌｌ",
]
TWEET_PIECES = WORDS + [
    "@bob", "#NLP", "#", "##", "#é", "#a#b", "https://t.co/abc", "http://t.co/x", "https", "https ", "\\n", "\n", "\t", "<br>", "<br />",
    "&amp;", "&#039;", "&gt;", "&lt;", "&amp;gt;", "&quot;", "café", "naïve", "½", "“quoted”", "ﬁ", "你", "😀", "😂😂", "❤️", "👍🏽",
    "👩‍💻", "🇫🇷", "1️⃣", "\u00a0", "\u3000", "A\u030a", "…", "™",
]


def text_of(pieces):
    return "".join(
        generator.choice(pieces) + generator.choice(["", " ", " "]) for _ in range(generator.randrange(1, 14))
    )


def process_str(text):
    text = html.unescape(unidecode(re.sub("<.*?>", " ", text)))
    return "\n " + " ".join(text.split()) + " "


def process_tweet(text):
    text = re.sub(r"https\S+", "xxxx", text)
    text = text.replace("\\n", " ")
    text = re.sub(r"\s", " ", text)
    for name, character in [("<br>", " "), ("&amp;", "&"), ("&#039;", "'"), ("&gt;", ">"), ("&lt;", "<")]:
        text = text.replace(name, character)
    text = emoji.demojize(text)
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = re.sub(r"#(\w+)", r"\1!!", text)
    text = "".join(c for c in text if c.isspace() or 32 <= ord(c) <= 126)
    return " ".join(text.split())


def cases(pieces, clean):
    return [[text, clean(text)] for text in (text_of(pieces) for _ in range(1500))]


with open("Tests/CorporaTests/Golden/cleaning.json", "w", encoding="ascii") as file:
    json.dump(
        {"processString": cases(STRING_PIECES, process_str), "processTweet": cases(TWEET_PIECES, process_tweet)},
        file,
        separators=(",", ":"),
    )
    file.write("\n")
