"""Golden numbers of the engine's ops and networks, made by PyTorch in float64.

    python3 test/golden/engine/make.py [network …]        (PyTorch 1.13, torchvision 0.14; all: ten minutes, 8 GB)

Inputs, weights, images and dropout masks are not stored: both sides compute them from hash32 of src/core/random.ts.
Writes ops.json, networks.json and torchvision.json beside itself.
"""
import json
import sys
from pathlib import Path

import numpy as np
import torch
import torchvision
import torch.nn.functional as F
from torch import nn
from torchvision.models import resnet as torch_resnet, vgg as torch_vgg

HERE = Path(__file__).parent
U32 = np.uint64(0xFFFFFFFF)


def mix(x):
    """lowbias32, as in src/core/random.ts; x is uint64 holding uint32 values."""
    x = x ^ (x >> np.uint64(16))
    x = (x * np.uint64(0x21F0AAAD)) & U32
    x = x ^ (x >> np.uint64(15))
    x = (x * np.uint64(0x735A2D97)) & U32
    return x ^ (x >> np.uint64(15))


def hash32(seed, stream, counter):
    counter = np.asarray(counter, dtype=np.uint64)
    base = mix(mix(np.uint64(seed)) ^ np.uint64(stream))
    return mix((base + counter * np.uint64(0x9E3779B9)) & U32)


def uniform(stream, size, seed=1):
    """Float32 values in [-1, 1), as `uniform` of test/make/uniform.ts makes them."""
    bits = hash32(seed, stream, np.arange(size))
    return (bits.astype(np.float64) / 2**32 * 2 - 1).astype(np.float32)


def rounded(values):
    """Nine significant digits tell every float32 apart."""
    values = values.detach() if torch.is_tensor(values) else values
    return [float(f"{v:.9g}") for v in np.asarray(values, dtype=np.float64).ravel()]


# --- ops -----------------------------------------------------------------------------------------------------

cases = []


def nchw(x):
    return x.permute(0, 3, 1, 2)


def nhwc(x):
    return x.permute(0, 2, 3, 1)


def case(name, op, shapes, attributes, forward, differentiable=(), levels=None, scale=1.0):
    """
    Runs forward(**inputs) -> {output: tensor}. Inputs are uniform in scale·[-1, 1), stream = place in the list;
    with `levels`, rounded to that many steps a unit so that ties occur. dy of the first output is stream 99.
    """
    inputs = {}
    for stream, (key, shape) in enumerate(shapes.items()):
        values = uniform(stream, int(np.prod(shape))) * np.float32(scale)
        if levels:
            values = np.floor(values * np.float32(levels)) / np.float32(levels)
        inputs[key] = torch.tensor(values.reshape(shape), dtype=torch.float64)
        inputs[key].requires_grad_(key in differentiable)
    outputs = forward(**inputs)
    record = {"name": name, "op": op, "shapes": shapes, "attributes": attributes, "scale": scale}
    if levels:
        record["levels"] = levels
    record["outputs"] = {k: {"shape": list(v.shape), "values": rounded(v)} for k, v in outputs.items()}
    if differentiable:
        y = next(iter(outputs.values()))
        dy = torch.tensor(uniform(99, y.numel()).reshape(y.shape), dtype=torch.float64)
        grads = torch.autograd.grad(y, [inputs[k] for k in differentiable], dy)
        record["gradients"] = {k: rounded(g) for k, g in zip(differentiable, grads)}
    cases.append(record)


def conv_case(name, n, h, w, c, k, window, stride, pad, relu=False, bias=False):
    def forward(x, filter, bias=None):
        y = F.conv2d(nchw(x), filter.permute(3, 2, 0, 1), bias, stride, pad)
        return {"y": nhwc(F.relu(y) if relu else y)}

    shapes = {"x": [n, h, w, c], "filter": [window, window, c, k]}
    if bias:
        shapes["bias"] = [k]
    case(name, "conv2d", shapes, {"stride": stride, "pad": pad, "relu": relu}, forward, tuple(shapes))


def residual_case(name, n, h, w, c, k, window, stride, pad, relu):
    def forward(x, filter, bias, residual):
        y = nhwc(F.conv2d(nchw(x), filter.permute(3, 2, 0, 1), bias, stride, pad)) + residual
        return {"y": F.relu(y) if relu else y}

    side = lambda size: (size + 2 * pad - window) // stride + 1
    shapes = {"x": [n, h, w, c], "filter": [window, window, c, k], "bias": [k], "residual": [n, side(h), side(w), k]}
    case(name, "conv2dResidual", shapes, {"stride": stride, "pad": pad, "relu": relu}, forward)


