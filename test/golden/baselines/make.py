"""Writes features.json and classifiers.json: hand-crafted features by scikit-image, classifiers by scikit-learn.

Run with a Python that has both: python3 test/golden/baselines/make.py
"""

import json
import pathlib

import numpy as np
import skimage
import sklearn
from skimage.feature import graycomatrix, graycoprops, hog, local_binary_pattern
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC

HERE = pathlib.Path(__file__).parent
SIDE = 64
Y, X = np.mgrid[0:SIDE, 0:SIDE]
# The test makes the same pictures.
PICTURES = {
    "waves": (X * X + 3 * Y * Y + X * Y) // 3 % 256,
    "noise": (X * 131 + Y * 197 + X * Y * 31) % 256,
    "disc": np.where((X - 30) ** 2 + (Y - 34) ** 2 < 400, 100 + X, 0),
    "flat": np.full((SIDE, SIDE), 100),
}


def cooccurrence(picture):
    angles = [0, np.pi / 4, np.pi / 2, 3 * np.pi / 4]
    found = []
    for distance in (1, 3):
        shares = graycomatrix(picture // 8, [distance], angles, levels=32, symmetric=True, normed=True)
        for name in ("contrast", "dissimilarity", "homogeneity", "ASM", "correlation", "entropy"):
            found.append(float(graycoprops(shares, name).mean()))
    return found


def patterns(picture):
    found = []
    for radius in (1, 3):
        codes = local_binary_pattern(picture, 8, radius, "uniform")
        found += [float((codes == code).mean()) for code in range(10)]
    return found


def features(name, picture):
    picture = picture.astype(np.uint8)
    cells = (SIDE // 4, SIDE // 4)
    return {
        "name": name,
        "histogram": (np.histogram(picture, 32, (0, 256))[0] / picture.size).tolist(),
        "cooccurrence": cooccurrence(picture),
        "patterns": patterns(picture),
        "gradients": hog(picture, 9, cells, (2, 2), block_norm="L2-Hys").tolist(),
    }


def classifiers(seed, classes, n, dimensions):
    rng = np.random.default_rng(seed)
    label = rng.integers(classes, size=n)
    label[:classes] = range(classes)
    centres = rng.normal(size=(classes, dimensions)) * 0.8
    values = (centres[label] + rng.normal(size=(n, dimensions))).astype(np.float32).round(3)
    asked = rng.normal(size=(20, dimensions)).astype(np.float32).round(3)
    weight = rng.uniform(0.2, 2, size=n).round(3)
    rows = []
    for k in range(classes):
        svm = LinearSVC(C=0.7, dual=True, tol=1e-10, max_iter=1_000_000)
        svm.fit(values, np.where(label == k, 1, -1), sample_weight=weight)
        rows.append([*svm.coef_[0], svm.intercept_[0]])
    votes = KNeighborsClassifier(5, algorithm="brute").fit(values, label).predict_proba(asked)
    scaler = StandardScaler().fit(values.astype(np.float64))
    return {
        "classes": classes,
        "dimensions": dimensions,
        "label": label.tolist(),
        "weight": weight.tolist(),
        "values": values.ravel().astype(float).tolist(),
        "asked": asked.ravel().astype(float).tolist(),
        "svm": [[float(value) for value in row] for row in rows],
        "votes": votes.tolist(),
        "scaled": scaler.transform(asked.astype(np.float64)).ravel().tolist(),
    }


def write(name, value):
    (HERE / name).write_text(json.dumps(value) + "\n")


write(
    "features.json",
    {
        "scikit-image": skimage.__version__,
        "side": SIDE,
        "pictures": [features(*item) for item in PICTURES.items()],
    },
)
write(
    "classifiers.json",
    {
        "scikit-learn": sklearn.__version__,
        "cost": 0.7,
        "cases": [classifiers(1, 2, 40, 3), classifiers(2, 4, 120, 8)],
    },
)
