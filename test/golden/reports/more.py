"""What make.py needs beside the kit of ../dicom: readers of the other formats, and encoders that no library here has."""
import io
import os
import sys
from struct import pack

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'dicom'))
from kit import *

import cv2
import nibabel
import tifffile
from pathlib import Path


def rescaled(path):
    """pydicom with the Modality LUT or rescale of the data set."""
    from pydicom.pixel_data_handlers.util import apply_modality_lut
    data = pydicom.dcmread(path, force=True)
    array = apply_modality_lut(data.pixel_array, data)
    frames = int(data.get('NumberOfFrames', 1) or 1)
    return [gray(frame, data.PhotometricInterpretation) for frame in (array if frames > 1 else [array])]


def through_palette(path):
    from pydicom.pixel_data_handlers.util import apply_color_lut
    data = pydicom.dcmread(path, force=True)
    array = apply_color_lut(data.pixel_array, data)
    frames = int(data.get('NumberOfFrames', 1) or 1)
    return [luminance(frame.astype(float)) for frame in (array if frames > 1 else [array])]


def nibabel_reader(path):
    values = np.asanyarray(nibabel.load(path).dataobj)
    if values.dtype.fields:
        values = np.stack([values[c] for c in 'RGB'], -1).astype(float) @ [.299, .587, .114]
    values = np.abs(values) if np.iscomplexobj(values) else values
    if 1 in values.shape[:2]:
        values = values.squeeze()
    flat = values.reshape(values.shape[:2] + (-1,), order='F')
    return [finite(flat[:, :, k].T.astype(float)) for k in range(flat.shape[2])]


def finite(values):
    seen = np.isfinite(values)
    return np.where(seen, values, values[seen].min())


def tifffile_reader(path):
    frames = []
    with tifffile.TiffFile(path) as tiff:
        for page in tiff.pages:
            array = page.asarray()
            if page.photometric.name == 'PALETTE':
                array = (page.colormap.T[array] >> 8)
            elif page.photometric.name == 'MINISWHITE':
                array = -array.astype(float)
            frames.append(luminance(array[..., :3].astype(float)) if array.ndim == 3 else array.astype(float))
    return frames


def pillow_reader(path):
    image = Image.open(path)
    frames = []
    for n in range(getattr(image, 'n_frames', 1)):
        image.seek(n)
        shown = image.convert('RGB') if image.mode in ('P', 'PA', 'RGBA', 'CMYK', 'YCbCr', 'LAB', 'LA') else image
        array = np.array(shown)
        frames.append(luminance(array.astype(float)) if array.ndim == 3 else array.astype(float))
    return frames


def opencv_reader(path):
    data = np.frombuffer(Path(path).read_bytes(), np.uint8)
    image = cv2.imdecode(data, cv2.IMREAD_UNCHANGED)
    return [luminance(image[..., 2::-1].astype(float)) if image.ndim == 3 else image.astype(float)]


def numpy_reader(path):
    array = np.load(path)
    array = np.abs(array) if np.iscomplexobj(array) else array
    return [one.astype(float) for one in array.reshape((-1,) + array.shape[-2:])]


# --- lossless JPEG (T.81 Annex H), with what libraries here don't write -------------------------------------------

def lossless_jpeg(array, bits=8, restart_lines=0, predictor=1, wrap=False, huge=False):
    """`wrap`: differences that leave the range and come back modulo 2¹⁶; `huge`: a code for the category 16."""
    rows, columns = array.shape
    lengths = [0] * 16
    categories = 17
    lengths[4] = categories  # Codes of 5 bits, of which 32 are there.
    dht = bytes([0]) + bytes(lengths) + bytes(range(categories))
    segment = lambda marker, body: bytes([0xff, marker]) + pack('>H', len(body) + 2) + body
    out = b'\xff\xd8' + segment(0xc3, pack('>BHHB', bits, rows, columns, 1) + b'\1\x11\0') + segment(0xc4, dht)
    if restart_lines:
        out += segment(0xdd, pack('>H', restart_lines * columns))
    out += segment(0xda, bytes([1, 1, 0, predictor, 0, 0]))
    a = array.astype(int)
    pending, body, restarts = '', b'', 0

    def flushed(text):
        text += '1' * (-len(text) % 8)
        return bytes(int(text[i:i + 8], 2) for i in range(0, len(text), 8)).replace(b'\xff', b'\xff\0')
    for y in range(rows):
        fresh = y == 0 or (restart_lines and y % restart_lines == 0)
        if fresh and y:
            body += flushed(pending) + bytes([0xff, 0xd0 + restarts % 8])
            pending, restarts = '', restarts + 1
        for x in range(columns):
            if fresh:
                p = 1 << (bits - 1) if x == 0 else a[y, x - 1]
            elif x == 0:
                p = a[y - 1, 0]
            else:
                left, up, corner = a[y, x - 1], a[y - 1, x], a[y - 1, x - 1]
                p = {1: left, 2: up, 3: corner, 4: left + up - corner, 5: left + ((up - corner) >> 1), 6: up + ((left - corner) >> 1), 7: (left + up) >> 1}[predictor]
            d = int(a[y, x] - p)
            if wrap and bits == 8 and abs(d) > 60:
                d += -256 if d > 0 else 256
            d = (d + 32768) % 65536 - 32768
            if d == -32768:
                pending += format(16, '05b')
                continue
            size = abs(d).bit_length()
            pending += format(size, '05b') + (format(d if d > 0 else d + (1 << size) - 1, f'0{size}b') if size else '')
    return out + body + flushed(pending) + b'\xff\xd9'


# --- cases -------------------------------------------------------------------------------------------------------

J50, J51, J57, J70, JLS, JLSN, J2K, J2KL = (JPEG + n for n in ('50', '51', '57', '70', '80', '81', '90', '91'))
RAW = GRAY.tobytes()
P12 = picture(12)
P16 = picture(16)
S12 = picture(12, signed=True)
W12 = P12.astype('<u2').tobytes()
TWELVE = dict(allocated=16, stored=12)
cases = []


def add(source, name, data, wanted, readers=READERS, allowed=1, ending='.dcm', only=None, header=None):
    """`wanted`: a picture or frames, bright is high; `readers`: by name; `only`: why ours may differ."""
    frames = [np.asarray(one, float) for one in (wanted if isinstance(wanted, list) else [wanted])]
    path = str(SCRATCH / ('case' + ending))
    Path(path).write_bytes(data)
    said = {who: verdict(guarded(reader, path), frames, allowed + (who == 'dcmtk')) for who, reader in readers.items()}
    case = {'source': source, 'name': name, 'file': packed(data), 'readers': said,
            'frames': [packed(np.rint(levels(one) * 10).astype('<u2').tobytes()) for one in frames], 'allowed': allowed}
    cases.append({**case, **({'explained': only} if only else {})})
    print(source, '|', name, '|', said, file=sys.stderr)


def sequence(tag, items, vr='SQ'):
    return (tag, vr, b''.join(item(b''.join(element(*e) for e in one)) for one in items))


WITH_SCALE = {'gdcm': gdcm_reader, 'dcmtk': dcmtk_reader, 'pydicom': rescaled}
WITH_PALETTE = {'gdcm': gdcm_reader, 'dcmtk': dcmtk_reader, 'pydicom': through_palette}
SLOPE, INTERCEPT = 0x00281053, 0x00281052
