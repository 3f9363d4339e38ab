"""Writes agreement.json: expected values of the agreement of annotators. Fleiss' kappa by statsmodels where all
utterances have the same number of votes, otherwise by a transcription of the decision written at FleissKappa;
Krippendorff's alpha by a NumPy transcription of the coincidence matrix of Krippendorff 2011, Computing Krippendorff's
alpha-reliability, which is asserted to give the values printed there for four observers with missing values (nominal
.743, ordinal .815, interval .849). Run with Debian's python3-statsmodels (0.13.5)."""
import json
import pathlib
import warnings

import numpy as np
from statsmodels.stats.inter_rater import fleiss_kappa

warnings.simplefilter("ignore")


def alpha(units, kind):
    units = [[v for v in u if v is not None] for u in units]
    pairable = [u for u in units if len(u) >= 2]
    values = sorted({v for u in pairable for v in u})
    at = {v: i for i, v in enumerate(values)}
    coincidences = np.zeros((len(values), len(values)))
    for u in pairable:
        for i, a in enumerate(u):
            for j, b in enumerate(u):
                if i != j:
                    coincidences[at[a], at[b]] += 1 / (len(u) - 1)
    n_c = coincidences.sum(1)
    n = n_c.sum()
    delta = np.zeros_like(coincidences)
    for c in range(len(values)):
        for k in range(len(values)):
            if kind == "nominal":
                delta[c, k] = c != k
            elif kind == "ordinal":
                low, high = min(c, k), max(c, k)
                delta[c, k] = (n_c[low:high + 1].sum() - (n_c[c] + n_c[k]) / 2) ** 2
            else:
                delta[c, k] = (values[c] - values[k]) ** 2
    expected = (np.outer(n_c, n_c) * delta).sum()
    return None if expected == 0 else float(1 - (n - 1) * (coincidences * delta).sum() / expected)


def fleiss(table):
    table = np.array(table, float)
    table = table[table.sum(1) >= 2]
    votes = table.sum(1)
    p = ((table * (table - 1)).sum(1) / (votes * (votes - 1))).mean()
    share = table.sum(0) / table.sum()
    chance = (share ** 2).sum()
    value = None if chance == 1 else float((p - chance) / (1 - chance))
    if (votes == votes[0]).all() and value is not None:
        assert abs(value - fleiss_kappa(table)) < 1e-12
        value = float(fleiss_kappa(table))
    return value


def case(name, units):
    kept = [[v for v in u if v is not None] for u in units]
    values = sorted({v for u in kept for v in u})
    return {
        "name": name,
        "units": units,
        "pairable": sum(len(u) >= 2 for u in kept),
        "votes": sum(len(u) for u in kept if len(u) >= 2),
        "nominal": alpha(units, "nominal"),
        "ordinal": alpha(units, "ordinal"),
        "interval": alpha(units, "interval"),
        "fleiss": fleiss([[u.count(v) for v in values] for u in kept]),
    }


def random_case(name, seed, n, raters, values, agree, missing):
    g = np.random.default_rng(seed)
    units = []
    for _ in range(n):
        true = g.integers(values)
        votes = np.where(g.random(raters) < agree, true, g.integers(values, size=raters))
        units.append([None if g.random() < missing else int(v) + 1 for v in votes])
    return case(name, units)


# Krippendorff 2011: observers A, B, C, D of twelve units.
PRINTED = [
    [1, 1, None, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4],
    [4, 4, 4, 4], [1, 1, 2, 1], [2, 2, 2, 2], [None, 5, 5, 5], [None, None, 1, 1], [None, None, 3, None],
]
assert round(alpha(PRINTED, "nominal"), 3) == 0.743
assert round(alpha(PRINTED, "ordinal"), 3) == 0.815
assert round(alpha(PRINTED, "interval"), 3) == 0.849

cases = [
    case("printed by Krippendorff", PRINTED),
    case("full agreement", [[1, 1, 1], [2, 2, 2], [3, 3, 3]]),
    case("one value alone", [[2, 2], [2, 2, 2]]),
    case("always apart", [[1, 2], [2, 1], [1, 2]]),
    random_case("three annotators", 1, 60, 3, 4, 0.6, 0.0),
    random_case("ten listeners", 2, 80, 10, 6, 0.4, 0.0),
    random_case("missing votes", 3, 100, 5, 5, 0.5, 0.4),
    random_case("mostly missing", 4, 60, 4, 3, 0.5, 0.7),
    random_case("chance", 5, 100, 4, 4, 0.0, 0.1),
]
path = pathlib.Path(__file__).with_name("agreement.json")
path.write_text("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
