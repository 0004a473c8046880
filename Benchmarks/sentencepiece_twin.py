"""Trains and encodes with the Python package what TokenizerBenchmarks does, and prints the seconds as JSON.

Arguments: a file with one JSON string a line, the number of pieces, the number of threads."""

import io
import json
import sys
import time

import sentencepiece as spm

path, pieces, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
with open(path, encoding="utf-8") as file:
    texts = [json.loads(line) for line in file]


def sentences():
    for text in texts:
        for line in text.strip().split("\n"):
            for part in line.split("."):
                yield part + "."


started = time.perf_counter()
model = io.BytesIO()
spm.SentencePieceTrainer.train(
    sentence_iterator=sentences(), model_writer=model, model_type="bpe", vocab_size=pieces, character_coverage=1.0,
    max_sentence_length=16384, num_threads=threads, minloglevel=4)
train = time.perf_counter() - started

processor = spm.SentencePieceProcessor(model_proto=model.getvalue())
started = time.perf_counter()
tokens = sum(len(processor.encode(text)) for text in texts)
encode = time.perf_counter() - started
started = time.perf_counter()
processor.encode(texts, num_threads=threads)
encode_threads = time.perf_counter() - started
print(json.dumps({"train": train, "encode": encode, "encodeThreads": encode_threads, "tokens": tokens}))
