"""Writes optimizers.json: parameters during 1000 steps of PyTorch's optimizers, in double precision.

The gradient of element i at step t is float32(sin(0.3 i + 0.05 t) * (1 + 0.1 i)), i from 0 and t from 1; parameters
start at float32(0.5 cos(i)). LAMB is not in PyTorch: it is written out here after algorithm 2 of You et al. 2020, with
the parameter's norm itself as its function of that norm. Needs torch (made with 2.13): python3 optimizers.py
"""
import json
import pathlib

import numpy
import torch

COUNT = 19
RECORDED = [1, 2, 10, 100, 1000]
CASES = [
    {"optimizer": "Adam", "rate": 0.01},
    {"optimizer": "Adam", "rate": 0.003, "weight_decay": 0.01, "clip": 1.0},
    {"optimizer": "AdamW", "rate": 0.01},
    {"optimizer": "AdamW", "rate": 0.003, "weight_decay": 0.1, "clip": 1.0},
    {"optimizer": "SGD", "rate": 0.02},
    {"optimizer": "SGD", "rate": 0.02, "weight_decay": 0.05, "clip": 2.5},
    {"optimizer": "SGD", "rate": 0.005, "momentum": 0.9},
    {"optimizer": "SGD", "rate": 0.005, "momentum": 0.8, "nesterov": True, "weight_decay": 0.02},
    {"optimizer": "Adagrad", "rate": 0.05},
    {"optimizer": "Adagrad", "rate": 0.02, "weight_decay": 0.03, "clip": 1.5},
    {"optimizer": "Adadelta", "rate": 1.0},
    {"optimizer": "Adadelta", "rate": 0.5, "weight_decay": 0.02},
    {"optimizer": "RMSprop", "rate": 0.003},
    {"optimizer": "RMSprop", "rate": 0.001, "momentum": 0.9, "weight_decay": 0.01},
    {"optimizer": "Adamax", "rate": 0.01},
    {"optimizer": "Adamax", "rate": 0.005, "weight_decay": 0.02, "clip": 1.0},
    {"optimizer": "LAMB", "rate": 0.002},
    {"optimizer": "LAMB", "rate": 0.001, "weight_decay": 0.0, "clip": 1.0},
]


class Lamb(torch.optim.Optimizer):
    def __init__(self, parameters, lr, weight_decay=0.01, betas=(0.9, 0.999), eps=1e-6):
        super().__init__(parameters, dict(lr=lr, weight_decay=weight_decay, betas=betas, eps=eps))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            (b1, b2), eps = group["betas"], group["eps"]
            for p in group["params"]:
                state = self.state[p]
                if not state:
                    state.update(t=0, m=torch.zeros_like(p), v=torch.zeros_like(p))
                state["t"] += 1
                state["m"] = b1 * state["m"] + (1 - b1) * p.grad
                state["v"] = b2 * state["v"] + (1 - b2) * p.grad**2
                m = state["m"] / (1 - b1 ** state["t"])
                v = state["v"] / (1 - b2 ** state["t"])
                u = m / (v.sqrt() + eps) + group["weight_decay"] * p
                length, size = p.norm(), u.norm()
                trust = length / size if length > 0 and size > 0 else 1.0
                p -= group["lr"] * trust * u


def run(case):
    index = numpy.arange(COUNT)
    start = numpy.float32(0.5 * numpy.cos(index))
    parameter = torch.nn.Parameter(torch.tensor(start, dtype=torch.float64))
    kind = Lamb if case["optimizer"] == "LAMB" else getattr(torch.optim, case["optimizer"])
    options = {key: case[key] for key in ("momentum", "nesterov", "weight_decay") if key in case}
    optimizer = kind([parameter], lr=case["rate"], **options)
    recorded = {}
    for step in range(1, 1001):
        gradient = numpy.float32(numpy.sin(0.3 * index + 0.05 * step) * (1 + 0.1 * index))
        parameter.grad = torch.tensor(gradient, dtype=torch.float64)
        if case.get("clip", 0) > 0:
            torch.nn.utils.clip_grad_norm_([parameter], case["clip"])
        optimizer.step()
        if step in RECORDED:
            recorded[str(step)] = [round(value, 9) for value in parameter.tolist()]
    return dict(case, parameters=recorded)


lines = [json.dumps(run(case), separators=(",", ":")) for case in CASES]
pathlib.Path(__file__).with_name("optimizers.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")
