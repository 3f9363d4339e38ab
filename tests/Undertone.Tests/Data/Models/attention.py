"""Values of attention, pooling and encoder blocks, for AttentionTests: writes attention.json beside itself.

Computed by PyTorch's own layers, each utterance alone and without padding, in double precision: what the padded batch has to
give too. Weights bear the names that the blocks have in Undertone. Run: /usr/bin/python3 attention.py
"""

import json
import math
import pathlib

import torch
from torch import nn

torch.manual_seed(7)
torch.set_default_dtype(torch.float64)
WIDTH, HEADS, HIDDEN, KERNEL, LENGTHS = 8, 2, 12, 3, [6, 4, 1]


def randomise(module):
    """Every weight, scales and biases of normalisations too, away from its initial value."""
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(torch.randn_like(parameter) * 0.5 + (1 if parameter.dim() == 1 else 0))
    return module.eval()


def tensor(value):
    return {"shape": list(value.shape), "values": [float(f"{v:.9g}") for v in value.flatten().tolist()]}


def weights(*named):
    return {f"{prefix}.{name}": tensor(value) for prefix, module in named for name, value in module.state_dict().items()}


def attention_names(prefix, norm, attention):
    return weights((f"{prefix}norm", norm), (f"{prefix}output", attention.out_proj)) | {
        f"{prefix}projection.weight": tensor(attention.in_proj_weight),
        f"{prefix}projection.bias": tensor(attention.in_proj_bias),
    }


def case(name, named, run):
    inputs = [torch.randn(1, length, WIDTH) for length in LENGTHS]
    with torch.no_grad():
        outputs = [run(x)[0] for x in inputs]
    return {"name": name, "weights": named, "inputs": [tensor(x[0]) for x in inputs], "outputs": [tensor(y) for y in outputs]}


def self_attention():
    norm, attention = randomise(nn.LayerNorm(WIDTH)), randomise(nn.MultiheadAttention(WIDTH, HEADS, batch_first=True))

    def run(x):
        n = norm(x)
        return x + attention(n, n, n, need_weights=False)[0]

    return case("multi-head-self-attention", attention_names("", norm, attention), run)


def transformer():
    layer = nn.TransformerEncoderLayer(WIDTH, HEADS, HIDDEN, dropout=0, batch_first=True, norm_first=True)
    encoder = randomise(nn.TransformerEncoder(layer, 2, norm=nn.LayerNorm(WIDTH)))
    named = weights(("norm", encoder.norm))
    for i, one in enumerate(encoder.layers, 1):
        named |= attention_names(f"layer{i}.attention.", one.norm1, one.self_attn)
        forward = f"layer{i}.feed_forward.layers"
        named |= weights((f"{forward}.norm", one.norm2), (f"{forward}.widen", one.linear1), (f"{forward}.narrow", one.linear2))
    return case("transformer-encoder", named, encoder)


class Transposed(nn.Module):
    def __init__(self, layer):
        super().__init__()
        self.layer = layer

    def forward(self, x):
        return self.layer(x.transpose(1, 2)).transpose(1, 2)


def conformer():
    norms = [randomise(nn.LayerNorm(WIDTH)) for _ in range(6)]
    attention = randomise(nn.MultiheadAttention(WIDTH, HEADS, batch_first=True))
    halves = [(randomise(nn.Linear(WIDTH, HIDDEN)), randomise(nn.Linear(HIDDEN, WIDTH))) for _ in range(2)]
    gated = randomise(nn.Conv1d(WIDTH, 2 * WIDTH, 1))
    depthwise = randomise(nn.Conv1d(WIDTH, WIDTH, KERNEL, padding=KERNEL // 2, groups=WIDTH))
    pointwise = randomise(nn.Conv1d(WIDTH, WIDTH, 1))
    convolution = nn.Sequential(
        norms[2], Transposed(nn.Sequential(gated, nn.GLU(dim=1), depthwise)), norms[3], nn.SiLU(), Transposed(pointwise)
    )

    def run(x):
        x = x + nn.Sequential(norms[0], halves[0][0], nn.SiLU(), halves[0][1])(x) / 2
        n = norms[1](x)
        x = x + attention(n, n, n, need_weights=False)[0]
        x = x + convolution(x)
        x = x + nn.Sequential(norms[4], halves[1][0], nn.SiLU(), halves[1][1])(x) / 2
        return norms[5](x)

    named = attention_names("attention.", norms[1], attention) | weights(
        ("feed_forward1.layers.norm", norms[0]), ("feed_forward1.layers.widen", halves[0][0]), ("feed_forward1.layers.narrow", halves[0][1]),
        ("feed_forward2.layers.norm", norms[4]), ("feed_forward2.layers.widen", halves[1][0]), ("feed_forward2.layers.narrow", halves[1][1]),
        ("convolution.norm", norms[2]), ("convolution.gated", gated), ("convolution.depthwise", depthwise),
        ("convolution.depthwise_norm", norms[3]), ("convolution.pointwise", pointwise), ("norm", norms[5]),
    )
    for name in ("convolution.gated.weight", "convolution.pointwise.weight"):
        named[name]["shape"] = named[name]["shape"][:2]
    return case("conformer-block", named, run)


def attention_pooling():
    hidden, score = randomise(nn.Linear(WIDTH, 64)), randomise(nn.Linear(64, 1, bias=False))
    return case(
        "attention-pooling",
        weights(("hidden", hidden), ("score", score)),
        lambda x: (torch.softmax(score(torch.tanh(hidden(x))), 1) * x).sum(1),
    )


def statistics_pooling():
    return case(
        "statistics-pooling", {}, lambda x: torch.cat([x.mean(1), x.var(1, unbiased=False).clamp(min=1e-4).sqrt()], 1)
    )


def positions(frames, width):
    return [
        [(math.sin if i % 2 == 0 else math.cos)(t / 10000 ** ((i - i % 2) / width)) for i in range(width)] for t in range(frames)
    ]


result = {
    "blocks": [self_attention(), transformer(), conformer(), attention_pooling(), statistics_pooling()],
    "positions": positions(40, 6),
}
path = pathlib.Path(__file__).parent / "attention.json"
path.write_text(json.dumps(result, indent=None, separators=(",", ":")).replace('{"name"', '\n{"name"') + "\n")
