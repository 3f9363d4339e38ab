"""Values that PyTorch computes, for the parity tests: writes parity.safetensors beside itself.

Run with a Python that has torch (Debian's python3-torch 1.13): /usr/bin/python3 make_parity.py
The file is written here from the format's definition alone (length, JSON header, data), so that
reading it also tests the reader against a writer that is not ours.
"""

import json
import pathlib
import struct
import warnings

import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

warnings.simplefilter("ignore")
torch.set_num_threads(1)
HERE = pathlib.Path(__file__).parent
values = {}


def keep(name, tensor):
    values[name] = tensor.detach().clone().contiguous()


def data(shape, seed):
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def layer(name, make, forward, *inputs, train=True):
    """Initial weights under seed 7, output, running statistics, gradients of inputs and weights."""
    torch.manual_seed(7)
    module = make()
    for key, tensor in module.state_dict().items():
        keep(f"{name}/init/{key}", tensor)
    module.train(train)
    inputs = [i.requires_grad_() if i.is_floating_point() else i for i in inputs]
    torch.manual_seed(11)
    outputs = forward(module, *inputs)
    outputs = outputs if isinstance(outputs, tuple) else (outputs,)
    loss = 0
    for n, output in enumerate(outputs):
        weight = data(output.shape, 100 + n)
        keep(f"{name}/out/{n}", output)
        keep(f"{name}/outweight/{n}", weight)
        loss = loss + (output * weight).sum()
    if loss.requires_grad:
        loss.backward()
    for n, i in enumerate(inputs):
        keep(f"{name}/in/{n}", i)
        if i.grad is not None:
            keep(f"{name}/ingrad/{n}", i.grad)
    for key, parameter in module.named_parameters():
        if parameter.grad is not None:
            keep(f"{name}/grad/{key}", parameter.grad)
    for key, tensor in module.named_buffers():
        keep(f"{name}/after/{key}", tensor)


def call(module, *x):
    return module(*x)


def packed(lengths):
    def run(module, x):
        p = pack_padded_sequence(x, torch.tensor(lengths), batch_first=True, enforce_sorted=False)
        output, state = module(p)
        output, _ = pad_packed_sequence(output, batch_first=True, total_length=x.shape[1])
        return (output, *state) if isinstance(state, tuple) else (output, state)
    return run


def recurrent(module, x):
    output, state = module(x)
    return (output, *state) if isinstance(state, tuple) else (output, state)


def attention(module, q, k):
    mask = torch.tensor([[False, False, False, True], [False, False, False, False]])
    return module(q, k, k, key_padding_mask=mask)


layer("linear", lambda: nn.Linear(3, 5), call, data((4, 3), 1))
layer("linear-no-bias", lambda: nn.Linear(3, 5, bias=False), call, data((2, 4, 3), 2))
layer("conv1d", lambda: nn.Conv1d(4, 6, 3, stride=2, padding=1, dilation=2, groups=2), call, data((2, 4, 11), 3))
layer("conv1d-same", lambda: nn.Conv1d(2, 3, 5, padding="same", dilation=2), call, data((2, 2, 9), 4))
layer("conv2d", lambda: nn.Conv2d(2, 4, (3, 2), stride=(2, 1), padding=(1, 0), dilation=(1, 2)), call, data((2, 2, 7, 8), 5))
layer("conv2d-groups", lambda: nn.Conv2d(4, 4, 3, padding="same", groups=4, bias=False), call, data((2, 4, 5, 6), 6))
layer("batch-norm1d", lambda: nn.BatchNorm1d(3), call, data((6, 3), 7))
layer("batch-norm1d-sequence", lambda: nn.BatchNorm1d(3, momentum=0.3), call, data((4, 3, 5), 8))
layer("batch-norm2d", lambda: nn.BatchNorm2d(3, eps=1e-3), call, data((4, 3, 5, 2), 9))
layer("batch-norm2d-eval", lambda: nn.BatchNorm2d(3), call, data((4, 3, 5, 2), 10), train=False)
layer("layer-norm", lambda: nn.LayerNorm([3, 4]), call, data((2, 3, 4), 11))
layer("group-norm", lambda: nn.GroupNorm(2, 4), call, data((2, 4, 5), 12))
layer("embedding", lambda: nn.Embedding(6, 3, padding_idx=2), call, torch.tensor([[0, 2, 5], [1, 1, 4]]))
layer("lstm", lambda: nn.LSTM(3, 4, batch_first=True), recurrent, data((2, 5, 3), 13))
layer("lstm-deep", lambda: nn.LSTM(3, 4, 2, batch_first=True, bidirectional=True), packed([3, 6, 1, 6]), data((4, 6, 3), 14))
layer("lstm-dropout", lambda: nn.LSTM(3, 4, 2, batch_first=True, dropout=0.4), recurrent, data((2, 5, 3), 15))
layer("gru", lambda: nn.GRU(3, 4, batch_first=True, bias=False), recurrent, data((2, 5, 3), 16))
layer("gru-deep", lambda: nn.GRU(3, 4, 2, batch_first=True, bidirectional=True), packed([6, 4, 2]), data((3, 6, 3), 17))
layer("attention", lambda: nn.MultiheadAttention(6, 2, batch_first=True), attention, data((2, 3, 6), 18), data((2, 4, 6), 19))
layer("dropout", lambda: nn.Dropout(0.3), call, data((5, 4), 20))
layer("dropout2d", lambda: nn.Dropout2d(0.3), call, data((3, 4, 2, 2), 20))
layer("max-pool1d", lambda: nn.MaxPool1d(3, 2, 1), call, data((2, 3, 8), 21))
layer("max-pool2d", lambda: nn.MaxPool2d((2, 3), (2, 1)), call, data((2, 3, 6, 7), 22))
layer("avg-pool1d", lambda: nn.AvgPool1d(3, 2, 1), call, data((2, 3, 8), 23))
layer("avg-pool2d", lambda: nn.AvgPool2d(2, padding=1), call, data((2, 3, 6, 6), 24))
layer("adaptive-avg-pool1d", lambda: nn.AdaptiveAvgPool1d(3), call, data((2, 3, 8), 25))
layer("adaptive-avg-pool2d", lambda: nn.AdaptiveAvgPool2d((2, 1)), call, data((2, 3, 5, 6), 26))
layer("adaptive-max-pool1d", lambda: nn.AdaptiveMaxPool1d(3), call, data((2, 3, 8), 27))
layer("adaptive-max-pool2d", lambda: nn.AdaptiveMaxPool2d(2), call, data((2, 3, 5, 6), 28))
layer("flatten", nn.Flatten, call, data((2, 3, 4), 29))
for name, make in {"relu": nn.ReLU, "elu": lambda: nn.ELU(0.7), "gelu": nn.GELU, "leaky-relu": lambda: nn.LeakyReLU(0.2), "silu": nn.SiLU,
                   "sigmoid": nn.Sigmoid, "tanh": nn.Tanh, "softmax": lambda: nn.Softmax(1)}.items():
    layer(name, make, call, data((3, 7), 30))
