"""Writes probabilities.json: expected values of what is computed from probabilities. AUC and log loss are scikit-learn's;
the others are NumPy transcriptions of the formula that each function cites (scikit-learn has none of them for several
classes; its binary Brier score is asserted to be half of ours). Run with Debian's python3-sklearn (1.2.1)."""
import json
import pathlib

import numpy as np
from sklearn import metrics

FLOOR = np.finfo(float).eps


def brier(y, p):
    """Brier 1950: the mean over rows of the sum over classes of (f - E)^2."""
    return np.mean(np.sum((p - np.eye(p.shape[1])[y]) ** 2, axis=1))


def confidence(p, predicted):
    return p[np.arange(len(p)), predicted]


def ece(conf, hit, bins):
    """Guo et al. 2017, equations 2, 3 and 5: bins ((m - 1) / M, m / M]; a confidence of 0 is put into the first."""
    total = 0.0
    for m in range(1, bins + 1):
        low, high = (m - 1) / bins, m / bins
        inside = (conf > low) & (conf <= high) | ((m == 1) & (conf == 0))
        if inside.any():
            total += inside.sum() / len(conf) * abs(hit[inside].mean() - conf[inside].mean())
    return total


def auc(y, p, **how):
    """scikit-learn refuses a class without rows; ours leaves it out, which is what a call without its column does for
    one against the rest (the areas of the others do not change)."""
    present = np.unique(y)
    if len(present) < 2:
        return None
    if how.get("multi_class") == "ovo":
        if p.shape[1] == 2:
            return metrics.roc_auc_score(y, p[:, 1])
        if len(present) < p.shape[1]:
            return None
        return metrics.roc_auc_score(y, p, **how)
    areas = np.array([metrics.roc_auc_score(y == c, p[:, c]) for c in present])
    weights = np.array([(y == c).sum() for c in present]) if how["average"] == "weighted" else np.ones(len(present))
    value = float(np.average(areas, weights=weights))
    if len(present) == p.shape[1] > 2:
        assert abs(value - metrics.roc_auc_score(y, p, **how)) < 1e-12
    return value


def case(name, y, p, predicted=None):
    y, p = np.array(y), np.array(p, float)
    predicted = p.argmax(1) if predicted is None else np.array(predicted)
    conf, hit = confidence(p, predicted), (y == predicted).astype(float)
    if p.shape[1] == 2:
        assert abs(brier(y, p) - 2 * metrics.brier_score_loss(y == 1, p[:, 1])) < 1e-12
    return {
        "name": name,
        "truth": y.tolist(),
        "predicted": predicted.tolist(),
        "probabilities": p.tolist(),
        "auc": auc(y, p, multi_class="ovr", average="macro"),
        "auc-weighted": auc(y, p, multi_class="ovr", average="weighted"),
        "auc-ovo": auc(y, p, multi_class="ovo", average="macro"),
        "log-loss": float(metrics.log_loss(y, p, labels=list(range(p.shape[1])))),
        "brier": float(brier(y, p)),
        "ece": float(ece(conf, hit, 15)),
        "ece_10": float(ece(conf, hit, 10)),
    }


def random_case(name, seed, n, classes, sharpness, digits=None, weights=None, present=None):
    g = np.random.default_rng(seed)
    w = np.ones(classes) if weights is None else np.array(weights, float)
    if present is not None:
        w = w * np.isin(np.arange(classes), present)
    y = g.choice(classes, n, p=w / w.sum())
    logits = sharpness * g.normal(size=(n, classes)) + 2 * np.eye(classes)[y]
    p = np.exp(logits - logits.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    if digits is not None:  # many ties
        p = np.round(p[:, :-1], digits)
        p = np.hstack([p, np.round(1 - p.sum(1, keepdims=True), digits).clip(0)])
        p /= p.sum(1, keepdims=True)
    return case(name, y, p)


cases = [
    case("by hand", [0, 1, 1, 0], [[0.9, 0.1], [0.4, 0.6], [0.5, 0.5], [0.3, 0.7]]),
    case("certain and right", [0, 1, 2], np.eye(3)),
    case("certain and wrong", [1, 2, 0], np.eye(3)),
    case("uniform", [0, 1, 2, 1], np.full((4, 3), 1 / 3)),
    case("another class predicted than the most probable", [0, 1, 1], [[0.9, 0.1], [0.4, 0.6], [0.2, 0.8]], [1, 0, 1]),
    case("one class in truth", [1, 1, 1], [[0.2, 0.8], [0.6, 0.4], [0.5, 0.5]]),
    random_case("two classes", 1, 120, 2, 1.0),
    random_case("four classes", 2, 200, 4, 1.5),
    random_case("seven classes, overconfident", 3, 300, 7, 4.0, weights=[9, 1, 3, 3, 2, 1, 5]),
    random_case("ties", 4, 200, 4, 1.0, digits=1),
    random_case("a class that is never true", 5, 150, 4, 1.5, present=[0, 1, 3]),
]
path = pathlib.Path(__file__).with_name("probabilities.json")
path.write_text("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
