#!/usr/bin/env python3
"""The PyTorch twin of the benchmarks: the same models and the same training step, written well for PyTorch.

Reads one case a line from standard input, as JSON with the keys name, cell, units, rows, steps, mode and precision, and
answers each with one JSON line: name, characters_per_second, form, and the rate of every form that was tried.

    twin.py [--threads N]               measure the cases given on standard input
    twin.py --check MODEL TEXT          losses of four training steps on a text, from a safetensors file
"""

import argparse
import contextlib
import json
import os
import signal
import struct
import sys
import time
import warnings

import torch
import torch._inductor.config as inductor
import torch.nn.functional as F

VOCABULARY = 257
EMBEDDING = 64
GATES = {"mLSTM": 4, "LSTM": 4}
PRECISIONS = {"float32": torch.float32, "bfloat16": torch.bfloat16, "float16": torch.float16}

# Seconds of timed runs for each form, and seconds after which compiling a form is given up.
TIMED_SECONDS = 2.0
COMPILE_LIMIT = 90
# A form is not measured when a product of its precision is slower than this.
SLOWEST_PRODUCT = 20e9


def mlstm_step(gate_input, multiplier_input, hidden, cell, hidden_weight, multiplier_weight):
    """One step of the multiplicative LSTM from the input's contributions [B, 4H] and [B, H]."""
    intermediate = multiplier_input * F.linear(hidden, multiplier_weight)
    return lstm_gates(torch.addmm(gate_input, intermediate, hidden_weight.t()), cell)


def lstm_gates(gates, cell):
    i, f, g, o = gates.chunk(4, 1)
    cell = torch.sigmoid(f) * cell + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(cell), cell


class Model(torch.nn.Module):
    """Byte embedding, one recurrent layer with normalised weights, decoder."""

    def __init__(self, cell, units):
        super().__init__()
        self.cell = cell
        self.units = units
        bound = units**-0.5
        self.embedding = torch.nn.Parameter(torch.randn(VOCABULARY, EMBEDDING))
        self.decoder_weight = torch.nn.Parameter(torch.empty(VOCABULARY, units).uniform_(-bound, bound))
        self.decoder_bias = torch.nn.Parameter(torch.zeros(VOCABULARY))
        rows = GATES[cell] * units
        shapes = {"w_ih": (rows, EMBEDDING), "w_hh": (rows, units)}
        if cell == "mLSTM":
            shapes |= {"w_mih": (units, EMBEDDING), "w_mhh": (units, units)}
        for name, shape in shapes.items():
            values = torch.empty(shape).uniform_(-bound, bound)
            setattr(self, name + "_v", torch.nn.Parameter(values))
            setattr(self, name + "_g", torch.nn.Parameter(values.norm(dim=1, keepdim=True)))
        self.b_ih = torch.nn.Parameter(torch.empty(rows).uniform_(-bound, bound))
        self.b_hh = torch.nn.Parameter(torch.empty(rows).uniform_(-bound, bound))

    def weight(self, name):
        return torch._weight_norm(getattr(self, name + "_v"), getattr(self, name + "_g"), 0)

    def load(self, path):
        """Copies the arrays of a safetensors file: a length, a JSON header, raw little-endian numbers."""
        with open(path, "rb") as file:
            (length,) = struct.unpack("<Q", file.read(8))
            header = json.loads(file.read(length))
            data = bytearray(file.read())
        arrays = {}
        for key, entry in header.items():
            if key == "__metadata__":
                continue
            if entry["dtype"] != "F32":
                raise SystemExit(f"{path}: {key} is {entry['dtype']}, not F32")
            begin, end = entry["data_offsets"]
            values = torch.frombuffer(data, dtype=torch.float32, count=(end - begin) // 4, offset=begin)
            arrays[key] = values.reshape(entry["shape"])
        own = {"encoder.encoder.weight": self.embedding, "decoder.weight": self.decoder_weight,
               "decoder.bias": self.decoder_bias}
        for name, parameter in self.named_parameters():
            if name[1] == "_" and name[0] in "wb":
                own["encoder.rnn.rnns.0." + name] = parameter
        if own.keys() != arrays.keys():
            raise SystemExit(f"{path}: other arrays than expected: {sorted(own.keys() ^ arrays.keys())}")
        with torch.no_grad():
            for key, parameter in own.items():
                parameter.copy_(arrays[key].reshape(parameter.shape))


class Training:
    """One training step after another on the same batch, the state carried over."""

    def __init__(self, model, rows, steps, precision="float32", autocast=False, step=mlstm_step):
        self.model, self.rows, self.steps, self.step = model, rows, steps, step
        self.type = PRECISIONS[precision]
        self.autocast = autocast
        self.optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=True)
        self.tokens = torch.randint(1, VOCABULARY, (steps, rows))
        self.targets = torch.randint(1, VOCABULARY, (steps * rows,))
        state = torch.float32 if autocast else self.type
        self.hidden = torch.zeros(rows, model.units, dtype=state)
        self.cell = torch.zeros(rows, model.units, dtype=state)

    def logits(self, tokens):
        model = self.model
        # Effective weights are computed once a pass, and cast once: a step must not repeat it.
        cast = (lambda values: values.to(self.type)) if self.type != torch.float32 else (lambda values: values)
        x = F.embedding(tokens, cast(model.embedding))
        if model.cell == "LSTM":
            weights = [cast(w) for w in (model.weight("w_ih"), model.weight("w_hh"), model.b_ih, model.b_hh)]
            state = (self.hidden.unsqueeze(0), self.cell.unsqueeze(0))
            top, hidden, cell = torch.lstm(x, state, weights, True, 1, 0.0, True, False, False)
            hidden, cell = hidden[0], cell[0]
        else:
            hidden, cell = self.hidden, self.cell
            hidden_weight, multiplier_weight = cast(model.weight("w_hh")), cast(model.weight("w_mhh"))
            # The input's products of all steps at once; unbind keeps their gradient one stack.
            gates = F.linear(x, cast(model.weight("w_ih")), cast(model.b_ih + model.b_hh)).unbind(0)
            multipliers = F.linear(x, cast(model.weight("w_mih"))).unbind(0)
            outputs = []
            for gate_input, multiplier_input in zip(gates, multipliers):
                hidden, cell = self.step(gate_input, multiplier_input, hidden, cell, hidden_weight, multiplier_weight)
                outputs.append(hidden)
            top = torch.stack(outputs)
        self.hidden, self.cell = hidden.detach(), cell.detach()
        return F.linear(top, cast(model.decoder_weight), cast(model.decoder_bias)).flatten(0, 1)

    def run(self, steps=None):
        steps = steps or self.steps
        self.optimizer.zero_grad(set_to_none=True)
        cast = torch.autocast("cpu", dtype=self.type) if self.autocast else contextlib.nullcontext()
        with cast:
            logits = self.logits(self.tokens[:steps])
        loss = F.cross_entropy(logits.float(), self.targets[: steps * self.rows])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        return loss


