"""Writes bootstrap.json: percentiles of scikit-learn's metrics in resamples of clusters, and in clustered binomial data.

The resamples are those of src/core/evaluate/resample.ts: as many clusters as there are, with replacement, drawn by hash32 of
src/core/random.ts. Run with a Python that has scikit-learn: python3 test/golden/evaluate/makeBootstrap.py
"""

import json
import pathlib
import warnings

import numpy as np
import sklearn
from make import average_precision, calibration_error, mean_of
from sklearn import metrics

RESAMPLES = 2000
SEED = 2023
MASK = 0xFFFFFFFF


def mix(x):
    x ^= x >> 16
    x = (x * 0x21F0AAAD) & MASK
    x ^= x >> 15
    x = (x * 0x735A2D97) & MASK
    return x ^ (x >> 15)


def drawn(resample, clusters):
    counters = (np.arange(clusters, dtype=np.uint64) * 0x9E3779B9) & MASK
    hashes = mix((mix(mix(SEED) ^ resample) + counters) & MASK)
    return (hashes / 2**32 * clusters).astype(int)


def areas(truth, probabilities):
    return [
        metrics.roc_auc_score(truth == k, probabilities[:, k]) if 0 < (truth == k).sum() < len(truth) else None
        for k in range(probabilities.shape[1])
    ]


def figures(truth, probabilities):
    predicted = probabilities.argmax(1)
    labels = list(range(probabilities.shape[1]))
    occurring = sorted(set(truth))
    recall = metrics.recall_score(truth, predicted, labels=labels, average=None, zero_division=0)
    precision = metrics.precision_score(truth, predicted, labels=labels, average=None, zero_division=0)
    given = np.maximum(probabilities[np.arange(len(truth)), truth].astype(np.float64), 2**-23)
    return {
        "accuracy": metrics.accuracy_score(truth, predicted),
        "balancedAccuracy": float(np.mean([recall[k] for k in occurring])),
        "macroF1": metrics.f1_score(truth, predicted, average="macro"),
        "auroc": mean_of(areas(truth, probabilities)),
        "meanAveragePrecision": mean_of(average_precision(truth, probabilities)),
        "kappa": metrics.cohen_kappa_score(truth, predicted, labels=labels),
        "matthews": metrics.matthews_corrcoef(truth, predicted),
        "loss": float(-np.log(given).mean()),
        "calibrationError": calibration_error(truth, probabilities),
        "precision": [p if (predicted == k).any() else None for k, p in enumerate(precision)],
        "recall": [r if (truth == k).any() else None for k, r in enumerate(recall)],
        "specificity": [metrics.recall_score(truth != k, predicted != k) for k in labels],
        "classAuroc": areas(truth, probabilities),
        "averagePrecision": average_precision(truth, probabilities),
    }


def percentiles(values):
    defined = [value for value in values if value is not None]
    return [float(value) for value in np.percentile(defined, [2.5, 97.5])]


def bootstrap(truth, probabilities, cluster):
    members = [np.flatnonzero(cluster == c) for c in range(cluster.max() + 1)]
    resamples = []
    for resample in range(RESAMPLES):
        slices = np.concatenate([members[c] for c in drawn(resample, len(members))])
        resamples.append(figures(truth[slices], probabilities[slices]))
    return {
        name: [percentiles([of[name][k] for of in resamples]) for k in range(len(value))]
        if isinstance(value, list)
        else percentiles([of[name] for of in resamples])
        for name, value in resamples[0].items()
    }


def case(name, seed, patients, series_each, classes):
    """Patients are easy or hard, and so their slices are not independent; numbers of clusters in order of appearance."""
    rng = np.random.default_rng(seed)
    truth, logits, patient, series = [], [], [], []
    for number in range(patients):
        ease = rng.normal(scale=1.5)
        for _ in range(rng.integers(series_each[0], series_each[1] + 1)):
            label = int(rng.integers(classes))
            of = (max(series) + 1) if series else 0
            for _ in range(rng.integers(1, 7)):
                truth.append(label)
                patient.append(number)
                series.append(of)
                logits.append(rng.normal(size=classes) + (1 + ease) * np.eye(classes)[label])
    shares = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    probabilities = shares.astype(np.float32)
    truth, patient, series = np.array(truth), np.array(patient), np.array(series)
    cluster = patient if patients >= 10 else series
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        intervals = bootstrap(truth, probabilities, cluster)
    return {
        "name": name,
        "classes": classes,
        "truth": truth.tolist(),
        "probabilities": probabilities.ravel().astype(float).tolist(),
        "patient": patient.tolist(),
        "series": series.tolist(),
        "by": "patient" if patients >= 10 else "series",
        "clusters": int(cluster.max() + 1),
        "intervals": intervals,
    }


if __name__ == "__main__":
    golden = {
        "sklearn": sklearn.__version__,
        "drawn": [drawn(0, 12).tolist(), drawn(1999, 40).tolist()],
        "cases": [
            case("forty patients", 1, 40, (1, 3), 3),
            case("six patients with many series", 2, 6, (9, 12), 2),
        ],
    }
    path = pathlib.Path(__file__).with_name("bootstrap.json")
    path.write_text(json.dumps(golden) + "\n")
