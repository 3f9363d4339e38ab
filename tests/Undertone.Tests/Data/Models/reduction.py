"""Writes reduction.json: what scikit-learn and SciPy say of selections and projections of features.

Run with Debian's python3-sklearn (1.2.1) and python3-scipy: python3 reduction.py

tall: 70 rows of 9 values, three classes of unequal size. wide: 40 rows of 90 values, the same classes.
anova: f_classif. mutual: mutual_info_classif's estimate (its noise against ties is far below the tolerance).
mrmr: greedy choice by mutual_info_score on values cut at half a standard deviation from the mean.
rfe: SVC(kernel="linear", C=1/mean squared length) and coef_ squared, a fifth dropped a round; the order of the last fit.
pca: PCA's components and the number that reach a share of the variance. lda: generalised eigenvectors of the covariance
between classes and the shrunk covariance within, by SciPy's eigh, shrinkage given or by ledoit_wolf; with none, what
LinearDiscriminantAnalysis(solver="eigen") spans.
"""
import json
import os

import numpy as np
from scipy.linalg import eigh
from sklearn.covariance import ledoit_wolf
from sklearn.decomposition import PCA
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.feature_selection import f_classif, mutual_info_classif
from sklearn.metrics import mutual_info_score
from sklearn.svm import SVC

here = os.path.dirname(os.path.abspath(__file__))
random = np.random.RandomState(11)


def make(counts, width):
    labels = np.concatenate([[c] * n for c, n in enumerate(counts)])
    centres = random.normal(0, 1, (len(counts), width)) * (random.uniform(0, 1, width) < 0.5)
    rows = centres[labels] + random.normal(0, 1, (len(labels), width)) @ (np.eye(width) + 0.3 * random.normal(0, 1, (width, width)) / np.sqrt(width))
    rows[:, 1] = rows[:, 0] + 0.3 * rows[:, 1]  # two values that say the same
    order = random.permutation(len(labels))
    return rows[order].astype(np.float32).astype(np.float64), labels[order]


def mrmr(x, y, count):
    half = x.std(0) / 2
    cut = np.where(x < x.mean(0) - half, 0, np.where(x > x.mean(0) + half, 2, 1))
    relevance = np.array([mutual_info_score(c, y) for c in cut.T])
    chosen = []
    while len(chosen) < count:
        def score(d):
            return relevance[d] - (np.mean([mutual_info_score(cut[:, d], cut[:, s]) for s in chosen]) if chosen else 0)
        chosen.append(max((d for d in range(x.shape[1]) if d not in chosen), key=score))
    return chosen


def rfe(x, y, count):
    left = np.arange(x.shape[1])
    while True:
        part = x[:, left]
        machine = SVC(kernel="linear", C=1 / np.mean((part ** 2).sum(1)), class_weight="balanced", tol=1e-6).fit(part, y)
        weights = (machine.coef_ ** 2).sum(0)
        order = np.argsort(-weights, kind="stable")
        if len(left) == count:
            return left[order].tolist()
        keep = max(count, len(left) - max(1, int(len(left) * 0.2)))
        left = np.sort(left[order[:keep]])


def lda(x, y, shrinkage):
    centred = x - x.mean(0)
    means = np.stack([centred[y == c].mean(0) for c in np.unique(y)])
    shares = np.array([np.mean(y == c) for c in np.unique(y)])
    residuals = centred - means[y]
    if shrinkage is None:
        shrinkage = ledoit_wolf(residuals, assume_centered=True)[1]
    within = residuals.T @ residuals / len(x)
    shrunk = (1 - shrinkage) * within + shrinkage * np.trace(within) / x.shape[1] * np.eye(x.shape[1])
    between = (means * shares[:, None]).T @ means
    values, vectors = eigh(between, shrunk)
    order = np.argsort(-values)[:len(shares) - 1]
    return (centred @ vectors[:, order]).tolist(), shrinkage


result = {}
for name, counts, width in (("tall", (32, 22, 16), 9), ("wide", (18, 12, 10), 90)):
    x, y = make(counts, width)
    pca = PCA().fit(x)
    kept = min(4, width)
    result[name] = dict(
        rows=[[float(np.float32(v)) for v in r] for r in x], labels=y.tolist(), anova=f_classif(x, y)[0].tolist(),
        mutual=mutual_info_classif(x, y, discrete_features=False, random_state=0).tolist(),
        mrmr=mrmr(x, y, 6), rfe=rfe(x, y, 5), pca=pca.transform(x)[:, :kept].tolist(),
        reaching={str(v): int(np.searchsorted(np.cumsum(pca.explained_variance_ratio_), v) + 1) for v in (0.5, 0.9, 0.95)},
        shrunk=lda(x, y, 0.3)[0], estimated=lda(x, y, None)[0], shrinkage=lda(x, y, None)[1])
    if name == "tall":
        result[name]["plain"] = lda(x, y, 0)[0]
        scaled = LinearDiscriminantAnalysis(solver="eigen").fit(x, y).transform(x)
        scaled = scaled - scaled.mean(0)
        assert np.allclose(np.abs(scaled), np.abs(np.array(result[name]["plain"]))), "the same up to signs"

with open(os.path.join(here, "reduction.json"), "w") as file:
    file.write(json.dumps(result, separators=(",", ":")) + "\n")