class MergedCell(torch.nn.Module):
    """The recurrent step with merged weights, as a module, so that a compiler may pack them."""

    def __init__(self, model, type):
        super().__init__()
        self.register_buffer("hidden_weight", model.weight("w_hh").detach().to(type))
        self.register_buffer("multiplier_weight", model.weight("w_mhh").detach().to(type))

    def forward(self, gate_input, multiplier_input, hidden, cell):
        intermediate = multiplier_input * F.linear(hidden, self.multiplier_weight)
        return lstm_gates(torch.addmm(gate_input, intermediate, self.hidden_weight.t()), cell)


class Reading:
    """Feature extraction: the state after reading a batch of texts, without gradients."""

    def __init__(self, model, rows, steps, precision="float32", compiled=False):
        self.type = PRECISIONS[precision]
        self.rows, self.steps = rows, steps
        with torch.no_grad():
            # The input's products are tables with a row for each token.
            self.gates = F.linear(model.embedding, model.weight("w_ih"), model.b_ih + model.b_hh).to(self.type)
            self.multipliers = F.linear(model.embedding, model.weight("w_mih")).to(self.type)
        self.cell_step = MergedCell(model, self.type).eval()
        if compiled:
            # The weights never change, so the compiler may pack them.
            inductor.freezing = True
            self.cell_step = torch.compile(self.cell_step, dynamic=False)
        self.decoder_weight = model.decoder_weight.detach().to(self.type)
        self.decoder_bias = model.decoder_bias.detach().to(self.type)
        self.tokens = torch.randint(1, VOCABULARY, (steps, rows))
        self.hidden = torch.zeros(rows, model.units, dtype=self.type)
        self.cell = torch.zeros(rows, model.units, dtype=self.type)

    def read(self, tokens):
        self.hidden, self.cell = self.cell_step(
            F.embedding(tokens, self.gates), F.embedding(tokens, self.multipliers), self.hidden, self.cell)

    @torch.no_grad()
    def run(self, steps=None):
        for tokens in self.tokens[: steps or self.steps]:
            self.read(tokens)


class Generation(Reading):
    """One row, one byte at a time, each the most probable after the one before."""

    @torch.no_grad()
    def run(self, steps=None):
        token = self.tokens[0]
        for _ in range(steps or self.steps):
            self.read(token)
            token = F.linear(self.hidden, self.decoder_weight, self.decoder_bias).argmax(1)
            token.item()


