"""JPEG streams and what libjpeg-turbo (through OpenCV) and, of 12 bits, gdcm's libjpeg make of them, to the bit.

    /usr/bin/python3 test/golden/formats/jpeg.py

(Debian's python3-opencv 4.6 with libjpeg-turbo 2.1.5, python3-pil 9.4, python3-gdcm 3.0.) Writes jpeg.json beside
itself: streams in base64, and the SHA-256 of their luminance and colours, rows of samples side by side in little
endian. Streams that no encoder at hand writes are made from coefficients by `encode`, or from others by giving them
another precision and larger steps.
"""
import base64
import hashlib
import io
import json
import struct
import tempfile
from pathlib import Path

import cv2
import gdcm
import numpy as np
import pydicom
from PIL import Image
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.encaps import encapsulate

gdcm.Trace.WarningOff()
gdcm.Trace.ErrorOff()
HERE = Path(__file__).parent
rng = np.random.RandomState(81)
cases = []


def add(name, content, luminance, color=None):
    """`color` None: there is none to compare."""
    digest = lambda pixels: pixels if pixels is None else hashlib.sha256(np.ascontiguousarray(pixels).tobytes()).hexdigest()
    cases.append({'name': name, 'file': base64.b64encode(content).decode(), 'luminance': digest(luminance),
                  'color': digest(color)})


def opencv(name, content):
    data = np.frombuffer(content, np.uint8)
    luminance = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)
    channels = Image.open(io.BytesIO(content)).layers
    add(name, content, luminance, cv2.imdecode(data, cv2.IMREAD_COLOR)[..., ::-1] if channels > 1 else None)


def picture(rows, columns, channels):
    """Smooth with noise and hard edges, using the whole range."""
    y, x = np.mgrid[0:rows, 0:columns]
    base = [np.sin(x / (3 + i)) * np.cos(y / (4 + i)) + 0.4 * rng.standard_normal((rows, columns)) for i in range(channels)]
    return np.clip(np.stack(base, -1) * 110 + 128, 0, 255).astype(np.uint8)


def pillow(mode, rows=37, columns=43, **options):
    image = picture(rows, columns, len(mode))
    out = io.BytesIO()
    Image.fromarray(image[..., 0] if mode == 'L' else image, mode).save(out, 'jpeg', **options)
    return out.getvalue()


# --- an encoder of coefficients ---------------------------------------------------------------------------------

def segment(marker, body):
    return struct.pack('>BBH', 0xff, marker, len(body) + 2) + body


def codes(counts, values):
    table, code, at = {}, 0, 0
    for length, count in enumerate(counts, 1):
        for value in values[at:at + count]:
            table[value] = (code, length)
            code += 1
        at += count
        code <<= 1
    return table


# Some codes of each length, so that short, long and the longest occur.
DC = ([0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0], list(range(11)))
AC_VALUES = [0, 1, 0x11, 2, 3, 4, 0x21, 5, 0xf0] + [run << 4 | size for run in range(16) for size in range(1, 11)
                                                   if run << 4 | size not in (1, 2, 3, 4, 5, 0x11, 0x21)]
AC = ([0, 2, 1, 1, 1, 1, 1, 1, 0, 1, 1, 2, 3, 4, 40, len(AC_VALUES) - 59], AC_VALUES)


class Bits:
    def __init__(self):
        self.text = ''

    def put(self, value, length):
        if length:
            self.text += format(value, f'0{length}b')

    def bytes(self):
        text = self.text + '1' * (-len(self.text) % 8)
        return bytes(int(text[i:i + 8], 2) for i in range(0, len(text), 8)).replace(b'\xff', b'\xff\0')


def number(bits, value):
    size = int(abs(value)).bit_length()
    return size, (value if value >= 0 else value + (1 << size) - 1)


