"""Writes metrics.json: scikit-learn's metrics of made-up predictions.

Run with a Python that has scikit-learn: python3 test/golden/evaluate/make.py
"""

import json
import pathlib
import warnings

import numpy as np
import sklearn
from sklearn import metrics


def auroc(truth, probabilities):
    """roc_auc_score(multi_class="ovr", average="macro"), which refuses classes that do not occur: over those that do."""
    labels = list(range(probabilities.shape[1]))
    occurring = [k for k in labels if 0 < (truth == k).sum() < len(truth)]
    if len(labels) == 2:
        return metrics.roc_auc_score(truth, probabilities[:, 1])
    if len(occurring) == len(labels):
        return metrics.roc_auc_score(truth, probabilities, multi_class="ovr", average="macro", labels=labels)
    areas = [metrics.roc_auc_score(truth == k, probabilities[:, k]) for k in occurring]
    return float(np.mean(areas)) if areas else None


def average_precision(truth, probabilities):
    """None for a class that does not occur, of which scikit-learn says 0."""
    return [
        metrics.average_precision_score(truth == k, probabilities[:, k]) if (truth == k).any() else None
        for k in range(probabilities.shape[1])
    ]


def mean_of(values):
    return float(np.mean([value for value in values if value is not None]))


def finite(value):
    return float(value) if np.isfinite(value) else None


def calibration_error(truth, probabilities, bins=15):
    """Guo et al. 2017, equation 3: bins of equal width, each without its lower and with its upper bound."""
    confidence = probabilities.max(1)
    right = probabilities.argmax(1) == truth
    edges = np.linspace(0, 1, bins + 1, dtype=np.float32)
    total = 0.0
    for low, high in zip(edges[:-1], edges[1:]):
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            total += abs(right[inside].mean() - confidence[inside].astype(np.float64).mean()) * inside.mean()
    return float(total)


def case(name, truth, probabilities):
    truth = np.asarray(truth)
    probabilities = np.asarray(probabilities, dtype=np.float32)
    predicted = probabilities.argmax(1)
    labels = list(range(probabilities.shape[1]))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        precision = metrics.precision_score(truth, predicted, labels=labels, average=None, zero_division=0)
        recall = metrics.recall_score(truth, predicted, labels=labels, average=None, zero_division=0)
        return {
            "name": name,
            "classes": len(labels),
            "truth": truth.tolist(),
            "probabilities": probabilities.ravel().astype(float).tolist(),
            "confusion": metrics.confusion_matrix(truth, predicted, labels=labels).tolist(),
            "accuracy": metrics.accuracy_score(truth, predicted),
            "balancedAccuracy": metrics.balanced_accuracy_score(truth, predicted),
            "macroF1": metrics.f1_score(truth, predicted, average="macro"),
            "auroc": auroc(truth, probabilities),
            "meanAveragePrecision": mean_of(average_precision(truth, probabilities)),
            "kappa": finite(metrics.cohen_kappa_score(truth, predicted, labels=labels)),
            # scikit-learn says 0 where the denominator is 0.
            "matthews": metrics.matthews_corrcoef(truth, predicted)
            if len(set(truth)) > 1 and len(set(predicted)) > 1
            else None,
            "loss": metrics.log_loss(truth, np.maximum(probabilities.astype(np.float64), 2**-23), labels=labels),
            "calibrationError": calibration_error(truth, probabilities),
            # None where the denominator is 0 and scikit-learn only has a convention.
            "precision": [p if (predicted == k).any() else None for k, p in enumerate(precision)],
            "recall": [r if (truth == k).any() else None for k, r in enumerate(recall)],
            # The recall of the slices that are not of the class.
            "specificity": [
                metrics.recall_score(truth != k, predicted != k) if (truth != k).any() else None for k in labels
            ],
            "classAuroc": [
                metrics.roc_auc_score(truth == k, probabilities[:, k]) if 0 < (truth == k).sum() < len(truth) else None
                for k in labels
            ],
            "averagePrecision": average_precision(truth, probabilities),
        }


def random_case(name, seed, classes, weights, n=200, outputs=4):
    rng = np.random.default_rng(seed)
    truth = rng.choice(classes, size=n, p=weights)
    logits = rng.normal(size=(n, outputs)) + 1.5 * np.eye(outputs)[truth]
    probabilities = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    return case(name, truth, probabilities)


def one_class_predicted():
    probabilities = np.tile([0.7, 0.1, 0.1, 0.1], (12, 1))
    return case("only one class predicted", [0, 1, 2, 3] * 3, probabilities)


def equal_probabilities():
    """In tenths, so that most of them are shared by slices of several classes."""
    rng = np.random.default_rng(4)
    truth = rng.choice(4, size=120)
    wanted = (np.eye(4)[truth] + 0.6) / 3.4
    return case("many equal probabilities", truth, np.array([rng.multinomial(10, p) / 10 for p in wanted]))


if __name__ == "__main__":
    cases = [
        random_case("four classes", 1, [0, 1, 2, 3], [0.4, 0.3, 0.2, 0.1]),
        random_case("rare classes", 2, [0, 1, 2, 3], [0.9, 0.06, 0.03, 0.01]),
        random_case("a class that does not occur", 3, [0, 1, 3], [0.5, 0.3, 0.2]),
        one_class_predicted(),
        equal_probabilities(),
        random_case("one class alone", 5, [2], [1], n=20),
        random_case("two classes", 6, [0, 1], [0.7, 0.3], outputs=2),
        random_case("three classes", 7, [0, 1, 2], [0.5, 0.3, 0.2], outputs=3),
        random_case("six classes, one of which does not occur", 8, [0, 1, 2, 3, 5], [0.3, 0.3, 0.2, 0.1, 0.1], outputs=6),
        random_case("twelve classes", 9, list(range(12)), [1 / 12] * 12, n=300, outputs=12),
    ]
    path = pathlib.Path(__file__).with_name("metrics.json")
    path.write_text(json.dumps({"sklearn": sklearn.__version__, "cases": cases}) + "\n")
