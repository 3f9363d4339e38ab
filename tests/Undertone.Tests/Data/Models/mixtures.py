"""Expected values of GaussianMixture and HiddenMarkovModel.

mixture: scikit-learn's GaussianMixture (diagonal covariances, nothing added to them) from a given start, 12 iterations.
map: the means of Reynolds, Quatieri & Dunn 2000, equations 7 to 14, written out in NumPy.
hmm: the forward algorithm by summing over every path of states, and three iterations of Baum-Welch written out in NumPy
     from Rabiner 1989, equations 18 to 54 and 109 to 111, with scaling by probabilities and not by logarithms.

Run: python3 mixtures.py   (numpy, scipy, scikit-learn), writes mixtures.json beside it.
"""
import itertools
import json
import pathlib
import warnings

import numpy as np
from scipy.stats import norm
from sklearn.mixture import GaussianMixture

warnings.filterwarnings("ignore")
random = np.random.default_rng(7)


def rounded(x):
    return np.asarray(x, dtype=np.float32).astype(float)


# Three overlapping clusters in five dimensions.
centres = random.normal(0, 1.5, (3, 5))
frames = rounded(np.concatenate([random.normal(c, [0.5, 1, 0.8, 1.2, 0.3], (n, 5)) for c, n in zip(centres, (60, 90, 50))]))
start = dict(weights=[0.5, 0.3, 0.2], means=frames[[3, 77, 140]].tolist(), variances=np.ones((3, 5)).tolist())
model = GaussianMixture(3, covariance_type="diag", reg_covar=0, tol=0, max_iter=12, weights_init=start["weights"],
                        means_init=start["means"], precisions_init=1 / np.asarray(start["variances"])).fit(frames)
mixture = dict(frames=frames.tolist(), start=start, iterations=12, weights=model.weights_.tolist(), means=model.means_.tolist(),
               variances=model.covariances_.tolist(), log_likelihoods=model.score_samples(frames).tolist())

# MAP adaptation of that mixture to other frames.
adapting = rounded(random.normal(centres[0] + 0.7, 0.6, (40, 5)))
relevance = 10.0
shares = model.predict_proba(adapting)
n = shares.sum(0)
first = shares.T @ adapting / n[:, None]
second = shares.T @ adapting**2 / n[:, None]
alpha = n / (n + relevance)
weights = alpha * n / len(adapting) + (1 - alpha) * model.weights_
means = alpha[:, None] * first + (1 - alpha[:, None]) * model.means_
variances = alpha[:, None] * second + (1 - alpha[:, None]) * (model.covariances_ + model.means_**2) - means**2
adapted = dict(frames=adapting.tolist(), relevance=relevance, weights=(weights / weights.sum()).tolist(), means=means.tolist(),
               variances=variances.tolist())


# Hidden Markov models: 3 states, 2 components each, 2 dimensions.
def density(x, means, variances):
    return np.prod(norm.pdf(x[:, None, :], means[None], np.sqrt(variances)[None]), axis=2)


def emissions(x, hmm):
    parts = np.stack([np.asarray(w) * density(x, np.asarray(m), np.asarray(v))
                      for w, m, v in zip(hmm["weights"], hmm["means"], hmm["variances"])], axis=1)
    return parts, parts.sum(2)


def by_paths(x, hmm):
    _, b = emissions(x, hmm)
    pi, a = np.asarray(hmm["initial"]), np.asarray(hmm["transitions"])
    total = 0.0
    for path in itertools.product(range(len(pi)), repeat=len(x)):
        p = pi[path[0]] * b[0, path[0]]
        for t in range(1, len(x)):
            p *= a[path[t - 1], path[t]] * b[t, path[t]]
        total += p
    return float(np.log(total))


def scaled(x, hmm):
    """Forward and backward variables scaled at each frame (Rabiner, section V A)."""
    parts, b = emissions(x, hmm)
    pi, a = np.asarray(hmm["initial"]), np.asarray(hmm["transitions"])
    alpha, beta, c = np.zeros(b.shape), np.ones(b.shape), np.zeros(len(x))
    for t in range(len(x)):
        alpha[t] = (pi if t == 0 else alpha[t - 1] @ a) * b[t]
        c[t] = alpha[t].sum()
        alpha[t] /= c[t]
    for t in range(len(x) - 2, -1, -1):
        beta[t] = a @ (b[t + 1] * beta[t + 1]) / c[t + 1]
    return parts, b, alpha, beta, c


def baum_welch(sequences, hmm):
    pi, a = np.asarray(hmm["initial"]), np.asarray(hmm["transitions"])
    states, components = np.asarray(hmm["weights"]).shape
    begins, steps = np.zeros(states), np.zeros((states, states))
    n, first, second = np.zeros((states, components)), 0.0, 0.0
    for x in sequences:
        parts, b, alpha, beta, c = scaled(x, hmm)
        gamma = alpha * beta
        begins += gamma[0]
        for t in range(len(x) - 1):
            steps += alpha[t][:, None] * a * (b[t + 1] * beta[t + 1])[None] / c[t + 1]
        shares = gamma[:, :, None] * parts / parts.sum(2, keepdims=True)
        n += shares.sum(0)
        first = first + np.einsum("tsk,td->skd", shares, x)
        second = second + np.einsum("tsk,td->skd", shares, x**2)
    means = first / n[..., None]
    return dict(initial=(begins / begins.sum()).tolist(), transitions=(steps / steps.sum(1, keepdims=True)).tolist(),
                weights=(n / n.sum(1, keepdims=True)).tolist(), means=means.tolist(),
                variances=(second / n[..., None] - means**2).tolist())


hmm_start = dict(
    initial=[0.8, 0.2, 0.0],
    transitions=[[0.7, 0.2, 0.1], [0.0, 0.6, 0.4], [0.1, 0.0, 0.9]],
    weights=[[0.6, 0.4], [0.5, 0.5], [0.3, 0.7]],
    means=random.normal(0, 1, (3, 2, 2)).tolist(),
    variances=random.uniform(0.5, 1.5, (3, 2, 2)).tolist())
sequences = [rounded(np.concatenate([random.normal(m, 0.7, (k, 2)) for m, k in zip((-1.0, 0.5, 1.5), lengths)]))
             for lengths in ((4, 2, 2), (9, 7, 12), (5, 11, 3), (1, 0, 0))]
learned = hmm_start
for _ in range(3):
    learned = baum_welch(sequences, learned)
hmm = dict(start=hmm_start, sequences=[s.tolist() for s in sequences], by_paths=by_paths(sequences[0], hmm_start),
           forward=[float(np.log(scaled(s, hmm_start)[4]).sum()) for s in sequences], iterations=3, learned=learned,
           learned_forward=[float(np.log(scaled(s, learned)[4]).sum()) for s in sequences])

path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(dict(mixture=mixture, map=adapted, hmm=hmm), separators=(",", ":")) + "\n")