def write_block(bits, block, previous, dc, ac):
    size, rest = number(bits, int(block[0]) - previous)
    bits.put(*dc[size])
    bits.put(rest, size)
    run = 0
    for value in block[1:1 + max(np.flatnonzero(block[1:]), default=-1) + 1]:
        if value == 0:
            run += 1
            continue
        for _ in range(run // 16):
            bits.put(*ac[0xf0])
        size, rest = number(bits, int(value))
        bits.put(*ac[run % 16 << 4 | size])
        bits.put(rest, size)
        run = 0
    if not block[63]:
        bits.put(*ac[0])
    return int(block[0])


def blocks_of(down, across):
    """Quantised coefficients in zigzag order, of blocks that are flat, smooth or busy."""
    out = np.zeros((down, across, 64), int)
    out[..., 0] = np.clip(rng.randint(-14, 15, (down, across)), -60, 60)
    for y in range(down):
        for x in range(across):
            last = rng.choice([0, 0, 2, 5, 9, 20, 63])
            places = np.arange(1, last + 1)
            out[y, x, places] = np.where(rng.rand(last) < 0.5, rng.randint(-6, 7, last), 0)
    out[0, 0, 1:] = rng.randint(-3, 4, 63)
    return out


def encode(rows, columns, sampling, interleaved=True, restart=0, ids=(1, 2, 3, 4), adobe=None, wide=False):
    """`adobe`: the transform in that marker; `wide`: steps of 16 bits."""
    h_most, v_most = max(h for h, _ in sampling), max(v for _, v in sampling)
    ceil = lambda a, b: -(-a // b)
    units = ceil(rows, 8 * v_most), ceil(columns, 8 * h_most)
    planes = [blocks_of(units[0] * v, units[1] * h) for h, v in sampling]
    steps = 3 + np.arange(64) // 3
    out = b'\xff\xd8'
    if adobe is not None:
        out += segment(0xee, b'Adobe\0\x64\0\0\0\0' + bytes([adobe]))
    if wide:
        out += segment(0xdb, b'\x10' + struct.pack('>64H', *(steps * 9)))
    else:
        out += segment(0xdb, b'\0' + bytes(steps.tolist()))
    frame = struct.pack('>BHHB', 8, rows, columns, len(sampling))
    out += segment(0xc1 if wide else 0xc0, frame + b''.join(bytes([i, h << 4 | v, 0]) for i, (h, v) in zip(ids, sampling)))
    if restart:
        out += segment(0xdd, struct.pack('>H', restart))
    out += segment(0xc4, b'\0' + bytes(DC[0]) + bytes(DC[1]) + b'\x10' + bytes(AC[0]) + bytes(AC[1]))
    tables = codes(*DC), codes(*AC)
    scans = [list(range(len(sampling)))] if interleaved else [[i] for i in range(len(sampling))]
    for scan in scans:
        out += segment(0xda, bytes([len(scan)]) + b''.join(bytes([ids[i], 0]) for i in scan) + b'\0\x3f\0')
        out += scan_data(scan, planes, sampling, units, restart, tables, rows, columns, h_most, v_most)
    return out + b'\xff\xd9'


def scan_data(scan, planes, sampling, units, restart, tables, rows, columns, h_most, v_most):
    out, bits, previous, count, number_of = b'', Bits(), [0] * 4, 0, 0
    if len(scan) == 1:
        h, v = sampling[scan[0]]
        down, across = -(-(-(-rows * v // v_most)) // 8), -(-(-(-columns * h // h_most)) // 8)
    else:
        down, across = units
    for y in range(down):
        for x in range(across):
            if restart and count == restart:
                out += bits.bytes() + bytes([0xff, 0xd0 + number_of % 8])
                bits, previous, count, number_of = Bits(), [0] * 4, 0, number_of + 1
            count += 1
            for i in scan:
                h, v = sampling[i] if len(scan) > 1 else (1, 1)
                for block in planes[i][y * v:(y + 1) * v, x * h:(x + 1) * h].reshape(-1, 64):
                    previous[i] = write_block(bits, block, previous[i], *tables)
    return out + bits.bytes()


# --- 12 bits ----------------------------------------------------------------------------------------------------

def widened(content, factor=16):
    """The same coefficients as 12-bit samples, in larger steps."""
    out, at = content[:2], 2
    while content[at + 1] != 0xda:
        marker, length = struct.unpack('>BH', content[at + 1:at + 4])
        body = content[at + 4:at + 2 + length]
        if marker == 0xdb:
            while body:
                steps = np.frombuffer(body[1:65], np.uint8).astype(int) * factor
                out += segment(0xdb, bytes([0x10 | body[0]]) + struct.pack('>64H', *steps))
                body = body[65:]
        else:
            if marker in (0xc0, 0xc1, 0xc2):
                marker, body = max(marker, 0xc1), b'\x0c' + body[1:]
            out += segment(marker, body)
        at += 2 + length
    return out + content[at:]


def by_gdcm(content, channels):
    """The samples of a 12-bit stream, spread to full size; gdcm leaves YCbCr as it is."""
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = pydicom.uid.JPEGExtended12Bit
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = '1.2.840.10008.5.1.4.1.1.7', '1.2.3.4'
    data = FileDataset(None, {}, file_meta=meta, preamble=b'\0' * 128)
    data.is_little_endian, data.is_implicit_VR = True, False
    data.SOPClassUID, data.SOPInstanceUID = meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID
    data.Rows, data.Columns, data.SamplesPerPixel = ROWS, COLUMNS, channels
    data.PhotometricInterpretation = 'MONOCHROME2' if channels == 1 else 'YBR_FULL'
    if channels == 3:
        data.PlanarConfiguration = 0
    data.BitsAllocated, data.BitsStored, data.HighBit, data.PixelRepresentation = 16, 12, 11, 0
    data.PixelData = encapsulate([content])
    data['PixelData'].is_undefined_length = True
    data['PixelData'].VR = 'OB'
    with tempfile.NamedTemporaryFile() as file:
        pydicom.dcmwrite(file, data, write_like_original=False)
        file.flush()
        reader = gdcm.ImageReader()
        reader.SetFileName(file.name)
        assert reader.Read()
        raw = reader.GetImage().GetBuffer().encode('utf-8', errors='surrogateescape')
    shape = (ROWS, COLUMNS, channels) if channels > 1 else (ROWS, COLUMNS)
    return np.frombuffer(raw, '<u2').reshape(shape)


def without_jfif(content):
    length = struct.unpack('>H', content[4:6])[0]
    return content[:2] + content[4 + length:]


# --- the matrix -------------------------------------------------------------------------------------------------

for progressive in (False, True):
    kind = 'progressive' if progressive else 'baseline'
    for mode in ('L', 'CMYK'):
        opencv(f'{kind} {mode}', pillow(mode, progressive=progressive))
    for subsampling, label in enumerate(['4:4:4', '4:2:2', '4:2:0']):
        opencv(f'{kind} {label}', pillow('RGB', subsampling=subsampling, progressive=progressive, quality=88))
opencv('optimised tables', pillow('RGB', optimize=True))
opencv('noise at full quality', pillow('L', quality=100))
opencv('large steps', pillow('RGB', quality=3))
for rows, columns in [(1, 1), (2, 3), (8, 8), (9, 5), (16, 16), (33, 17)]:
    opencv(f'{rows} by {columns}', pillow('RGB', rows, columns))
    opencv(f'{rows} by {columns}, progressive gray', pillow('L', rows, columns, progressive=True))

ONE = (1, 1)
for label, sampling in [('4:4:0', [(1, 2), ONE, ONE]), ('4:1:1', [(4, 1), ONE, ONE]), ('4:1:0', [(4, 2), ONE, ONE]),
                        ('3 by 1', [(3, 1), ONE, ONE]), ('colours of two kinds', [(2, 2), (2, 1), (1, 2)]),
                        ('luminance halved', [ONE, (2, 2), ONE]), ('gray 2 by 2', [(2, 2)]),
                        ('four components', [(2, 2), ONE, ONE, (2, 2)])]:
    opencv(label, encode(35, 41, sampling))
    opencv(f'{label}, scan by scan, restarts', encode(35, 41, sampling, interleaved=False, restart=3))
opencv('restarts', encode(35, 41, [(2, 1), ONE, ONE], restart=2))
opencv('steps of 16 bits', encode(35, 41, [(2, 2), ONE, ONE], wide=True))
opencv('RGB by its numbers', encode(35, 41, [ONE] * 3, ids=(82, 71, 66)))
opencv('RGB by Adobe', encode(35, 41, [(2, 1), ONE, ONE], adobe=0))
opencv('YCbCr by Adobe', encode(35, 41, [ONE] * 3, adobe=1))
opencv('YCCK', encode(35, 41, [(2, 2), ONE, ONE, (2, 2)], adobe=2))
opencv('CMYK by Adobe', encode(35, 41, [ONE] * 4, adobe=0))

# Damage in the coded data, of which libjpeg makes what it can.
for label, content in [('scan by scan', encode(35, 41, [(2, 2), ONE, ONE], interleaved=False, restart=12)),
                       ('interleaved', encode(35, 41, [(2, 1), ONE, ONE], restart=4)),
                       ('progressive', pillow('RGB', progressive=True)), ('CMYK', pillow('CMYK'))]:
    restart = content.rfind(b'\xff\xd1')
    at = restart - 80 if restart > 0 else content.rindex(b'\xff\xda') + 40
    opencv(f'damaged {label}: bytes are missing', content[:at] + content[at + 20:])
    opencv(f'damaged {label}: other bytes', content[:at] + bytes(range(20)) + content[at + 20:])
    opencv(f'damaged {label}: a restart marker', content[:at + 8] + b'\xff\xd6' + content[at + 10:])

ROWS, COLUMNS = 37, 43
for progressive in (False, True):
    kind = 'progressive' if progressive else 'extended'
    content = widened(pillow('L', progressive=progressive))
    add(f'12 bits, {kind} gray', content, by_gdcm(content, 1))
    for subsampling, label in enumerate(['4:4:4', '4:2:2', '4:2:0']):
        content = without_jfif(widened(pillow('RGB', subsampling=subsampling, progressive=progressive)))
        samples = by_gdcm(content, 3)
        add(f'12 bits, {kind} {label}', content, samples[..., 0])
        # As what DICOM calls RGB, the three are not converted.
        add(f'12 bits, {kind} {label}, assumed RGB', content, None, samples)

lines = ',\n'.join(json.dumps(case, separators=(',', ':')) for case in cases)
(HERE / 'jpeg.json').write_text(f'[\n{lines}\n]\n')
