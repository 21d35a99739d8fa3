"""The Python twin of `npm run bench -- classify`: headers by pydicom, nine slices of each series by PyTorch; one JSON line."""
import json
import os
import sys
import time

import pydicom
import torch
from torchvision.models import resnet

GLANCE, SIDE, INPUT, WIDTH = 9, 224, 96, 32
folder, threads = sys.argv[1], int(sys.argv[2])
torch.set_num_threads(threads)


def narrow_resnet():
    """torchvision's own ResNet with one block a stage and half of its channels: the starter's network."""
    net = resnet.ResNet(resnet.BasicBlock, [1, 1, 1, 1], num_classes=5)
    net.inplanes = WIDTH
    net.conv1 = torch.nn.Conv2d(1, WIDTH, 7, 2, 3, bias=False)
    net.bn1 = torch.nn.BatchNorm2d(WIDTH)
    for stage in range(4):
        layer = net._make_layer(resnet.BasicBlock, WIDTH * 2**stage, 1, stride=1 if stage == 0 else 2)
        setattr(net, f"layer{stage + 1}", layer)
    net.fc = torch.nn.Linear(WIDTH * 8, 5)
    return net.eval()


def tensor_of(path):
    pixels = torch.from_numpy(pydicom.dcmread(path).pixel_array.astype("float32"))[None, None]
    slice_ = torch.nn.functional.interpolate(pixels, (SIDE, SIDE), mode="bilinear")
    slice_ = (slice_ - slice_.min()) / (slice_.max() - slice_.min())
    return torch.nn.functional.interpolate(slice_, (INPUT, INPUT), mode="area")


network = narrow_resnet()
begun, spent = time.perf_counter(), time.process_time()
series, files = {}, 0
for home, _, names in os.walk(folder):
    for name in names:
        path = os.path.join(home, name)
        header = pydicom.dcmread(path, stop_before_pixels=True)
        files += 1
        series.setdefault(header.SeriesInstanceUID, []).append((int(header.InstanceNumber), path))
with torch.no_grad():
    for members in series.values():
        members.sort()
        step = len(members) / GLANCE
        chosen = [members[int((i + 0.5) * step)][1] for i in range(GLANCE)]
        network(torch.cat([tensor_of(path) for path in chosen])).softmax(1)
seconds = time.perf_counter() - begun
cpu = time.process_time() - spent
print(json.dumps({"files": files, "series": len(series), "seconds": seconds, "cpuSeconds": cpu}))
