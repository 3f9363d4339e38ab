"""Expected values of preprocessing, written down anew in NumPy and SciPy from the papers, in double precision.

Writes beside itself: noisy.f32 (the input, two seconds at 16 kHz), minimum-statistics.f32 (the noise's power at every
tenth frame and every eighth frequency), mmse-lsa.f32 and spectral-gating.f32 (every eighth sample of the result), and
values.json (loudness).

    python3 make_preprocessing.py
"""

import json
import pathlib

import numpy as np
from scipy import signal, special

HERE = pathlib.Path(__file__).parent
RATE = 16000


def noisy():
    """Three vowel-like bursts of harmonics in white noise."""
    random = np.random.RandomState(11)
    n = np.arange(2 * RATE)
    speech = sum(np.sin(2 * np.pi * 130 * h * n / RATE + h) / h for h in range(1, 25))
    gate = np.zeros(len(n))
    for start, end in ((0.1, 0.5), (0.8, 1.2), (1.5, 1.9)):
        a, b = int(start * RATE), int(end * RATE)
        gate[a:b] = np.hanning(b - a)
    return (0.1 * speech * gate + 0.01 * random.randn(len(n))).astype(np.float32)


def frames(x, length, hop):
    """Frames begin before the first sample and end after the last; the audio is mirrored beyond its ends."""
    count = (len(x) + length - hop + hop - 1) // hop
    before = length - hop
    after = (count - 1) * hop + length - before - len(x)
    padded = np.pad(x, (before, after), mode="reflect")
    return np.stack([padded[t * hop : t * hop + length] for t in range(count)]), before


def window(length):
    return np.sin(np.pi * np.arange(length) / length)


def spectra(x, length, hop):
    return np.fft.rfft(frames(x, length, hop)[0] * window(length))


def synthesise(s, length, hop, samples):
    out = np.zeros((len(s) - 1) * hop + length)
    for t, f in enumerate(np.fft.irfft(s, length) * window(length) * 2 * hop / length):
        out[t * hop : t * hop + length] += f
    return out[length - hop : length - hop + samples]


TABLE = np.array([(1, 0), (2, 0.26), (5, 0.48), (8, 0.58), (10, 0.61), (15, 0.668), (20, 0.705), (30, 0.762), (40, 0.8),
                  (60, 0.841), (80, 0.865), (120, 0.89), (140, 0.9), (160, 0.91)])


def mean_of_minimum(d):
    return np.interp(-1 / np.sqrt(d), -1 / np.sqrt(TABLE[:, 0]), TABLE[:, 1])


def minimum_statistics(power):
    """Martin 2001: the noise after each frame (rows)."""
    parts, length = 8, 12
    whole = parts * length
    bins = power.shape[1]
    power = np.maximum(power, 1e-10)
    p = power[0].copy()
    p1, p2, noise, recent = p.copy(), p**2, p.copy(), p.copy()
    lowest, lowest_part = np.full(bins, np.inf), np.full(bins, np.inf)
    kept = np.full((parts, bins), np.inf)
    local = np.zeros(bins, bool)
    correction, counter, part = 1.0, length, 0
    rows = []
    for seen, y in enumerate(power, 1):
        c = 1 / (1 + (p.sum() / y.sum() - 1) ** 2)
        correction = 0.7 * correction + 0.3 * max(c, 0.7)
        least = min(0.3, (p.sum() / noise.sum()) ** (-0.016 / 0.064))
        alpha = np.maximum(0.96 * correction / (1 + (p / noise - 1) ** 2), least)
        p = alpha * p + (1 - alpha) * y
        beta = np.minimum(alpha**2, 0.8)
        p1 = beta * p1 + (1 - beta) * p
        p2 = beta * p2 + (1 - beta) * p**2
        inverse = np.maximum(np.minimum((p2 - p1**2) / (2 * noise**2), 0.5), 1 / 14 / seen)
        mean = inverse.mean()
        bias = 1 + 2.12 * np.sqrt(mean)
        b = lambda d: 1 + 2 * (d - 1) * (1 - mean_of_minimum(d)) / (1 / inverse - 2 * mean_of_minimum(d))
        value = bias * p * b(whole)
        lower = value < lowest
        lowest = np.where(lower, value, lowest)
        lowest_part = np.where(lower, bias * p * b(length), lowest_part)
        if counter >= length:
            kept[part] = lowest
            part = (part + 1) % parts
            recent = kept.min(axis=0)
            slope = 8 if mean < 0.03 else 4 if mean < 0.05 else 2 if mean < 0.06 else 1.2
            rise = local & ~lower & (lowest_part < slope * recent) & (lowest_part > recent)
            recent = np.where(rise, lowest_part, recent)
            kept[:, rise] = recent[rise]
            local[:] = False
            lowest[:] = np.inf
            counter = 0
        elif counter > 1:
            local |= lower
            recent = np.minimum(recent, lowest_part)
            noise = recent.copy()
        counter += 1
        rows.append(noise)
    return np.array(rows)


