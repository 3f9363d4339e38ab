"""Writes significance.json: expected values of the significance tests, of the studentised range and of power, by SciPy
(1.10.1) and statsmodels (0.13.5) of Debian; where neither has it (corrected resampled t-test, Greenhouse-Geisser
epsilon, rank-biserial correlation, Iman-Davenport, omega squared, Nemenyi's critical difference), by a NumPy
transcription of the formula cited beside it."""
import itertools
import json
import pathlib

import numpy as np
import pandas as pd
from scipy import optimize, stats
from statsmodels.stats.anova import AnovaRM
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import TTestPower

g = np.random.default_rng(20261123)


def paired(name, a, b):
    a, b = np.array(a, float), np.array(b, float)
    d = a - b
    t = stats.ttest_rel(a, b)
    case = {
        "name": name, "first": a.tolist(), "second": b.tolist(),
        "t": float(t.statistic), "t_p": float(t.pvalue), "dz": float(d.mean() / d.std(ddof=1)),
    }
    # SciPy 1.10 takes the exact distribution even with ties, where it does not hold; later releases do not, and neither do we.
    kept = d[d != 0]
    exact = len(kept) == len(d) <= 50 and len(set(np.abs(d))) == len(d)
    w = stats.wilcoxon(a, b, zero_method="wilcox", correction=False, mode="exact" if exact else "approx")
    ranks = stats.rankdata(np.abs(kept))
    case |= {
        "w": float(w.statistic), "w_p": float(w.pvalue), "exact": bool(exact), "zeros": int((d == 0).sum()),
        # Kerby 2014: favourable less unfavourable share of the ranks.
        "rank_biserial": float((ranks[kept > 0].sum() - ranks[kept < 0].sum()) / ranks.sum()),
    }
    # Nadeau and Bengio 2003: the variance of the mean is (1/J + n_test/n_train) s^2.
    for ratio in (1 / 9, 0.25):
        c = d.mean() / np.sqrt((1 / len(d) + ratio) * d.var(ddof=1))
        case.setdefault("corrected", []).append([ratio, float(c), float(2 * stats.t.sf(abs(c), len(d) - 1))])
    return case


def eighths(n):
    return g.integers(0, 16, n) / 16


def counts(b, c):
    e, x = mcnemar([[0, b], [c, 0]], exact=True), mcnemar([[0, b], [c, 0]], exact=False, correction=True)
    return {"b": b, "c": c, "exact": float(e.pvalue), "chi2": float(x.statistic), "chi2_p": float(x.pvalue)}


def one_way(groups):
    f = stats.f_oneway(*groups)
    every = np.concatenate(groups)
    total = ((every - every.mean()) ** 2).sum()
    within = sum(((x - x.mean()) ** 2).sum() for x in groups)
    k, n = len(groups), len(every)
    ms = within / (n - k)
    return {
        "groups": [x.tolist() for x in groups], "f": float(f.statistic), "p": float(f.pvalue),
        "eta2": (total - within) / total, "omega2": (total - within - (k - 1) * ms) / (total + ms),
    }


def repeated(scores):
    n, k = scores.shape
    long = pd.DataFrame([(s, c, scores[s, c]) for s in range(n) for c in range(k)], columns=["subject", "condition", "score"])
    row = AnovaRM(long, "score", "subject", within=["condition"]).fit().anova_table.iloc[0]
    # Greenhouse and Geisser 1959: trace of the doubly centred covariance, squared, over (k - 1) times its sum of squares.
    s = np.cov(scores.T, ddof=1)
    centre = np.eye(k) - 1 / k
    s = centre @ s @ centre
    epsilon = np.trace(s) ** 2 / ((k - 1) * (s ** 2).sum())
    f, p = float(row["F Value"]), float(row["Pr > F"])
    conditions = n * ((scores.mean(0) - scores.mean()) ** 2).sum()
    error = ((scores - scores.mean(1, keepdims=True) - scores.mean(0) + scores.mean()) ** 2).sum()
    chi = stats.friedmanchisquare(*scores.T)
    ranks = np.array([stats.rankdata(-r) for r in scores]).mean(0)
    iman = (n - 1) * chi.statistic / (n * (k - 1) - chi.statistic)
    unit = np.sqrt(k * (k + 1) / (6 * n))
    q = np.abs(ranks[:, None] - ranks[None, :]) / unit * np.sqrt(2)
    return {
        "scores": scores.tolist(), "f": f, "uncorrected": p, "epsilon": float(epsilon),
        "p": float(stats.f.sf(f, epsilon * (k - 1), epsilon * (k - 1) * (n - 1))), "partial_eta2": conditions / (conditions + error),
        "friedman": float(chi.statistic), "friedman_p": float(chi.pvalue), "kendall_w": float(chi.statistic / (n * (k - 1))),
        "iman_davenport": float(iman), "iman_davenport_p": float(stats.f.sf(iman, k - 1, (k - 1) * (n - 1))),
        "ranks": ranks.tolist(),
        # Demšar 2006: CD = q_alpha sqrt(k (k + 1) / (6 n)), q_alpha the studentised range over sqrt(2).
        "critical_difference": float(stats.studentized_range.ppf(0.95, k, np.inf) / np.sqrt(2) * unit),
        "nemenyi": stats.studentized_range.sf(q, k, np.inf).tolist(),
    }