def norm_case(name, shape, relu, residual):
    def forward(x, gamma, beta, residual=None):
        mean = x.mean((0, 1, 2))
        variance = x.var((0, 1, 2), unbiased=False)
        y = nhwc(F.batch_norm(nchw(x), None, None, gamma, beta, training=True, eps=1e-5))
        y = y if residual is None else y + residual
        return {"y": F.relu(y) if relu else y, "mean": mean, "variance": variance}

    shapes = {"x": shape, "gamma": shape[3:], "beta": shape[3:]}
    if residual:
        shapes["residual"] = shape
    case(name, "batchNorm", shapes, {"epsilon": 1e-5, "relu": relu}, forward, tuple(shapes))


def running_case():
    def forward(x, running_mean, running_variance):
        norm = nn.BatchNorm2d(x.shape[3], dtype=torch.float64)
        norm.running_mean.copy_(running_mean)
        norm.running_var.copy_(running_variance)
        norm(nchw(x))
        return {
            "runningMean": norm.running_mean,
            "runningVariance": norm.running_var,
            "mean": x.mean((0, 1, 2)),
            "variance": x.var((0, 1, 2), unbiased=False),
        }

    shapes = {"x": [2, 3, 2, 5], "running_mean": [5], "running_variance": [5]}
    case("running statistics, 12 values a channel", "runningStatistics", shapes, {"momentum": 0.1, "count": 12}, forward)


def pool_case(name, shape, window, stride, pad, levels=None):
    def forward(x):
        y, index = F.max_pool2d(nchw(x), window, stride, pad, return_indices=True)
        channels = x.shape[3]
        argmax = nhwc(index) * channels + torch.arange(channels)
        return {"y": nhwc(y), "argmax": argmax}

    attributes = {"window": window, "stride": stride, "pad": pad}
    case(name, "maxPool", {"x": shape}, attributes, forward, ("x",), levels)


def average_case(name, shape, height, width):
    def forward(x):
        return {"y": nhwc(F.adaptive_avg_pool2d(nchw(x), (height, width)))}

    case(name, "adaptiveAvgPool", {"x": shape}, {"outHeight": height, "outWidth": width}, forward, ("x",))


def linear_case(name, n, i, o, relu):
    def forward(x, weight, bias):
        y = x @ weight + bias
        return {"y": F.relu(y) if relu else y}

    shapes = {"x": [n, i], "weight": [i, o], "bias": [o]}
    case(name, "linear", shapes, {"relu": relu}, forward, ("x", "weight", "bias"))


def loss_case(name, n, smoothing, scale=3.0):
    labels = [int(v) for v in hash32(3, 0, np.arange(n)) % np.uint64(4)]

    def forward(logits):
        loss = F.cross_entropy(logits, torch.tensor(labels), label_smoothing=smoothing)
        return {"loss": loss, "probabilities": F.softmax(logits, 1)}

    attributes = {"labelSmoothing": smoothing, "labels": labels}
    case(name, "softmaxCrossEntropy", {"logits": [n, 4]}, attributes, forward, ("logits",), scale=scale)


def sgd_case(name, weight_decay, momentum):
    rates = [0.1, 0.05, 0.01]

    def forward(parameter, g0, g1, g2):
        p = nn.Parameter(parameter.clone())
        optimiser = torch.optim.SGD([p], lr=1, momentum=momentum, weight_decay=weight_decay)
        for rate, gradient in zip(rates, [g0, g1, g2]):
            optimiser.param_groups[0]["lr"] = rate
            p.grad = gradient.clone()
            optimiser.step()
        return {"parameter": p, "velocity": optimiser.state[p]["momentum_buffer"]}

    shapes = {key: [37] for key in ["parameter", "g0", "g1", "g2"]}
    attributes = {"rates": rates, "momentum": momentum, "weightDecay": weight_decay}
    case(name, "sgd", shapes, attributes, forward)


def dropout_mask(n, rate, seed, stream, step):
    key = hash32(seed, stream, step)
    return hash32(key, 0, np.arange(n)) >= np.uint64(int(rate * 2**32))


def dropout_case():
    attributes = {"rate": 0.3, "seed": 5, "stream": 2, "step": 7}

    def forward(x):
        mask = torch.tensor(dropout_mask(x.numel(), **attributes).reshape(x.shape))
        return {"y": x * mask / (1 - attributes["rate"])}

    case("a mask by hash32", "dropout", {"x": [3, 17]}, attributes, forward, ("x",))


