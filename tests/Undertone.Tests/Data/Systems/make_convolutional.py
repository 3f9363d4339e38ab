"""Learned values of the convolutional systems, and what small AlexNet and VGG say, as PyTorch has them.

    /usr/bin/python3 make_convolutional.py     (python3-torch 1.13, python3-torchvision 0.14)

Prints the counts that SystemTableTests holds, for 7 classes. Writes alexnet.safetensors, vgg11.safetensors and
vgg11_bn.safetensors: random weights under torchvision's names, of networks a 64th as wide, and beside each NAME-values.safetensors
with images and the last hidden layer's answer to them.
"""

import json
import pathlib
import struct

import torch
import torchvision
from torch import nn

HERE = pathlib.Path(__file__).parent


def count(*modules):
    return sum(p.numel() for m in modules for p in m.parameters())


def conv(i, o, k, bias=False):
    return nn.Sequential(nn.Conv2d(i, o, k, bias=bias), nn.BatchNorm2d(o))


def over_time(i, o, k):
    return nn.Sequential(nn.Conv1d(i, o, k, bias=False), nn.BatchNorm1d(o))


def residual(i, o, k, projected):
    blocks = [nn.Conv2d(i, o, k, bias=False), nn.BatchNorm2d(o), nn.Conv2d(o, o, k, bias=False), nn.BatchNorm2d(o)]
    return nn.Sequential(*blocks, *([nn.Conv2d(i, o, 1, bias=False), nn.BatchNorm2d(o)] if projected else []))


def recurrent(i, o, steps):
    return nn.ModuleList([nn.Conv2d(i, o, 3, bias=False), nn.Conv2d(o, o, 3, bias=False), *(nn.BatchNorm2d(o) for _ in range(steps + 1))])


def alexnet(classes, share):
    """torchvision.models.alexnet with fewer channels."""
    net = torchvision.models.alexnet(num_classes=1000)
    return scaled(net, classes, share)


def scaled(net, classes, share):
    """The same modules, each with a share of the channels."""
    def size(n):
        return max(1, round(n * share))

    def layer(m, first, last):
        if isinstance(m, nn.Conv2d):
            return nn.Conv2d(3 if first else size(m.in_channels), size(m.out_channels), m.kernel_size, m.stride, m.padding)
        if isinstance(m, nn.BatchNorm2d):
            return nn.BatchNorm2d(size(m.num_features))
        if isinstance(m, nn.Linear):
            places = net.avgpool.output_size[0] ** 2
            inputs = size(m.in_features // places) * places if m.in_features > 4096 else size(m.in_features)
            return nn.Linear(inputs, classes if last else size(m.out_features))
        return m

    net.features = nn.Sequential(*(layer(m, i == 0, False) for i, m in enumerate(net.features)))
    net.classifier = nn.Sequential(*(layer(m, False, i == 6) for i, m in enumerate(net.classifier)))
    return net


print("cnn-1d", count(over_time(60, 128, 5), over_time(128, 128, 5), over_time(128, 128, 5), nn.Linear(256, 7)))
print("cnn-1d-raw", count(over_time(1, 32, 81), over_time(32, 64, 3), over_time(64, 96, 3), over_time(96, 128, 3), nn.Linear(256, 7)))
print("raw-cnn-lstm", count(over_time(1, 32, 81), over_time(32, 64, 3), over_time(64, 96, 3), nn.LSTM(96, 64, bidirectional=True), nn.Linear(256, 7)))
print("rcnn", count(conv(1, 16, 5), recurrent(16, 24, 3), recurrent(24, 32, 3), recurrent(32, 48, 3), nn.Linear(4 * 48, 7)))
# The ConvLSTM: the gates' convolutions of input (with bias) and state, and three peepholes of 32 channels on 4 x 8 places.
print("conv-lstm", count(conv(1, 16, 5), conv(16, 24, 3), conv(24, 32, 3), nn.Conv2d(32, 128, 3), nn.Conv2d(32, 128, 3, bias=False),
                         nn.ParameterList([nn.Parameter(torch.zeros(3, 32, 4, 8))]), nn.Linear(32 * 8, 7)))
print("resnet", count(conv(1, 16, 5), residual(16, 32, 3, True), residual(32, 64, 3, True), residual(64, 96, 3, True), nn.Linear(4 * 96, 7)))
print("dilated-resnet", count(over_time(64, 96, 3), *(residual(96, 96, (3, 1), False) for _ in range(4)), nn.Linear(192, 7)))
print("alexnet", count(alexnet(7, 1 / 4)), "of", count(torchvision.models.alexnet(num_classes=7)))
print("vgg", count(scaled(torchvision.models.vgg11_bn(), 7, 1 / 8)), "of", count(torchvision.models.vgg11_bn(num_classes=7)))


def write(name, values):
    header, at = {}, 0
    kinds = {torch.float32: "F32", torch.int64: "I64"}
    values = dict(sorted(values.items(), key=lambda item: (-item[1].element_size(), item[0])))
    for key, tensor in values.items():
        size = tensor.numel() * tensor.element_size()
        header[key] = {"dtype": kinds[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [at, at + size]}
        at += size
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(HERE / f"{name}.safetensors", "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for tensor in values.values():
            file.write(tensor.detach().contiguous().numpy().tobytes())


for name, make in (("alexnet", torchvision.models.alexnet), ("vgg11", torchvision.models.vgg11), ("vgg11_bn", torchvision.models.vgg11_bn)):
    torch.manual_seed(3)
    net = scaled(make(), 1000, 1 / 64)
    assert list(net.state_dict()) == list(make().state_dict())
    with torch.no_grad():
        # So that what an image shows reaches the last layer.
        for parameter in net.parameters():
            nn.init.kaiming_normal_(parameter) if parameter.dim() > 1 else parameter.uniform_(0, 0.3)
        for layer in net.features:
            if isinstance(layer, nn.BatchNorm2d):
                layer.weight.uniform_(0.5, 1.5)
    for key, tensor in net.named_buffers():
        if "running" in key:
            tensor.uniform_(0.5, 1.5) if key.endswith("var") else tensor.uniform_(-0.2, 0.2)
    net.eval()
    images = torch.randn(2, 3, 64, 72)
    hidden = net.classifier[:6](net.avgpool(net.features(images)).flatten(1))
    print(name, "hidden layer", list(hidden.shape), "images differ by", float((hidden[0] - hidden[1]).std()), "of", float(hidden.std()))
    # As our features stand: a frame is a column of the image, its lowest frequency first, channel after channel.
    features = images.flip(2).permute(0, 3, 1, 2).reshape(2, 72, 3 * 64)
    state = {key: tensor for key, tensor in net.state_dict().items() if not key.startswith("classifier.6")}
    write(name, {**state, "classifier.6.weight": torch.zeros(1, 64), "classifier.6.bias": torch.zeros(1)})
    write(f"{name}-values", {"features": features, "hidden": hidden})
