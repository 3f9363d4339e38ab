"""Values of the concordance correlation loss, for ConcordanceLossTests: writes ccc.json beside itself.

Transcribed into NumPy from L. I-K. Lin: A concordance correlation coefficient to evaluate
reproducibility, Biometrics 45(1), 255-268, 1989, doi:10.2307/2532051: rho_c = 2 s_xy / (s_x^2 + s_y^2 + (m_x - m_y)^2)
with variances divided by n. Run: /usr/bin/python3 make_ccc.py
"""

import json
import pathlib

import numpy as np


def ccc(x, y):
    s_xy = np.mean((x - x.mean()) * (y - y.mean()))
    return 2 * s_xy / (x.var() + y.var() + (x.mean() - y.mean()) ** 2)


random = np.random.default_rng(5)
cases = []
for rows, columns in ((2, 1), (7, 1), (16, 2), (33, 3)):
    target = random.normal(size=(rows, columns))
    for share, shift in ((0.0, 0.0), (0.6, 0.3), (1.0, 0.0), (1.0, 1.5), (-0.8, -0.2)):
        input = share * target + (1 - abs(share)) * random.normal(size=(rows, columns)) + shift
        loss = 1 - np.mean([ccc(input[:, c], target[:, c]) for c in range(columns)])
        cases.append({"input": input.tolist(), "target": target.tolist(), "loss": loss})

path = pathlib.Path(__file__).parent / "ccc.json"
path.write_text("[\n" + ",\n".join(map(json.dumps, cases)) + "\n]\n")
