"""Training steps of networks on raw audio in plain PyTorch, on one thread: the peer of the benchmark 'networks'.

    train_networks.py [--profile]

Reads lines of a network's name, a batch size and the samples of each utterance, with spaces between; answers with the
processor seconds of the better of two epochs on noise. The layers are those of Undertone's
systems of these names, written as one would in PyTorch: one-dimensional convolutions, padded batches, packed sequences, no
padding masks in the convolutions, default memory layout. --profile prints what each operator takes, too.
"""
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

torch.set_num_threads(1)


def block(inputs, outputs, kernel, pool, activation, stride=1, dilation=1, bias=False):
    return nn.Sequential(
        nn.Conv1d(inputs, outputs, kernel, stride, dilation * (kernel // 2), dilation, bias=bias),
        nn.BatchNorm1d(outputs), *([nn.MaxPool1d(pool)] if pool > 1 else []), activation())


def last(packed, lengths):
    states, _ = pad_packed_sequence(packed, batch_first=True)
    return states[torch.arange(len(lengths)), lengths - 1]


def pack(x, lengths):
    return pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)


class Zhao(nn.Module):
    def __init__(self):
        super().__init__()
        channels = [1, 64, 64, 128, 128]
        self.blocks = nn.Sequential(*[block(a, b, 3, 4, nn.ELU, bias=True) for a, b in zip(channels, channels[1:])])
        self.lstm = nn.LSTM(128, 64, batch_first=True)
        self.output = nn.Linear(64, 7)

    def forward(self, x, lengths):
        for _ in range(4):
            lengths = lengths // 4
        states, _ = self.lstm(pack(self.blocks(x).transpose(1, 2), lengths))
        return self.output(last(states, lengths))


class RawCnnLstm(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.Sequential(block(1, 32, 81, 4, nn.ELU, stride=8), block(32, 64, 3, 4, nn.ELU), block(64, 96, 3, 4, nn.ELU))
        self.lstm = nn.LSTM(96, 64, batch_first=True, bidirectional=True)
        self.output = nn.Linear(256, 7)

    def forward(self, x, lengths):
        lengths = (lengths + 7) // 8 // 4 // 4 // 4
        states, _ = pad_packed_sequence(self.lstm(pack(self.blocks(x).transpose(1, 2), lengths))[0], batch_first=True)
        return self.output(torch.cat([states.mean(1), states.std(1)], 1))


class Residual(nn.Module):
    def __init__(self, width, dilation):
        super().__init__()
        conv = lambda: nn.Conv1d(width, width, 3, padding=dilation, dilation=dilation, bias=False)
        self.layers = nn.Sequential(conv(), nn.BatchNorm1d(width), nn.ReLU(), conv(), nn.BatchNorm1d(width))

    def forward(self, x):
        return F.relu(x + self.layers(x))


class MltDnet(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(
            block(1, 32, 9, 8, nn.LeakyReLU), block(32, 64, 5, 4, nn.LeakyReLU), block(64, 64, 5, 4, nn.LeakyReLU))
        self.residual = nn.Sequential(*[Residual(64, d) for d in (1, 2, 4)])
        self.contextual = nn.Sequential(*[block(64, 64, 3, 1, nn.LeakyReLU, dilation=d) for d in (1, 2, 4)])
        self.gru = nn.GRU(64, 64, batch_first=True, bidirectional=True)
        self.output = nn.Linear(192, 7)

    def forward(self, x, lengths):
        lengths = lengths // 8 // 4 // 4
        x = self.stem(x)
        states, _ = pad_packed_sequence(self.gru(pack(self.contextual(x).transpose(1, 2), lengths))[0], batch_first=True)
        return self.output(torch.cat([self.residual(x).mean(2), states.mean(1)], 1))


class ConvLstmBlock(nn.Module):
    def __init__(self, inputs, channels):
        super().__init__()
        self.channels = channels
        self.input = nn.Conv1d(inputs, 4 * channels, 3, padding=1)
        self.state = nn.Conv1d(channels, 4 * channels, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm1d(channels)
        self.projection = nn.Sequential(nn.Conv1d(inputs, channels, 1, stride=4, bias=False), nn.BatchNorm1d(channels))

    def forward(self, x):
        batch, steps, inputs, width = x.shape
        driven = self.input(x.flatten(0, 1)).view(batch, steps, 4 * self.channels, width)
        states, hidden, cell = [], None, None
        for t in range(steps):
            gates = driven[:, t] if hidden is None else driven[:, t] + self.state(hidden)
            i, f, n, o = gates.chunk(4, 1)
            added = torch.sigmoid(i) * torch.tanh(n)
            cell = added if cell is None else torch.sigmoid(f) * cell + added
            hidden = torch.sigmoid(o) * torch.tanh(cell)
            states.append(hidden)
        pooled = F.max_pool1d(self.norm(torch.stack(states, 1).flatten(0, 1)), 4)
        y = F.relu(pooled + self.projection(x.flatten(0, 1)))
        return y.view(batch, steps, self.channels, width // 4)


class Clstm(nn.Module):
    def __init__(self):
        super().__init__()
        channels = [1, 8, 16, 16, 32]
        self.blocks = nn.Sequential(*[ConvLstmBlock(a, b) for a, b in zip(channels, channels[1:])])
        self.gru = nn.GRU(32 * 16, 128, 2, batch_first=True)
        self.output = nn.Linear(128, 7)

    def forward(self, x, lengths):
        segments = F.pad(x, (0, -x.shape[2] % 4096)).view(len(x), -1, 1, 4096)
        lengths = (lengths + 4095) // 4096
        states, _ = self.gru(pack(self.blocks(segments).flatten(2), lengths))
        return self.output(last(states, lengths))


NETWORKS = {"zhao-2019-1d": Zhao, "raw-cnn-lstm": RawCnnLstm, "mlt-dnet-2021": MltDnet, "clstm-2020": Clstm}


def measure(name, batch_size, lengths):
    torch.manual_seed(0)
    network = NETWORKS[name]()
    optimiser = torch.optim.AdamW(network.parameters(), 1e-3)
    lengths = torch.tensor(sorted(lengths))
    batches = torch.tensor_split(lengths, max(1, round(len(lengths) / batch_size)))
    inputs = []
    for batch in batches:
        x = torch.zeros(len(batch), 1, int(batch.max()))
        for i, length in enumerate(batch):
            x[i, 0, :length] = torch.randn(int(length))
        inputs.append(x)

    def epoch():
        began = time.process_time()
        for x, batch in zip(inputs, batches):
            loss = F.cross_entropy(network(x, batch), torch.arange(len(batch)) % 7)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1)
            optimiser.step()
        return time.process_time() - began

    if "--profile" in sys.argv:
        with torch.profiler.profile(activities=[torch.profiler.ProfilerActivity.CPU]) as profile:
            epoch()
        print(profile.key_averages().table(sort_by="self_cpu_time_total", row_limit=14, max_name_column_width=40), flush=True)
    return min(epoch() for _ in range(2))


print(f"PyTorch {torch.__version__}, {torch.get_num_threads()} thread", flush=True)
for line in sys.stdin:
    name, size, *lengths = line.split()
    print(measure(name, int(size), [int(n) for n in lengths]), flush=True)
