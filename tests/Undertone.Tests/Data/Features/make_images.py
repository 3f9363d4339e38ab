"""Reference values of spectrogram images.

    /usr/bin/python3 make_images.py     reads signal.f32, writes image-*.f32 (float32, frames x dimensions)

The spectrogram is torch.stft's, mel bands are torchaudio's (HTK scale, no normalisation); resizing is
torch.nn.functional.interpolate(mode="bilinear", antialias=True) (PyTorch 1.13). The colours are the formula of MATLAB's jet.
image-ramp-* are the numbers 0, 1, 4, 9, ... as 5 x 7 pixels, resized.
"""
import pathlib

import numpy as np
import torch
import torchaudio

HERE = pathlib.Path(__file__).parent
signal = torch.from_numpy(np.fromfile(HERE / "signal.f32", dtype="<f4"))


def write(name, values):
    values = np.ascontiguousarray(values, dtype="<f4")
    values.tofile(HERE / f"image-{name}.f32")
    print(name, values.shape)


def resize(image, rows, columns):
    """Antialiasing changes nothing where an axis grows."""
    return torch.nn.functional.interpolate(image[None, None], size=(rows, columns), mode="bilinear", align_corners=False, antialias=True)[0, 0]


def power(signal, fft=512, window=400, hop=160):
    return torch.stft(signal, fft, hop, window, torch.hann_window(window), center=True, pad_mode="reflect", return_complex=True).abs().T ** 2


def levels(power, decibels=80):
    db = 10 * torch.log10(power.clamp(min=1e-6))
    return (1 + (db - db.max()) / decibels).clamp(min=0)


spectrum = power(signal)
write("default", resize(levels(spectrum), 64, 64))

hertz = np.arange(257) * 16000 / 512
shown = levels(spectrum[:, (hertz >= 100) & (hertz <= 4000)], 60)
write("whole", resize(shown, shown.shape[0], 40))
image = torch.zeros(200, 40)
image[: shown.shape[0]] = resize(shown, shown.shape[0], 40)
write("padded", image)
first = (shown.shape[0] - 30) // 2
write("cropped", resize(shown[first:first + 30], 30, 40))

bank = torchaudio.functional.melscale_fbanks(257, 0, 8000, 128, 16000, norm=None, mel_scale="htk")
mel = resize(levels(spectrum @ bank), 100, 96)
jet = torch.cat([(1.5 - (4 * mel - peak).abs()).clamp(0, 1) for peak in (3, 2, 1)], 1)
write("mel-jet", jet)

ramp = torch.arange(35, dtype=torch.float32).pow(2).reshape(5, 7)
for rows, columns in ((3, 4), (5, 3), (11, 16), (1, 1), (2, 20)):
    write(f"ramp-{rows}x{columns}", resize(ramp, rows, columns))