def input_case(name, n, size):
    pixels = (hash32(2, 0, np.arange(n * size * size)) >> np.uint64(24)).astype(np.float64)
    y = torch.tensor(pixels.reshape(n, size, size, 1) / 255)
    case(name, "input", {}, {"n": n, "size": size}, lambda: {"y": y})


def make_ops():
    conv_case("3x3, odd sides, 3 to 5 channels", 2, 7, 6, 3, 5, 3, 1, 1)
    conv_case("3x3, 16 to 16 channels", 1, 9, 10, 16, 16, 3, 1, 1)
    conv_case("3x3 stride 2, even and odd side", 2, 8, 5, 4, 6, 3, 2, 1)
    conv_case("3x3 on one pixel", 3, 1, 1, 8, 8, 3, 1, 1)
    conv_case("3x3 stride 2 on 2 pixels", 1, 2, 2, 4, 8, 3, 2, 1)
    conv_case("7x7 stride 2 pad 3, one channel", 1, 11, 13, 1, 4, 7, 2, 3)
    conv_case("1x1 stride 2, unused rows", 2, 6, 7, 5, 3, 1, 2, 0)
    conv_case("1x1, 17 to 9 channels", 1, 3, 5, 17, 9, 1, 1, 0)
    conv_case("3x3 with bias", 1, 5, 4, 2, 7, 3, 1, 1, bias=True)
    conv_case("3x3 with bias and ReLU", 2, 5, 6, 4, 4, 3, 1, 1, relu=True, bias=True)
    conv_case("3x3 without padding", 1, 6, 5, 3, 2, 3, 1, 0)
    residual_case("1x1 with ReLU, 17 to 11 channels", 2, 5, 3, 17, 11, 1, 1, 0, True)
    residual_case("3x3 with ReLU, 16 to 16 channels", 1, 9, 10, 16, 16, 3, 1, 1, True)
    residual_case("3x3 stride 2, without ReLU", 2, 7, 6, 4, 8, 3, 2, 1, False)
    norm_case("plain, 3 channels", [2, 5, 3, 3], False, False)
    norm_case("ReLU, 8 channels", [3, 4, 4, 8], True, False)
    norm_case("residual", [2, 3, 3, 5], False, True)
    norm_case("residual and ReLU, batch 1", [1, 7, 5, 6], True, True)
    norm_case("one pixel, batch 4", [4, 1, 1, 9], True, False)
    running_case()
    pool_case("3x3 stride 2 pad 1", [2, 7, 6, 3], 3, 2, 1)
    pool_case("2x2 stride 2, odd side", [1, 5, 6, 5], 2, 2, 0)
    pool_case("3x3 stride 2 pad 1, ties", [1, 8, 8, 4], 3, 2, 1, levels=1)
    average_case("global", [2, 5, 3, 6], 1, 1)
    average_case("overlapping bins", [1, 5, 7, 3], 3, 4)
    average_case("more bins than pixels", [2, 2, 2, 3], 7, 7)
    average_case("as many bins as pixels", [1, 3, 3, 2], 3, 3)
    linear_case("7 to 5", 3, 7, 5, False)
    linear_case("33 to 4 with ReLU, batch 1", 1, 33, 4, True)
    loss_case("plain", 5, 0)
    loss_case("label smoothing", 7, 0.1)
    loss_case("logits in the hundreds", 4, 0, scale=300)
    sgd_case("three steps with weight decay", 0.01, 0.9)
    sgd_case("three steps without", 0.0, 0.9)
    dropout_case()
    input_case("as it is, size not a multiple of four", 3, 5)
    return cases


# --- networks ------------------------------------------------------------------------------------------------


def narrow_resnet(block, width):
    """torchvision's own ResNet with one block a stage and fewer channels."""
    net = torch_resnet.ResNet(block, [1, 1, 1, 1], num_classes=4)
    net.inplanes = width
    net.conv1 = nn.Conv2d(1, width, 7, 2, 3, bias=False)
    net.bn1 = nn.BatchNorm2d(width)
    for stage in range(4):
        setattr(net, f"layer{stage + 1}", net._make_layer(block, width * 2**stage, 1, stride=1 if stage == 0 else 2))
    net.fc = nn.Linear(width * 8 * block.expansion, 4)
    return net


class HashDropout(nn.Module):
    """Dropout with the engine's mask: one part a batch, rate 0.5."""

    def __init__(self, layer, seed):
        super().__init__()
        self.layer, self.seed, self.step = layer, seed, 0

    def forward(self, x):
        if not self.training:
            return x
        mask = dropout_mask(x.numel(), 0.5, self.seed, 0x20000 + self.layer, self.step)
        self.step += 1
        return x * torch.tensor(mask.reshape(x.shape)) * 2


