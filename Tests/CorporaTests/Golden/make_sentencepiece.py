"""Writes sentencepiece.json: models that the Python package trained on data/reviews/val.csv, and what they make of texts.

Run from the package's root with the package `sentencepiece` installed."""

import base64
import csv
import io
import json

import sentencepiece as spm

TEXTS = [
    "The battery is terrible, but the screen is lovely.",
    "  two  spaces\n and a line  ",
    "",
    " ",
    "café naïve ½ ﬁne １２ 你好 😀",
    "▁ is a sign, <unk> and <s> are words",
    "Alas, the porter was hardly rude. :)",
    "UPPER lower 0123456789 !?.,;",
]


def sentences(text):
    for line in text.strip().split("\n"):
        for part in line.split("."):
            yield part + "."


def train(texts, model_type, size, **more):
    model = io.BytesIO()
    spm.SentencePieceTrainer.train(
        sentence_iterator=(s for t in texts for s in sentences(t)), model_writer=model, model_type=model_type,
        vocab_size=size, character_coverage=1.0, max_sentence_length=16384, minloglevel=4, **more)
    return model.getvalue()


def case(name, size, model, keeps_bytes):
    processor = spm.SentencePieceProcessor(model_proto=model)
    return {
        "modelType": name,
        "vocabularySize": size,
        "model": base64.b64encode(model).decode() if keeps_bytes else None,
        "pieces": [processor.id_to_piece(i) for i in range(processor.get_piece_size())],
        "texts": [
            {
                "text": t,
                "ids": processor.encode(t),
                "pieces": [processor.id_to_piece(i) for i in processor.encode(t)],
                "decoded": processor.decode(processor.encode(t)),
            }
            for t in TEXTS
        ],
    }


with open("data/reviews/val.csv", newline="", encoding="utf-8") as file:
    rows = [row["sentence"] for row in csv.DictReader(file)]
golden = {
    # With all normalisation left out a model is small enough to be kept here.
    "kept": [
        case("bpe", 150, train(rows, "bpe", 150, normalization_rule_name="identity"), True),
        case("unigram", 150, train(rows, "unigram", 150, normalization_rule_name="identity", byte_fallback=False), True),
        case(
            "bpe", 400, train(rows, "bpe", 400, normalization_rule_name="identity", byte_fallback=True), True),
    ],
    "trained": [
        case(name, size, train(rows, name, size), False)
        # Unigram models differ from one version of the library to the next.
        for name, size in [("bpe", 200), ("char", 60), ("word", 100)]
    ],
}
with open("Tests/CorporaTests/Golden/sentencepiece.json", "w", encoding="utf-8") as file:
    json.dump(golden, file, ensure_ascii=True, indent=None, separators=(",", ":"))
    file.write("\n")
