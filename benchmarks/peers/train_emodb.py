"""A plain PyTorch training of the systems `cnn` and `bilstm` on EMO-DB, leave-one-speaker-out: the peer of the
benchmark 'training'.

    train_emodb.py SYSTEM CORPUS --epochs N [--threads default|1] [--speakers 03,08,...]

The same network, loss, optimiser, schedule, weight average, augmentation and batches of similar length as Undertone's,
written as one would write it in PyTorch: padded batches, packed sequences, default memory layout, no padding masks in
the convolutions. Two held-out speakers are validated after each epoch. Prints one line a fold and the seconds in all.
"""
import argparse
import copy
import math
import pathlib
import time
import wave

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
import torchaudio

parser = argparse.ArgumentParser()
parser.add_argument("system", choices=["cnn", "bilstm"])
parser.add_argument("corpus")
parser.add_argument("--epochs", type=int, required=True)
parser.add_argument("--threads", default="default")
parser.add_argument("--speakers", default="03,08,09,10,11,12,13,14,15,16")
options = parser.parse_args()
if options.threads != "default":
    torch.set_num_threads(int(options.threads))
began = time.perf_counter()
cnn = options.system == "cnn"
batch_size, rate = (16, 1e-3) if cnn else (32, 2e-3)

# Features: 64 log-mel bands, or 30 cepstral coefficients of them with deltas; each speaker normalised by itself.
mel = torchaudio.transforms.MelSpectrogram(16000, n_fft=1024, win_length=640, hop_length=256, f_min=50, n_mels=64)
dct = torchaudio.functional.create_dct(30, 64, "ortho")


def features(path):
    with wave.open(str(path)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32768
    bands = torch.log(mel(torch.from_numpy(samples)) + 1e-8).T
    if cnn:
        return bands
    cepstra = bands @ dct
    return torch.cat([cepstra, torchaudio.functional.compute_deltas(cepstra.T).T], 1)


paths = sorted(pathlib.Path(options.corpus).rglob("*.wav"))
speakers = np.array([p.stem[:2] for p in paths])
labels = torch.tensor(["WLEAFNT".index(p.stem[5]) for p in paths])
inputs = [features(p) for p in paths]
for speaker in set(speakers):
    own = [i for i in range(len(paths)) if speakers[i] == speaker]
    every = torch.cat([inputs[i] for i in own])
    for i in own:
        inputs[i] = (inputs[i] - every.mean(0)) / every.std(0)


def block(inputs, outputs, kernel=3, stride=1, pool=None):
    layers = [nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()]
    return nn.Sequential(*layers, *([nn.MaxPool2d(pool)] if pool else []))


def mean(x, lengths):
    mask = (torch.arange(x.shape[1])[None] < lengths[:, None]).float()[:, :, None]
    return (x * mask).sum(1) / mask.sum(1)


class Cnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.Sequential(block(1, 16, 5, 2), block(16, 48, pool=2), block(48, 64, pool=2), block(64, 96, pool=(1, 2)))
        self.output = nn.Linear(384, 7)

    def forward(self, x, lengths):
        x = self.blocks(x[:, None]).permute(0, 2, 3, 1).flatten(2)
        return self.output(F.dropout(mean(x, (lengths + 1) // 2 // 4), 0.4, self.training))


class BiLstm(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(240, 96, 2, batch_first=True, bidirectional=True, dropout=0.4)
        self.output = nn.Linear(192, 7)

    def forward(self, x, lengths):
        x = x[:, :x.shape[1] // 4 * 4].reshape(len(x), -1, 240)
        packed = nn.utils.rnn.pack_padded_sequence(x, lengths // 4, batch_first=True, enforce_sorted=False)
        x, _ = nn.utils.rnn.pad_packed_sequence(self.lstm(packed)[0], batch_first=True)
        return self.output(F.dropout(mean(x, lengths // 4), 0.4, self.training))


def interpolate(x, position, dim):
    position = position.clamp(0, x.shape[dim] - 1)
    low = position.long()
    weight = (position - low)[:, None] if dim == 0 else position - low
    first, second = x.index_select(dim, low), x.index_select(dim, (low + 1).clamp(max=x.shape[dim] - 1))
    return first + weight * (second - first)


def augment(x, rng):
    frames = round(len(x) / (1 + rng.uniform(-0.1, 0.1)))
    x = interpolate(x, (torch.arange(frames) + 0.5) * (len(x) / frames) - 0.5, 0)
    if cnn:
        x = interpolate(x, torch.arange(64) + rng.uniform(-1, 1), 1)
        width = rng.integers(9)
        start = rng.integers(64 - width + 1)
        x[:, start:start + width] = 0
    for _ in range(1 if cnn else 2):
        width = rng.integers(min(20, frames // 4) + 1)
        start = rng.integers(frames - width + 1)
        x[start:start + width] = 0
    return x


def collate(items):
    return nn.utils.rnn.pad_sequence(items, batch_first=True), torch.tensor([len(x) for x in items])


def train(fold):
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    others = [s for s in sorted(set(speakers)) if s != fold]
    held = others[:2]
    part = lambda chosen: np.array([i for i in range(len(paths)) if speakers[i] in chosen])
    learn, check, test = part(others[2:]), part(held), part([fold])
    network = Cnn() if cnn else BiLstm()
    average = copy.deepcopy(network)
    matrices = [p for p in network.parameters() if p.dim() > 1]
    vectors = [p for p in network.parameters() if p.dim() <= 1]
    optimiser = torch.optim.AdamW([{"params": matrices, "weight_decay": 1e-2}, {"params": vectors, "weight_decay": 0}], rate)
    counts = torch.bincount(labels[learn], minlength=7)
    loss_of = nn.CrossEntropyLoss(counts.sum() / (7 * counts), label_smoothing=0.1)
    batches = round(len(learn) / batch_size)
    steps, step = options.epochs * batches, 0
    warm = round(0.1 * steps)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: s / warm if s < warm else 0.5 + 0.5 * math.cos(math.pi * (s - warm) / (steps - warm)))

    def predict(part):
        average.eval()
        part = sorted(part, key=lambda i: len(inputs[i]))
        with torch.no_grad():
            scores = [average(*collate([inputs[i] for i in part[b:b + 32]])) for b in range(0, len(part), 32)]
        return torch.cat(scores).argmax(1), labels[part]

    for _ in range(options.epochs):
        network.train()
        keys = [len(inputs[i]) * math.exp(rng.uniform(-0.2, 0.2)) for i in learn]
        parts = np.array_split(learn[np.argsort(keys)], batches)
        rng.shuffle(parts)
        for batch in parts:
            loss = loss_of(network(*collate([augment(inputs[i], rng) for i in batch])), labels[batch])
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 5)
            optimiser.step()
            schedule.step()
            step += 1
            decay = min(0.99, (1 + step) / (10 + step))
            with torch.no_grad():
                for mine, theirs in zip(average.state_dict().values(), network.state_dict().values()):
                    if mine.is_floating_point():
                        mine.mul_(decay).add_(theirs, alpha=1 - decay)
        predict(check)
    predicted, true = predict(test)
    recalls = [(predicted[true == c] == c).float().mean().item() for c in range(7) if (true == c).any()]
    print(f"fold {fold}: UAR {100 * sum(recalls) / len(recalls):.1f} %", flush=True)


for fold in options.speakers.split(","):
    train(fold)
print(f"seconds {time.perf_counter() - began:.1f}")
