"""Writes the .pt files beside this script with PyTorch, as the original toolkit nests them.

    pip install torch numpy
    python3 make_torch.py

Numbers follow the rule of the reference vectors: element i (from 1) of parameter s is 0.5 * sin(0.7 i + s).
"""

import argparse
import collections
import math
import pathlib

import numpy as np
import torch

here = pathlib.Path(__file__).parent
OD = collections.OrderedDict


def fill(shape, number):
    count = math.prod(shape)
    values = [0.5 * math.sin(0.7 * i + number) for i in range(1, count + 1)]
    return torch.tensor(values, dtype=torch.float64).reshape(shape).float()


def save(name, value, zipped):
    torch.save(value, here / f"{name}.pt", _use_new_zipfile_serialization=zipped)


def cell(first, inputs, hidden, prefix):
    shapes = [("w_ih", (4 * hidden, inputs)), ("w_hh", (4 * hidden, hidden)), ("b_ih", (4 * hidden,)),
              ("b_hh", (4 * hidden,)), ("w_mih", (hidden, inputs)), ("w_mhh", (hidden, hidden))]
    return OD((prefix + name, fill(shape, first + k)) for k, (name, shape) in enumerate(shapes))


def normalized(layer):
    result = OD((k, v) for k, v in layer.items() if ".b_" in k)
    for key, value in layer.items():
        if ".w_" in key:
            result[key + "_g"] = value.norm(dim=1, keepdim=True)
            result[key + "_v"] = value
    return result


def language_model(rnn):
    return {
        "encoder": {"encoder": OD(weight=fill((5, 2), 1)), "rnn": rnn},
        "decoder": OD(weight=fill((5, 3), 2), bias=fill((5,), 3)),
    }


rnn = cell(4, 2, 3, "rnns.0.")
save("language_model", language_model(rnn), True)
save("language_model_normalized", language_model(normalized(rnn)), False)
save("language_model_half", language_model(OD((k, v.half()) for k, v in rnn.items())), False)


def gates_last(values):
    i, f, g, o = values.chunk(4)
    return torch.cat([i, f, o, g])


# December 2017: flat names, one bias, output gate before the candidate.
first = OD([
    ("embedder.weight", fill((5, 2), 1)),
    ("rnn.layers.0.wx.weight", gates_last(rnn["rnns.0.w_ih"])),
    ("rnn.layers.0.wh.weight", gates_last(rnn["rnns.0.w_hh"])),
    ("rnn.layers.0.wh.bias", gates_last(rnn["rnns.0.b_ih"] + rnn["rnns.0.b_hh"])),
    ("rnn.layers.0.wmx.weight", rnn["rnns.0.w_mih"]),
    ("rnn.layers.0.wmh.weight", rnn["rnns.0.w_mhh"]),
    ("rnn.h2o.weight", fill((5, 3), 2)),
    ("rnn.h2o.bias", fill((5,), 3)),
])
save("language_model_2017", {"state_dict": first, "opt": argparse.Namespace(lr=0.1), "epoch": 1, "histories": []}, False)

# Fine-tuned: merged, decoder kept, options beside it. Reference numbers 1 to 11.
fine_tuned_rnn = cell(2, 2, 3, "rnns.0.")
encoder = {
    "encoder": {"encoder": OD(weight=fill((5, 2), 1)), "rnn": fine_tuned_rnn},
    "decoder": OD(weight=fill((5, 3), 8), bias=fill((5,), 9)),
}
args = argparse.Namespace(
    model="mLSTM", nhid=3, emsize=2, concat_max=True, concat_min=True, concat_mean=True, all_layers=False,
    get_hidden=True, classes=["joy"], thresholds=[("joy", np.float64(0.25))], process_fn="process_tweet",
    classifier_hidden_layers=None, heads_per_class=1, max_seq_len=None, lr=5e-4, tokenizer_type="CharacterLevelTokenizer")
head = OD(weight=fill((1, 12), 10), bias=fill((1,), 11), neurons=None, thresholds=torch.tensor([0.25]))
save("classifier_linear", {"sd": {"lm_encoder": encoder, "classifier": head}, "args": args}, False)

