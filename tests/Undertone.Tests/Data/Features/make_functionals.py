"""Writes functionals.json: contours, and their functionals computed with NumPy and SciPy.

    python3 make_functionals.py        (numpy 1.24, scipy 1.10)

Segments and peaks follow their definition in words, frame by frame, and not our code.
"""
import json

import numpy as np
from scipy import stats
from scipy.linalg import solve_toeplitz

FPS = 100.0


def runs(mask):
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(int), [0]])))
    return list(zip(edges[::2], edges[1::2]))


def lengths(prefix, found):
    found = np.array(found, float) / FPS if len(found) else np.zeros(1)
    return {prefix + "meanSegLen": found.mean(), prefix + "maxSegLen": found.max(),
            prefix + "minSegLen": found.min(), prefix + "segLenStddev": found.std()}


def range_segments(x):
    trailing = np.array([x[max(0, i - 2):i + 1].mean() for i in range(len(x))])
    shortest = max(3, len(x) // 100)
    last, found = -((shortest - 1) // 2), []
    for level_crossed, i in [(any((trailing[i - 1] < x.min() + s * np.ptp(x)) != (trailing[i] < x.min() + s * np.ptp(x))
                                  for s in (0.25, 0.75)), i) for i in range(1, len(x))]:
        if level_crossed and i - last >= shortest:
            found.append(i - last)
            last = i
    return lengths("", found)


def turns(x):
    threshold, found = 0.1 * np.ptp(x), []
    for i in range(1, len(x) - 2):
        sign = 1 if x[i] > max(x[i - 1], x[i + 1]) else -1 if x[i] < min(x[i - 1], x[i + 1]) else 0
        if sign == 0:
            continue
        if not found:
            if abs(x[i] - x[0]) >= threshold:
                found.append((i, sign))
        elif found[-1][1] != sign:
            if sign * (x[i] - x[found[-1][0]]) >= threshold:
                found.append((i, sign))
        elif (x[i] > 1.05 * x[found[-1][0]]) if sign > 0 else (x[i] < x[found[-1][0]]):
            found[-1] = (i, sign)
    return found


def peaks(x):
    found, end = turns(x), len(x) - 1
    tops = [i for i, s in found if s > 0]
    bottoms = [i for i, s in found if s < 0]
    mean, spread = (x.mean(), np.ptp(x))
    result = dict.fromkeys(["meanPeakDist", "peakDistStddev", "peakRangeAbs", "peakRangeRel", "peakMeanAbs", "peakMeanMeanDist",
                            "peakMeanRel", "minRangeRel", "meanRisingSlope", "stddevRisingSlope", "meanFallingSlope", "stddevFallingSlope"], 0.0)
    if len(tops) > 1:
        distance = np.diff(tops).mean()
        rises = [p - max(b for b in bottoms if b < p) for p in tops[1:]]
        result["meanPeakDist"] = distance / FPS
        result["peakDistStddev"] = np.sqrt(np.mean((np.array(rises) - distance) ** 2)) / FPS
    if tops:
        top = x[tops]
        result.update(peakRangeAbs=np.ptp(top), peakRangeRel=np.ptp(top) / spread, peakMeanAbs=top.mean(), peakMeanMeanDist=top.mean() - mean)
        ratio = top.mean() / mean
        beyond = max(0.0, abs(ratio) - 10)
        result["peakMeanRel"] = ratio if beyond == 0 else np.sign(ratio) * (20 - 10 * np.exp(-0.134024 * ((1 + beyond / 0.889561) ** 0.663726 - 1)))
    if bottoms:
        result["minRangeRel"] = np.ptp(x[bottoms]) / spread
    points = [0] + [i for i, _ in found]
    slopes = [(x[b] - x[a]) / (b - a) * FPS for a, b in zip(points, points[1:])]
    tail = (x[end] - x[points[-1]]) / (end - points[-1]) * FPS if found else None
    for sign, name in ((1, "Rising"), (-1, "Falling")):
        inner = [sign * v for v, (_, s) in zip(slopes, found) if s == sign]
        last = [tail] if found and found[-1][1] == -sign else []
        if inner + last:
            average = np.mean(inner + last)
            result[f"mean{name}Slope"] = average
            result[f"stddev{name}Slope"] = np.sqrt(sum((v - average) ** 2 for v in inner) / len(inner + last))
    return result


def functionals(x):
    n, amounts, spread = len(x), np.abs(x), np.ptp(x)
    positive, used = x[x > 0], amounts[amounts > 0]
    result = {
        "amean": x.mean(),
        "flatness": stats.gmean(used) / amounts.mean() if len(used) else 0,
        "posamean": positive.mean() if len(positive) else 0,
        "rqmean": np.sqrt(np.mean(x ** 2)),
        "range": spread, "maxPos": np.argmax(x) / n, "minPos": np.argmin(x) / n,
        "stddev": x.std(), "skewness": stats.skew(x) if spread else 0, "kurtosis": stats.kurtosis(x, fisher=False) if spread else 0,
    }
    q1, q2, q3, p1, p99 = np.percentile(x, [25, 50, 75, 1, 99])
    result.update({"quartile1": q1, "quartile2": q2, "quartile3": q3, "iqr1-2": q2 - q1, "iqr2-3": q3 - q2, "iqr1-3": q3 - q1,
                   "percentile1.0": p1, "percentile99.0": p99, "pctlrange0-1": p99 - p1})
    for percent in (25, 50, 75, 90):
        result[f"upleveltime{percent}"] = np.mean(x >= np.float32(x.min() + spread * percent / 100))
    step = np.diff(x)
    result["risetime"] = np.mean(step > 0) if n > 1 else 0
    result["leftctime"] = np.mean(step[1:] > step[:-1]) if n > 2 else 0

    correlation = np.array([np.dot(x[:n - k], x[k:]) if k < n else 0 for k in range(6)])
    solvable = correlation[0] > 0 and n > 6 and spread > 0
    coefficients = solve_toeplitz(correlation[:5], correlation[1:]) if solvable else np.zeros(5)
    if solvable:
        result["lpgain"] = (correlation[0] - coefficients @ correlation[1:]) / n
        result.update({f"lpc{i}": -coefficients[i] for i in range(5)})

    t = np.arange(n) / FPS
    if spread:
        y = (x - x.min()) / spread
        line = np.polyfit(t, y, 1) if n > 1 else [0, 0]
        result.update(linregc1=line[0], linregc2=line[1], linregerrQ=np.mean((np.polyval(line, t) - y) ** 2))
        if n > 2:
            bow = np.polyfit(t, y, 2)
            result.update(qregc1=bow[0], qregc2=bow[1], qregc3=bow[2], qregerrQ=np.mean((np.polyval(bow, t) - y) ** 2))
    else:
        result.update(dict.fromkeys(["linregc1", "linregc2", "linregerrQ", "qregc1", "qregc2", "qregc3", "qregerrQ"], 0.0))
    result["centroid"] = (np.arange(n) * amounts).sum() / amounts.sum() / n if amounts.sum() else 0
    result.update(range_segments(x) if spread else lengths("", []))
    result.update(peaks(x))
    voiced = runs(x != 0)
    result["ff0_nnz"] = np.mean(x != 0)
    result.update(lengths("ff0_", [b - a - 1 for a, b in voiced]))
    return {k: float(v) for k, v in result.items()}


def main():
    random = np.random.default_rng(5)

    def smooth(n, width):
        noise = np.convolve(random.standard_normal(n + width), np.hanning(width + 2)[1:-1], "same")[:n]
        return noise

    voiced = np.abs(smooth(250, 21)) * 30 + 100
    voiced[random.random(250) < 0.05] = 0
    voiced[60:110] = 0
    contours = {
        "positive": np.exp(smooth(300, 15) / 2),
        "about zero": smooth(184, 9),
        "rough": random.standard_normal(120),
        "long": 5 + smooth(730, 31),
        "voiced": voiced,
        "ramp": np.linspace(2, 9, 40),
        "constant": np.full(25, 3.5),
        "silence": np.zeros(12),
        "two": np.array([1.0, 4.0]),
        "one": np.array([-2.0]),
    }
    cases = []
    for name, values in contours.items():
        values = values.astype(np.float32)
        for non_zero in (False, True):
            used = values[values != 0] if non_zero else values
            if len(used) and (not non_zero or name == "voiced"):
                cases.append({"name": name, "nonZero": non_zero, "values": [float(v) for v in values], "expected": functionals(used.astype(float))})
    with open("functionals.json", "w", encoding="utf-8", newline="\n") as file:
        json.dump(cases, file, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    main()
