"""Values of the blocks of convolutional networks as PyTorch computes them: writes blocks.safetensors beside itself.

Run with a Python that has torch (Debian's python3-torch 1.13): /usr/bin/python3 make_blocks.py
For each block NAME/state/* are weights, NAME/in and NAME/out a batch in training mode, NAME/weight what the output is
multiplied with to a loss, NAME/ingrad and NAME/grad/* the loss's gradients.
"""

import json
import pathlib
import struct

import torch
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(1)
HERE = pathlib.Path(__file__).parent
values = {}


def keep(name, tensor):
    values[name] = tensor.detach().clone().contiguous()


class LocalFeatureLearningBlock(nn.Module):
    """Zhao, Mao & Chen 2019: the ELU before the pooling, as the paper has it."""

    def __init__(self, inputs, channels, kernel, pool, stride):
        super().__init__()
        self.conv = nn.Conv2d(inputs, channels, kernel, stride, [k // 2 for k in kernel])
        self.norm = nn.BatchNorm2d(channels)
        self.pool = pool

    def forward(self, x):
        return F.max_pool2d(F.elu(self.norm(self.conv(x))), self.pool)


class ResidualBlock(nn.Module):
    def __init__(self, inputs, channels, kernel=(3, 3), stride=(1, 1), dilation=(1, 1)):
        super().__init__()
        padding = [d * (k // 2) for k, d in zip(kernel, dilation)]
        self.conv1 = nn.Conv2d(inputs, channels, kernel, stride, padding, dilation, bias=False)
        self.norm1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, kernel, 1, padding, dilation, bias=False)
        self.norm2 = nn.BatchNorm2d(channels)
        self.projects = inputs != channels or tuple(stride) != (1, 1)
        if self.projects:
            self.projection = nn.Conv2d(inputs, channels, 1, stride, bias=False)
            self.projection_norm = nn.BatchNorm2d(channels)

    def forward(self, x):
        y = self.norm2(self.conv2(F.relu(self.norm1(self.conv1(x)))))
        return F.relu(y + (self.projection_norm(self.projection(x)) if self.projects else x))


class RecurrentConvolutionalLayer(nn.Module):
    def __init__(self, inputs, channels, steps, pool):
        super().__init__()
        self.feed_forward = nn.Conv2d(inputs, channels, 3, padding=1, bias=False)
        self.recurrent = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        for step in range(steps + 1):
            setattr(self, f"norm{step}", nn.BatchNorm2d(channels))
        self.steps, self.pool = steps, pool

    def forward(self, u):
        x = F.relu(self.norm0(self.feed_forward(u)))
        for step in range(1, self.steps + 1):
            x = F.relu(getattr(self, f"norm{step}")(self.feed_forward(u) + self.recurrent(x)))
        return F.max_pool2d(x, self.pool)


class ConvLstm(nn.Module):
    """Shi et al. 2015, equation 3, written out gate by gate."""

    def __init__(self, inputs, hidden, kernel, size, peepholes):
        super().__init__()
        self.weight_ih = nn.Parameter(torch.randn(4 * hidden, inputs, *kernel) * 0.2)
        self.weight_hh = nn.Parameter(torch.randn(4 * hidden, hidden, *kernel) * 0.2)
        self.bias = nn.Parameter(torch.randn(4 * hidden) * 0.2)
        if peepholes:
            self.weight_peephole = nn.Parameter(torch.randn(3, hidden, *size) * 0.5)
        self.hidden, self.kernel, self.peepholes = hidden, kernel, peepholes

    def forward(self, maps):
        n, steps, _, height, width = maps.shape
        h = torch.zeros(n, self.hidden, height, width)
        c = torch.zeros(n, self.hidden, height, width)
        padding = [k // 2 for k in self.kernel]
        states = []
        for t in range(steps):
            x = maps[:, t]
            wx = [F.conv2d(x, w, b, padding=padding) for w, b in zip(self.weight_ih.chunk(4), self.bias.chunk(4))]
            wh = [F.conv2d(h, w, None, padding=padding) for w in self.weight_hh.chunk(4)]
            peep = self.weight_peephole if self.peepholes else torch.zeros(3, self.hidden, height, width)
            i = torch.sigmoid(wx[0] + wh[0] + peep[0] * c)
            f = torch.sigmoid(wx[1] + wh[1] + peep[1] * c)
            c = f * c + i * torch.tanh(wx[2] + wh[2])
            o = torch.sigmoid(wx[3] + wh[3] + peep[2] * c)
            h = o * torch.tanh(c)
            states.append(h)
        return torch.stack(states, 1)


class OverTime(nn.Module):
    """A block whose weights have time as their width, on maps that have it as their height."""

    def __init__(self, block):
        super().__init__()
        self.block = block

    def state_dict(self, *args, **kwargs):
        return self.block.state_dict(*args, **kwargs)

    def named_parameters(self, *args, **kwargs):
        return self.block.named_parameters(*args, **kwargs)

    def forward(self, x):
        return self.block(x.transpose(2, 3)).transpose(2, 3)


def block(name, make, *shape):
    torch.manual_seed(7)
    module = make()
    for key, tensor in module.state_dict().items():
        if "norm" in key and key.endswith(("weight", "bias")):
            tensor.normal_()
        keep(f"{name}/state/{key}", tensor)
    x = torch.randn(*shape, requires_grad=True)
    y = module(x)
    weight = torch.randn(y.shape)
    (y * weight).sum().backward()
    keep(f"{name}/in", x)
    keep(f"{name}/out", y)
    keep(f"{name}/weight", weight)
    keep(f"{name}/ingrad", x.grad)
    for key, parameter in module.named_parameters():
        keep(f"{name}/grad/{key}", parameter.grad)


block("lflb-2d", lambda: LocalFeatureLearningBlock(3, 8, (3, 3), (2, 4), (1, 1)), 2, 3, 9, 8)
block("lflb-1d", lambda: OverTime(LocalFeatureLearningBlock(2, 6, (1, 5), (1, 4), (1, 2))), 3, 2, 30, 1)
block("residual", lambda: ResidualBlock(4, 4), 2, 4, 7, 6)
block("residual-projected", lambda: ResidualBlock(3, 6, stride=(2, 1)), 2, 3, 7, 6)
block("residual-dilated", lambda: ResidualBlock(4, 8, (3, 1), dilation=(4, 1)), 2, 4, 21, 1)
block("residual-over-time", lambda: OverTime(ResidualBlock(4, 8, (1, 3), (1, 2), (1, 4))), 2, 4, 21, 1)
block("recurrent", lambda: RecurrentConvolutionalLayer(2, 5, 3, (2, 2)), 2, 2, 8, 6)
block("conv-lstm", lambda: ConvLstm(2, 3, (3, 3), (4, 5), False), 2, 4, 2, 4, 5)
block("conv-lstm-peepholes", lambda: ConvLstm(2, 3, (1, 3), (1, 5), True), 2, 4, 2, 1, 5)

header, at = {}, 0
kinds = {torch.float32: "F32", torch.int64: "I64"}
values = dict(sorted(values.items(), key=lambda item: (-item[1].element_size(), item[0])))
for name, tensor in values.items():
    size = tensor.numel() * tensor.element_size()
    header[name] = {"dtype": kinds[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [at, at + size]}
    at += size
text = json.dumps(header).encode()
text += b" " * (-len(text) % 8)
with open(HERE / "blocks.safetensors", "wb") as file:
    file.write(struct.pack("<Q", len(text)) + text)
    for tensor in values.values():
        file.write(tensor.numpy().tobytes())
print(len(values), "tensors,", at, "bytes")