layer("sequential", lambda: nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.ReLU(), nn.Flatten(), nn.Linear(24, 3)),
      call, data((4, 1, 5, 6), 31))


def loss(name, function, x, *others):
    x.requires_grad_()
    value = function(x, *others)
    weight = data(value.shape, 200)
    (value * weight).sum().backward()
    keep(f"loss/{name}/in", x)
    for n, other in enumerate(others):
        keep(f"loss/{name}/other/{n}", other)
    keep(f"loss/{name}/out", value)
    keep(f"loss/{name}/outweight", weight)
    keep(f"loss/{name}/ingrad", x.grad)


labels = torch.tensor([0, 2, 1, 2])
class_weights = torch.tensor([0.5, 2.0, 1.5])
soft = torch.softmax(data((4, 3), 40), 1)
loss("cross-entropy", lambda x, t: F.cross_entropy(x, t), data((4, 3), 41), labels)
loss("cross-entropy-weighted", lambda x, t, w: F.cross_entropy(x, t, w), data((4, 3), 42), labels, class_weights)
loss("cross-entropy-smoothed", lambda x, t, w: F.cross_entropy(x, t, w, label_smoothing=0.1), data((4, 3), 43), labels, class_weights)
loss("cross-entropy-soft", lambda x, t, w: F.cross_entropy(x, t, w, label_smoothing=0.2), data((4, 3), 44), soft, class_weights)
loss("cross-entropy-none", lambda x, t: F.cross_entropy(x, t, reduction="none"), data((4, 3), 45), labels)
loss("mse", F.mse_loss, data((4, 3), 46), data((4, 3), 47))
loss("l1", lambda x, t: F.l1_loss(x, t, reduction="sum"), data((4, 3), 48), data((4, 3), 49))
loss("smooth-l1", lambda x, t: F.smooth_l1_loss(x, t, beta=0.5), data((4, 3), 50), data((4, 3), 51))
loss("bce", lambda x, t: F.binary_cross_entropy_with_logits(x, t), data((4, 3), 52), (data((4, 3), 53) > 0).float())
loss("bce-weighted", lambda x, t, w: F.binary_cross_entropy_with_logits(x, t, pos_weight=w), data((4, 3), 54),
     (data((4, 3), 55) > 0).float(), class_weights)
loss("kl", lambda x, t: F.kl_div(x, t, reduction="sum"), torch.log_softmax(data((4, 3), 56), 1).detach(), soft)

STEPS = 6


