"""Writes optimizers.json: parameters after 1000 steps of PyTorch's Adam and SGD, in double precision.

The gradient of element i at step t is float32(sin(0.3 i + 0.05 t) * (1 + 0.1 i)), i from 0 and t from 1; parameters
start at float32(0.5 cos(i)). Needs torch (made with 2.13): python3 optimizers.py > optimizers.json
"""
import json

import numpy
import torch

COUNT = 37
RECORDED = [1, 2, 10, 100, 1000]
CASES = [
    {"optimizer": "Adam", "rate": 0.01, "weight_decay": 0.0, "clip": 0.0},
    {"optimizer": "Adam", "rate": 0.003, "weight_decay": 0.01, "clip": 1.0},
    {"optimizer": "SGD", "rate": 0.02, "weight_decay": 0.0, "clip": 0.0},
    {"optimizer": "SGD", "rate": 0.02, "weight_decay": 0.05, "clip": 2.5},
]


def run(case):
    index = numpy.arange(COUNT)
    start = numpy.float32(0.5 * numpy.cos(index))
    parameter = torch.nn.Parameter(torch.tensor(start, dtype=torch.float64))
    kind = getattr(torch.optim, case["optimizer"])
    optimizer = kind([parameter], lr=case["rate"], weight_decay=case["weight_decay"])
    recorded = {}
    for step in range(1, 1001):
        gradient = numpy.float32(numpy.sin(0.3 * index + 0.05 * step) * (1 + 0.1 * index))
        parameter.grad = torch.tensor(gradient, dtype=torch.float64)
        if case["clip"] > 0:
            torch.nn.utils.clip_grad_norm_([parameter], case["clip"])
        optimizer.step()
        if step in RECORDED:
            recorded[str(step)] = [round(value, 9) for value in parameter.tolist()]
    return dict(case, parameters=recorded)


print(json.dumps([run(case) for case in CASES], separators=(",", ":")))
