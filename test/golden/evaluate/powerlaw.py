"""Writes powerlaw.json: inverse power laws fitted by scipy.optimize.curve_fit, and quantiles of Student's t.

Weights as in Figueroa et al. 2012: the i-th of m sizes counts i/m. Run with a Python that has SciPy:
python3 test/golden/evaluate/powerlaw.py
"""

import json
import pathlib

import numpy as np
import scipy
from scipy import stats
from scipy.optimize import curve_fit

CASES = [
    {"sizes": [800, 1600, 3200, 6400], "seeds": 3, "law": (0.95, 4.0, 0.5), "noise": 0.01},
    {"sizes": [100, 200, 400, 800, 1600, 3200], "seeds": 1, "law": (0.9, 2.0, 0.4), "noise": 0.005},
    {"sizes": [3, 6, 12, 24], "seeds": 5, "law": (0.98, 0.7, 1.1), "noise": 0.02},
    {"sizes": [500, 1000, 2000, 4000], "seeds": 1, "law": (0.99, 30.0, 0.8), "noise": 0.002},
]


def law(n, a, b, c):
    return a - b * n**-c


def fitted(case, rng):
    sizes = np.repeat(np.array(case["sizes"], dtype=float), case["seeds"])
    values = law(sizes, *case["law"]) + case["noise"] * rng.standard_normal(len(sizes))
    ranks = np.repeat(np.arange(1, len(case["sizes"]) + 1), case["seeds"]) / len(case["sizes"])
    found, covariance = curve_fit(
        law, sizes, values, p0=case["law"], sigma=1 / np.sqrt(ranks), xtol=1e-14, ftol=1e-14, gtol=1e-14, maxfev=100000
    )
    a, b, c = found
    at = 2 * max(case["sizes"])
    gradient = np.array([1, -(at**-c), b * at**-c * np.log(at)])
    half = stats.t.ppf(0.975, len(sizes) - 3) * np.sqrt(gradient @ covariance @ gradient)
    return {
        "points": [{"n": n, "value": value} for n, value in zip(sizes, values)],
        "a": a,
        "b": b,
        "c": c,
        "forecast": {"n": at, "value": law(at, *found), "half": half},
    }


rng = np.random.default_rng(7)
cases = [fitted(case, rng) for case in CASES]
quantiles = {str(freedom): stats.t.ppf(0.975, freedom) for freedom in [1, 2, 3, 4, 7, 12, 57]}
path = pathlib.Path(__file__).with_name("powerlaw.json")
path.write_text(json.dumps({"scipy": scipy.__version__, "quantiles": quantiles, "cases": cases}, indent=1) + "\n")
for case in cases:
    print(case["a"], case["b"], case["c"], case["forecast"])
