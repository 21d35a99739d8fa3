"""Generated files of every format and property, with the pictures that other readers see in them.

    /usr/bin/python3 test/golden/differential/make.py OUT [--count 3000] [--seed 1]

(Debian's python3-pydicom, python3-gdcm, python3-nibabel, python3-tifffile, python3-opencv, python3-pil, dcmtk; two minutes.)
OUT is a gzip file: the length of an index (uint32), the index (JSON: for each case its name and length, for each
reader its frames), then all bytes: the files, and behind each the frames of its readers, one byte a pixel: the
modality values (MONOCHROME1 and WhiteIsZero negated, colour as luminance, padding as the least of the rest) from their
least, 0, to their greatest, 255. A frame of one value is null.
"""
import argparse
import gzip
import io
import json
import multiprocessing
import os
import random
import struct
import subprocess
import tempfile
import warnings
import zlib

import cv2
import gdcm
import nibabel
import numpy as np
import pydicom
import tifffile
from PIL import Image
from pydicom.pixel_data_handlers.rle_handler import rle_encode_frame
from pydicom.pixel_data_handlers.util import convert_color_space

warnings.filterwarnings('ignore')
gdcm.Trace.WarningOff()
gdcm.Trace.ErrorOff()
gdcm.Trace.DebugOff()
import logging

logging.disable(logging.CRITICAL)

TEMPORARY = tempfile.mkdtemp(dir='/dev/shm' if os.path.isdir('/dev/shm') else None)


ISOLATED = {}
helper = process = None
SECONDS = 5


def isolated(function):
    """Runs in another process, which is started anew where it ended: what gdcm does to some files ends it."""
    ISOLATED[function.__name__] = function

    def run(*args):
        global helper, process
        if helper is None:
            ours, theirs = multiprocessing.Pipe()
            process = multiprocessing.Process(target=serve, args=(theirs,), daemon=True)
            process.start()
            theirs.close()
            helper = ours
        try:
            helper.send((function.__name__, args))
            if not helper.poll(SECONDS):
                process.kill()
            answer = helper.recv()
        except (EOFError, ConnectionError):
            process.kill()
            helper = None
            raise ValueError('the reader ended')
        if isinstance(answer, Exception):
            raise ValueError('the reader failed')
        return answer
    return run


def serve(connection):
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    while True:
        name, args = connection.recv()
        try:
            connection.send(ISOLATED[name](*args))
        except Exception as error:
            connection.send(ValueError(str(error)))


def gray(color):
    """Channel-last RGB(A) to luminance, as OpenCV rounds it."""
    return cv2.cvtColor(np.ascontiguousarray(color[..., :3]), cv2.COLOR_RGB2GRAY)


def levels(values, hidden=None):
    values = np.asarray(values).astype(np.float64)
    hidden = ~np.isfinite(values) if hidden is None else hidden | ~np.isfinite(values)
    if hidden.all():
        return None
    values = np.where(hidden, values[~hidden].min(), values)
    low, high = values.min(), values.max()
    if low == high:
        return None
    return np.rint((values - low) / (high - low) * 255).astype(np.uint8)


def picture(r, rows, columns, low, high):
    """A slope, noise and a bright spot: no two places look alike."""
    y, x = np.mgrid[0:rows, 0:columns]
    ramp = (x * 3 + y * 7) / (3 * columns + 7 * rows)
    noise = np.array([[r.random() for _ in range(columns)] for _ in range(rows)])
    values = low + (high - low) * (0.6 * ramp + 0.4 * noise)
    values[r.randrange(rows), r.randrange(columns)] = high
    return np.clip(np.rint(values), low, high).astype(np.int64)


# --- DICOM ------------------------------------------------------------------------------------------------------

IMPLICIT, EXPLICIT, BIG, DEFLATED = '1.2.840.10008.1.2', '1.2.840.10008.1.2.1', '1.2.840.10008.1.2.2', '1.2.840.10008.1.2.1.99'
RLE, LOSSLESS, LS, J2K = '1.2.840.10008.1.2.5', '1.2.840.10008.1.2.4.70', '1.2.840.10008.1.2.4.80', '1.2.840.10008.1.2.4.90'
SYNTAXES = {'implicit': IMPLICIT, 'explicit': EXPLICIT, 'big': BIG, 'deflated': DEFLATED, 'rle': RLE, 'jpeg lossless': LOSSLESS, 'jpeg-ls': LS, 'jpeg 2000': J2K}
LONG = ('OB', 'OW', 'OF', 'OD', 'SQ', 'UN', 'UT')


