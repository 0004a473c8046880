"""Writes formats.json: what Python's own codecs and gzip make of short texts.

Run from the package root:  python3 Tests/CorporaTests/Golden/make_formats.py
"""

import base64
import gzip
import json

TEXTS = {
    "utf-8": "café – 你好 😀",
    "latin1": "café naïve ÿ\u0080",
    "windows-1252": "“café” – 5 € ™ Ÿ",
    "utf-16": "café – 你好 😀",
    "utf-16le": "café – 你好 😀",
    "utf-16be": "café – 你好 😀",
    "iso-8859-2": "Příliš žluťoučký kůň",
    "iso-8859-15": "œuvre à 5 €",
    "windows-1251": "Хороший фильм № 1",
    "koi8-r": "Хороший фильм",
    "gb18030": "电影很好 😀 é",
    "big5": "電影很好",
    "shift_jis": "良い映画です ｶﾅ",
    "euc-jp": "良い映画です",
    "euc-kr": "좋은 영화",
}

# Bytes that mean nothing in an encoding, behind a good line.
ILL_FORMED = {
    "windows-1252": b"sentence\nok\n\x81\n",
    "utf-16le": "sentence\nok\n".encode("utf-16le") + b"\x00\xd8a\x00",
    "utf-16be": "sentence\nok\n".encode("utf-16be") + b"\x00",
    "shift_jis": b"sentence\nok\n\xff\n",
    "euc-kr": b"sentence\nok\n\xc1",
}

TABLE = 'label,sentence\n1,"good, ""fine"" é"\n0,bad\n'
LINES = '{"label":1,"sentence":"good, \\"fine\\" é"}\n{"label":0,"sentence":"bad"}\n'


def packed(text):
    return gzip.compress(text.encode(), mtime=0)


def text64(data):
    return base64.b64encode(data).decode()


with open("Tests/CorporaTests/Golden/formats.json", "w", encoding="ascii") as file:
    json.dump(
        {
            "encodings": [[name, text, text64(f"sentence\n{text}\n".encode(name))] for name, text in TEXTS.items()],
            "illFormed": [[name, text64(data)] for name, data in ILL_FORMED.items()],
            "gzip": {
                "a.csv.gz": text64(packed(TABLE)),
                "a.tsv.gz": text64(packed("label\tsentence\n1\tgood, \"fine\" é\n0\tbad\n")),
                "a.json.gz": text64(packed("[" + LINES.strip().replace("\n", ",") + "]")),
                "a.jsonl.gz": text64(packed(LINES)),
                "a.txt.gz": text64(packed('good, "fine" é\r\nbad\n')),
                "members.csv.gz": text64(packed(TABLE[:20]) + packed("") + packed(TABLE[20:]) + b"\0" * 512),
                "hidden.csv": text64(packed(TABLE)),
            },
            "gzipOfLatin1": text64(gzip.compress("sentence\ncafé\n".encode("latin1"), mtime=0)),
        },
        file,
        indent=0,
    )
    file.write("\n")
