"""Writes schedule.json: learning rates of PyTorch's ReduceLROnPlateau on made-up losses.

Run with a Python that has torch: python3 test/golden/train/make.py
"""

import json
import pathlib
import random

import torch

CASES = [
    {"factor": 0.1, "patience": 3, "threshold": 1e-4},
    {"factor": 0.5, "patience": 0, "threshold": 1e-2},
    {"factor": 0.1, "patience": 10, "threshold": 0.0},
]


def losses(seed, n=120):
    rng = random.Random(seed)
    value, result = 1.4, []
    for i in range(n):
        if i % 30 < 15:
            value *= 0.97
        result.append(value + 0.02 * rng.random())
    return result


def rates(case, series):
    parameter = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([parameter], lr=0.1)
    # eps=0: PyTorch stops lowering below 1e-8, which no run reaches.
    schedule = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, mode="min", eps=0, **case)
    result = []
    for loss in series:
        schedule.step(loss)
        result.append(optimizer.param_groups[0]["lr"])
    return result


cases = []
for seed, case in enumerate(CASES):
    series = losses(seed)
    cases.append({**case, "losses": series, "rates": rates(case, series)})
path = pathlib.Path(__file__).with_name("schedule.json")
path.write_text(json.dumps({"torch": torch.__version__, "cases": cases}, indent=1) + "\n")
