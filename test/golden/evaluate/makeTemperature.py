"""Writes temperature.json: temperatures of least log loss, by SciPy.

Run with a Python that has SciPy: python3 test/golden/evaluate/makeTemperature.py
"""

import json
import pathlib

import numpy as np
import scipy
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax


def case(name, seed, classes, scale, n=300, weighted=False):
    """Predictions that are `scale` times too sure."""
    rng = np.random.default_rng(seed)
    logits = rng.normal(size=(n, classes)) * 2
    truth = np.array([rng.choice(classes, p=p) for p in softmax(logits, 1)])
    probabilities = softmax(logits * scale, 1).astype(np.float32)
    weights = rng.uniform(0.1, 2, size=n).round(3) if weighted else np.ones(n)
    logs = np.log(np.maximum(probabilities.astype(np.float64), 2**-23))

    def loss(log_temperature):
        rows = log_softmax(logs / np.exp(log_temperature), 1)
        return -(weights * rows[np.arange(n), truth]).sum()

    best = minimize_scalar(loss, bounds=(np.log(0.2), np.log(20)), method="bounded", options={"xatol": 1e-10})
    return {
        "name": name,
        "classes": classes,
        "truth": truth.tolist(),
        "probabilities": probabilities.ravel().astype(float).tolist(),
        "weights": weights.tolist() if weighted else None,
        "temperature": float(np.exp(best.x)),
    }


cases = [
    case("too sure", 1, 4, 2.5),
    case("not sure enough", 2, 4, 0.6),
    case("two classes", 3, 2, 1.5),
    case("twelve classes, weighted", 4, 12, 2, weighted=True),
]
path = pathlib.Path(__file__).with_name("temperature.json")
path.write_text(json.dumps({"scipy": scipy.__version__, "cases": cases}) + "\n")
