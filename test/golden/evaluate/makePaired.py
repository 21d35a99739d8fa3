"""Writes paired.json: SciPy's binomial test of made-up disagreements, and NumPy's accuracies of made-up answers.

Run with a Python that has SciPy: python3 test/golden/evaluate/makePaired.py
"""

import json
import pathlib

import numpy as np
import scipy
from makeBootstrap import RESAMPLES, drawn, percentiles
from scipy.stats import binomtest

PAIRS = [(0, 0), (1, 0), (0, 6), (5, 5), (3, 12), (12, 3), (0, 20), (121, 59), (2000, 2200), (30000, 30500)]


def p_value(b, c):
    """McNemar's exact test is the binomial test of the disagreements."""
    return float(binomtest(b, b + c, 0.5).pvalue) if b + c else 1.0


def answers(seed, n, classes, right):
    """Answers of two models, right with the given probabilities; the last class does not occur."""
    random = np.random.default_rng(seed)
    truth = random.integers(0, classes - 1, n)
    both = [np.where(random.random(n) < share, truth, random.integers(0, classes, n)) for share in right]
    rights = [model == truth for model in both]
    occurring = np.unique(truth)
    return {
        "classes": classes,
        "truth": truth.tolist(),
        "first": both[0].tolist(),
        "second": both[1].tolist(),
        "accuracy": [float(right.mean()) for right in rights],
        "balancedAccuracy": [float(np.mean([right[truth == k].mean() for k in occurring])) for right in rights],
        "onlyFirst": int((rights[0] & ~rights[1]).sum()),
        "onlySecond": int((rights[1] & ~rights[0]).sum()),
        "p": p_value(int((rights[0] & ~rights[1]).sum()), int((rights[1] & ~rights[0]).sum())),
    }


def difference(answer, seed, patients):
    """The percentiles of second - first in resamples of patients."""
    truth, first, second = (np.array(answer[name]) for name in ("truth", "first", "second"))
    patient = np.sort(np.random.default_rng(seed).integers(0, patients, len(truth)))
    patient = np.unique(patient, return_inverse=True)[1]
    members = [np.flatnonzero(patient == number) for number in range(patient.max() + 1)]
    accuracy, balanced = [], []
    for resample in range(RESAMPLES):
        slices = np.concatenate([members[number] for number in drawn(resample, len(members))])
        gain = (second[slices] == truth[slices]).astype(int) - (first[slices] == truth[slices]).astype(int)
        accuracy.append(gain.mean())
        balanced.append(np.mean([gain[truth[slices] == k].mean() for k in np.unique(truth[slices])]))
    return {
        "patient": patient.tolist(),
        "accuracy": percentiles(accuracy),
        "balancedAccuracy": percentiles(balanced),
    }


golden = {
    "scipy": scipy.__version__,
    "mcnemar": [{"b": b, "c": c, "p": p_value(b, c)} for b, c in PAIRS],
    "answers": [answers(1, 60, 4, (0.7, 0.9)), answers(2, 90, 6, (0.6, 0.5))],
}
for number, answer in enumerate(golden["answers"]):
    answer["difference"] = difference(answer, number, 20)
path = pathlib.Path(__file__).with_name("paired.json")
path.write_text(json.dumps(golden) + "\n")