def mmse_lsa(x):
    """Ephraim and Malah 1985, the noise of the first 96 hops heard beforehand."""
    length, hop = 512, 256
    s = spectra(x, length, hop)
    power = np.abs(s) ** 2
    ahead = np.abs(spectra(x[: 96 * hop], length, hop)) ** 2
    noise = minimum_statistics(np.vstack([ahead, power]))[len(ahead) :]
    clean = np.ones(power.shape[1])
    out = np.empty_like(s)
    for t in range(len(s)):
        gamma = np.minimum(power[t] / noise[t], 1e4)
        xi = np.maximum(10**-2.5, 0.98 * clean + 0.02 * np.maximum(gamma - 1, 0))
        v = np.maximum(xi / (1 + xi) * gamma, 1e-10)
        gain = np.clip(xi / (1 + xi) * np.exp(0.5 * special.exp1(v)), 0.1, 1)
        out[t] = gain * s[t]
        clean = gain**2 * gamma
    return synthesise(out, length, hop, len(x))


def spectral_gating(x):
    length, hop = 512, 128
    s = spectra(x, length, hop)
    power = np.abs(s) ** 2
    level = 10 * np.log10(power + 1e-10)
    count = min(len(s), max(6, int(0.1 * len(s))))
    quiet = level[np.argsort(power.sum(axis=1), kind="stable")[:count]]
    mask = (level > quiet.mean(axis=0) + 1.5 * quiet.std(axis=0)).astype(float)
    for axis, reach in ((1, int(500 / (RATE / length))), (0, int(0.05 / (hop / RATE)))):
        kernel = reach + 1 - np.abs(np.arange(-reach, reach + 1))
        total = np.apply_along_axis(np.convolve, axis, mask, kernel, "same")
        weight = np.apply_along_axis(np.convolve, axis, np.ones_like(mask), kernel, "same")
        mask = total / weight
    return synthesise((0.1 + 0.9 * mask) * s, length, hop, len(x))


def loudness(x):
    """BS.1770-4 at 16 kHz: the analogue filters through SciPy's bilinear transform, warped at their own frequencies."""
    def warped(b, a, frequency):
        return signal.bilinear(b, a, fs=0.5 / np.tan(np.pi * frequency / RATE))
    high = 10 ** (3.999843853973347 / 20)
    q = 0.7071752369554196
    shelf = warped([high, high**0.4996667741545416 / q, 1], [1, 1 / q, 1], 1681.974450955533)
    q, f = 0.5003270373238773, 38.13547087602444
    b, a = warped([1, 0, 0], [1, 1 / q, 1], f)
    k = np.tan(np.pi * f / 48000)
    y = signal.lfilter(b * (1 + k / q + k * k), a, signal.lfilter(*shelf, x.astype(float)))
    block, step = int(0.4 * RATE), int(0.1 * RATE)
    z = np.array([np.mean(y[i : i + block] ** 2) for i in range(0, len(y) - block + 1, step)])
    level = lambda v: -0.691 + 10 * np.log10(v)
    z = z[level(z) > -70]
    return level(z[level(z) > level(z.mean()) - 10].mean())


def main():
    x = noisy()
    x.tofile(HERE / "noisy.f32")
    power = np.abs(spectra(x, 512, 256)) ** 2
    minimum_statistics(power)[::10, ::8].astype(np.float32).tofile(HERE / "minimum-statistics.f32")
    mmse_lsa(x)[::8].astype(np.float32).tofile(HERE / "mmse-lsa.f32")
    spectral_gating(x)[::8].astype(np.float32).tofile(HERE / "spectral-gating.f32")
    (HERE / "values.json").write_text(json.dumps({"loudness": round(float(loudness(x)), 6)}) + "\n")


main()