def narrow_vgg(normed, seed):
    """torchvision's own VGG with fewer channels."""
    features = torch_vgg.make_layers([4, 4, "M", 6, "M", 8, 8, "M"], batch_norm=normed)
    features[0] = nn.Conv2d(1, 4, 3, padding=1)
    net = torch_vgg.VGG(features, num_classes=4, init_weights=False)
    net.classifier = nn.Sequential(
        nn.Linear(8 * 49, 16), nn.ReLU(), HashDropout(0, seed), nn.Linear(16, 16), nn.ReLU(), HashDropout(1, seed), nn.Linear(16, 4)
    )
    return net


def set_weights(net):
    """The formula of `formulaState` in test/make/networks.ts; the stream is the tensor's place."""
    state = {k: v for k, v in net.state_dict().items() if not k.endswith("num_batches_tracked")}
    for stream, (name, tensor) in enumerate(state.items()):
        shape = list(tensor.shape)
        values = uniform(stream, int(np.prod(shape)), seed=11).astype(np.float64)
        if name.endswith("running_mean"):
            values = values * 0
        elif name.endswith("running_var"):
            values = values * 0 + 1
        elif len(shape) == 4:
            values = values * np.sqrt(6 / (shape[0] * shape[2] * shape[3]))
        elif len(shape) == 2:
            values = values * np.sqrt(3 / shape[1])
        elif name.endswith(".bias"):
            values = values * 0.1
        else:
            values = 1 + values * 0.2
            # The end of a residual branch, as small as training makes it: else gradients grow from block to block.
            if name.endswith((".bn2.weight", ".bn3.weight")):
                values = values / 4
        tensor.copy_(torch.tensor(values.astype(np.float32).reshape(shape)))


def summary(net):
    """Of each tensor its root mean square and three of its values."""
    result = {}
    for index, (name, tensor) in enumerate(net.state_dict().items()):
        if name.endswith("num_batches_tracked"):
            continue
        flat = tensor.double().flatten()
        at = [int(i) for i in hash32(13, len(result), np.arange(3)) % np.uint64(len(flat))]
        result[name] = rounded(torch.cat([flat.square().mean().sqrt()[None], flat[at]]))
    return result


# PyTorch's ReduceLROnPlateau, checked at every step; strict enough to act within five.
PLATEAU = {"factor": 0.5, "patience": 0, "threshold": 0.05}


def pixels(size, batch, step):
    """
    Squares of 4×4 pixels: finer noise looks alike in every image, and a norm blows up what is left of differences.
    Each class is darker than the next, so that there is something to learn.
    """
    cells = size // 4
    values = (hash32(17, step, np.arange(batch * cells * cells)) >> np.uint64(24)).reshape(batch, 1, cells, cells)
    shade = (np.arange(batch) % 4 + 1).reshape(batch, 1, 1, 1)
    return np.floor(values.astype(np.float32) * shade / 4).repeat(4, 2).repeat(4, 3)


def train(net, dtype, size, batch, steps, rate, smoothing, disturbance=0):
    net = net.to(dtype)
    set_weights(net)
    for parameter in net.parameters():
        parameter.data.mul_(1 + disturbance * (2 * torch.rand_like(parameter) - 1))
    optimiser = torch.optim.SGD(net.parameters(), lr=rate, momentum=0.9, weight_decay=0.01)
    plateau = torch.optim.lr_scheduler.ReduceLROnPlateau(optimiser, **PLATEAU)
    labels = torch.arange(batch) % 4
    losses, rates, tensors, images = [], [], [], None
    for step in range(steps):
        images = torch.tensor(pixels(size, batch, step)).to(dtype) / 255
        net.train()
        optimiser.zero_grad()
        loss = F.cross_entropy(net(images), labels, label_smoothing=smoothing)
        loss.backward()
        rates.append(optimiser.param_groups[0]["lr"])
        optimiser.step()
        losses.append(float(loss))
        plateau.step(losses[-1])
        tensors.append(summary(net))
    net.eval()
    with torch.no_grad():
        probabilities = F.softmax(net(images), 1)
    return {"losses": losses, "rates": rates, "probabilities": rounded(probabilities), "tensors": tensors}


def largest_difference(a, b):
    return max(abs(x - y) for x, y in zip(a, b))


