"""Metrics with intervals and significance tests by NumPy and SciPy: the peer of the benchmark 'evaluation'.

    evaluate.py ROWS    ROWS: sizes, then utterances, systems' probabilities and draws, as EvaluationPeer.cs writes them

For each line of standard input it evaluates all, and prints the seconds and the numbers as one line of JSON. The work is
laid out as NumPy likes it: sums by speaker once, all draws as one matrix product, and for areas under the ROC curve the
sorting and searching once, so that a draw only adds up weights.
"""
import itertools
import json
import sys
import time

import numpy as np
import scipy
from scipy import stats

BINS = 15

file = np.memmap(sys.argv[1], dtype=np.uint8, mode="r")
K, N, S, C, B = file[:20].view("<i4").tolist()
speaker, fold, truth = np.array(file[20:20 + 12 * N].view("<i4").reshape(3, N))
at = 20 + 12 * N
probabilities = np.array(np.frombuffer(file[at:at + 8 * K * N * C].tobytes(), "<f8").reshape(K, N, C))
weights = np.frombuffer(file[at + 8 * K * N * C:].tobytes(), "<i4").reshape(B, S).astype(float)


def by_speaker(columns, width):
    """Sums of one, by speaker and column: S x width."""
    return np.bincount(speaker * width + columns, minlength=S * width).reshape(S, width).astype(float)


def confusion_metrics(m):
    """m: ... x C x C counts."""
    total = m.sum((-1, -2))
    right = np.diagonal(m, axis1=-2, axis2=-1)
    true, said = m.sum(-1), m.sum(-2)
    recall = np.where(true > 0, right / true, np.nan)
    precision = np.where(said > 0, right / said, 0)
    f1 = 2 * right / (true + said)
    chance = (true * said).sum(-1)
    occurs = (true + said) > 0
    return {
        "uar": np.nanmean(recall, -1),
        "accuracy": right.sum(-1) / total,
        "macro-f1": np.nanmean(f1, -1),
        "weighted-f1": np.nansum(true * f1, -1) / total,
        "macro-precision": np.where(occurs, precision, 0).sum(-1) / occurs.sum(-1),
        "weighted-precision": (true * precision).sum(-1) / total,
        "kappa": (right.sum(-1) * total - chance) / (total ** 2 - chance),
        "mcc": (right.sum(-1) * total - chance) / np.sqrt((total ** 2 - (true ** 2).sum(-1)) * (total ** 2 - (said ** 2).sum(-1))),
    }


def areas(p):
    rows = [np.flatnonzero(truth == c) for c in range(C)]
    wins = np.zeros((B, C, C))
    support = weights @ by_speaker(truth, C)
    for i in range(C):
        mine = p[rows[i], i]
        for j in range(C):
            if i == j:
                continue
            others = rows[j][np.argsort(p[rows[j], i], kind="stable")]
            low = np.searchsorted(p[others, i], mine, "left")
            high = np.searchsorted(p[others, i], mine, "right")
            who, them = speaker[rows[i]], speaker[others]
            below = np.zeros(len(others) + 1)
            for b in range(B):
                w = weights[b]
                np.cumsum(w[them], out=below[1:])
                wins[b, i, j] = w[who] @ (below[low] + below[high]) / 2
    total = support.sum(1, keepdims=True)
    rest = wins.sum(2) / (support * (total - support))
    one = wins / (support[:, :, None] * support[:, None, :])
    pairs = [(one[:, i, j] + one[:, j, i]) / 2 for i, j in itertools.combinations(range(C), 2)]
    return {"auc": rest.mean(1), "auc-weighted": (support * rest).sum(1) / total[:, 0], "auc-ovo": np.mean(pairs, 0)}


def draws_of(p, said):
    m = (weights @ by_speaker(truth * C + said, C * C)).reshape(B, C, C)
    drawn = confusion_metrics(m) | areas(p)
    count = weights @ np.bincount(speaker, minlength=S)
    kept = np.maximum(p, np.finfo(float).eps)
    loss = np.log(kept.sum(1)) - np.log(kept[np.arange(N), truth])  # Each row divided by its sum, as scikit-learn does.
    brier = ((p - np.eye(C)[truth]) ** 2).sum(1)
    drawn["log-loss"] = weights @ np.bincount(speaker, loss, S) / count
    drawn["brier"] = weights @ np.bincount(speaker, brier, S) / count
    confidence = p[np.arange(N), said]
    bins = np.clip(np.ceil(confidence * BINS).astype(int) - 1, 0, BINS - 1)
    gap = np.bincount(speaker * BINS + bins, (said == truth) - confidence, S * BINS).reshape(S, BINS)
    drawn["ece"] = np.abs(weights @ gap).sum(1) / count
    return drawn


def recalls(keys, size, right):
    total = np.bincount(keys * C + truth, minlength=size * C).reshape(size, C)
    hits = np.bincount(keys * C + truth, right, size * C).reshape(size, C)
    return np.nanmean(np.where(total > 0, hits / total, np.nan), 1)


def holm(p):
    order = np.argsort(p)
    adjusted = np.minimum(1, np.maximum.accumulate(np.array(p)[order] * (len(p) - np.arange(len(p)))))
    return adjusted[np.argsort(order)].tolist()


def interval(values):
    return np.quantile(values, [0.025, 0.975]).tolist()


def evaluate():
    said = probabilities.argmax(2)
    drawn = [draws_of(p, q) for p, q in zip(probabilities, said)]
    right = said == truth
    over = [recalls(speaker, S, r) for r in right]
    folds = fold.max() + 1
    over_folds = [recalls(fold, folds, r) for r in right]
    size = np.bincount(fold)
    ratio = (size / (N - size)).mean()
    pairs, p = [], {"wilcoxon": [], "mcnemar": [], "corrected": []}
    for a, b in itertools.combinations(range(K), 2):
        pairs.append({"differences": {m: interval(drawn[a][m] - drawn[b][m]) for m in drawn[a]}})
        p["wilcoxon"].append(stats.wilcoxon(over[a], over[b], mode="approx").pvalue)
        one, other = (right[a] & ~right[b]).sum(), (right[b] & ~right[a]).sum()
        p["mcnemar"].append(min(1, 2 * stats.binom.cdf(min(one, other), one + other, 0.5)))
        d = over_folds[a] - over_folds[b]
        t = d.mean() / np.sqrt((1 / folds + ratio) * d.var(ddof=1))
        p["corrected"].append(2 * stats.t.sf(abs(t), folds - 1))
        stats.ttest_rel(over[a], over[b])
    for name, values in p.items():
        for pair, value in zip(pairs, holm(values)):
            pair[name] = value
    stats.f_oneway(*over)
    ranks = np.array([stats.rankdata(-r) for r in np.array(over).T]).mean(0)
    q = np.abs(ranks[:, None] - ranks) / np.sqrt(K * (K + 1) / (6 * S)) * np.sqrt(2)
    stats.studentized_range.sf(q, K, np.inf)
    stats.studentized_range.ppf(0.95, K, np.inf)
    return {
        "intervals": [{m: interval(v) for m, v in d.items()} for d in drawn], "pairs": pairs,
        "friedman": stats.friedmanchisquare(*over).pvalue,
    }


print(f"NumPy {np.__version__}, SciPy {scipy.__version__}", flush=True)
for _ in sys.stdin:
    start, processor = time.perf_counter(), time.process_time()
    result = evaluate()
    result["seconds"] = time.perf_counter() - start
    result["processor"] = time.process_time() - processor
    print(json.dumps(result), flush=True)
