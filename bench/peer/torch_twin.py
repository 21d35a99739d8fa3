"""The PyTorch twin of `npm run bench -- train`: same network, shapes, optimiser and threads; one JSON line."""
import argparse
import json
import statistics
import time

import torch
import torchvision

parser = argparse.ArgumentParser()
parser.add_argument("what", choices=["train", "infer"])
parser.add_argument("--network", default="resnet18")
parser.add_argument("--size", type=int, default=64)
parser.add_argument("--batch", type=int, default=16)
parser.add_argument("--steps", type=int, default=10)
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--device", default="cpu", choices=["cpu", "cuda"])
options = parser.parse_args()

torch.set_num_threads(options.threads)
torch.manual_seed(1)
# float32 throughout: no TF32, which keeps 10 of 23 bits.
torch.backends.cuda.matmul.allow_tf32 = False
torch.backends.cudnn.allow_tf32 = False
torch.backends.cudnn.benchmark = True
network = getattr(torchvision.models, options.network)(num_classes=4)
if hasattr(network, "conv1"):
    network.conv1 = torch.nn.Conv2d(1, 64, 7, 2, 3, bias=False)
else:
    network.features[0] = torch.nn.Conv2d(1, 64, 3, 1, 1)
network.to(options.device)
optimiser = torch.optim.SGD(network.parameters(), lr=0.001, momentum=0.9, weight_decay=1e-4)
loss = torch.nn.CrossEntropyLoss()
pixels = torch.randint(0, 256, (options.batch, 1, options.size, options.size), dtype=torch.uint8)
labels = torch.arange(options.batch) % 4


def step():
    x = pixels.to(options.device).float() / 255
    if options.what == "infer":
        with torch.no_grad():
            return network(x).softmax(1).cpu()
    optimiser.zero_grad()
    value = loss(network(x), labels.to(options.device))
    value.backward()
    optimiser.step()
    return value.item()


network.train(options.what == "train")
for _ in range(2):
    step()
times = []
for _ in range(options.steps):
    began = time.perf_counter()
    step()
    times.append(time.perf_counter() - began)
seconds = statistics.median(times)
print(json.dumps({
    "what": options.what,
    "device": f"pytorch {torch.__version__} {options.device}",
    "adapter": torch.cuda.get_device_name() if options.device == "cuda" else None,
    "threads": options.threads,
    "network": options.network,
    "size": options.size,
    "batch": options.batch,
    "imagesPerSecond": round(options.batch / seconds, 2),
    "stepMilliseconds": round(seconds * 1000, 2),
    "fastestMilliseconds": round(min(times) * 1000, 2),
}))
