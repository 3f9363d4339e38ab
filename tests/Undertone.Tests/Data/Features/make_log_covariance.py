"""Reference values of the logarithm of a covariance, by SciPy's matrix logarithm (scipy.linalg.logm, SciPy 1.10).

    /usr/bin/python3 make_log_covariance.py     writes log-covariance-frames.f32 (40 x 3) and log-covariance.f32

Frames are noise with a trend; they are stacked with the frames 1 and 4 later, as a loop, and 0.01 is added to variances.
"""
import pathlib

import numpy as np
import scipy.linalg

HERE = pathlib.Path(__file__).parent
random = np.random.default_rng(7)
frames = (random.normal(size=(40, 3)) @ random.normal(size=(3, 3)) + np.linspace(0, 2, 40)[:, None]).astype("<f4")
frames.tofile(HERE / "log-covariance-frames.f32")
stacked = np.hstack([np.roll(frames.astype(np.float64), -lag, axis=0) for lag in (0, 1, 4)])
logarithm = scipy.linalg.logm(np.cov(stacked.T, bias=True) + 0.01 * np.eye(9))
logarithm[np.triu_indices(9)].astype("<f4").tofile(HERE / "log-covariance.f32")
