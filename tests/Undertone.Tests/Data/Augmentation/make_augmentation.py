"""Expected values of augmentations, written down anew in NumPy from the papers, in double precision.

Reads ../Preprocessing/noisy.f32 and writes beside itself vtlp.f32 (every eighth sample of the signal with a vocal tract
shorter by a factor of 1.1), room.f32 (an image-method response) and mu-law.f32 (a ramp over the line's eight bits).

    python3 make_augmentation.py
"""

import itertools
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).parent
RATE = 16000


def vtlp(x, factor):
    length, hop = 512, 128
    before = length - hop
    count = (len(x) + before + hop - 1) // hop
    padded = np.pad(x, (before, (count - 1) * hop + length - before - len(x)), mode="reflect")
    window = np.sin(np.pi * np.arange(length) / length)
    half, highest = RATE / 2, min(4800, 0.6 * RATE / 2)
    bins = length // 2 + 1
    f = np.arange(bins) * half / (bins - 1)
    # Jaitly and Hinton's warp as a table, and its inverse by looking the table up the other way.
    fine = np.linspace(0, half, 200001)
    bend = highest * min(factor, 1) / factor
    warped = np.where(fine <= bend, fine * factor, half - (half - highest * min(factor, 1)) / (half - bend) * (half - fine))
    source = np.interp(f, warped, fine)
    out = np.zeros((count - 1) * hop + length)
    for t in range(count):
        s = np.fft.rfft(padded[t * hop : t * hop + length] * window)
        cepstrum = np.fft.irfft(0.5 * np.log(np.abs(s) ** 2 + 1e-8), length)
        kept = int(0.0018 * RATE)
        cepstrum[kept + 1 : length - kept] = 0
        envelope = np.fft.rfft(cepstrum).real
        s = s * np.exp(np.interp(source, f, envelope) - envelope)
        out[t * hop : t * hop + length] += np.fft.irfft(s, length) * window * 2 * hop / length
    return out[before : before + len(x)]


def room(size, talker, microphone, time, rate):
    """Allen and Berkley 1979, equation 10: sums over mirror images, six equal walls."""
    size, talker, microphone = map(np.array, (size, talker, microphone))
    surface = 2 * (size[0] * size[1] + size[1] * size[2] + size[0] * size[2])
    beta = np.sqrt(1 - 0.161 * size.prod() / (surface * time))
    direct = np.linalg.norm(talker - microphone)
    h = np.zeros(int(round(time * rate)))
    reach = np.ceil((direct + 343 * time) / (2 * size)).astype(int) + 1
    for p in itertools.product((0, 1), repeat=3):
        for n in itertools.product(*(range(-r, r + 1) for r in reach)):
            p_, n_ = np.array(p), np.array(n)
            distance = np.linalg.norm((1 - 2 * p_) * talker + 2 * n_ * size - microphone)
            at = int(np.rint((distance - direct) / 343 * rate))
            if 0 <= at < len(h):
                h[at] += beta ** (np.abs(n_ - p_).sum() + np.abs(n_).sum()) * direct / distance
    return h


def mu_law(x):
    code = np.rint(127 * np.log1p(255 * np.abs(x)) / np.log(256))
    return np.sign(x) * (256 ** (code / 127) - 1) / 255


def main():
    x = np.fromfile(HERE.parent / "Preprocessing" / "noisy.f32", np.float32).astype(float)
    vtlp(x, 1.1)[::8].astype(np.float32).tofile(HERE / "vtlp.f32")
    room((4, 3.5, 2.5), (1.5, 2.2, 1.4), (2.6, 1.1, 1.2), 0.25, 8000).astype(np.float32).tofile(HERE / "room.f32")
    mu_law(np.linspace(-1.2, 1.2, 401).clip(-1, 1)).astype(np.float32).tofile(HERE / "mu-law.f32")


main()
