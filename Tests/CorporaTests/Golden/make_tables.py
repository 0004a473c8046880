"""Writes the two tables of Sources/Corpora/Text that are data of others.

HTML5EntityTable.swift   the named character references of the HTML standard, as Python's html.entities lists them
EmojiNameTable*.swift    CLDR short names of emoji, as the package `emoji` (2.14.1) lists them

Run from the package root:  python3 Tests/CorporaTests/Golden/make_tables.py
"""

import html.entities
import unicodedata

import emoji

FOLDER = "Sources/Corpora/Text"
VARIATION = "\ufe0f"
TONES = {
    "\U0001f3fb": "light",
    "\U0001f3fc": "medium-light",
    "\U0001f3fd": "medium",
    "\U0001f3fe": "medium-dark",
    "\U0001f3ff": "dark",
}


def literal(words):
    """Words in a string literal of short lines."""
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) > 112:
            lines.append(line)
            line = ""
        line += word + " "
    lines.append(line.rstrip())
    return "\n".join("    " + text + "\\" for text in lines[:-1]) + "\n    " + lines[-1]


def code_points(text):
    return "-".join(f"{ord(character):x}" for character in text)


def write(name, summary, words, aspect=None, property="words"):
    """Writes a table, or one aspect of it as an extension."""
    kind, path = ("extension", f"{name}+{aspect}") if aspect else ("enum", name)
    with open(f"{FOLDER}/{path}.swift", "w", encoding="utf-8") as file:
        file.write(summary)
        file.write(f"{kind} {name} {{\n")
        file.write(f'  static let {property} = """\n')
        file.write(literal(words))
        file.write('\n    """\n}\n')


def entities():
    words = []
    for name, text in sorted(html.entities.html5.items()):
        if name.endswith(";"):
            mark = "!" if name[:-1] in html.entities.html5 else "="
            words.append(name[:-1] + mark + code_points(text))
    write(
        "HTML5EntityTable",
        "/// The named character references of the HTML standard: name, `=` or `!`, code points in hexadecimal.\n"
        "///\n"
        "/// `!` marks the names that are also known without their semicolon. Written by `make_tables.py`.\n",
        words,
    )


def ascii_form(name):
    return "".join(c for c in unicodedata.normalize("NFKD", name) if 32 < ord(c) < 127)


def emoji_names():
    names = {}
    for text, entry in emoji.EMOJI_DATA.items():
        names[text.replace(VARIATION, "")] = ascii_form(entry["en"].strip(":"))
    parts = {"symbols": [], "people": [], "objects": []}
    for text, name in sorted(names.items()):
        words = parts["symbols" if text[0] < "\U0001f400" else "people" if text[0] < "\U0001f470" else "objects"]
        tones = [c for c in text if c in TONES]
        base = "".join(c for c in text if c not in TONES)
        if tones and base in names:
            suffix = "".join(f"_{TONES[tone]}_skin_tone" for tone in tones)
            if name == names[base] + suffix:
                continue
        words.append(code_points(text) + "=" + name)
    write(
        "EmojiNameTable",
        "/// CLDR short names of emoji in ASCII: code points in hexadecimal without variation selectors, `=`, name.\n"
        "///\n"
        "/// Names with skin tones that follow from the name without are left out. Here are those below U+1F400, in\n"
        "/// extensions the others. Written by `make_tables.py`.\n",
        parts["symbols"],
        property="symbols",
    )
    for aspect, block in [("People", "U+1F400 to U+1F46F"), ("Objects", "U+1F470 and above")]:
        summary = f"/// The names of {block}. Written by `make_tables.py`.\n"
        write("EmojiNameTable", summary, parts[aspect.lower()], aspect, aspect.lower())


entities()
emoji_names()
