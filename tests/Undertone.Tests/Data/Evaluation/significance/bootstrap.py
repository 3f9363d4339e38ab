"""Writes bootstrap.json: intervals of scikit-learn's metrics (1.2.1) for two systems and for their differences over the
draws of seeded_random.py, and of group recalls. Run with Debian's python3-sklearn."""
import json
import pathlib
import sys

import numpy as np
from sklearn import metrics

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from seeded_random import Random

SEED, RESAMPLES = 7, 200
CLASSES = ["anger", "joy", "sadness"]
g = np.random.default_rng(11)
speakers = np.array([f"s{i:02}" for i in range(8)])
n = 160
who = np.repeat(np.arange(8), n // 8)
truth = np.concatenate([np.arange(n // 8) % 3 for _ in range(8)])
gender = np.array(["female", "male"])[who % 2]


def system(skill):
    logits = g.normal(0, 1, (n, 3)) + skill * np.eye(3)[truth] + g.normal(0, 0.8, (8, 3))[who]
    p = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    p = np.round(p, 2)  # Equal probabilities occur.
    p[:, 2] = np.round(1 - p[:, 0] - p[:, 1], 2)
    return p


def scores(p, take):
    t, q = truth[take], p[take]
    said = q.argmax(1)
    binary = np.eye(3)[t]
    return {
        "uar": metrics.balanced_accuracy_score(t, said),
        "accuracy": metrics.accuracy_score(t, said),
        "macro-f1": metrics.f1_score(t, said, average="macro"),
        "weighted-f1": metrics.f1_score(t, said, average="weighted"),
        "kappa": metrics.cohen_kappa_score(t, said),
        "mcc": metrics.matthews_corrcoef(t, said),
        "auc": metrics.roc_auc_score(binary, q, average="macro"),
        "auc-weighted": metrics.roc_auc_score(binary, q, average="weighted"),
        # Pair by pair, because scikit-learn's own multi_class="ovo" asks for sums of exactly 1, and dividing by them
        # would part probabilities that are equal.
        "auc-ovo": np.mean([
            metrics.roc_auc_score(t[np.isin(t, (i, j))] == i, q[np.isin(t, (i, j)), i]) for i in range(3) for j in range(3) if i != j
        ]),
    }


def interval(values):
    return [float(v) for v in np.quantile(values, [0.025, 0.975])]


first, second = system(1.6), system(1.0)
everything = np.arange(n)
r = Random.of(SEED, "cluster-bootstrap")
drawn = []
for _ in range(RESAMPLES):
    take = np.concatenate([np.flatnonzero(who == r.below(8)) for _ in range(8)])
    one = {"first": scores(first, take), "second": scores(second, take)}
    said = first[take].argmax(1)
    for group in ("female", "male"):
        of = gender[take] == group
        one[group] = metrics.balanced_accuracy_score(truth[take][of], said[of]) if of.any() else np.nan
        angry = of & (truth[take] == 0)
        one[group + "-anger"] = (said[angry] == 0).mean() if of.any() else np.nan
    drawn.append(one)


def gap(a, b):
    values = np.array([d[a] - d[b] for d in drawn])
    return interval(values[~np.isnan(values)])


def alone(a):
    values = np.array([d[a] for d in drawn])
    return interval(values[~np.isnan(values)])


names = list(scores(first, everything))
expected = {
    "seed": SEED, "resamples": RESAMPLES, "classes": CLASSES,
    "rows": [[f"u{i}", speakers[who[i]], CLASSES[truth[i]], first[i].tolist(), second[i].tolist(), gender[i]] for i in range(n)],
    "first": {m: interval([d["first"][m] for d in drawn]) for m in names},
    "second": {m: interval([d["second"][m] for d in drawn]) for m in names},
    "difference": {m: interval([d["first"][m] - d["second"][m] for d in drawn]) for m in names},
    "estimates": {m: scores(first, everything)[m] for m in names},
    "groups": {k: alone(k) for k in ("female", "male", "female-anger", "male-anger")},
    "female less male": gap("female", "male"), "female less male, anger": gap("female-anger", "male-anger"),
}
pathlib.Path(__file__).with_name("bootstrap.json").write_text(json.dumps(expected, indent=1) + "\n")