def element(tag, vr, value, explicit, order):
    if isinstance(value, str):
        value = value.encode('latin1')
    if isinstance(value, (list, tuple)):
        value = b''.join(struct.pack(order + ('h' if vr == 'SS' else 'H'), v) for v in value)
    if len(value) % 2:
        value += b'\0' if vr in ('UI', 'OB') else b' '
    head = struct.pack(order + 'HH', tag >> 16, tag & 0xffff)
    if not explicit:
        return head + struct.pack(order + 'I', len(value)) + value
    if vr in LONG:
        return head + vr.encode() + b'\0\0' + struct.pack(order + 'I', len(value)) + value
    return head + vr.encode() + struct.pack(order + 'H', len(value)) + value


def encapsulated(frames):
    """One fragment a frame, with an empty offset table."""
    out = struct.pack('<HHI', 0xfffe, 0xe000, 0)
    for frame in frames:
        frame += b'\0' * (len(frame) % 2)
        out += struct.pack('<HHI', 0xfffe, 0xe000, len(frame)) + frame
    return out + struct.pack('<HHI', 0xfffe, 0xe0dd, 0)


def dicom_bytes(syntax, elements, pixels, pixel_vr, coded=None):
    explicit, order = syntax != IMPLICIT, '>' if syntax == BIG else '<'
    body = b''.join(element(tag, vr, value, explicit, order) for tag, vr, value in sorted(elements, key=lambda e: e[0]))
    if coded is None:
        body += element(0x7fe00010, pixel_vr if explicit else 'OW', pixels, explicit, order)
    else:
        body += struct.pack('<HH', 0x7fe0, 0x10) + b'OB\0\0\xff\xff\xff\xff' + encapsulated(coded)
    if syntax == DEFLATED:
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        body = packer.compress(body) + packer.flush()
        body += b'\0' * (len(body) % 2)
    meta = b''.join(element(*e, True, '<') for e in [
        (0x00020001, 'OB', b'\0\1'), (0x00020002, 'UI', '1.2.840.10008.5.1.4.1.1.7'),
        (0x00020003, 'UI', '1.2.3'), (0x00020010, 'UI', syntax), (0x00020012, 'UI', '1.2.4')])
    return b'\0' * 128 + b'DICM' + element(0x00020000, 'UL', struct.pack('<I', len(meta)), True, '<') + meta + body


