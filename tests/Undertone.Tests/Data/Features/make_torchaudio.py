"""Reference values of log-mel and MFCC by torchaudio (made with python3-torchaudio 0.13.1).

    /usr/bin/python3 make_torchaudio.py  reads signal.f32, writes torchaudio-*.f32 (float32, frames x dimensions)
"""
import pathlib

import numpy
import torch
import torchaudio.functional as F
import torchaudio.transforms as T

HERE = pathlib.Path(__file__).parent
torch.set_num_threads(1)
signal = torch.from_numpy(numpy.fromfile(HERE / "signal.f32", dtype="<f4").copy())


def write(name, features):
    features.T.contiguous().numpy().astype("<f4").tofile(HERE / f"torchaudio-{name}.f32")
    print(name, tuple(features.T.shape))


def with_deltas(features):
    first = F.compute_deltas(features)
    return torch.cat([features, first, F.compute_deltas(first)])


write("log-mel", torch.log(T.MelSpectrogram()(signal) + 1e-6))
write("mfcc", T.MFCC()(signal))

undertone = dict(n_fft=512, win_length=400, hop_length=160, n_mels=64, f_min=50.0)
write("default-log-mel", torch.log(T.MelSpectrogram(**undertone)(signal) + 1e-6))
write("default-mfcc", with_deltas(T.MFCC(n_mfcc=40, log_mels=True, melkwargs=undertone)(signal)))

other = T.MelSpectrogram(
    n_fft=512, win_length=320, hop_length=100, n_mels=40, f_max=7000.0, power=1.0, window_fn=torch.hamming_window,
    mel_scale="slaney", norm="slaney", center=False)
write("other-log-mel", T.AmplitudeToDB("magnitude", top_db=60)(other(signal)))
