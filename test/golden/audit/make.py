"""Writes confident.json and hash.json: confident learning, label scores, rankings and perceptual hashes, independently.

Confident learning is written from Northcutt, Jiang and Chuang (JAIR 2021), equations 1 to 3 and section 3.2, in the
loops of its text; the hash from Zauner (2010) with SciPy's DCT. Run with a Python that has NumPy and SciPy:
python3 test/golden/audit/make.py
"""

import json
import pathlib

import numpy as np
import scipy.fft


def thresholds(labels, p, classes):
    """Equation 2."""
    return [float(np.mean(p[labels == j, j])) if (labels == j).any() else None for j in range(classes)]


def confident(labels, p, classes):
    """Equation 1: X̂ of (given i, true j): labelled i, p_j at least t_j, and j the largest of those."""
    t = thresholds(labels, p, classes)
    counts = np.zeros((classes, classes))
    where = []
    for given, row in zip(labels, p):
        able = [j for j in range(classes) if t[j] is not None and row[j] >= t[j] - 1e-6]
        best = max(able, key=lambda j: (row[j], -j)) if able else -1
        where.append(best)
        if best >= 0:
            counts[given, best] += 1
    return t, counts, where


def joint(labels, counts, classes):
    """Equation 3; a label of which no example is confident counts as right, as in cleanlab."""
    q = np.zeros((classes, classes))
    for i in range(classes):
        n = int((labels == i).sum())
        if n == 0:
            continue
        row = counts[i].copy()
        row[i] = max(row[i], 1)
        q[i] = row / row.sum() * n
    return q / q.sum()


def margins(labels, p):
    own = p[np.arange(len(labels)), labels]
    others = p.copy()
    others[np.arange(len(labels)), labels] = -1
    return (own - others.max(1) + 1) / 2


def weighted_entropy(labels, p):
    own = np.maximum(p[np.arange(len(labels)), labels], 1e-6)
    safe = np.maximum(p, 1e-6)
    e = np.maximum(-(safe * np.log(safe)).sum(1) / np.log(p.shape[1]) / own, 1e-6)
    return np.log(1 + e) / e


def ranking(labels, p, where):
    """Off the diagonal of the confident joint first, each part by its normalised margin."""
    margin = margins(labels, p)
    off = [best >= 0 and best != given for best, given in zip(where, labels)]
    return sorted(range(len(labels)), key=lambda i: (not off[i], margin[i], i))


def case(name, labels, p):
    labels = np.asarray(labels)
    p = np.asarray(p, dtype=np.float32)
    classes = p.shape[1]
    given = p.astype(float)
    t, counts, where = confident(labels, given, classes)
    q = joint(labels, counts, classes)
    return {
        "name": name,
        "classes": classes,
        "label": labels.tolist(),
        "probabilities": p.ravel().astype(float).tolist(),
        "thresholds": t,
        "confident": counts.ravel().tolist(),
        "joint": q.ravel().tolist(),
        "noise": float(1 - np.trace(q)),
        "offDiagonal": [int(b >= 0 and b != i) for b, i in zip(where, labels)],
        "selfConfidence": given[np.arange(len(labels)), labels].tolist(),
        "normalisedMargin": margins(labels, given).tolist(),
        "confidenceWeightedEntropy": weighted_entropy(labels, given).tolist(),
        "ranking": ranking(labels, given, where),
    }


def planted(rng, classes, n, wrong, sharpness):
    """Labels of which a share is wrong, under a model that sees the truth through noise."""
    truth = rng.integers(0, classes, n)
    logits = rng.normal(size=(n, classes))
    logits[np.arange(n), truth] += sharpness
    p = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    labels = truth.copy()
    flipped = rng.random(n) < wrong
    labels[flipped] = (truth[flipped] + rng.integers(1, classes, flipped.sum())) % classes
    return labels, p


def picture(rng, smooth):
    """224×224 bytes with little detail, as a body has."""
    coarse = rng.random((smooth, smooth))
    y = np.linspace(0, smooth - 1, 224)
    low = np.clip(y.astype(int), 0, smooth - 2)
    f = y - low
    rows = coarse[low] * (1 - f[:, None]) + coarse[low + 1] * f[:, None]
    both = rows[:, low] * (1 - f) + rows[:, low + 1] * f
    return np.round(both * 255).astype(np.uint8)


def hashed(pixels):
    small = pixels.reshape(32, 7, 32, 7).astype(float).mean((1, 3))
    low = scipy.fft.dctn(small, type=2)[:8, :8].ravel()
    median = np.sort(low[1:])[63 // 2]
    return "".join("1" if bit > 0 and value > median else "0" for bit, value in enumerate(low))


def main():
    rng = np.random.default_rng(20)
    cases = [
        case("four classes, 10 % wrong", *planted(rng, 4, 60, 0.1, 3)),
        case("two classes, a weak model", *planted(rng, 2, 40, 0.15, 0.8)),
        case("six classes, one of them without a label", *[
            (np.where(labels == 5, 0, labels), p) for labels, p in [planted(rng, 6, 60, 0.05, 2)]
        ][0]),
        case("all probabilities equal", [0, 1, 2, 0], np.full((4, 3), 1 / 3)),
        case("a label that the model never gives", [0, 0, 1, 1], [[0.9, 0.1], [0.8, 0.2], [0.95, 0.05], [0.85, 0.15]]),
    ]
    folder = pathlib.Path(__file__).parent
    (folder / "confident.json").write_text(json.dumps({"numpy": np.__version__, "cases": cases}) + "\n")
    # 16 values a picture, which a test enlarges again: bilinear, as above.
    hashes = []
    for smooth in [4, 4, 6, 9]:
        seed = int(rng.integers(0, 2**31))
        coarse = np.random.default_rng(seed).random((smooth, smooth))
        pixels = picture(np.random.default_rng(seed), smooth)
        hashes.append({"side": smooth, "values": coarse.ravel().tolist(), "hash": hashed(pixels)})
    (folder / "hash.json").write_text(json.dumps({"scipy": scipy.__version__, "cases": hashes}) + "\n")


main()
