"""Reference values of LFCC, PLP, gammatone, chroma, spectral shape and modulation spectrum.

    /usr/bin/python3 make_descriptors.py     reads signal.f32, writes descriptors-*.f32 (float32, frames x dimensions)

LFCC is torchaudio's own (torchaudio 0.13.1). The gammatone responses are scipy.signal.gammatone's fourth-order filters
(SciPy 1.10). Everything else is written down from the papers' formulas, in NumPy and double precision: Hermansky 1990 for
PLP, the documentation of librosa 0.10 for chroma (feature.chroma_stft), Tzanetakis & Cook 2002, Peeters 2004, Gray & Markel
1974, Jensen 1999 and Jiang et al. 2002 for the spectrum's shape, Wu, Falk & Chan 2011 for the modulation spectrum.
"""
import pathlib

import numpy as np
import scipy.linalg
import scipy.signal
import scipy.stats
import torch
import torchaudio

HERE = pathlib.Path(__file__).parent
RATE = 16000
signal = np.fromfile(HERE / "signal.f32", dtype="<f4").astype(np.float64)


def write(name, values):
    np.ascontiguousarray(values).astype("<f4").tofile(HERE / f"descriptors-{name}.f32")
    print(name, values.shape)


def frames(window, hop, n_fft):
    """Centred frames of the mirrored signal, windowed, the window in the middle of the transform."""
    w = np.zeros(n_fft)
    start = (n_fft - len(window)) // 2
    w[start:start + len(window)] = window
    y = np.pad(signal, n_fft // 2, mode="reflect")
    return np.array([y[i:i + n_fft] * w for i in range(0, len(signal) // hop * hop + 1, hop)])


def power(window="hann", length=400, hop=160, n_fft=512):
    return np.abs(np.fft.rfft(frames(scipy.signal.get_window(window, length), hop, n_fft))) ** 2


# LFCC ---------------------------------------------------------------------------------------------------------------
lfcc = torchaudio.transforms.LFCC(
    n_filter=40, n_lfcc=20, f_min=50.0, log_lf=True, speckwargs=dict(n_fft=512, win_length=400, hop_length=160))
first = lfcc(torch.from_numpy(signal.astype(np.float32)))
delta = torchaudio.functional.compute_deltas(first)
write("lfcc", torch.cat([first, delta, torchaudio.functional.compute_deltas(delta)]).T.numpy())

# PLP ----------------------------------------------------------------------------------------------------------------
spectrum = power("hamming")
hertz = np.arange(257) * RATE / 512
bark = 6 * np.log(hertz / 600 + np.sqrt((hertz / 600) ** 2 + 1))
count = int(np.ceil(bark[-1])) + 1
centres = np.linspace(0, bark[-1], count)
distance = bark[None, :] - centres[:, None]
masks = np.select(
    [distance < -1.3, distance <= -0.5, distance < 0.5, distance <= 2.5],
    [0, 10 ** (2.5 * (distance + 0.5)), 1, 10 ** (-1.0 * (distance - 0.5))], 0)
w2 = (2 * np.pi * 600 * np.sinh(centres / 6)) ** 2
loudness = ((w2 + 56.8e6) * w2 ** 2) / ((w2 + 6.3e6) ** 2 * (w2 + 0.38e9)) / (w2 ** 3 / 9.58e26 + 1)
heard = np.maximum(spectrum @ masks.T * loudness, 1e-9) ** 0.33
heard[:, 0], heard[:, -1] = heard[:, 1], heard[:, -2]
rows = []
for row in heard:
    r = np.fft.irfft(row)[:13]
    a = np.concatenate([[1], scipy.linalg.solve_toeplitz(r[:12], -r[1:13])])
    gain = a @ r
    # The cepstrum of gain / |A|^2 by a long transform, an independent way to that of the recursion.
    log_spectrum = np.log(gain / np.abs(np.fft.rfft(a, 65536)) ** 2)
    cepstrum = np.fft.irfft(log_spectrum)
    # Of a power spectrum the cepstrum is twice that of its minimum-phase amplitude, but for coefficient 0.
    rows.append(np.concatenate([[cepstrum[0]], cepstrum[1:13]]))
write("plp", np.array(rows))

# Gammatone ----------------------------------------------------------------------------------------------------------
erb_rate = lambda f: 21.4 * np.log10(1 + 0.00437 * f)
edges = np.linspace(erb_rate(50), erb_rate(8000), 2 * 64 + 1)[1::2]
centres = (10 ** (edges / 21.4) - 1) / 0.00437
b = 1.019 * 24.7 * (4.37 * centres / 1000 + 1)
weights = (1 + ((hertz[None, :] - centres[:, None]) / b[:, None]) ** 2) ** -4.0
weights[weights < 1e-6] = 0
write("gammatone", np.log(power() @ weights.T + 1e-6))

responses = []
for centre in (250.0, 1000.0, 3000.0):
    numerator, denominator = scipy.signal.gammatone(centre, "iir", fs=RATE)
    around = centre + np.linspace(-2, 2, 9) * 24.7 * (4.37 * centre / 1000 + 1)
    _, h = scipy.signal.freqz(numerator, denominator, worN=around, fs=RATE)
    responses.append(np.abs(h) ** 2 / np.abs(h[4]) ** 2)
write("gammatone-responses", np.array(responses))

# Chroma -------------------------------------------------------------------------------------------------------------
n_fft = 2048
bins = np.concatenate([[0], 12 * np.log2(np.linspace(0, RATE, n_fft, endpoint=False)[1:] / (440.0 / 16))])
bins[0] = bins[1] - 18
widths = np.concatenate([np.maximum(np.diff(bins), 1.0), [1]])
difference = np.remainder(np.subtract.outer(bins, np.arange(12)).T + 6 + 120, 12) - 6
filters = np.exp(-0.5 * (2 * difference / widths[None, :]) ** 2)
filters /= np.sqrt((filters ** 2).sum(axis=0, keepdims=True))
filters *= np.exp(-0.5 * ((bins / 12 - 5.0) / 2.0) ** 2)[None, :]
filters = np.roll(filters, -3, axis=0)[:, :n_fft // 2 + 1]
chroma = power("hann", 2048, 160, 2048) @ filters.T
write("chroma", chroma / chroma.max(axis=1, keepdims=True))

# Spectral shape -----------------------------------------------------------------------------------------------------
p = power()
share = p / p.sum(axis=1, keepdims=True)
centroid = share @ hertz
spread = np.sqrt((share * (hertz[None, :] - centroid[:, None]) ** 2).sum(axis=1))
rolloff = hertz[np.argmax(np.cumsum(share, axis=1) >= 0.85, axis=1)]
unit = np.sqrt(share)
flux = np.concatenate([[0], 2 - 2 * (unit[1:] * unit[:-1]).sum(axis=1)])
floored = np.maximum(p, 1e-7)
flatness = 10 * np.log10(scipy.stats.gmean(floored, axis=1) / floored.mean(axis=1))
irregularity = (np.diff(unit, axis=1, append=0) ** 2).sum(axis=1)
crossings = []
for f in range(len(p)):
    part = signal[max(0, 160 * f - 200):160 * f + 200]
    crossings.append(np.count_nonzero(np.diff(part < 0)) / (len(part) - 1) * RATE)
contrast = []
for low, high in [(0, 200), (200, 400), (400, 800), (800, 1600), (1600, 3200), (3200, 6400), (6400, 8001)]:
    band = np.sort(p[:, (hertz >= low) & (hertz < high)], axis=1)
    n = max(1, int(round(0.02 * band.shape[1])))
    db = lambda x: 10 * np.log10(np.maximum(x.mean(axis=1), 1e-7))
    contrast.append(db(band[:, -n:]) - db(band[:, :n]))
write("spectral-shape", np.column_stack([centroid, spread, rolloff, flux, flatness, irregularity, crossings, *contrast]))

# Modulation spectrum ------------------------------------------------------------------------------------------------
edges = np.linspace(erb_rate(125), erb_rate(8000), 2 * 19 + 1)[1::2]
centres = (10 ** (edges / 21.4) - 1) / 0.00437
b = 1.019 * 24.7 * (4.37 * centres / 1000 + 1)
weights = (1 + ((hertz[None, :] - centres[:, None]) / b[:, None]) ** 2) ** -4.0
weights[weights < 1e-6] = 0
envelopes = np.sqrt(power("hann", 256, 64, 512) @ weights.T)
envelopes /= envelopes.mean()
length = 40
pieces = np.array([envelopes[i:i + length] for i in range(0, len(envelopes) - length + 1, length // 2)])
pieces = (pieces - pieces.mean(axis=1, keepdims=True)) * scipy.signal.get_window("hann", length)[None, :, None]
modulation = np.fft.rfftfreq(length, 64 / RATE)
spectra = (np.abs(np.fft.rfft(pieces, axis=1)) ** 2).mean(axis=0) / length ** 2
result = np.zeros((19, 5))
for m, centre in enumerate([4, 8, 16, 32, 64]):
    with np.errstate(divide="ignore"):
        passed = 1 / (1 + (2 * (modulation / centre - centre / modulation)) ** 2)
    result[:, m] = 10 * np.log10(1e-6 + passed @ spectra)
write("modulation", result.reshape(1, -1))