slope, final_weight, final_bias = fill((1,), 10), fill((6, 4), 11), fill((6,), 12)
layers = OD([
    ("nonlinearity.weight", slope), ("final_layer.weight", final_weight), ("final_layer.bias", final_bias),
    ("model.1.weight", fill((4, 3), 13)), ("model.1.bias", fill((4,), 14)), ("model.2.weight", slope),
    ("model.4.weight", final_weight), ("model.4.bias", final_bias),
])
heads = {"sd": layers, "thresholds": torch.tensor([0.5, 0.5]), "dual_threshold": False, "double_threshold": False}
save("classifier_heads", {
    "sd": {"lm_encoder": encoder, "classifier": heads},
    "args": argparse.Namespace(model="mLSTM", heads_per_class=3, classifier_hidden_layers=["4", "2"], get_hidden=False),
}, False)

# Transferred: no options, no decoder.
save("classifier_transferred", {
    "classifier": {"weight": fill((1, 3), 10), "bias": fill((1,), 11)}, "lm_encoder": {"encoder": encoder["encoder"]},
}, False)


def attention(prefix, first, width):
    return [(prefix + "in_proj_weight", fill((3 * width, width), first)),
            (prefix + "in_proj_bias", fill((3 * width,), first + 1)),
            (prefix + "out_proj.weight", fill((width, width), first + 2)),
            (prefix + "out_proj.bias", fill((width,), first + 3))]


def transformer(prefix, vocabulary=7, width=4, inner=6, layers=2):
    positions = fill((256, width), 3)
    positions[0] = 0
    items = [("embed_out", fill((vocabulary, width), 1)), ("embed_tokens.weight", fill((vocabulary, width), 2)),
             ("embed_positions.weight", positions)]
    number = 4
    for n in range(layers):
        start = f"layers.{n}."
        items += attention(start + "self_attn.", number, width) + attention(start + "encoder_attn.", number + 4, width)
        for k, (name, shape) in enumerate([
            ("fc1.weight", (inner, width)), ("fc1.bias", (inner,)), ("fc2.weight", (width, inner)), ("fc2.bias", (width,)),
            ("layer_norms.0.weight", (width,)), ("layer_norms.0.bias", (width,)),
            ("layer_norms.1.weight", (width,)), ("layer_norms.1.bias", (width,)),
        ]):
            items.append((start + name, fill(shape, number + 8 + k)))
        number += 16
    return OD((prefix + name, value) for name, value in items)


save("transformer", transformer("decoder."), False)
save("transformer_classifier", {
    "sd": {"lm_encoder": transformer("encoder."),
           "classifier": OD(weight=fill((1, 4), 36), bias=fill((1,), 37), neurons=None, thresholds=torch.tensor([0.5]))},
    "args": argparse.Namespace(model="transformer", decoder_attention_heads=2, decoder_normalize_before=False),
}, True)

parameters = [torch.nn.Parameter(fill((2, 3), 1)), torch.nn.Parameter(fill((3,), 2))]
adam = torch.optim.Adam(parameters, lr=0.01)
(parameters[0].sum() ** 2 + (parameters[1] ** 2).sum()).backward()
adam.step()
save("optimizer", dict(adam.state_dict(), iter=1, skipped_iter=0), False)

base = torch.arange(12, dtype=torch.float32)
shared = torch.tensor([1.5, -2.5])
types = {
    "f32": base.reshape(3, 4), "f64": torch.tensor([1 / 3, -1e300], dtype=torch.float64),
    "f16": torch.tensor([1.0, 65504.0, 2.0**-24], dtype=torch.float16),
    "bf16": torch.tensor([1.0, -3.0, 1e-38], dtype=torch.bfloat16),
    "i64": torch.tensor([-(2**63), 2**63 - 1]), "i32": torch.tensor([-1, 2**31 - 1], dtype=torch.int32),
    "i16": torch.tensor([-32768, 7], dtype=torch.int16), "i8": torch.tensor([-128, 127], dtype=torch.int8),
    "u8": torch.tensor([0, 255], dtype=torch.uint8), "bool": torch.tensor([True, False]),
    "scalar": torch.tensor(2.5), "empty": torch.zeros(0, 3),
    "transposed": base.reshape(3, 4).t(), "slice": base[2:8:2], "shared": [shared, shared],
    "parameter": torch.nn.Parameter(torch.tensor([4.0])),
    "plain": (None, True, False, 0, -1, 300, 70000, -(2**40), 0.1, float("inf"), "text", ["a", ["b"]], (), {3: "three"}),
}
save("types_zip", types, True)
save("types_sequential", types, False)