def power(n, alpha, wanted):
    solver = TTestPower()
    d = optimize.brentq(lambda x: solver.power(x, n, alpha) - wanted, 1e-6, 200, xtol=1e-14, rtol=1e-14)
    return {"n": n, "alpha": alpha, "power": wanted, "difference": d, "power_at": [[e, float(solver.power(e, n, alpha))] for e in (0.1, 0.5, 1.0, 2.0)]}


def sign_flips(scores):
    """Every pair of columns: p alone by SciPy's permutation test; among all by the closure of single-step max tests
    (Westfall and Young 1993), each of them over all 2^n signs: hypothesis i of the ordered ones is held against the largest
    mean among i and those behind it, and p may not fall along the order."""
    pairs = list(itertools.combinations(range(scores.shape[1]), 2))
    d = np.array([scores[:, a] - scores[:, b] for a, b in pairs])
    alone = [float(stats.permutation_test((scores[:, a], scores[:, b]), lambda x, y, axis: (x - y).mean(axis), permutation_type="samples", vectorized=True).pvalue) for a, b in pairs]
    signs = np.array(list(itertools.product([1.0, -1.0], repeat=len(scores))))
    observed, flipped = np.abs(d.mean(1)), np.abs(signs @ d.T) / len(scores)
    among, highest = np.zeros(len(pairs)), 0.0
    order = np.argsort(-observed, kind="stable")
    for place, i in enumerate(order):
        highest = max(highest, float((flipped[:, order[place:]].max(1) >= observed[i] - 1e-12).mean()))
        among[i] = highest
    return {"scores": scores.tolist(), "alone": alone, "among": among.tolist()}


p_values = [g.uniform(0, 1, m) ** 3 for m in (1, 3, 6, 10)] + [np.array([0.01, 0.01, 0.04, 1.0])]
expected = {
    "paired": [
        paired("ten speakers", g.normal(0.7, 0.1, 10), g.normal(0.65, 0.1, 10)),
        paired("five folds", g.normal(0.7, 0.05, 5), g.normal(0.6, 0.05, 5)),
        paired("two pairs", [0.7, 0.9], [0.6, 0.5]),
        paired("fifty pairs", g.normal(0.5, 0.1, 50), g.normal(0.45, 0.1, 50)),
        paired("two hundred pairs", g.normal(0.5, 0.1, 200), g.normal(0.49, 0.1, 200)),
        paired("ties", eighths(12) + np.arange(12) * 2, np.arange(12) * 2 - 1.0),
        paired("ties and zeros", eighths(30), eighths(30)),
        paired("all one way", np.arange(1, 9) / 8.0, np.zeros(8)),
    ],
    "mcnemar": [counts(*c) for c in [(5, 12), (0, 6), (1, 0), (30, 31), (400, 300), (3000, 3200), (12, 2)]],
    "one_way": [
        one_way([g.normal(0.7, 0.1, n) for n in (10, 24, 4)]),
        one_way([g.normal(m, 0.05, 8) for m in (0.5, 0.52, 0.7, 0.4)]),
    ],
    "repeated": [
        repeated(g.normal(0.6, 0.1, (10, 1)) + g.normal([0, 0.02, 0.05], [0.02, 0.05, 0.1], (10, 3))),
        repeated(g.normal(0.6, 0.1, (24, 5))),
        repeated(eighths(60).reshape(12, 5)),
        repeated(g.normal(0.6, 0.1, (4, 1)) + g.normal([0, 0.1, 0.2, 0.1], 0.03, (4, 4))),
    ],
    "studentised_range": [
        [q, k, float(stats.studentized_range.sf(q, k, np.inf))] for k in (2, 3, 5, 10, 20) for q in (0.5, 2.0, 3.3145, 5.0)
    ],
    "studentised_range_critical": [[a, k, float(stats.studentized_range.ppf(1 - a, k, np.inf))] for k in (2, 3, 10) for a in (0.1, 0.05, 0.01)],
    "holm": [[p.tolist(), multipletests(p, method="holm")[1].tolist()] for p in p_values],
    "power": [power(*c) for c in [(10, 0.05, 0.8), (24, 0.05, 0.8), (4, 0.05, 0.8), (2, 0.05, 0.8), (91, 0.05, 0.8), (10, 0.01, 0.9), (1000, 0.05, 0.8)]],
    "sign_flips": [
        sign_flips(g.normal(0.6, 0.05, (10, 1)) + g.normal([0, 0.02, 0.05, 0.12, 0.2, 0.3], 0.04, (10, 6))),
        sign_flips(g.normal(0.6, 0.1, (7, 3))),
        sign_flips(eighths(40).reshape(10, 4)),
    ],
}
path = pathlib.Path(__file__).with_name("significance.json")
path.write_text(json.dumps(expected, indent=1) + "\n")
