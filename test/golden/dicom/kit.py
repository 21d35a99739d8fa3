"""What matrix.py and neighbours.py share: tiny pictures, a bare writer of DICOM, encoders, and the readers of gdcm, dcmtk and pydicom.

(Debian's python3-pydicom 2.3, python3-gdcm 3.0, python3-pil 9.4, dcmtk 3.6.7.)
"""
import base64
import io
import json
import os
import pickle
import re
import subprocess
import sys
import tempfile
import warnings
import zlib
from pathlib import Path
from struct import pack

import gdcm
import numpy as np
import pydicom
from PIL import Image

warnings.filterwarnings('ignore')
gdcm.Trace.WarningOff(), gdcm.Trace.ErrorOff(), gdcm.Trace.DebugOff()
HERE = Path(__file__).parent
SCRATCH = Path(tempfile.mkdtemp())
ROWS, COLUMNS = 12, 16
ROOT = '1.2.840.10008.1.2'
ILE, ELE, DEFLATED, EBE, RLE = ROOT, ROOT + '.1', ROOT + '.1.99', ROOT + '.2', ROOT + '.5'
JPEG = ROOT + '.4.'
LONG = ('OB', 'OD', 'OF', 'OL', 'OW', 'SQ', 'UC', 'UN', 'UR', 'UT')
PIXELS = 0x7fe00010


# --- pictures ---------------------------------------------------------------------------------------------------

