"""Counts the learned values of published networks, for 7 classes, by PyTorch's own layers: the rows of SystemTableTests."""

from torch import nn


def count(*modules):
    return sum(p.numel() for module in modules for p in module.parameters())


def conv(inputs, channels, kernel, bias=True):
    return [nn.Conv2d(inputs, channels, kernel, bias=bias), nn.BatchNorm2d(channels)]


# Zhao 2019: blocks of convolution with bias and batch normalisation, one LSTM, one linear layer.
channels = [64, 64, 128, 128]
one = [layer for i, c in enumerate(channels) for layer in conv(channels[i - 1] if i else 1, c, (3, 1))]
two = [layer for i, c in enumerate(channels) for layer in conv(channels[i - 1] if i else 1, c, 3)]
print("zhao-2019-1d", count(*one, nn.LSTM(128, 64), nn.Linear(64, 7)))
print("zhao-2019-2d", count(*two, nn.LSTM(128, 256), nn.Linear(256, 7)))  # 128 bands are pooled by 128
print("zhao-2019-2d-time", count(*two, nn.LSTM(128, 256), nn.Linear(256, 7)))

# MLT-DNet: a stem of three blocks, three residual blocks of two convolutions, three blocks and a BiGRU.
stem = conv(1, 32, (9, 1), False) + conv(32, 64, (5, 1), False) + conv(64, 64, (5, 1), False)
blocks = 9 * [layer for layer in conv(64, 64, (3, 1), False)]  # six of the residual branch, three of the other
print("mlt-dnet-2021", count(*stem, *blocks, nn.GRU(64, 64, bidirectional=True), nn.Linear(64 + 128, 7)))

# CLSTM: a ConvLSTM's gates are a convolution with bias over the input and one without over the state.
total, before = 0, 1
for c in [8, 16, 16, 32]:
    total += count(nn.Conv2d(before, 4 * c, (3, 1)), nn.Conv2d(c, 4 * c, (3, 1), bias=False), nn.BatchNorm2d(c))
    total += count(*conv(before, c, 1, False))
    before = c
print("clstm-2020", total + count(nn.GRU(32 * 4096 // 4**4, 128, 2), nn.Linear(128, 7)))

# Att-Net: four convolutions, the attention's two paths, two linear layers; 128 × 128 is left as 4 × 4.
layers = conv(1, 16, 7, False) + conv(16, 32, 5, False) + conv(32, 64, 3, False) + conv(64, 128, 3, False)
attention = [nn.Linear(128, 8), nn.Linear(8, 128), nn.Conv2d(128, 8, 1), nn.Conv2d(8, 8, 3), nn.Conv2d(8, 8, 3), nn.Conv2d(8, 1, 1)]
print("att-net-2021", count(*layers, *attention, nn.Linear(4 * 4 * 128, 128), nn.Linear(128, 7)))