def dicom_case(r):
    name = r.choice(list(SYNTAXES))
    syntax = SYNTAXES[name]
    rows, columns, frames = r.randint(5, 8), r.randint(5, 9), r.choice([1, 1, 2, 3])
    photometric = r.choice(['MONOCHROME2'] * 4 + ['MONOCHROME1'] * 2 + ['RGB', 'RGB', 'YBR_FULL', 'PALETTE COLOR'])
    is_gray = photometric.startswith('MONO')
    allocated = r.choice([8, 16, 16, 16, 32] if is_gray and name in ('implicit', 'explicit', 'big', 'deflated') else [8, 16, 16] if is_gray else [8] if photometric != 'PALETTE COLOR' else [8, 16])
    stored = allocated if not is_gray or r.random() < 0.3 else r.randint(max(2, allocated // 2), allocated)
    if not is_gray and allocated == 16:
        stored = 16
    signed = is_gray and r.random() < 0.4
    samples = 3 if photometric in ('RGB', 'YBR_FULL') else 1
    planar = samples == 3 and r.random() < 0.4
    low, high = (-(2 ** (stored - 1)), 2 ** (stored - 1) - 1) if signed else (0, 2 ** stored - 1)
    if photometric == 'PALETTE COLOR':
        low, high = 0, 63
    if allocated == 32:
        low, high = max(low, -2 ** 24), min(high, 2 ** 24)
    values = np.stack([np.stack([picture(r, rows, columns, low, high) for _ in range(samples)], -1) for _ in range(frames)])
    elements = [
        (0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.7'), (0x00080018, 'UI', '1.2.3'), (0x00080060, 'CS', r.choice(['CT', 'MR', 'PT', 'CR'])),
        (0x0020000e, 'UI', '1.2.5'), (0x00280002, 'US', [samples]), (0x00280004, 'CS', photometric), (0x00280010, 'US', [rows]),
        (0x00280011, 'US', [columns]), (0x00280100, 'US', [allocated]), (0x00280101, 'US', [stored]), (0x00280102, 'US', [stored - 1]),
        (0x00280103, 'US', [int(signed)])]
    words = [f'{rows}x{columns}', photometric, f'{stored}/{allocated}', 'signed' if signed else 'unsigned', name]
    if samples == 3:
        elements.append((0x00280006, 'US', [int(planar)]))
        words.append('planar' if planar else 'interleaved')
    if frames > 1 or r.random() < 0.2:
        elements.append((0x00280008, 'IS', str(frames)))
        words.append(f'{frames} frames')
    rescale = r.choice([None, None, ('2', '-10'), ('0.5', '3'), ('-1', '0'), ('1', '-1024')]) if is_gray else None
    if rescale:
        elements += [(0x00281052, 'DS', rescale[1]), (0x00281053, 'DS', rescale[0])]
        words.append(f'slope {rescale[0]}')
    if r.random() < 0.3:
        elements += [(0x00281050, 'DS', '40'), (0x00281051, 'DS', '400')]
        words.append('window')
    padding = None
    if is_gray and allocated <= 16 and r.random() < 0.25:
        padding = low
        values[:, 0, :2] = padding
        elements.append((0x00280120, 'SS' if signed else 'US', [padding]))
        words.append('padding')
    if photometric == 'PALETTE COLOR':
        table = [[r.randrange(65536) for _ in range(64)] for _ in range(3)]
        for i in range(3):
            elements.append((0x00281101 + i, 'US', [64, 0, 16]))
            elements.append((0x00281201 + i, 'OW', struct.pack(('>' if syntax == BIG else '<') + '64H', *table[i])))
    order = '>' if syntax == BIG else '<'
    dtype = f'{order}u{allocated // 8}'
    mask = (1 << stored) - 1
    raw = values & mask
    if syntax in (IMPLICIT, EXPLICIT, BIG, DEFLATED) and stored < allocated and r.random() < 0.4:
        # PS3.5 8.1.1: nothing may be assumed of unused bits. Readers mask them, or extend the sign.
        raw = raw | (np.array([r.randrange(1 << (allocated - stored)) for _ in range(raw.size)]).reshape(raw.shape) << stored)
        words.append('dirty bits')
    elif signed:
        raw = values & ((1 << allocated) - 1)
    data = raw.transpose(0, 3, 1, 2) if planar else raw
    if syntax in (IMPLICIT, EXPLICIT, BIG, DEFLATED):
        pixels = data.astype(dtype).tobytes()
        vr = 'OW' if allocated > 8 or r.random() < 0.3 else 'OB'
        words.append(vr)
        if vr == 'OW' and allocated == 8 and syntax == BIG:
            pixels += b'\0' * (len(pixels) % 2)
            pixels = np.frombuffer(pixels, '>u2').astype('<u2').tobytes()
        if allocated == 32 and syntax == BIG:
            # OW are words of 16 bits, the lower one of a pixel first (PS3.5 8.1.1, 6.2).
            pixels = np.frombuffer(data.astype('<u4').tobytes(), '<u2').astype('>u2').tobytes()
        file = dicom_bytes(syntax, elements, pixels, vr)
    elif syntax == RLE:
        coded = [rle_encode_frame(frame.astype(f'<u{allocated // 8}').squeeze(-1) if samples == 1 else frame.astype('u1')) for frame in raw]
        file = dicom_bytes(RLE, elements, None, None, coded)
    elif allocated != 16 and stored < allocated:
        return None
    else:
        file = transcoded(dicom_bytes(EXPLICIT, elements, data.astype(dtype).tobytes(), 'OW' if allocated > 8 else 'OB'), syntax)
        if file is None:
            return None
    readers = {'pydicom': lambda: by_pydicom(file, padding), 'as written': lambda: by_writer(values, file, padding)}
    # gdcm ends the process at unused bits in words that are not of 16.
    if allocated == 16 or stored == allocated:
        readers['gdcm'] = lambda: by_gdcm(file, padding)
    # dcmtk knows no JPEG 2000, rounds modality values, counts padding, and shows YBR as RGB, cut to its range.
    fraction = rescale is not None and '.' in rescale[0]
    if syntax != J2K and not fraction and padding is None and photometric != 'YBR_FULL':
        readers['dcmtk'] = lambda: by_dcmtk(file, name)
    return 'dicom ' + ', '.join(words), file, readers


@isolated
def transcoded(file, syntax):
    source, target = os.path.join(TEMPORARY, 'a.dcm'), os.path.join(TEMPORARY, 'b.dcm')
    with open(source, 'wb') as out:
        out.write(file)
    reader = gdcm.ImageReader()
    reader.SetFileName(source)
    if not reader.Read():
        return None
    change = gdcm.ImageChangeTransferSyntax()
    change.SetTransferSyntax(gdcm.TransferSyntax(gdcm.TransferSyntax.GetTSType(syntax)))
    change.SetInput(reader.GetImage())
    if not change.Change():
        return None
    writer = gdcm.ImageWriter()
    writer.SetFileName(target)
    writer.SetFile(reader.GetFile())
    writer.SetImage(change.GetOutput())
    if not writer.Write():
        return None
    with open(target, 'rb') as done:
        return done.read()


def finish(stored, ds, padding, frames):
    """Stored numbers (frame, y, x[, rgb]) to levels."""
    photometric = ds.PhotometricInterpretation
    if stored.ndim == (2 if ds.SamplesPerPixel == 1 else 3):
        stored = stored[None]
    out = []
    for frame in stored[:frames]:
        hidden = None if padding is None else frame == padding
        if photometric == 'PALETTE COLOR':
            tables = [np.asarray(struct.unpack(('>' if ds.is_little_endian is False else '<') + '64H', ds[0x00281201 + i].value), np.uint16) for i in range(3)]
            color = np.stack([t[np.clip(frame.astype(int), 0, 63)] for t in tables], -1)
            # 16 bits an entry, of which the upper 8 are shown or all: both within a level.
            values = gray(color)
        elif ds.SamplesPerPixel == 3:
            values = gray(frame.astype(np.uint8)) if photometric == 'RGB' else frame[..., 0]
        else:
            values = frame.astype(np.float64) * float(ds.get('RescaleSlope', 1)) + float(ds.get('RescaleIntercept', 0))
            if photometric == 'MONOCHROME1':
                values = -values
        out.append(levels(values, hidden))
    return out


def signed_bits(values, ds):
    """Unused bits dropped, signs extended."""
    values = values.astype(np.int64) & ((1 << ds.BitsStored) - 1)
    return np.where(values >> (ds.BitsStored - 1), values - (1 << ds.BitsStored), values) if ds.PixelRepresentation else values


def by_writer(values, file, padding):
    ds = pydicom.dcmread(io.BytesIO(file), force=True)
    return finish(values if ds.SamplesPerPixel == 3 else values[..., 0], ds, padding, len(values))


def by_pydicom(file, padding):
    ds = pydicom.dcmread(io.BytesIO(file), force=True)
    array = ds.pixel_array
    frames = int(ds.get('NumberOfFrames', 1) or 1)
    return finish(signed_bits(array, ds), ds, padding, frames)


@isolated
def by_gdcm(file, padding):
    ds = pydicom.dcmread(io.BytesIO(file), force=True)
    path = os.path.join(TEMPORARY, 'c.dcm')
    with open(path, 'wb') as out:
        out.write(file)
    reader = gdcm.ImageReader()
    reader.SetFileName(path)
    if not reader.Read():
        raise ValueError('gdcm')
    image = reader.GetImage()
    buffer = image.GetBuffer()
    buffer = buffer.encode('utf-8', errors='surrogateescape') if isinstance(buffer, str) else bytes(buffer)
    frames = int(ds.get('NumberOfFrames', 1) or 1)
    kind = f'u{ds.BitsAllocated // 8}'
    samples = ds.SamplesPerPixel
    count = frames * ds.Rows * ds.Columns * samples
    array = np.frombuffer(buffer, kind, count)
    if samples == 3:
        if image.GetPlanarConfiguration() == 1:
            array = array.reshape(frames, 3, ds.Rows, ds.Columns).transpose(0, 2, 3, 1)
        else:
            array = array.reshape(frames, ds.Rows, ds.Columns, 3)
    else:
        array = array.reshape(frames, ds.Rows, ds.Columns)
    return finish(signed_bits(array, ds), ds, padding, frames)


DCMTK = {'jpeg-ls': 'dcml2pnm'}


def by_dcmtk(file, name):
    """As shown with the window from the least to the greatest value, in 16 bits: its tools give no others of what is compressed."""
    with tempfile.TemporaryDirectory(dir=TEMPORARY) as folder:
        source, target = os.path.join(folder, 'in.dcm'), os.path.join(folder, 'out')
        with open(source, 'wb') as out:
            out.write(file)
        subprocess.run([DCMTK.get(name, 'dcmj2pnm'), '-q', '+Fa', '+Wm', '+opw', source, target], check=True, capture_output=True, timeout=SECONDS)
        frames = []
        for one in sorted((one for one in os.listdir(folder) if one.startswith('out')), key=lambda one: int(one.split('.')[1])):
            with open(os.path.join(folder, one)) as picture_file:
                kind, columns, rows, _, *numbers = picture_file.read().split()
            values = np.array(numbers, np.uint16).reshape(int(rows), int(columns), -1)
            # Colours of 8 bits fill the 16.
            colour = (values // 257).astype(np.uint8) if (values % 257 == 0).all() else values
            frames.append(levels(values[..., 0] if kind == 'P2' else gray(colour)))
        return frames


# --- NIfTI ------------------------------------------------------------------------------------------------------

def numbers(r, dtype, shape):
    kind = np.dtype(dtype)
    if kind.kind == 'f':
        return np.array([r.uniform(-1000, 1000) for _ in range(int(np.prod(shape)))]).reshape(shape).astype(kind)
    info = np.iinfo(kind)
    low, high = max(info.min, -2 ** 31), min(info.max, 2 ** 31)
    return np.array([r.randint(low, high) for _ in range(int(np.prod(shape)))]).reshape(shape).astype(kind)


def nifti_case(r):
    dtype = r.choice(['u1', 'i1', 'i2', 'u2', 'i4', 'u4', 'f4', 'f8', 'i8', 'u8'])
    order = r.choice('<>')
    shape = r.choice([(7, 6), (7, 6, 1), (6, 8, 3), (5, 6, 2, 2), (6, 5, 1, 3), (6, 5, 2, 1, 2), (1, 7, 6), (7, 1, 5), (7, 6, 1, 1, 1)])
    version = r.choice([nibabel.Nifti1Image, nibabel.Nifti1Image, nibabel.Nifti2Image])
    header = version.header_class(endianness=order)
    data = numbers(r, dtype, shape)
    header.set_data_shape(shape)
    header.set_data_dtype(np.dtype(order + dtype))
    scaling = r.choice([(float('nan'), 0), (0, 5), (2, -3), (0.25, 100), (-1, 0)])
    header['scl_slope'], header['scl_inter'] = scaling
    header['vox_offset'] = 352 if version is nibabel.Nifti1Image else 544
    header['magic'] = b'n+1' if version is nibabel.Nifti1Image else b'n+2'
    extra = 16 * r.choice([0, 0, 1, 3])
    header['vox_offset'] = header['vox_offset'] + extra
    file = header.binaryblock + b'\0' * 4 + b'\0' * extra + data.astype(order + dtype).tobytes(order='F')
    packed = r.random() < 0.3
    words = [version.__name__[:6], dtype, order, 'x'.join(map(str, shape)), f'slope {scaling[0]}', 'gzip' if packed else 'plain']
    given = gzip.compress(file, 6, mtime=0) if packed else file

    def frames(values):
        values = values if min(values.shape[:2]) > 1 else values.squeeze()
        flat = values.reshape(values.shape[0], values.shape[1], -1, order='F')
        return [levels(flat[:, :, k].T) for k in range(flat.shape[2])]

    def written():
        slope = scaling[0] if np.isfinite(scaling[0]) and scaling[0] != 0 else 1
        return frames(data.astype(np.float64) * slope + (scaling[1] if slope == scaling[0] else 0))

    def nibabels():
        holder = nibabel.FileHolder(fileobj=io.BytesIO(file))
        image = version.from_file_map({'header': holder, 'image': holder})
        return frames(np.asanyarray(image.dataobj))
    return 'nifti ' + ', '.join(words), given, {'nibabel': nibabels, 'as written': written}


# --- TIFF -------------------------------------------------------------------------------------------------------

def tiff_case(r):
    rows, columns, pages = r.randint(5, 9), r.randint(5, 9), r.choice([1, 1, 2, 3])
    photometric = r.choice(['minisblack', 'minisblack', 'miniswhite', 'rgb', 'rgb'])
    dtype = r.choice(['u1', 'u2', 'u4', 'i1', 'i2', 'i4', 'f4', 'f8', 'f2'] if photometric == 'minisblack' else ['u1', 'u2'])
    shape = (pages, rows, columns) + ((3,) if photometric == 'rgb' else ())
    data = numbers(r, dtype, shape)
    options = {'photometric': photometric, 'byteorder': r.choice('<>'), 'bigtiff': r.random() < 0.3, 'metadata': None}
    words = [f'{pages}x{rows}x{columns}', dtype, photometric, options['byteorder'], 'big' if options['bigtiff'] else 'classic']
    style = r.choice(['strips', 'tiles', 'one strip', 'imagej', 'truncated'])
    if photometric == 'rgb' and style in ('strips', 'tiles', 'one strip') and r.random() < 0.4:
        options['planarconfig'] = 'separate'
        data = data.transpose(0, 3, 1, 2)
        words.append('planar')
    if style == 'strips':
        options['rowsperstrip'] = r.randint(1, rows)
    elif style == 'tiles':
        options['tile'] = (16, 16)
    elif style == 'imagej' and dtype in ('u1', 'u2', 'f4') and photometric == 'minisblack':
        options = {'imagej': True}
    elif style == 'truncated' and pages > 1 and photometric == 'minisblack':
        options.update(truncate=True, metadata={'axes': 'ZYX'})
    else:
        style = 'plain'
    words.append(style)
    if style in ('strips', 'tiles', 'one strip', 'plain') and r.random() < 0.4:
        options['compression'] = 'zlib'
        words.append('zlib')
        if np.dtype(dtype).kind in 'ui' and style != 'tiles' and r.random() < 0.4:
            options['predictor'] = True
            words.append('predictor')
    buffer = io.BytesIO()
    try:
        tifffile.imwrite(buffer, data if pages > 1 else data[0], **options)
    except (ValueError, ImportError, KeyError, AttributeError, RuntimeError):
        return None
    file = buffer.getvalue()
    sign = -1 if photometric == 'miniswhite' else 1

    def frames(stack):
        out = []
        for page in stack:
            if photometric == 'rgb':
                page = gray(page if page.shape[-1] == 3 else page.transpose(1, 2, 0))
            out.append(levels(sign * page.astype(np.float64)))
        return out

    def by_tifffile():
        with tifffile.TiffFile(io.BytesIO(file)) as tiff:
            stack = tiff.asarray()
        return frames(stack.reshape((pages,) + data.shape[1:]))
    readers = {'tifffile': by_tifffile}
    if dtype in ('u1', 'u2', 'f4') and style not in ('imagej', 'truncated') and 'planar' not in words and photometric != 'miniswhite':
        def by_opencv():
            path = os.path.join(TEMPORARY, 'a.tif')
            with open(path, 'wb') as out:
                out.write(file)
            done, stack = cv2.imreadmulti(path, flags=cv2.IMREAD_UNCHANGED)
            if not done or len(stack) != pages:
                raise ValueError('opencv')
            return frames([page[..., ::-1] if page.ndim == 3 else page for page in stack])
        readers['opencv'] = by_opencv
    return 'tiff ' + ', '.join(words), file, readers


# --- PNG --------------------------------------------------------------------------------------------------------

ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def png_lines(r, values, depth):
    """Filtered lines of samples (y, x, channel)."""
    rows, columns, channels = values.shape
    step = max(1, channels * depth // 8)
    out, above = b'', None
    for line in values:
        if depth == 16:
            raw = line.astype('>u2').tobytes()
        elif depth == 8:
            raw = line.astype('u1').tobytes()
        else:
            bits = ''.join(format(int(v), f'0{depth}b') for v in line.ravel())
            bits += '0' * (-len(bits) % 8)
            raw = bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8))
        above = above or bytes(len(raw))
        kind = r.randrange(5)
        coded = bytearray()
        for i, value in enumerate(raw):
            a, b, c = (raw[i - step] if i >= step else 0), above[i], (above[i - step] if i >= step else 0)
            p = a + b - c
            paeth = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
            coded.append((value - [0, a, b, (a + b) // 2, paeth][kind]) & 255)
        out += bytes([kind]) + coded
        above = raw
    return out


def png_case(r):
    rows, columns = r.randint(3, 9), r.randint(3, 9)
    color, depth = r.choice([(0, 1), (0, 2), (0, 4), (0, 8), (0, 16), (2, 8), (2, 16), (3, 1), (3, 2), (3, 4), (3, 8), (4, 8), (4, 16), (6, 8), (6, 16)])
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[color]
    values = np.array([r.randrange(2 ** depth) for _ in range(rows * columns * channels)]).reshape(rows, columns, channels)
    interlaced = r.random() < 0.4
    passes = [values[y::dy, x::dx] for x, y, dx, dy in ADAM7] if interlaced else [values]
    raw = b''.join(png_lines(r, part, depth) for part in passes if part.shape[0] and part.shape[1])

    def chunk(kind, body):
        return struct.pack('>I', len(body)) + kind + body + struct.pack('>I', zlib.crc32(kind + body))
    file = b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', columns, rows, depth, color, 0, 0, int(interlaced)))
    if color == 3:
        palette = bytes(r.randrange(256) for _ in range(3 * 2 ** depth))
        file += chunk(b'PLTE', palette)
    packed = zlib.compress(raw)
    cut = r.randrange(1, len(packed))
    file += (chunk(b'IDAT', packed[:cut]) + chunk(b'IDAT', packed[cut:]) if r.random() < 0.3 else chunk(b'IDAT', packed)) + chunk(b'IEND', b'')

    def by_opencv():
        image = cv2.imdecode(np.frombuffer(file, np.uint8), cv2.IMREAD_UNCHANGED)
        if image.ndim == 3:
            image = gray(image[..., 2::-1])
        return [levels(image)]

    def by_pillow():
        image = Image.open(io.BytesIO(file))
        image.load()
        if color == 3:
            return [levels(gray(np.array(image.convert('RGB'))))]
        array = np.array(image)
        if color == 4:
            return [levels(array[..., 0])]
        return [levels(gray(array) if array.ndim == 3 else array)]
    readers = {'opencv': by_opencv}
    # Pillow makes 8 bits of colours and pairs of 16.
    if depth < 16 or color == 0:
        readers['pillow'] = by_pillow
    return f'png {rows}x{columns}, colour type {color}, {depth} bits{", interlaced" if interlaced else ""}', file, readers


# --- JPEG and NPY -----------------------------------------------------------------------------------------------

def jpeg_case(r):
    rows, columns = r.randint(6, 40), r.randint(6, 40)
    color = r.random() < 0.5
    values = np.stack([picture(r, rows, columns, 0, 255) for _ in range(3 if color else 1)], -1).astype(np.uint8)
    options = {'quality': r.choice([30, 75, 90, 95, 100]), 'progressive': r.random() < 0.4, 'optimize': r.random() < 0.3}
    if color:
        options['subsampling'] = r.choice([0, 1, 2])
    if r.random() < 0.3:
        options['restart_marker_blocks'] = 2
    buffer = io.BytesIO()
    Image.fromarray(values if color else values[..., 0]).save(buffer, 'JPEG', **{k: v for k, v in options.items() if k != 'restart_marker_blocks'})
    file = buffer.getvalue()

    def by_opencv():
        return [levels(cv2.imdecode(np.frombuffer(file, np.uint8), cv2.IMREAD_GRAYSCALE))]

    def by_pillow():
        image = Image.open(io.BytesIO(file))
        image.draft('L', image.size)
        return [levels(np.array(image.convert('L')))]
    words = [f'{rows}x{columns}', 'colour' if color else 'gray'] + [f'{k} {v}' for k, v in options.items()]
    return 'jpeg ' + ', '.join(words), file, {'opencv': by_opencv, 'pillow': by_pillow}


def npy_case(r):
    dtype = r.choice(['?', 'u1', 'i1', 'i2', 'u2', 'i4', 'u4', 'i8', 'u8', 'f2', 'f4', 'f8', 'c8', 'c16'])
    shape = r.choice([(6, 7), (3, 6, 7), (2, 2, 6, 7), (6, 7, 3), (2, 6, 7, 3), (6, 7, 1), (1, 6, 7), (6, 1, 7)])
    if shape[-1] == 3 and dtype not in ('u1', 'u2'):
        dtype = 'u1'
    order = r.choice('<>')
    if dtype == '?':
        data = numbers(r, 'u1', shape) > 127
    elif dtype[0] == 'c':
        data = (numbers(r, 'f4', shape) + 1j * numbers(r, 'f4', shape)).astype(order + dtype)
    else:
        data = numbers(r, dtype, shape).astype(order + dtype)
    fortran = r.random() < 0.4
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, np.asfortranarray(data) if fortran else data, version=r.choice([(1, 0), (2, 0)]))
    file = buffer.getvalue()

    def by_numpy():
        array = np.load(io.BytesIO(file))
        if np.iscomplexobj(array):
            array = np.abs(array)
        if array.shape == (6, 1, 7):
            array = array[:, 0]
        if array.shape[-1] == 1:
            array = array[..., 0]
        color = array.shape[-1] == 3
        flat = array.reshape((-1,) + array.shape[-3:] if color else (-1,) + array.shape[-2:])
        return [levels(gray(one.astype(one.dtype.newbyteorder('='))) if color else one) for one in flat]
    return f'npy {dtype}, {order}, {"x".join(map(str, shape))}, {"fortran" if fortran else "c"}', file, {'numpy': by_numpy}


SHARES = [(dicom_case, 0.5), (nifti_case, 0.14), (tiff_case, 0.15), (png_case, 0.1), (jpeg_case, 0.05), (npy_case, 0.06)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('out')
    parser.add_argument('--count', type=int, default=3000)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--dcmtk', type=int, default=10000, help='files that dcmtk reads at most: a process each')
    args = parser.parse_args()
    index, blob, left = [], [], args.dcmtk
    for make, share in SHARES:
        wanted, tried, seen = round(args.count * share), 0, 0
        while seen < wanted and tried < 3 * wanted:
            r = random.Random(f'{args.seed} {make.__name__} {tried}')
            tried += 1
            try:
                made = make(r)
            except ValueError:
                continue
            if made is None:
                continue
            name, file, readers = made
            case = {'name': f'{name} (seed {args.seed}, {tried - 1})', 'bytes': len(file), 'reads': {}}
            blob.append(file)
            for reader, read in readers.items():
                if reader == 'dcmtk' and (left := left - 1) < 0:
                    continue
                try:
                    frames = read()
                except Exception:
                    case['reads'][reader] = None
                    continue
                case['reads'][reader] = [None if f is None else list(f.shape) for f in frames]
                blob += [f.tobytes() for f in frames if f is not None]
            index.append(case)
            seen += 1
    text = json.dumps(index, separators=(',', ':')).encode()
    with open(args.out, 'wb') as out:
        out.write(gzip.compress(struct.pack('<I', len(text)) + text + b''.join(blob), 9, mtime=0))
    print(len(index), 'cases')


if __name__ == '__main__':
    main()
