"""Reference values of log-mel and MFCC by librosa's documented formulas, written down here in NumPy.

    /usr/bin/python3 make_librosa.py     reads signal.f32, writes librosa-*.f32 (float32, frames x dimensions)

librosa itself has no part in these values. The formulas are those of the documentation of librosa 0.10:
stft (window hann with fftbins=True, center=True, pad_mode='constant'), filters.mel (Slaney scale and areas),
power_to_db (ref=1.0, amin=1e-10, top_db=80), feature.mfcc (DCT-II, norm='ortho', lifter) and feature.delta
(scipy.signal.savgol_filter with deriv = polyorder = order, mode='interp').
"""
import pathlib

import numpy as np
import scipy.fft
import scipy.signal

HERE = pathlib.Path(__file__).parent
RATE = 16000
signal = np.fromfile(HERE / "signal.f32", dtype="<f4").astype(np.float64)


def power_spectrogram(y, n_fft=2048, hop=512):
    window = scipy.signal.get_window("hann", n_fft, fftbins=True)
    y = np.pad(y, n_fft // 2)
    frames = 1 + (len(y) - n_fft) // hop
    return np.stack([np.abs(np.fft.rfft(window * y[f * hop:f * hop + n_fft])) ** 2 for f in range(frames)], axis=1)


def hz_to_mel(f):
    return np.where(f < 1000, 3 * f / 200, 15 + 27 * np.log(np.maximum(f, 1e-9) / 1000) / np.log(6.4))


def mel_to_hz(m):
    return np.where(m < 15, 200 * m / 3, 1000 * np.exp(np.log(6.4) / 27 * (m - 15)))


def mel_filters(n_fft=2048, n_mels=128):
    frequencies = np.linspace(0, RATE / 2, 1 + n_fft // 2)
    edges = mel_to_hz(np.linspace(hz_to_mel(np.float64(0)), hz_to_mel(np.float64(RATE / 2)), n_mels + 2))
    widths = np.diff(edges)
    ramps = edges[:, None] - frequencies[None, :]
    weights = np.stack([
        np.maximum(0, np.minimum(-ramps[i] / widths[i], ramps[i + 2] / widths[i + 1])) for i in range(n_mels)])
    return weights * (2 / (edges[2:] - edges[:n_mels]))[:, None]


def power_to_db(s, top_db=80.0):
    db = 10 * np.log10(np.maximum(1e-10, s))
    return np.maximum(db, db.max() - top_db)


def mfcc(s, n_mfcc=20, lifter=0):
    m = scipy.fft.dct(s, axis=0, type=2, norm="ortho")[:n_mfcc]
    if lifter > 0:
        m = m * (1 + lifter / 2 * np.sin(np.pi * np.arange(1, 1 + n_mfcc) / lifter))[:, None]
    return m


def delta(features, order):
    return scipy.signal.savgol_filter(features, 9, deriv=order, polyorder=order, axis=-1, mode="interp")


def write(name, features):
    features.T.astype("<f4").tofile(HERE / f"librosa-{name}.f32")
    print(name, features.T.shape)


log_mel = power_to_db(mel_filters() @ power_spectrogram(signal))
write("log-mel", log_mel)
write("mfcc", mfcc(log_mel))
liftered = mfcc(log_mel, 13, 22)
write("mfcc-lifter-deltas", np.concatenate([liftered, delta(liftered, 1), delta(liftered, 2)]))
