"""Golden numbers for every recurrent cell at 37 hidden units, from PyTorch's own cells in double precision.

    python3 cells.py > cells.json

Two layers; 11 tokens, embeddings of 7; three rows of six steps, of which row 1 starts anew at step 3. Element i (from 1) of
array number s is 0.2 sin(0.7 i + s): embedding 1, decoder weight 2 and bias 3, then the layers' arrays from 4 on.
"""
import json

import torch

VOCABULARY, EMBEDDING, HIDDEN, LAYERS, ROWS, STEPS = 11, 7, 37, 2, 3, 6
CELLS = {
    "mLSTM": (torch.nn.LSTMCell, {}, True),
    "LSTM": (torch.nn.LSTMCell, {}, False),
    "GRU": (torch.nn.GRUCell, {}, False),
    "ReLU": (torch.nn.RNNCell, {"nonlinearity": "relu"}, False),
    "Tanh": (torch.nn.RNNCell, {"nonlinearity": "tanh"}, False),
}


def filled(shape, number):
    count = torch.Size(shape).numel()
    index = torch.arange(1, count + 1, dtype=torch.float64)
    return (0.2 * torch.sin(0.7 * index + number)).reshape(shape).requires_grad_()


def run(make, options, multiplicative):
    parameters = {
        "encoder.encoder.weight": filled([VOCABULARY, EMBEDDING], 1),
        "decoder.weight": filled([VOCABULARY, HIDDEN], 2),
        "decoder.bias": filled([VOCABULARY], 3),
    }
    cells = []
    for layer in range(LAYERS):
        width = EMBEDDING if layer == 0 else HIDDEN
        cell = make(width, HIDDEN, dtype=torch.float64, **options)
        arrays = {"w_ih": cell.weight_ih, "w_hh": cell.weight_hh, "b_ih": cell.bias_ih, "b_hh": cell.bias_hh}
        shapes = {name: list(array.shape) for name, array in arrays.items()}
        if multiplicative:
            shapes |= {"w_mih": [HIDDEN, width], "w_mhh": [HIDDEN, HIDDEN]}
        own = {}
        for position, (name, shape) in enumerate(shapes.items()):
            own[name] = filled(shape, 4 + layer * len(shapes) + position)
            parameters[f"encoder.rnn.rnns.{layer}.{name}"] = own[name]
        cells.append((cell, own))

    tokens = torch.tensor([7 * i % VOCABULARY for i in range(ROWS * STEPS)]).reshape(STEPS, ROWS)
    targets = torch.tensor([5 * i % VOCABULARY for i in range(ROWS * STEPS)])
    states = [(torch.zeros(ROWS, HIDDEN, dtype=torch.float64),) * 2 for _ in range(LAYERS)]
    outputs = []
    for step in range(STEPS):
        x = parameters["encoder.encoder.weight"][tokens[step]]
        for layer, (cell, own) in enumerate(cells):
            hidden, state = states[layer]
            if step == 3:
                keep = torch.tensor([[1.0], [0.0], [1.0]], dtype=torch.float64)
                hidden, state = hidden * keep, state * keep
            weights = {
                "weight_ih": own["w_ih"], "weight_hh": own["w_hh"], "bias_ih": own["b_ih"], "bias_hh": own["b_hh"],
            }
            if multiplicative:
                hidden = (x @ own["w_mih"].T) * (hidden @ own["w_mhh"].T)
            if isinstance(cell, torch.nn.LSTMCell):
                hidden, state = torch.func.functional_call(cell, weights, (x, (hidden, state)))
            else:
                hidden = torch.func.functional_call(cell, weights, (x, hidden))
            states[layer] = (hidden, state)
            x = hidden
        outputs.append(x @ parameters["decoder.weight"].T + parameters["decoder.bias"])
    logits = torch.cat(outputs)
    loss = torch.nn.functional.cross_entropy(logits, targets)
    loss.backward()
    has_cell = isinstance(cells[0][0], torch.nn.LSTMCell)
    return {
        "loss": loss.item(),
        "logits": logits[-1].tolist(),
        "hidden": states[-1][0].flatten().tolist(),
        "cell": states[-1][1].flatten().tolist() if has_cell else [],
        "gradients": {
            name: {"norm": array.grad.norm().item(), "last": array.grad.flatten()[-5:].tolist()}
            for name, array in parameters.items()
        },
    }


print(json.dumps({name: run(*cell) for name, cell in CELLS.items()}, indent=1))