def drift(a, b):
    """How far two trainings are apart, in each of the things that are compared."""
    return {
        "losses": [abs(x - y) for x, y in zip(a["losses"], b["losses"])],
        "tensors": [max(largest_difference(x[k], y[k]) for k in x) for x, y in zip(a["tensors"], b["tensors"])],
        "probabilities": [largest_difference(a["probabilities"], b["probabilities"])],
    }


# Relative rounding error of one convolution in float32, Winograd's included.
DISTURBANCE = 1e-6


def network_golden(name, make, size, batch, steps, rate, disturbances):
    options = {"size": size, "batch": batch, "steps": steps, "rate": rate}
    settings = [size, batch, steps, rate, 0.1]
    exact = train(make(), torch.float64, *settings)
    # How errors of that size grow. They jump where a ReLU or a maximum flips, so that one run tells little.
    disturbed = [drift(exact, train(make(), torch.float64, *settings, DISTURBANCE)) for _ in range(disturbances)]
    drifts = {k: [float(f"{max(v):.2g}") for v in zip(*(d[k] for d in disturbed))] for k in disturbed[0]}
    print(name, [f"{v:.6f}" for v in exact["losses"]], exact["rates"], drifts)
    print("    PyTorch in float32:", drift(exact, train(make(), torch.float32, *settings)), flush=True)
    constants = {"labelSmoothing": 0.1, "momentum": 0.9, "weightDecay": 0.01, "plateau": PLATEAU}
    return {"name": name, **options, **constants, "drift": drifts, **exact}


def full_resnet(key):
    net = getattr(torchvision.models, key)(num_classes=4)
    net.conv1 = nn.Conv2d(1, 64, 7, 2, 3, bias=False)
    return net


def full_vgg(key, seed=None):
    """With a seed, dropout uses the engine's mask."""
    net = getattr(torchvision.models, key)(num_classes=4, init_weights=False)
    net.features[0] = nn.Conv2d(1, 64, 3, padding=1)
    if seed is not None:
        net.classifier[2], net.classifier[5] = HashDropout(0, seed), HashDropout(1, seed)
    return net


BASIC, BOTTLENECK = torch_resnet.BasicBlock, torch_resnet.Bottleneck
# Network, side, batch, steps, learning rate, disturbed trainings.
NETWORKS = {
    "narrow basic": (lambda: narrow_resnet(BASIC, 6), 64, 4, 5, 0.02, 6),
    "narrow bottleneck": (lambda: narrow_resnet(BOTTLENECK, 4), 64, 4, 5, 0.02, 6),
    "narrow vgg": (lambda: narrow_vgg(False, 21), 32, 4, 5, 0.02, 6),
    "narrow vgg_bn": (lambda: narrow_vgg(True, 21), 32, 4, 5, 0.02, 6),
    "resnet10_half": (lambda: narrow_resnet(BASIC, 32), 64, 8, 5, 0.0005, 6),
    "resnet18": (lambda: full_resnet("resnet18"), 64, 8, 5, 0.0005, 6),
    "resnet34": (lambda: full_resnet("resnet34"), 64, 8, 5, 0.0002, 4),
    "resnet50": (lambda: full_resnet("resnet50"), 64, 8, 5, 0.00005, 3),
    "vgg16": (lambda: full_vgg("vgg16", 21), 32, 8, 5, 0.001, 2),
    "vgg16_bn": (lambda: full_vgg("vgg16_bn", 21), 32, 8, 5, 0.00001, 4),
}


def make_networks(names):
    path = HERE / "networks.json"
    known = {golden["name"]: golden for golden in json.loads(path.read_text())} if path.exists() else {}
    for name in names:
        torch.manual_seed(0)
        known[name] = network_golden(name, *NETWORKS[name])
    return [known[name] for name in NETWORKS if name in known]


def make_names():
    """Names and shapes of the full networks, with one input channel and four outputs."""

    def listed(net):
        return {k: list(v.shape) for k, v in net.state_dict().items() if not k.endswith("num_batches_tracked")}

    return {key: listed(make()) for key, (make, *_) in NETWORKS.items() if not key.startswith("narrow")}


def write(name, data):
    lines = ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in data) if isinstance(data, list) else None
    text = f"[\n{lines}\n]\n" if lines else json.dumps(data, separators=(",", ":")) + "\n"
    (HERE / name).write_text(text)


if __name__ == "__main__":
    torch.set_num_threads(1)
    if len(sys.argv) == 1:
        write("ops.json", make_ops())
    with torch.no_grad():
        write("torchvision.json", make_names())
    write("networks.json", make_networks(sys.argv[1:] or NETWORKS))
