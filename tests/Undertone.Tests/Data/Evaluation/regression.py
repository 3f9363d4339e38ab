"""Writes regression.json: expected values of the regression scores. Pearson by SciPy, MSE and MAE by scikit-learn,
CCC by a NumPy transcription of Lin 1989, page 258 (variances and covariance with n below), its interval by NumPy over
the draws of seeded_random.py. Run with Debian's
python3-sklearn (1.2.1) and python3-scipy (1.10.1)."""
import json
import pathlib
import warnings

import numpy as np
from scipy import stats
from sklearn import metrics

from seeded_random import Random

warnings.simplefilter("ignore")


def ccc(x, y):
    if np.ptp(x) == 0 and np.ptp(y) == 0 and x[0] == y[0]:
        return None
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        return 0.0
    s_xy = np.mean((x - x.mean()) * (y - y.mean()))
    return float(2 * s_xy / (x.var() + y.var() + (x.mean() - y.mean()) ** 2))


def pearson(x, y):
    if len(x) < 2 or np.ptp(x) == 0 or np.ptp(y) == 0:
        return None
    return float(stats.pearsonr(x, y)[0])


def bootstrap(x, y, speakers, seed, resamples=300):
    names = sorted(set(speakers))
    if len(names) < 2:
        return None
    rows = {n: np.flatnonzero(speakers == n) for n in names}
    r = Random.of(seed, "cluster-bootstrap")
    draws = []
    for _ in range(resamples):
        take = np.concatenate([rows[names[r.below(len(names))]] for _ in names])
        value = ccc(x[take], y[take])
        if value is not None:
            draws.append(value)
    return [float(q) for q in np.quantile(draws, [0.025, 0.975])] if 2 * len(draws) >= resamples else [None, None]


def case(name, true, predicted):
    x, y = np.array(true, float), np.array(predicted, float)
    # Speakers with one row, two rows, three rows...
    speakers = np.array([f"s{int((np.sqrt(8 * i + 1) - 1) / 2)}" for i in range(len(x))])
    return {
        "name": name,
        "true": x.tolist(),
        "predicted": y.tolist(),
        "speakers": speakers.tolist(),
        "ccc": ccc(x, y),
        "ccc_interval": bootstrap(x, y, speakers, len(x)),
        "pearson": pearson(x, y),
        "mse": metrics.mean_squared_error(x, y),
        "rmse": metrics.mean_squared_error(x, y, squared=False),
        "mae": metrics.mean_absolute_error(x, y),
    }


def random_case(name, seed, n, slope, shift, noise, offset=0.0):
    g = np.random.default_rng(seed)
    true = g.normal(3, 1, n) + offset
    return case(name, true, offset + slope * (true - offset) + shift + noise * g.normal(size=n))


cases = [
    case("by hand", [1, 2, 3, 4], [1, 2, 4, 3]),
    case("perfect", [1, 2.5, 4, 3], [1, 2.5, 4, 3]),
    case("reversed", [1, 2, 3], [3, 2, 1]),
    case("constant truth", [0.1] * 7, [1, 2, 3, 2, 1, 2, 3]),
    case("constant prediction", [1, 2, 3, 2, 1, 2, 3], [0.1] * 7),
    case("both the same constant", [0.1] * 7, [0.1] * 7),
    case("both constant, not the same", [0.1] * 7, [0.3] * 7),
    case("one row", [1.5], [2.0]),
    random_case("shifted and shrunk", 1, 200, 0.4, 1.0, 0.5),
    random_case("noise alone", 2, 150, 0.0, 3.0, 1.0),
    random_case("far from zero", 3, 100, 1.0, 0.1, 0.3, offset=1e6),
    random_case("against", 4, 80, -0.7, 5.0, 0.2),
]
path = pathlib.Path(__file__).with_name("regression.json")
path.write_text("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
