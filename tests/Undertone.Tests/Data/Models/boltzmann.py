"""Values of Boltzmann machines and of principal components, for PretrainingTests: writes boltzmann.json beside itself.

Everything is counted out from the energy alone, in double precision: sums over all hidden states, gradients by differences,
the mean field of a deep machine by damped iteration of all layers at once until nothing moves. Run: /usr/bin/python3 boltzmann.py
"""

import itertools
import json
import pathlib

import numpy as np

rng = np.random.default_rng(11)


def tensor(value):
    value = np.atleast_1d(np.asarray(value, dtype=float))
    return {"shape": list(value.shape), "values": [float(f"{v:.10g}") for v in value.flatten()]}


def states(n):
    return np.array(list(itertools.product([0.0, 1.0], repeat=n)))


def energy(kind, v, h, w, b, c):
    own = 0.5 * np.sum((v - c) ** 2) if kind == "gaussian" else -c @ v
    return own - b @ h - h @ w @ v


def free_energy(kind, v, w, b, c):
    return -np.log(sum(np.exp(-energy(kind, v, h, w, b, c)) for h in states(len(b))))


def rbm(kind, hidden=4, visible=5, rows=6):
    w, b, c = rng.normal(size=(hidden, visible)), rng.normal(size=hidden), rng.normal(size=visible)

    def draw(n):
        return rng.normal(size=(n, visible)) if kind == "gaussian" else rng.integers(0, 2, size=(n, visible)).astype(float)

    data, others, codes = draw(rows), draw(rows - 2), rng.integers(0, 2, size=(rows, hidden)).astype(float)
    all_h = states(hidden)

    def hidden_mean(v):
        p = np.array([np.exp(-energy(kind, v, h, w, b, c)) for h in all_h])
        return (p / p.sum()) @ all_h

    def visible_mean(h):
        if kind == "gaussian":
            # The density of v given h is proportional to exp(-energy); its mean by a sum over a fine grid, a unit at a time.
            grid, means = np.linspace(-15, 15, 6001), []
            for i in range(visible):
                values = np.zeros((len(grid), visible))
                values[:, i] = grid
                log = np.array([-energy(kind, v, h, w, b, c) for v in values])
                p = np.exp(log - log.max())
                means.append((p / p.sum()) @ grid)
            return np.array(means)
        all_v = states(visible)
        p = np.array([np.exp(-energy(kind, v, h, w, b, c)) for v in all_v])
        return (p / p.sum()) @ all_v

    def contrast(flat):
        w_, b_, c_ = flat[: w.size].reshape(w.shape), flat[w.size : w.size + hidden], flat[w.size + hidden :]
        return np.mean([free_energy(kind, v, w_, b_, c_) for v in others]) - np.mean([free_energy(kind, v, w_, b_, c_) for v in data])

    flat = np.concatenate([w.flatten(), b, c])
    gradient = np.array([(contrast(flat + d) - contrast(flat - d)) / 2e-5 for d in 1e-5 * np.eye(len(flat))])
    return {
        "weight": tensor(w), "hidden_bias": tensor(b), "visible_bias": tensor(c), "rows": tensor(data), "others": tensor(others), "codes": tensor(codes),
        "hidden_probabilities": tensor([hidden_mean(v) for v in data]),
        "visible_means": tensor([visible_mean(h) for h in codes]),
        "free_energy": tensor([free_energy(kind, v, w, b, c) for v in data]),
        "weight_gradient": tensor(gradient[: w.size].reshape(w.shape)),
        "hidden_gradient": tensor(gradient[w.size : w.size + hidden]),
        "visible_gradient": tensor(gradient[w.size + hidden :]),
    }


def dbm(sizes=(5, 4, 3, 2), rows=4):
    """Weights are small enough for one fixed point only."""
    w = [rng.normal(size=(above, below)) * 0.6 for below, above in zip(sizes, sizes[1:])]
    b = [rng.normal(size=n) for n in sizes[1:]]
    c = rng.normal(size=sizes[0])
    data = rng.normal(size=(rows, sizes[0]))

    def sigmoid(x):
        return 1 / (1 + np.exp(-x))

    settled = []
    for v in data:
        h = [rng.uniform(size=n) for n in sizes[1:]]
        for _ in range(5000):
            new = []
            for i in range(len(h)):
                below = v if i == 0 else h[i - 1]
                above = h[i + 1] @ w[i + 1] if i + 1 < len(h) else 0
                new.append(sigmoid(w[i] @ below + above + b[i]))
            h = [0.7 * x + 0.3 * y for x, y in zip(h, new)]
        assert max(np.abs(x - y).max() for x, y in zip(h, new)) < 1e-13
        settled.append(h)

    # Means of each layer given all others, of one binary state of the whole, from differences of the energy.
    state = [data[0]] + [rng.integers(0, 2, size=n).astype(float) for n in sizes[1:]]

    def whole(s):
        total = 0.5 * np.sum((s[0] - c) ** 2)
        for i in range(1, len(s)):
            total -= b[i - 1] @ s[i] + s[i] @ w[i - 1] @ s[i - 1]
        return total

    means = []
    for layer in range(1, len(sizes)):
        units = []
        for j in range(sizes[layer]):
            on, off = [x.copy() for x in state], [x.copy() for x in state]
            on[layer][j], off[layer][j] = 1, 0
            units.append(1 / (1 + np.exp(whole(on) - whole(off))))
        means.append(units)
    return {
        "weights": [tensor(x) for x in w], "biases": [tensor(x) for x in b], "visible_bias": tensor(c), "rows": tensor(data),
        "mean_field": [tensor([h[i] for h in settled]) for i in range(len(w))],
        "state": [tensor([x]) for x in state], "means": [tensor([m]) for m in means],
    }


def pca(rows=80, dimensions=6, kept=2):
    data = rng.normal(size=(rows, dimensions)) @ np.diag([2, 1.6, 0.7, 0.5, 0.3, 0.2]) @ np.linalg.qr(rng.normal(size=(dimensions, dimensions)))[0]
    data -= data.mean(axis=0)
    axes = np.linalg.svd(data, full_matrices=False)[2][:kept]
    projection = axes.T @ axes
    return {"rows": tensor(data), "projection": tensor(projection), "error": float(np.mean((data - data @ projection) ** 2))}


result = {"bernoulli": rbm("bernoulli"), "gaussian": rbm("gaussian"), "deep": dbm(), "pca": pca()}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result, indent=1) + "\n")