def optimiser(name, make, **second_group):
    """Six steps on gradients that are given; the second tensor has none in the third step."""
    a, b = nn.Parameter(data((2, 3), 60)), nn.Parameter(data((4,), 61))
    keep("optimiser/initial/0", a)
    keep("optimiser/initial/1", b)
    algorithm = make([{"params": [a]}, {"params": [b], **second_group}])
    for step in range(STEPS):
        a.grad = data((2, 3), 70 + step)
        b.grad = None if step == 2 else data((4,), 80 + step)
        keep(f"optimiser/grad/{step}/0", a.grad)
        if b.grad is not None:
            keep(f"optimiser/grad/{step}/1", b.grad)
        algorithm.step()
        keep(f"optimiser/{name}/{step}/0", a)
        keep(f"optimiser/{name}/{step}/1", b)


optimiser("sgd", lambda p: torch.optim.SGD(p, lr=0.1))
optimiser("sgd-momentum", lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, weight_decay=0.05))
optimiser("sgd-nesterov", lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.8, nesterov=True), lr=0.02)
optimiser("adam", lambda p: torch.optim.Adam(p, lr=0.01, weight_decay=0.1))
optimiser("adamw", lambda p: torch.optim.AdamW(p, lr=0.01, betas=(0.8, 0.95), eps=1e-6), weight_decay=0.3, lr=0.05)


def schedule(name, make, steps=20):
    algorithm = torch.optim.SGD([nn.Parameter(torch.zeros(1))], lr=0.5)
    plan = make(algorithm)
    rates = []
    for _ in range(steps):
        rates.append(algorithm.param_groups[0]["lr"])
        algorithm.step()
        plan.step()
    values[f"schedule/{name}"] = torch.tensor(rates, dtype=torch.float64)


S = torch.optim.lr_scheduler
schedule("step", lambda o: S.StepLR(o, 3, 0.4))
schedule("cosine", lambda o: S.CosineAnnealingLR(o, 19, 0.05))
schedule("warm-up", lambda o: S.SequentialLR(o, [S.LinearLR(o, 0.2, total_iters=5), S.CosineAnnealingLR(o, 15)], [5]))
measures = [1.0, 0.9, 0.95, 0.93, 0.92, 0.91, 0.91, 0.8, 0.81, 0.82, 0.83, 0.84, 0.85, 0.86, 0.7, 0.69995, 0.6999, 0.71, 0.72, 0.73]
for mode in ["min", "max"]:
    algorithm = torch.optim.SGD([nn.Parameter(torch.zeros(1))], lr=0.5)
    plan = S.ReduceLROnPlateau(algorithm, mode=mode, factor=0.3, patience=2, cooldown=1, min_lr=0.01)
    rates = []
    for measure in measures:
        plan.step(measure)
        rates.append(algorithm.param_groups[0]["lr"])
    values[f"schedule/plateau-{mode}"] = torch.tensor(rates, dtype=torch.float64)
values["schedule/measures"] = torch.tensor(measures, dtype=torch.float64)

for bound in [0.5, 100.0]:
    parameters = [nn.Parameter(torch.zeros(2, 3)), nn.Parameter(torch.zeros(4))]
    for n, p in enumerate(parameters):
        p.grad = data(p.shape, 90 + n)
        keep(f"clip/grad/{n}", p.grad)
    keep(f"clip/norm-{bound:g}", torch.nn.utils.clip_grad_norm_(parameters, bound))
    for n, p in enumerate(parameters):
        keep(f"clip/by-norm-{bound:g}/{n}", p.grad)
torch.nn.utils.clip_grad_value_(parameters, 0.4)
for n, p in enumerate(parameters):
    keep(f"clip/by-value/{n}", p.grad)

for name, tensor in {
    "kind/f64": torch.tensor([1.5, -2]).double(), "kind/f16": torch.tensor([1.5, -2]).half(), "kind/bf16": torch.tensor([1.5, -2]).bfloat16(),
    "kind/i32": torch.tensor([1, -2]).int(), "kind/i16": torch.tensor([1, -2]).short(), "kind/i8": torch.tensor([1, -2]).char(),
    "kind/u8": torch.tensor([1, 254]).byte(), "kind/bool": torch.tensor([True, False]), "kind/scalar": torch.tensor(3.0),
    "kind/empty": torch.zeros(0, 3),
}.items():
    keep(name, tensor)

CODES = {torch.float64: "F64", torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16", torch.int64: "I64", torch.int32: "I32",
         torch.int16: "I16", torch.int8: "I8", torch.uint8: "U8", torch.bool: "BOOL"}


def raw(tensor):
    if tensor.dtype == torch.bfloat16:
        tensor = tensor.view(torch.int16)
    return tensor.numpy().astype(tensor.numpy().dtype.newbyteorder("<")).tobytes()


header, body = {"__metadata__": {"made by": "make_parity.py", "torch": torch.__version__}}, b""
for name, tensor in sorted(values.items()):
    part = raw(tensor)
    header[name] = {"dtype": CODES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [len(body), len(body) + len(part)]}
    body += part
text = json.dumps(header).encode()
(HERE / "parity.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + body)
print(len(values), "tensors")