def picture(bits=8, signed=False, rows=ROWS, columns=COLUMNS):
    """A slope, a bright bar and a dark corner over the whole range: any shift, swap or mirror shows."""
    y, x = np.mgrid[0:rows, 0:columns]
    value = (x * 3 + y * 5) / (3 * columns + 5 * rows)
    value[rows // 6:rows // 3, 1:columns // 2] = 1
    value[-rows // 4:, -columns // 4:] = 0
    top = 2 ** bits - 1
    return np.rint(value * top).astype(np.int64) - (2 ** (bits - 1) if signed else 0)


GRAY = picture().astype(np.uint8)
RGB = np.stack([GRAY, np.roll(GRAY, 2, 0), 255 - GRAY], -1)


def luminance(rgb):
    return .299 * rgb[..., 0] + .587 * rgb[..., 1] + .114 * rgb[..., 2]


# --- DICOM ------------------------------------------------------------------------------------------------------

def element(tag, vr, value, big=False, implicit=False, open_length=False):
    e = '>' if big else '<'
    if isinstance(value, str):
        value = value.encode('latin1')
    elif not isinstance(value, bytes):
        kind = {'US': 'H', 'UL': 'I', 'SS': 'h', 'SL': 'i', 'FD': 'd', 'FL': 'f'}[vr]
        value = b''.join(pack(e + kind, v) for v in np.atleast_1d(value).tolist())
    value += (b'\0' if vr in ('OB', 'OW', 'UI', 'UN') else b' ') * (len(value) % 2)
    head = pack(e + 'HH', tag >> 16, tag & 0xffff)
    length = 0xffffffff if open_length else len(value)
    if implicit:
        return head + pack(e + 'I', length) + value
    if vr in LONG:
        return head + vr.encode() + b'\0\0' + pack(e + 'I', length) + value
    return head + vr.encode() + pack(e + 'H', length) + value


def item(data):
    return b'\xfe\xff\x00\xe0' + pack('<I', len(data)) + data


def fragments(streams, table=b''):
    even = [s + b'\0' * (len(s) % 2) for s in streams]
    return b''.join(map(item, [table, *even])) + b'\xfe\xff\xdd\xe0\0\0\0\0'


def dicom(pixels, syntax=ELE, *, vr='OW', rows=ROWS, columns=COLUMNS, allocated=8, stored=None, high=None, signed=0,
          samples=1, photometric='MONOCHROME2', frames=None, extra=(), drop=(), implicit=None, meta=True):
    """`pixels`: bytes, or a list of compressed frames; `extra`: (tag, vr, value) added or replaced."""
    stored = stored or allocated
    big = syntax == EBE
    implicit = syntax == ILE if implicit is None else implicit
    coded = isinstance(pixels, list)
    values = {
        0x00080016: ('UI', '1.2.840.10008.5.1.4.1.1.7'), 0x00080018: ('UI', '2.25.1.1'), 0x00080060: ('CS', 'OT'),
        0x00100010: ('PN', 'Phantom'), 0x00100020: ('LO', 'PHANTOM'), 0x0020000d: ('UI', '2.25.1.2'),
        0x0020000e: ('UI', '2.25.1.3'), 0x00200013: ('IS', '1'), 0x00280002: ('US', samples),
        0x00280004: ('CS', photometric), 0x00280010: ('US', rows), 0x00280011: ('US', columns),
        0x00280100: ('US', allocated), 0x00280101: ('US', stored),
        0x00280102: ('US', stored - 1 if high is None else high), 0x00280103: ('US', signed),
        PIXELS: ('OB' if coded else vr, fragments(pixels) if coded else pixels),
    }
    if samples > 1:
        values[0x00280006] = ('US', 0)
    if frames is not None:
        values[0x00280008] = ('IS', str(frames))
    values.update({tag: (kind, value) for tag, kind, value in extra})
    body = b''.join(element(tag, kind, value, big, implicit, coded and tag == PIXELS)
                    for tag, (kind, value) in sorted(values.items()) if tag not in drop)
    if not meta:
        return body
    group = (element(0x00020001, 'OB', b'\0\1') + element(0x00020002, 'UI', '1.2.840.10008.5.1.4.1.1.7')
             + element(0x00020003, 'UI', '2.25.1.1') + element(0x00020010, 'UI', syntax)
             + element(0x00020012, 'UI', '2.25.1'))
    return b'\0' * 128 + b'DICM' + element(0x00020000, 'UL', len(group)) + group + body


# --- encoders ---------------------------------------------------------------------------------------------------

def jpeg(array, mode=None, **options):
    """Pillow takes arrays as RGB and writes YCbCr; mode 'YCbCr' takes the numbers as they are."""
    image = Image.fromarray(array, mode) if mode else Image.fromarray(array)
    out = io.BytesIO()
    image.save(out, 'JPEG', quality=95, **options)
    return out.getvalue()


def unjpeg(data, mode=None):
    image = Image.open(io.BytesIO(data))
    return np.asarray(image.convert(mode) if mode else image)


def jpeg2000(array, **options):
    out = io.BytesIO()
    Image.fromarray(array).save(out, 'JPEG2000', **{'irreversible': False, 'no_jp2': True, 'num_resolutions': 2, **options})
    return out.getvalue()


def rle(segments):
    packed = [b''.join(bytes([len(s[i:i + 128]) - 1]) + s[i:i + 128] for i in range(0, len(s), 128)) for s in segments]
    packed = [s + b'\0' * (len(s) % 2) for s in packed]
    offsets = [64 + sum(map(len, packed[:i])) for i in range(len(packed))]
    return pack('<16I', len(packed), *offsets, *[0] * (15 - len(packed))) + b''.join(packed)


def tool(data, *command):
    """What a tool of dcmtk makes of a file; None where it refuses."""
    source, target = SCRATCH / 'in.dcm', SCRATCH / 'out.dcm'
    source.write_bytes(data)
    target.unlink(missing_ok=True)
    done = subprocess.run([*command, source, target], capture_output=True)
    return target.read_bytes() if done.returncode == 0 and target.exists() else None


def by_gdcm_writer(data, syntax):
    source, target = str(SCRATCH / 'in.dcm'), str(SCRATCH / 'out.dcm')
    Path(source).write_bytes(data)
    reader = gdcm.ImageReader()
    reader.SetFileName(source)
    assert reader.Read()
    change = gdcm.ImageChangeTransferSyntax()
    change.SetTransferSyntax(gdcm.TransferSyntax(syntax))
    change.SetInput(reader.GetImage())
    if not change.Change():
        return None
    writer = gdcm.ImageWriter()
    writer.SetFile(reader.GetFile())
    writer.SetImage(change.GetOutput())
    writer.SetFileName(target)
    return undated(Path(target).read_bytes()) if writer.Write() else None


def undated(data):
    """gdcm adds today's Study Date and Time where there are none: made anew, a file is to be the same."""
    data = re.sub(rb'(\x08\x00\x20\x00DA\x08\x00)\d{8}', rb'\g<1>20000101', data)
    return re.sub(rb'(\x08\x00\x30\x00TM\x0e\x00)[\d.]{13}', rb'\g<1>000000.000000', data)


def stream_of(data):
    from pydicom.encaps import generate_pixel_data_frame
    return next(generate_pixel_data_frame(pydicom.dcmread(io.BytesIO(data)).PixelData, 1))


# --- readers: each gives frames of gray, or says why not ---------------------------------------------------------

def gray(array, photometric):
    array = np.asarray(array)
    if array.ndim == 3 and array.shape[-1] == 3:
        return array[..., 0].astype(float) if 'YBR_FULL' in photometric else luminance(array.astype(float))
    return array.astype(float) * (-1 if photometric == 'MONOCHROME1' else 1)


def gdcm_reader(path):
    reader = gdcm.ImageReader()
    reader.SetFileName(path)
    if not reader.Read():
        return 'refused'
    image = reader.GetImage()
    form = image.GetPixelFormat()
    kinds = {'UINT8': 'u1', 'INT8': 'i1', 'UINT12': '<u2', 'UINT16': '<u2', 'INT16': '<i2', 'UINT32': '<u4', 'INT32': '<i4'}
    name = form.GetScalarTypeAsString()
    buffer = image.GetBuffer()
    buffer = buffer.encode('utf-8', 'surrogateescape') if isinstance(buffer, str) else buffer
    columns, rows = image.GetDimension(0), image.GetDimension(1)
    frames = image.GetDimension(2) if image.GetNumberOfDimensions() == 3 else 1
    samples = form.GetSamplesPerPixel()
    if name == 'SINGLEBIT':
        values = np.unpackbits(np.frombuffer(buffer, np.uint8), bitorder='little')
    else:
        values = np.frombuffer(buffer, kinds[name])
    values = values[:frames * rows * columns * samples]
    if samples == 1:
        values = values.reshape(frames, rows, columns)
    elif image.GetPlanarConfiguration():
        values = values.reshape(frames, samples, rows, columns).transpose(0, 2, 3, 1)
    else:
        values = values.reshape(frames, rows, columns, samples)
    return [gray(frame, str(image.GetPhotometricInterpretation()).strip()) for frame in values]


def pydicom_reader(path):
    data = pydicom.dcmread(path, force=True)
    array = data.pixel_array
    frames = int(data.get('NumberOfFrames', 1) or 1)
    return [gray(frame, data.PhotometricInterpretation) for frame in (array if frames > 1 else [array])]


def dcmtk_reader(path):
    frames = []
    for command in ('dcmdjpls', 'dcmdrle', None):
        source = path
        if command:
            source = path + '.plain'
            if subprocess.run([command, path, source], capture_output=True).returncode:
                continue
        for view in ('dcm2pnm', 'dcmj2pnm'):
            out = path + '.out'
            for old in Path(path).parent.glob(Path(out).name + '*'):
                old.unlink()
            subprocess.run([view, '+Fa', '+Wm', source, out], capture_output=True)
            found = sorted(Path(path).parent.glob(Path(out).name + '*'), key=lambda p: int(p.name.split('.')[-2]))
            frames = [gray(Image.open(one), 'RGB') for one in found]
            if frames:
                return frames
    return 'refused'


def guarded(reader, path):
    """In a process of its own: readers crash, and gdcm asserts."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        for stream in (1, 2):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
        import signal
        signal.alarm(20)
        try:
            result = reader(path)
        except BaseException:
            result = 'refused'
        with os.fdopen(write, 'wb') as out:
            pickle.dump(result, out)
        os._exit(0)
    os.close(write)
    with os.fdopen(read, 'rb') as data:
        got = data.read()
    os.waitpid(child, 0)
    return pickle.loads(got) if got else 'crashed'


READERS = {'gdcm': gdcm_reader, 'dcmtk': dcmtk_reader, 'pydicom': pydicom_reader}


def levels(frame):
    frame = np.asarray(frame, float)
    span = frame.max() - frame.min()
    return (frame - frame.min()) / span * 255 if span else frame * 0


def verdict(got, wanted, allowed=1):
    if isinstance(got, str):
        return got
    same = [a.shape == b.shape and np.abs(levels(a) - levels(b)).max() <= allowed for a, b in zip(got, wanted)]
    if len(got) == len(wanted):
        return 'right' if all(same) else 'wrong'
    return f'{len(got)} of {len(wanted)} frames' + ('' if all(same) else ', wrong')


def outcomes(data, wanted, allowed=1):
    path = str(SCRATCH / 'case.dcm')
    Path(path).write_bytes(data)
    # dcmtk shows 256 levels of its own rounding.
    return {name: verdict(guarded(reader, path), wanted, allowed + (name == 'dcmtk')) for name, reader in READERS.items()}


def packed(data):
    return base64.b64encode(zlib.compress(data, 9)).decode()


def write(name, value):
    text = ',\n'.join(json.dumps(one, separators=(',', ':')) for one in value)
    (HERE / name).write_text(f'[\n{text}\n]\n')
    print(name, len(value), 'files', (HERE / name).stat().st_size, 'bytes', file=sys.stderr)
