"""Log-mel and MFCC by torchaudio on one thread: the peer of the benchmark 'features'.

    torchaudio_features.py WAVES         WAVES: for each waveform its length (int32) and samples (float32), 16 kHz

Reads names of tasks from standard input, runs each over all waveforms, and prints the seconds it took. The transforms
are made once, outside the measurement, as are the tensors.
"""
import sys
import time

import numpy
import torch
import torchaudio
import torchaudio.functional as F
import torchaudio.transforms as T

torch.set_num_threads(1)
torch.set_grad_enabled(False)


def read(path):
    data, at, waves = numpy.fromfile(path, dtype="<f4"), 0, []
    while at < len(data):
        length = int(data[at:at + 1].view("<i4")[0])
        waves.append(torch.from_numpy(data[at + 1:at + 1 + length].copy()))
        at += 1 + length
    return waves


def logarithm(mel):
    return lambda wave: torch.log(mel(wave) + 1e-6)


def with_deltas(mfcc):
    def run(wave):
        features = mfcc(wave)
        first = F.compute_deltas(features)
        return torch.cat([features, first, F.compute_deltas(first)])
    return run


DEFAULT = dict(n_fft=512, win_length=400, hop_length=160, n_mels=64, f_min=50.0)
TASKS = {
    "log-mel/torchaudio": logarithm(T.MelSpectrogram()),
    "mfcc/torchaudio": T.MFCC(),
    "log-mel/default": logarithm(T.MelSpectrogram(**DEFAULT)),
    "mfcc/default": with_deltas(T.MFCC(n_mfcc=40, log_mels=True, melkwargs=DEFAULT)),
}

waves = read(sys.argv[1])
print(f"torch {torch.__version__}, torchaudio {torchaudio.__version__}, {torch.get_num_threads()} thread", flush=True)
for line in sys.stdin:
    task = TASKS[line.strip()]
    start = time.perf_counter()
    for wave in waves:
        task(wave)
    print(time.perf_counter() - start, flush=True)
