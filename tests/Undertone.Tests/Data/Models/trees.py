"""Writes trees.json: what scikit-learn says of three classes of unequal size by neighbours, one tree and boosted trees.

Run with Debian's python3-sklearn (1.2.1): python3 trees.py

neighbours: KNeighborsClassifier's predict_proba. tree: DecisionTreeClassifier with balanced classes; its answers are the same
whatever the order in which it looks at values, so that nothing in it is random. boosted: HistGradientBoostingClassifier
without early stopping, balanced by sample weights, once with a bin for every value and once with 16 bins.
"""
import json
import os

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.neighbors import KNeighborsClassifier
from sklearn.tree import DecisionTreeClassifier
from sklearn.utils.class_weight import compute_sample_weight

here = os.path.dirname(os.path.abspath(__file__))
random = np.random.RandomState(5)
counts = (60, 40, 20)
centres = random.normal(0, 0.8, (3, 6))
labels = np.concatenate([[c] * n for c, n in enumerate(counts)])
rows = centres[labels] + random.normal(0, 1, (len(labels), 6))
order = random.permutation(len(labels))
rows, labels = rows[order].astype(np.float32), labels[order]
test = random.normal(0, 1.2, (30, 6)).astype(np.float32)
test[0] = rows[3]  # at distance 0

neighbours = []
for metric in ("euclidean", "manhattan", "cosine"):
    for weights in ("uniform", "distance"):
        for k in (1, 7, 200):
            model = KNeighborsClassifier(min(k, len(rows)), weights=weights, metric=metric, algorithm="brute").fit(rows.astype(float), labels)
            neighbours.append(dict(distance=metric, weights=weights, k=k, probabilities=model.predict_proba(test.astype(float)).tolist()))

trees = []
for depth, least in ((1, 1), (3, 1), (3, 12), (5, 20)):
    answers = [DecisionTreeClassifier(max_depth=depth, min_samples_leaf=least, class_weight="balanced", random_state=seed).fit(rows, labels)
               .predict_proba(test) for seed in range(20)]
    assert all(np.allclose(a, answers[0]) for a in answers), "a tie made it random"
    trees.append(dict(depth=depth, least=least, probabilities=answers[0].tolist()))

boosted = []
for bins, leaves, least, penalty, rate in ((255, 6, 5, 0.5, 0.2), (16, 4, 10, 0.0, 0.1)):
    model = HistGradientBoostingClassifier(
        max_iter=15, learning_rate=rate, max_leaf_nodes=leaves, min_samples_leaf=least, l2_regularization=penalty, max_bins=bins,
        early_stopping=False).fit(rows, labels, compute_sample_weight("balanced", labels))
    boosted.append(dict(bins=bins, leaves=leaves, least=least, penalty=penalty, rate=rate, probabilities=model.predict_proba(test).tolist()))

with open(os.path.join(here, "trees.json"), "w") as file:
    file.write(json.dumps(dict(
        rows=[[float(v) for v in r] for r in rows], labels=labels.tolist(), test=[[float(v) for v in r] for r in test],
        neighbours=neighbours, trees=trees, boosted=boosted), separators=(",", ":")) + "\n")
