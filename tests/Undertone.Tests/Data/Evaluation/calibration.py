"""Writes calibration.json: expected values over the rows of probabilities.json (see probabilities.py). NumPy
transcriptions of the formulas that the functions cite; the temperature by SciPy's brentq on the slope of log loss,
the log losses themselves by scikit-learn. Run with Debian's python3-sklearn (1.2.1) and python3-scipy (1.10.1)."""
import json
import pathlib

import numpy as np
from scipy.optimize import brentq
from scipy.special import log_softmax, softmax
from sklearn import metrics

FLOOR = np.finfo(float).eps


def bin_of(inside, conf, hit, low, high):
    n = int(inside.sum())
    return [low, high, n, float(conf[inside].mean()) if n else None, float(hit[inside].mean()) if n else None]


def equal_width(conf, hit, bins):
    """Guo et al. 2017, section 2: bins ((m - 1) / M, m / M]; a confidence of 0 is put into the first."""
    return [
        bin_of((conf > m / bins) & (conf <= (m + 1) / bins) | ((m == 0) & (conf == 0)), conf, hit, m / bins, (m + 1) / bins)
        for m in range(bins)
    ]


def equal_count(conf, hit, bins):
    """A row that n of N rows lie below goes into bin floor(n M / N)."""
    below = np.array([(conf < c).sum() for c in conf])
    index = below * bins // len(conf)
    return [bin_of(index == m, conf, hit, float(conf[index == m].min()), float(conf[index == m].max())) for m in np.unique(index)]


def gaps(bins):
    filled = [(n, abs(acc - conf)) for _, _, n, conf, acc in bins if n]
    return float(sum(n * g for n, g in filled) / sum(n for n, _ in filled)), float(max(g for _, g in filled))


def uar(true, predicted):
    return metrics.recall_score(true, predicted, labels=np.unique(true), average="macro", zero_division=0)


def coverage(conf, true, predicted):
    points = []
    for c in np.unique(conf)[::-1]:
        kept = conf >= c
        points.append([float(c), int(kept.sum()), float(kept.mean()), float((true == predicted)[kept].mean()), float(uar(true[kept], predicted[kept]))])
    return points


def area_under_risk(conf, hit):
    """Geifman, Uziel and El-Yaniv 2019, section 2: the mean over k of the risk of the k surest. With ties the mean of
    this over all orders of the tied rows, which is the risk with each tied row's error replaced by the tie's mean."""
    error = np.array([1 - hit[conf == c].mean() for c in conf])
    order = np.argsort(-conf, kind="stable")
    return float(np.mean(np.cumsum(error[order]) / np.arange(1, len(conf) + 1)))


def temperature(p, y):
    """Guo et al. 2017, section 4.2, over 1 / T, in which the negative log likelihood is convex."""
    z = np.log(np.maximum(p, FLOOR))
    rows = np.arange(len(y))

    def slope(beta):
        q = softmax(beta * z, axis=1)
        return np.mean((q * z).sum(1) - z[rows, y])

    if abs(slope(1.0)) < 1e-13:
        t = 1.0
    elif slope(0.01) >= 0:
        t = 100.0
    elif slope(100.0) <= 0:
        t = 0.01
    else:
        t = 1 / brentq(slope, 0.01, 100.0, xtol=1e-15, rtol=1e-15, maxiter=500)
    return t, softmax(z / t, axis=1)


cases = []
for c in json.loads(pathlib.Path(__file__).with_name("probabilities.json").read_text()):
    y, p, predicted = np.array(c["truth"]), np.array(c["probabilities"]), np.array(c["predicted"])
    conf, hit = p[np.arange(len(p)), predicted], (y == predicted).astype(float)
    t, scaled = temperature(p, y)
    labels = list(range(p.shape[1]))
    cases.append({
        "name": c["name"],
        "equal_width": equal_width(conf, hit, 15),
        "equal_count": equal_count(conf, hit, 10),
        "equal_width_error": gaps(equal_width(conf, hit, 15)),
        "equal_count_error": gaps(equal_count(conf, hit, 10)),
        "coverage": coverage(conf, y, predicted),
        "area_under_risk": area_under_risk(conf, hit),
        "temperature": t,
        "log_loss_before": float(metrics.log_loss(y, p, labels=labels)),
        "log_loss_after": float(metrics.log_loss(y, scaled, labels=labels)),
        "first_rows_after": scaled[:5].tolist(),
    })
path = pathlib.Path(__file__).with_name("calibration.json")
path.write_text("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
