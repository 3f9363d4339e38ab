"""Values and gradients of the losses of a classification, for ClassificationLossTests: writes losses.json beside itself.

Focal (Lin et al. 2017, arXiv:1708.02002), centre (Wen et al. 2016, doi:10.1007/978-3-319-46478-7_31), triplet, batch hard
(Hermans et al. 2017, arXiv:1703.07737) and ranked probability score (Epstein 1969; Hou et al. 2016, arXiv:1611.05916), written
down utterance by utterance as the papers have them; gradients by PyTorch. Run: /usr/bin/python3 losses.py
"""

import json
import pathlib

import torch

torch.manual_seed(11)
torch.set_default_dtype(torch.float64)


def shares_of(labels, classes, smoothing):
    one = torch.nn.functional.one_hot(torch.tensor(labels), classes).to(torch.float64)
    return one * (1 - smoothing) + smoothing / classes


def finish(value, leaf):
    (gradient,) = torch.autograd.grad(value, leaf)
    return {"loss": value.item(), "gradient": gradient.flatten().tolist()}


def focal(gamma, smoothing, weighted, soft):
    n, c = 5, 4
    logits = (2 * torch.randn(n, c)).requires_grad_()
    labels = [0, 3, 1, 1, 2]
    weights = [0.5, 2.0, 1.0, 0.7] if weighted else [1.0] * c
    wanted = torch.softmax(torch.randn(n, c), 1) if soft else None
    shares = wanted * (1 - smoothing) + smoothing / c if soft else shares_of(labels, c, smoothing)
    p = torch.softmax(logits, 1)
    total = 0
    for i in range(n):
        for k in range(c):
            total = total - weights[k] * shares[i, k] * (1 - p[i, k]) ** gamma * torch.log(p[i, k])
    value = total / (n if soft else sum(weights[y] for y in labels))
    return {
        "gamma": gamma, "smoothing": smoothing, "weights": weights if weighted else None, "labels": labels,
        "wanted": wanted.tolist() if soft else None, "logits": logits.tolist(), **finish(value, logits),
    }


def ordinal(smoothing, weighted):
    n, c = 5, 4
    logits = (2 * torch.randn(n, c)).requires_grad_()
    labels = [0, 3, 1, 1, 2]
    weights = [0.5, 2.0, 1.0, 0.7] if weighted else [1.0] * c
    shares, p = shares_of(labels, c, smoothing), torch.softmax(logits, 1)
    total = 0
    for i in range(n):
        score = sum((p[i, : k + 1].sum() - shares[i, : k + 1].sum()) ** 2 for k in range(c - 1)) / (c - 1)
        total = total + score * sum(shares[i, k] * weights[k] for k in range(c))
    value = total / sum(weights[y] for y in labels)
    return {"smoothing": smoothing, "weights": weights if weighted else None, "labels": labels, "logits": logits.tolist(), **finish(value, logits)}


def centre(rate):
    """Three batches one after another: the centres of one are those that the one before left."""
    classes, width = 3, 4
    centres = torch.zeros(classes, width)
    batches = []
    for labels in ([0, 1, 1, 0, 1], [2, 2, 1], [0, 0, 0, 1]):
        x = (1 + torch.randn(len(labels), width)).requires_grad_()
        value = sum(((x[i] - centres[y]) ** 2).sum() / 2 for i, y in enumerate(labels)) / len(labels)
        batches.append({"labels": labels, "embeddings": x.tolist(), **finish(value, x)})
        moved = centres.clone()
        for j in range(classes):
            members = [i for i, y in enumerate(labels) if y == j]
            step = sum((centres[j] - x[i].detach() for i in members), torch.zeros(width)) / (1 + len(members))
            moved[j] = centres[j] - rate * step
        centres = moved
        batches[-1]["centres"] = centres.flatten().tolist()
    return {"rate": rate, "batches": batches}


def triplet(margin, labels):
    x = torch.randn(len(labels), 3).requires_grad_()

    def distance(i, j):
        return torch.linalg.norm(x[i] - x[j])

    terms = []
    for a, own in enumerate(labels):
        positives = [distance(a, i) for i, y in enumerate(labels) if i != a and y == own]
        negatives = [distance(a, i) for i, y in enumerate(labels) if y != own]
        if positives and negatives:
            hardest = torch.stack(positives).max() - torch.stack(negatives).min()
            terms.append(torch.clamp(hardest + margin, min=0) if margin is not None else torch.log1p(torch.exp(hardest)))
    value = torch.stack(terms).mean()
    return {"margin": margin, "labels": labels, "embeddings": x.tolist(), **finish(value, x)}


result = {
    "focal": [focal(g, s, w, f) for g in (0.0, 0.5, 2.0, 5.0) for s in (0.0, 0.1) for w in (False, True) for f in (False, True)],
    "ordinal": [ordinal(s, w) for s in (0.0, 0.1) for w in (False, True)],
    "centre": [centre(r) for r in (0.5, 1.0)],
    "triplet": [triplet(m, y) for m in (None, 0.2, 1.0) for y in ([0, 0, 1, 1, 2, 0], [1, 1, 1, 0], [0, 0, 1, 1, 2, 2, 2, 0])],
}
path = pathlib.Path(__file__).parent / "losses.json"
text = json.dumps(json.loads(json.dumps(result), parse_float=lambda v: float(f"{float(v):.10g}")), separators=(",", ":"))
path.write_text(text.replace('{"gamma"', '\n{"gamma"').replace('{"smoothing"', '\n{"smoothing"').replace('{"rate"', '\n{"rate"').replace('{"margin"', '\n{"margin"') + "\n")
