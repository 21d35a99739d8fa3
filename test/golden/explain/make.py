"""Golden numbers of Grad-CAM and of the networks' stages, made by PyTorch in float64.

    python3 test/golden/explain/make.py [network …]        (PyTorch 1.13, torchvision 0.14; all: a minute, 2 GB)

The networks, their weights and the image are those of test/golden/engine/make.py: both sides compute them. Activations
and gradients are taken by hooks on torchvision's own modules. Writes explain.json beside itself.
"""
import importlib.util
import json
import sys
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

HERE = Path(__file__).parent
spec = importlib.util.spec_from_file_location("engine_make", HERE.parent / "engine" / "make.py")
engine = importlib.util.module_from_spec(spec)
spec.loader.exec_module(engine)


def resnet_modules(depths):
    """The end of each stage, and the blocks of the last one. The last convolution's output is the last block's."""
    ends = ["relu"] + [f"layer{i + 1}.{depth - 1}" for i, depth in enumerate(depths)]
    return ends, [f"layer4.{i}" for i in range(depths[3])]


def vgg_modules(stages, normed):
    """The ReLUs after the convolutions."""
    names, index = [], 0
    for convolutions in stages:
        names.append([])
        for _ in range(convolutions):
            index += 3 if normed else 2
            names[-1].append(f"features.{index - 1}")
        index += 1
    return [stage[-1] for stage in names], names[-1]


def explain(name, make, size, modules):
    ends, blocks = modules
    net = make().double()
    with torch.no_grad():
        engine.set_weights(net)
    net.eval()
    image = torch.tensor(engine.pixels(size, 4, 0)[3:4]).double() / 255

    outputs = {}
    for module, inner in net.named_modules():
        if module in ends + blocks:
            # The stem's ReLU is called once by the network itself. ReLUs here work in place: what follows must not.
            inner.register_forward_hook(lambda _m, _i, y, module=module: outputs.setdefault(module, y))
        if isinstance(inner, torch.nn.ReLU):
            inner.inplace = False
    logits = net(image)
    activations = outputs[ends[-1]]
    cams, large = [], []
    for c in range(4):
        (gradient,) = torch.autograd.grad(logits[0, c], activations, retain_graph=True)
        weights = gradient.mean((2, 3), keepdim=True)
        cam = F.relu((weights * activations).sum(1, keepdim=True))
        cams.append(engine.rounded(cam))
        large.append(engine.rounded(F.interpolate(cam, size=(12, 12), mode="bilinear", align_corners=False)))

    stages = []
    for module in ends:
        y = outputs[module].detach()
        flat = engine.nhwc(y).flatten()
        at = [int(i) for i in engine.hash32(13, 0, np.arange(5)) % np.uint64(len(flat))]
        strongest = torch.argsort(y.mean((0, 2, 3)), descending=True)[:3]
        stages.append({
            "module": module, "shape": list(engine.nhwc(y).shape), "mean": float(flat.mean()),
            "active": float((flat > 0).double().mean()), "values": engine.rounded(flat[at]),
            "strongest": [int(i) for i in strongest],
        })

    readings = []
    for module in blocks:
        y = outputs[module].detach()
        if name.startswith("narrow vgg") or name.startswith("vgg"):
            y = net.classifier(torch.flatten(net.avgpool(F.max_pool2d(y, 2)), 1))
        else:
            y = net.fc(torch.flatten(net.avgpool(y), 1))
        readings.append({"module": module, "probabilities": engine.rounded(F.softmax(y, 1))})
    print(name, [f"{v:.4f}" for v in F.softmax(logits, 1)[0]], list(activations.shape), flush=True)
    return {
        "name": name, "size": size, "module": ends[-1], "shape": list(engine.nhwc(activations).shape),
        "probabilities": engine.rounded(F.softmax(logits, 1)), "cams": cams, "large": large,
        "stages": stages, "readings": readings,
    }


ONE_EACH, NARROW_VGG = resnet_modules([1, 1, 1, 1]), [2, 1, 2]
CONFIGURATION_D = [2, 2, 3, 3, 3]
NETWORKS = [
    ("narrow basic", lambda: engine.narrow_resnet(engine.BASIC, 6), 96, ONE_EACH),
    ("narrow bottleneck", lambda: engine.narrow_resnet(engine.BOTTLENECK, 4), 96, ONE_EACH),
    ("narrow vgg", lambda: engine.narrow_vgg(False, 21), 32, vgg_modules(NARROW_VGG, False)),
    ("narrow vgg_bn", lambda: engine.narrow_vgg(True, 21), 32, vgg_modules(NARROW_VGG, True)),
    ("resnet10_half", lambda: engine.narrow_resnet(engine.BASIC, 32), 64, ONE_EACH),
    ("resnet18", lambda: engine.full_resnet("resnet18"), 64, resnet_modules([2, 2, 2, 2])),
    ("resnet34", lambda: engine.full_resnet("resnet34"), 64, resnet_modules([3, 4, 6, 3])),
    ("resnet50", lambda: engine.full_resnet("resnet50"), 64, resnet_modules([3, 4, 6, 3])),
    ("vgg16", lambda: engine.full_vgg("vgg16", 21), 64, vgg_modules(CONFIGURATION_D, False)),
    ("vgg16_bn", lambda: engine.full_vgg("vgg16_bn", 21), 64, vgg_modules(CONFIGURATION_D, True)),
]

if __name__ == "__main__":
    torch.set_num_threads(1)
    path, wanted = HERE / "explain.json", sys.argv[1:]
    known = {golden["name"]: golden for golden in json.loads(path.read_text())} if wanted else {}
    for entry in NETWORKS:
        if wanted and entry[0] not in wanted:
            continue
        torch.manual_seed(0)
        known[entry[0]] = explain(*entry)
    lines = ",\n".join(json.dumps(known[name], separators=(",", ":")) for name, *_ in NETWORKS)
    path.write_text(f"[\n{lines}\n]\n")
