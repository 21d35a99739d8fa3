"""Writes the PyTorch twin's network as an ONNX file: bytes in, probabilities out, for one size and batch."""
import argparse

import torch
import torchvision

parser = argparse.ArgumentParser()
parser.add_argument("--network", default="resnet18")
parser.add_argument("--size", type=int, default=224)
parser.add_argument("--batch", type=int, default=16)
parser.add_argument("--out", required=True)
options = parser.parse_args()

torch.manual_seed(1)
network = getattr(torchvision.models, options.network)(num_classes=4)
if hasattr(network, "conv1"):
    network.conv1 = torch.nn.Conv2d(1, 64, 7, 2, 3, bias=False)
else:
    network.features[0] = torch.nn.Conv2d(1, 64, 3, 1, 1)


class Prediction(torch.nn.Module):
    """What a step of prediction is on both sides: bytes to grey levels of 0 to 1, the network, softmax."""

    def __init__(self):
        super().__init__()
        self.network = network

    def forward(self, pixels):
        return self.network(pixels.float() / 255).softmax(1)


pixels = torch.zeros((options.batch, 1, options.size, options.size), dtype=torch.uint8)
# In evaluation mode the export folds the batch norms into the convolutions.
torch.onnx.export(
    Prediction().eval(), pixels, options.out, input_names=["pixels"], output_names=["probabilities"], opset_version=13
)
