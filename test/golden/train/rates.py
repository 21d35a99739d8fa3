"""Writes rates.json: a learning rate range test of PyTorch, smoothed and read as fastai 2.7 does.

A logistic regression on made-up data is trained while the rate grows; the losses are recorded. `AvgSmoothLoss`, the stop of
`LRFinder` and the suggestion `minimum` are fastai's, written out with NumPy.

Run with a Python that has torch: python3 test/golden/train/rates.py
"""

import json
import pathlib

import numpy as np
import torch

FROM, TO, STEPS, BETA, REACH = 1e-6, 1.0, 100, 0.98, 8


def losses(seed, scale):
    torch.manual_seed(seed)
    features = torch.randn(512, 8) * scale
    labels = (features[:, 0] + 0.5 * features[:, 1] > 0).long()
    model = torch.nn.Linear(8, 2)
    optimizer = torch.optim.SGD(model.parameters(), lr=FROM, momentum=0.9)
    result, rates, smooth, sums, best = [], [], [], 0.0, float("inf")
    for step in range(STEPS):
        rate = FROM * (TO / FROM) ** (step / (STEPS - 1))
        for group in optimizer.param_groups:
            group["lr"] = rate
        rows = torch.randint(0, 512, (16,))
        loss = torch.nn.functional.cross_entropy(model(features[rows]), labels[rows])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        result.append(loss.item())
        rates.append(rate)
        # AvgSmoothLoss.accumulate and .value
        sums = sums * BETA + loss.item() * (1 - BETA)
        value = sums / (1 - BETA ** (step + 1))
        smooth.append(value)
        # LRFinder.after_batch
        best = min(best, value)
        if value > 4 * best:
            break
    return result, rates, smooth


def suggestions(rates, smooth):
    lrs, values = np.array(rates)[STEPS // 10 : -5], np.array(smooth)[STEPS // 10 : -5]
    # fastai takes the slope between neighbours, which is mostly noise: here it is numpy's line through a window.
    middles = range(REACH, len(lrs) - REACH)
    windows = [slice(at - REACH, at + REACH + 1) for at in middles]
    slopes = [np.polyfit(np.log(lrs[window]), values[window], 1)[0] for window in windows]
    return {"steepest": lrs[REACH + int(np.argmin(slopes))], "minimum": lrs[values.argmin()] / 10}


cases = []
for seed, scale in [(1, 1.0), (2, 8.0), (3, 400.0)]:
    result, rates, smooth = losses(seed, scale)
    cases.append({"losses": result, "rates": rates, "smoothed": smooth, **suggestions(rates, smooth)})
path = pathlib.Path(__file__).with_name("rates.json")
path.write_text(json.dumps({"torch": torch.__version__, "cases": cases}, indent=1) + "\n")
print([(len(case["losses"]), case["steepest"], case["minimum"]) for case in cases])
