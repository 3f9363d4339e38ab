"""Writes svm-rows.csv and svm-expected.csv: what scikit-learn's SVC says of three classes of unequal size.

Run with Debian's python3-sklearn (1.2.1): python3 svm.py
Rows: part,label,x0...x5. Expected, for the test rows: kernel,prediction and the decision value of each pair
(decision_function_shape="ovo": 0-1, 0-2, 1-2; positive is the first of the pair).
"""
import csv
import os

import numpy as np
from sklearn.svm import SVC

here = os.path.dirname(os.path.abspath(__file__))
random = np.random.RandomState(7)
counts, centres = (40, 25, 12), random.normal(0, 0.9, (3, 6))
train, labels = [], []
for label, count in enumerate(counts):
    train.append(centres[label] + random.normal(0, 1, (count, 6)))
    labels += [label] * count
order = random.permutation(sum(counts))
train = np.vstack(train)[order].astype(np.float32)
labels = np.array(labels)[order]
test = random.normal(0, 1.2, (30, 6)).astype(np.float32)

with open(os.path.join(here, "svm-rows.csv"), "w", newline="") as file:
    table = csv.writer(file, lineterminator="\n")
    table.writerow(["part", "label"] + ["x%d" % i for i in range(6)])
    for label, row in zip(labels, train):
        table.writerow(["train", label] + [str(v) for v in row])
    for row in test:
        table.writerow(["test", ""] + [str(v) for v in row])

with open(os.path.join(here, "svm-expected.csv"), "w", newline="") as file:
    table = csv.writer(file, lineterminator="\n")
    table.writerow(["kernel", "prediction", "0-1", "0-2", "1-2"])
    for kernel, cost in (("linear", 0.05), ("rbf", 1.0)):
        machine = SVC(kernel=kernel, C=cost, gamma="scale", class_weight="balanced", decision_function_shape="ovo")
        machine.fit(train.astype(np.float64), labels)
        for prediction, margins in zip(machine.predict(test), machine.decision_function(test.astype(np.float64))):
            table.writerow([kernel, prediction] + ["%.9g" % m for m in margins])