class TimeLimit(Exception):
    pass


@contextlib.contextmanager
def time_limit(seconds):
    def expire(*_):
        raise TimeLimit(f"not ready after {seconds} s")

    previous = signal.signal(signal.SIGALRM, expire)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, previous)


def best_seconds(work):
    """The fastest of the timed runs, after a short one that is not counted."""
    work.run(2)
    work.run(2)
    best, spent, runs = float("inf"), 0.0, 0
    while runs < 1 or (spent < TIMED_SECONDS and runs < 20):
        began = time.perf_counter()
        work.run()
        elapsed = time.perf_counter() - began
        best, spent, runs = min(best, elapsed), spent + elapsed, runs + 1
    return best


def forms(case):
    """The ways of running a case: a name and a function that prepares it."""
    cell, rows, steps, precision = case["cell"], case["rows"], case["steps"], case["precision"]
    model = Model(cell, case["units"])
    narrow = precision != "float32"
    if case["mode"] == "train":
        suffix = f" {precision} weights, float32 masters" if narrow else ""
        fused = " fused" if cell == "LSTM" else ""
        yield "eager" + fused + suffix, lambda: Training(model, rows, steps, precision)
        if narrow:
            yield "eager autocast", lambda: Training(model, rows, steps, precision, autocast=True)
        if cell == "mLSTM":
            yield "compiled step" + suffix, lambda: Training(
                model, rows, steps, precision, step=torch.compile(mlstm_step, dynamic=False))
    else:
        kind = {"features": Reading, "generate": Generation}[case["mode"]]
        yield "eager", lambda: kind(model, rows, steps, precision)
        yield "compiled step with packed weights", lambda: kind(model, rows, steps, precision, compiled=True)


def product_rate(type, size=1024):
    """Float operations a second of a square matrix product."""
    a, b = torch.randn(size, size).to(type), torch.randn(size, size).to(type)
    best = float("inf")
    for _ in range(3):
        began = time.perf_counter()
        a @ b
        best = min(best, time.perf_counter() - began)
    return 2 * size**3 / best


def measure(case):
    answer = {"name": case["name"], "characters_per_second": None, "form": None, "forms": {}}
    rate = product_rate(PRECISIONS[case["precision"]])
    answer["product_gflops"] = round(rate / 1e9, 1)
    if rate < SLOWEST_PRODUCT:
        answer["note"] = f"a {case['precision']} product reaches {rate / 1e9:.1f} GFLOP/s; not measured"
        return answer
    for name, prepare in forms(case):
        try:
            with time_limit(COMPILE_LIMIT) if name.startswith("compiled") else contextlib.nullcontext():
                work = prepare()
                work.run(2)
            speed = case["rows"] * case["steps"] / best_seconds(work)
        except Exception as error:  # noqa: BLE001 - whatever a compiler raises, the other forms count
            answer["forms"][name] = f"failed: {type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"
            continue
        finally:
            work = None
        answer["forms"][name] = round(speed, 2)
        if answer["characters_per_second"] is None or speed > answer["characters_per_second"]:
            answer["characters_per_second"], answer["form"] = speed, name
    return answer


def check(path, text):
    """Losses of training steps on one text, all of them on the same bytes and from a zero state."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        card = json.loads(json.loads(file.read(length))["__metadata__"]["model_card"])
    architecture = card["architecture"]
    model = Model(architecture["cell"], architecture["hiddenSize"])
    model.load(path)
    tokens = torch.tensor([byte + 1 for byte in text.encode()])
    training = Training(model, 1, len(tokens) - 1)
    training.tokens, training.targets = tokens[:-1].unsqueeze(1), tokens[1:]
    losses = []
    for _ in range(4):
        training.hidden, training.cell = torch.zeros_like(training.hidden), torch.zeros_like(training.cell)
        losses.append(training.run().item())
    print(" ".join(f"{loss:.6f}" for loss in losses))


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--threads", type=int, default=torch.get_num_threads())
    arguments.add_argument("--check", nargs=2, metavar=("MODEL", "TEXT"))
    options = arguments.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    if options.check:
        check(*options.check)
        return
    # Nothing but answers may reach standard output; compilers and libraries write where they like.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    warnings.simplefilter("ignore")
    print(json.dumps({"pytorch": torch.__version__, "threads": torch.get_num_threads()}), file=answers, flush=True)
    for line in sys.stdin:
        if line.strip():
            print(json.dumps(measure(json.loads(line))), file=answers, flush=True)
            torch._dynamo.reset()


if __name__ == "__main__":
    main()
