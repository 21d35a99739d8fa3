"""The twin of `npm run bench -- ingest`: pydicom, gdcm, nibabel, NumPy and OpenCV, one thread.

Reads lines of JSON: {"load": [paths]} takes files into memory and answers with the mean of each slice of each
file; {} decodes all of them once, bytes to 224x224 slices, and answers with the time.
"""
import gzip
import io
import json
import sys
import time
import warnings

import cv2
import nibabel
import numpy as np
import pydicom

warnings.filterwarnings("ignore")
cv2.setNumThreads(1)
SIDE = 224


def to_slice(values):
    """The paper's preprocessing: resize ignoring the aspect ratio, min-max, round. None where it is blank."""
    resized = cv2.resize(values.astype(np.float32), (SIDE, SIDE), interpolation=cv2.INTER_LINEAR)
    low, high, _, _ = cv2.minMaxLoc(resized)
    if not high > low:
        return None
    scale = 255 / (high - low)
    return np.rint(resized * np.float32(scale) - np.float32(low * scale)).astype(np.uint8)


def gray(image):
    return cv2.cvtColor(np.ascontiguousarray(image[..., :3]), cv2.COLOR_RGB2GRAY)


def dicom_frames(data):
    """Stored values are enough: slope and intercept vanish in min-max but for the sign."""
    file = pydicom.dcmread(io.BytesIO(data), force=True)
    pixels = file.pixel_array
    color = file.get("SamplesPerPixel", 1) == 3
    frames = pixels if pixels.ndim == (4 if color else 3) else pixels[None]
    negative = (file.get("RescaleSlope", 1) < 0) != (file.PhotometricInterpretation == "MONOCHROME1")
    padding = file.get("PixelPaddingValue")
    for frame in frames:
        if color:
            frame = gray(frame) if file.PhotometricInterpretation == "RGB" else frame[..., 0]
        if padding is not None:
            limit = file.get("PixelPaddingRangeLimit", padding)
            hidden = (frame >= min(padding, limit)) & (frame <= max(padding, limit))
            if hidden.all():
                continue
            if hidden.any():
                frame = np.where(hidden, frame[~hidden].max() if negative else frame[~hidden].min(), frame)
        yield -frame.astype(np.float32) if negative else frame


def finite(frame):
    """What is no number is as dark as the darkest."""
    if frame.dtype.kind != "f":
        return frame
    good = np.isfinite(frame)
    if good.all():
        return frame
    return np.where(good, frame, frame[good].min()) if good.any() else None


def nifti_frames(data):
    image = nibabel.Nifti1Image.from_bytes(gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data)
    stored = image.dataobj.get_unscaled()
    slope = image.dataobj.slope
    flat = stored.reshape(*stored.shape[:2], -1, order="F")
    for k in range(flat.shape[2]):
        frame = flat[:, :, k].T
        yield finite(-frame.astype(np.float32) if slope < 0 else frame)


def npy_frames(data):
    array = np.load(io.BytesIO(data), allow_pickle=False)
    color = array.ndim >= 3 and (array.shape[-1] == 1 or (array.shape[-1] in (3, 4) and min(array.shape[-3:-1]) > 4))
    shape = array.shape[-3:] if color else array.shape[-2:]
    for frame in array.reshape(-1, *shape):
        if color:
            frame = frame[..., 0] if shape[-1] == 1 else gray(frame)
        yield finite(frame)


def picture_frames(data):
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_ANYDEPTH)
    if image is not None:
        yield image


def slices(data):
    """A generator of slices; what is no image gives none."""
    if data[128:132] == b"DICM":
        frames = dicom_frames(data)
    elif data[:4] in (b"\x89PNG",) or data[:3] == b"\xff\xd8\xff":
        frames = picture_frames(data)
    elif data[:6] == b"\x93NUMPY":
        frames = npy_frames(data)
    elif data[:2] == b"\x1f\x8b" or data[344:347] == b"n+1":
        frames = nifti_frames(data)
    else:
        return
    try:
        for frame in frames:
            if frame is not None:
                made = to_slice(frame)
                if made is not None:
                    yield made
    except Exception:  # One bad file is left out; the counts show it.
        return


files = []
for line in sys.stdin:
    question = json.loads(line)
    if "load" in question:
        files = [open(path, "rb").read() for path in question["load"]]
        answer = [[float(made.mean()) for made in slices(data)] for data in files]
    else:
        count = 0
        begun = time.perf_counter()
        for data in files:
            for _ in slices(data):
                count += 1
        answer = {"slices": count, "seconds": time.perf_counter() - begun}
    print(json.dumps(answer), flush=True)
