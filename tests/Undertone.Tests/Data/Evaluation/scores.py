"""Writes scores.json: expected values of the classification scores by scikit-learn, and of the bootstrap interval by
NumPy over the draws of seeded_random.py. Run with Debian's python3-sklearn (1.2.1)."""
import json
import pathlib

import numpy as np
from sklearn import metrics

from seeded_random import Random


def uar(true, predicted):
    present = np.unique(true)
    return metrics.recall_score(true, predicted, labels=present, average="macro", zero_division=0)


def bootstrap(true, predicted, speakers, seed, resamples):
    names = sorted(set(speakers))
    if len(names) < 2:
        return None
    rows = {n: np.flatnonzero(speakers == n) for n in names}
    r = Random.of(seed, "cluster-bootstrap")
    draws = []
    for _ in range(resamples):
        take = np.concatenate([rows[names[r.below(len(names))]] for _ in names])
        draws.append(uar(true[take], predicted[take]))
    return [float(q) for q in np.quantile(draws, [0.025, 0.975])]


def none_for_nan(value):
    return None if np.isnan(value) else float(value)


def shares(true, predicted, labels, normalize):
    """scikit-learn fills what has nothing below with 0; None stands for our NaN."""
    matrix = metrics.confusion_matrix(true, predicted, labels=labels, normalize=normalize)
    empty = np.zeros_like(matrix, bool)
    if normalize == "true":
        empty |= np.array([[not (true == c).any()] for c in labels])
    if normalize == "pred":
        empty |= np.array([not (predicted == c).any() for c in labels])
    return [[None if e else float(v) for v, e in zip(*row)] for row in zip(matrix, empty)]


def case(name, true, predicted, speakers, seed=0):
    t, p, s = np.array(true), np.array(predicted), np.array(speakers)
    labels = sorted(set(true) | set(predicted))
    precision, recall, f1, support = metrics.precision_recall_fscore_support(t, p, labels=labels, zero_division=0)
    by_speaker = {n: uar(t[s == n], p[s == n]) for n in sorted(set(speakers))}
    values = np.array(list(by_speaker.values()))
    return {
        "name": name,
        "rows": [list(r) for r in zip(true, predicted, speakers)],
        "labels": labels,
        "confusion": metrics.confusion_matrix(t, p, labels=labels).tolist(),
        "accuracy": metrics.accuracy_score(t, p),
        "uar": uar(t, p),
        "balanced_accuracy": metrics.balanced_accuracy_score(t, p),
        "macro_f1": metrics.f1_score(t, p, average="macro", zero_division=0),
        "weighted_f1": metrics.f1_score(t, p, average="weighted", zero_division=0),
        "macro_precision": metrics.precision_score(t, p, average="macro", zero_division=0),
        "weighted_precision": metrics.precision_score(t, p, average="weighted", zero_division=0),
        "weighted_recall": metrics.recall_score(t, p, average="weighted", zero_division=0),
        "kappa": none_for_nan(metrics.cohen_kappa_score(t, p)),
        "mcc": metrics.matthews_corrcoef(t, p),
        "confusion_of_truth": shares(t, p, labels, "true"),
        "confusion_of_prediction": shares(t, p, labels, "pred"),
        "confusion_of_all": shares(t, p, labels, "all"),
        # scikit-learn 1.2 can only say 0 where a quotient has nothing below; None stands for our NaN.
        "precision": [v if (p == c).any() else None for v, c in zip(precision.tolist(), labels)],
        "recall": [v if (t == c).any() else None for v, c in zip(recall.tolist(), labels)],
        "f1": f1.tolist(),
        "support": support.tolist(),
        "speakers": by_speaker,
        "speaker_uar": [values.mean(), values.std(ddof=1) if len(values) > 1 else None, values.min(), values.max()],
        "bootstrap_seed": seed,
        "interval": bootstrap(t, p, s, seed, 2000),
    }


def random_case(name, seed, n, classes, weights, right, speakers, predicted_classes=None):
    g = np.random.default_rng(seed)
    true = g.choice(classes, n, p=np.array(weights) / sum(weights))
    guess = g.choice(predicted_classes or classes, n)
    predicted = np.where(g.random(n) < right, true, guess)
    if predicted_classes:
        predicted = np.where(np.isin(predicted, predicted_classes), predicted, guess)
    return case(name, true.tolist(), predicted.tolist(), g.choice(speakers, n).tolist(), seed)


big = ["anger", "happiness", "neutral", "sadness"]
cases = [
    case("by hand", list("aabbc"), list("abbbc"), list("11222")),
    case("perfect", list("abcabc"), list("abcabc"), list("112233")),
    case("all wrong", list("aabb"), list("bbaa"), list("1212")),
    case("constant", list("aaabbc"), list("aaaaaa"), list("112233")),
    case("predicted but never true", list("aabb"), list("acbb"), list("1122")),
    case("one class, always right", list("aaaa"), list("aaaa"), list("1122")),
    case("one class, never right", list("aaaa"), list("bbbb"), list("1122")),
    case("one class, sometimes right", list("aaaa"), list("abca"), list("1122")),
    case("one speaker", list("aabbb"), list("ababb"), list("11111")),
    random_case("balanced", 1, 200, big, [1, 1, 1, 1], 0.5, ["03", "08", "09", "10"]),
    random_case("imbalanced", 2, 300, big, [200, 20, 5, 1], 0.6, [f"{i:02}" for i in range(10)]),
    random_case("class never predicted", 3, 150, big, [3, 2, 2, 1], 0.5, list("abcde"), ["anger", "neutral"]),
    random_case("many speakers, few rows each", 4, 120, big, [1, 1, 1, 1], 0.3, [f"s{i}" for i in range(38)]),
]
path = pathlib.Path(__file__).with_name("scores.json")
path.write_text("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
