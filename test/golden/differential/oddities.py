"""Odd inputs of each family of formats, each with the pictures that other readers see in it, or none where they fail.

    /usr/bin/python3 test/golden/differential/oddities.py test/golden/differential/oddities.bin.gz

(The readers of make.py, and libtiff through Pillow; a second.) The file is one of make.py's kind. Of ANALYZE `split` is
the length of the header, which lies before its pixels. Of an archive a reader's frames are those of all its arrays.
"""
import bz2
import gzip
import io
import json
import lzma
import os
import struct
import sys
import tarfile
import zipfile
import zlib

import cv2
import nibabel
import numpy as np
import tifffile
from PIL import Image

from make import TEMPORARY, gray, levels

rng = np.random.RandomState(7)
index, blob = [], []


def put(family, name, file, readers, split=None):
    case = {'name': f'{family} | {name}', 'bytes': len(file), 'reads': {}}
    if split is not None:
        case['split'] = split
    blob.append(file)
    for reader, read in readers.items():
        try:
            frames = read()
            assert frames and all(f is None or f.ndim == 2 for f in frames)
        except Exception:
            case['reads'][reader] = None
            continue
        case['reads'][reader] = [None if f is None else list(f.shape) for f in frames]
        blob.extend(f.tobytes() for f in frames if f is not None)
    index.append(case)


# --- TIFF -------------------------------------------------------------------------------------------------------

def by_tifffile(file):
    def read():
        stack = tifffile.imread(io.BytesIO(file))
        if np.iscomplexobj(stack):
            stack = np.abs(stack)
        stack = stack[None] if stack.ndim == 2 or (stack.ndim == 3 and stack.shape[-1] in (3, 4)) else stack
        if stack.ndim > 3 and stack.shape[-1] not in (3, 4):
            stack = stack.reshape((-1,) + stack.shape[-2:])
        return [levels(gray(page) if page.ndim == 3 else page) for page in stack]
    return read


def by_opencv(file):
    def read():
        path = os.path.join(TEMPORARY, 'n.tif')
        with open(path, 'wb') as out:
            out.write(file)
        done, pages = cv2.imreadmulti(path, flags=cv2.IMREAD_UNCHANGED)
        assert done
        return [levels(gray(page[..., ::-1]) if page.ndim == 3 else page) for page in pages]
    return read


def by_pillow(file):
    def read():
        image = Image.open(io.BytesIO(file))
        out = []
        for n in range(getattr(image, 'n_frames', 1)):
            image.seek(n)
            array = np.array(image.convert('RGB') if image.mode in ('P', 'RGBA') else image)
            out.append(levels(gray(array) if array.ndim == 3 else array))
        return out
    return read


def plain_tiff(data, order='<', description=None, strips=1, without=(), **tags):
    """One directory, whatever lies behind its plane; tags may be left out or changed."""
    planes, rows, columns = data.shape
    text = (description or '').encode() + b'\0'
    per = -(-rows // strips)
    width = data.dtype.itemsize
    kind = {'u': 1, 'i': 2, 'f': 3}[data.dtype.kind]
    values = {256: columns, 257: rows, 258: 8 * width, 259: 1, 262: 1, 277: 1, 278: per, 339: kind}
    values.update({int(k[1:]): v for k, v in tags.items()})
    lengths = [min(per, rows - i * per) * columns * width for i in range(strips)]
    entries = sorted([t for t in list(values) + [273, 279] + ([270] if description else []) if t not in without])
    at = 8 + 2 + 12 * len(entries) + 4
    extra, start = b'', at + len(text) + 8 * strips
    offsets = [start + sum(lengths[:i]) for i in range(strips)]
    body = b''
    for tag in entries:
        if tag == 270:
            body += struct.pack(order + 'HHII', tag, 2, len(text), at)
        elif tag in (273, 279):
            numbers = offsets if tag == 273 else values.get(279, lengths) if isinstance(values.get(279, lengths), list) else [values[279]] * strips
            if strips == 1:
                body += struct.pack(order + 'HHII', tag, 4, 1, numbers[0])
            else:
                place = at + len(text) + (0 if tag == 273 else 4 * strips)
                body += struct.pack(order + 'HHII', tag, 4, strips, place)
        else:
            body += struct.pack(order + 'HHIHH', tag, 3, 1, values[tag], 0)
    tables = struct.pack(order + f'{strips}I', *offsets) + struct.pack(order + f'{strips}I', *(lengths if 279 not in values else [values[279]] * strips))
    head = (b'II' if order == '<' else b'MM') + struct.pack(order + 'HI', 42, 8)
    return head + struct.pack(order + 'H', len(entries)) + body + b'\0' * 4 + text + tables + data.astype(data.dtype.newbyteorder(order)).tobytes()


def tiff_family():
    stack = (rng.rand(4, 8, 6) * 4000).astype(np.uint16)
    for order in '<>':
        for kind in ('u1', 'u2', 'f4', 'u4'):
            data = (stack % 251).astype(kind)
            file = plain_tiff(data, order, 'ImageJ=1.53t\nimages=4\nslices=4\nloop=false\n')
            put('ImageJ', f'one directory, {kind}, {order}', file, {'tifffile': by_tifffile(file), 'opencv': by_opencv(file)})
    file = plain_tiff(stack, '>', 'ImageJ=1.53t\nimages=4\nchannels=2\nslices=2\nhyperstack=true\n')
    put('ImageJ', 'one directory, hyperstack', file, {'tifffile': by_tifffile(file)})
    file = plain_tiff(stack, '>', 'ImageJ=1.53t\nimages=9\nslices=9\n')
    put('ImageJ', 'fewer planes than it says', file, {'tifffile': by_tifffile(file)})
    file = plain_tiff(stack, '>', 'ImageJ=1.53t\r\nimages=4\r\nslices=4\r\n')
    put('ImageJ', 'lines that end as in Windows', file, {'tifffile': by_tifffile(file)})
    for name, options in (('all directories', {'imagej': True}), ('OME', {'ome': True, 'metadata': {'axes': 'ZYX'}}), ('tifffile, truncated', {'truncate': True, 'photometric': 'minisblack'})):
        buffer = io.BytesIO()
        tifffile.imwrite(buffer, stack, **options)
        put('ImageJ', name, buffer.getvalue(), {'tifffile': by_tifffile(buffer.getvalue())})
    one = stack[:1]
    for name, file in (
        ('no StripByteCounts', plain_tiff(one, without=(279,))),
        ('no StripByteCounts, strips', plain_tiff(one, strips=3, without=(279,))),
        ('StripByteCounts of 0', plain_tiff(one, t279=0)),
        ('StripByteCounts too short, strips', plain_tiff(one, strips=3, t279=3)),
        ('StripByteCounts too long', plain_tiff(one, t279=9999)),
        ('no RowsPerStrip', plain_tiff(one, without=(278,))),
        ('RowsPerStrip beyond the page', plain_tiff(one, t278=65535)),
        ('no Compression', plain_tiff(one, without=(259,))),
        ('no PhotometricInterpretation', plain_tiff(one, without=(262,))),
        ('no SamplesPerPixel', plain_tiff(one, without=(277,))),
        ('SampleFormat void', plain_tiff(one, t339=4)),
        ('orientation of 0', plain_tiff(one, t274=0)),
        ('bytes behind the pixels', plain_tiff(one) + b'x' * 99),
        ('cut in the last line', plain_tiff(one)[:-8]),
    ):
        put('TIFF', name, file, {'tifffile': by_tifffile(file), 'opencv': by_opencv(file), 'pillow': by_pillow(file)})
    for name, data in (('complex64', (stack[0] + 1j * stack[1]).astype(np.complex64)), ('one page of one line', stack[0, :1]), ('a volume one pixel thin', stack[:1])):
        buffer = io.BytesIO()
        tifffile.imwrite(buffer, data, metadata=None)
        put('TIFF', name, buffer.getvalue(), {'tifffile': by_tifffile(buffer.getvalue())})


# --- NIfTI and ANALYZE ------------------------------------------------------------------------------------------

def volume(shape, dtype):
    return (rng.rand(*shape) * 200).astype(dtype)


def nifti(data, version=1, order='<', extra=0, **fields):
    kind = nibabel.Nifti1Header if version == 1 else nibabel.Nifti2Header
    header = kind(endianness=order)
    header.set_data_shape(data.shape)
    header.set_data_dtype(data.dtype)
    header['vox_offset'] = (352 if version == 1 else 544) + extra
    header['magic'] = b'n+1' if version == 1 else b'n+2'
    for name, value in fields.items():
        header[name] = value
    return bytearray(header.binaryblock + b'\0' * (4 + extra)) + data.astype(data.dtype.newbyteorder(order)).tobytes(order='F')


def frames_of(values):
    if np.iscomplexobj(values):
        values = np.abs(values)
    if values.dtype.fields:
        values = gray(np.stack([values[c] for c in 'RGB'], -1).reshape(-1, 1, 3)).reshape(values.shape)
    if 1 in values.shape[:2]:
        values = values.squeeze()
    flat = values.reshape(values.shape[:2] + (-1,), order='F')
    return [levels(flat[:, :, k].T) for k in range(flat.shape[2])]


def by_nibabel(file, ending='.nii'):
    def read():
        path = os.path.join(TEMPORARY, 'n' + ending)
        with open(path, 'wb') as out:
            out.write(file)
        return frames_of(np.asanyarray(nibabel.load(path).dataobj))
    return read


def nifti_family():
    shapes = [(6, 5, 3, 2), (6, 5, 1, 4), (6, 5, 2, 1, 3), (6, 5, 1, 1, 2, 2), (6, 5, 2, 2, 1, 1, 2), (6, 5), (1, 6, 5), (6, 1, 5), (6, 5, 1), (1, 6, 5, 3), (6, 1, 5, 2), (1, 1, 6, 5)]
    for n, shape in enumerate(shapes):
        data = volume(shape, 'i2')
        file = bytes(nifti(data, 1 + n % 2, '<>'[n % 2]))
        put('NIfTI 4-D', 'x'.join(map(str, shape)), file, {'nibabel': by_nibabel(file)})
    data = volume((6, 5, 3), 'i2')
    changed = {
        'plain': nifti(data), 'ni1 in one file': nifti(data, magic=b'ni1'), 'offset of 353': nifti(data, vox_offset=353)[:352] + b'\0' + nifti(data)[352:],
        'offset of 352.5': nifti(data, vox_offset=352.5), 'bitpix 0': nifti(data, bitpix=0), 'bitpix 8': nifti(data, bitpix=8),
        'bytes behind the pixels': nifti(data) + b'x' * 7, 'slope infinite': nifti(data, scl_slope=np.inf, scl_inter=1),
        'slope NaN': nifti(data, scl_slope=np.nan), 'extension of 32 bytes': nifti(data, extra=32), 'NIfTI-2, big endian': nifti(data, 2, '>'),
        'dim 2 of a volume': nifti(data), 'float of big endian': nifti(volume((6, 5, 3), 'f8'), 1, '>'), 'complex64': nifti((volume((6, 5, 2), 'f4') + 1j).astype('c8')),
        'int64': nifti(volume((6, 5, 2), 'i8')), 'cut in the last slice': nifti(data)[:-9], 'offset of 16': nifti(data, vox_offset=16),
        'size of header 0': nifti(data), 'size of header swapped': nifti(data), 'no magic': nifti(data, magic=b'\0'), 'n+2 in NIfTI-1': nifti(data, magic=b'n+2')}
    changed['dim 2 of a volume'][40:42] = struct.pack('<h', 2)
    changed['size of header 0'][0:4] = b'\0' * 4
    changed['size of header swapped'][0:4] = struct.pack('>i', 348)
    rgb = np.zeros((6, 5, 2), [('R', 'u1'), ('G', 'u1'), ('B', 'u1')])
    for channel in 'RGB':
        rgb[channel] = volume((6, 5, 2), 'u1')
    changed['RGB24'] = nifti(rgb)
    for name, file in changed.items():
        put('NIfTI headers', name, bytes(file), {'nibabel': by_nibabel(bytes(file))})
    file = bytes(nifti(data))
    for name, packed in (('gzip members', gzip.compress(file[:200]) + gzip.compress(file[200:])), ('gzip, zeros behind', gzip.compress(file) + b'\0' * 512), ('gzip, checksum wrong', gzip.compress(file)[:-8] + b'\1' * 8), ('gzip cut', gzip.compress(file)[:-30])):
        put('NIfTI headers', name, packed, {'nibabel': by_nibabel(packed, '.nii.gz')})


def analyze_family():
    def pair(data, order='<', change=None, spare=b'', cut=0):
        header = nibabel.analyze.AnalyzeHeader(endianness=order)
        header.set_data_dtype(data.dtype)
        header.set_data_shape(data.shape)
        raw = bytearray(header.binaryblock)
        if change:
            change(raw)
        pixels = data.astype(data.dtype.newbyteorder(order)).tobytes(order='F')
        pixels = pixels[:len(pixels) - cut] + spare

        def read():
            base = os.path.join(TEMPORARY, 'n')
            for ending, content in (('.hdr', raw), ('.img', pixels)):
                with open(base + ending, 'wb') as out:
                    out.write(content)
            return frames_of(np.asanyarray(nibabel.load(base + '.img').dataobj))
        return bytes(raw) + pixels, {'nibabel': read}, len(raw)
    data = volume((6, 5, 3), 'i2')

    def setting(at, value):
        def change(raw):
            raw[at:at + len(value)] = value
        return change
    cases = {
        'plain': pair(data), 'big endian': pair(data, '>'), 'one byte more': pair(data, spare=b'x'), 'padded to 512': pair(data, spare=b'\0' * 332),
        'as much again': pair(data, spare=b'\1' * 180), 'bitpix 0': pair(data, change=setting(72, b'\0\0')), 'bitpix 8': pair(data, change=setting(72, b'\x08\0')),
        'uint8': pair(data.astype('u1')), 'int32, big endian': pair(data.astype('i4'), '>'), 'float32': pair(data.astype('f4')), 'float64': pair(data.astype('f8')),
        'complex64': pair((data + 2j).astype('c8')), 'four axes, the last of 0': pair(data, change=lambda raw: raw.__setitem__(slice(40, 50), struct.pack('<5h', 4, 6, 5, 3, 1))),
        'one pixel thin': pair(volume((1, 6, 5), 'i2')), 'cut in the last slice': pair(data, cut=9), 'type 1, single bits': pair(data, change=setting(70, b'\x01\0')),
        'header of another size': pair(data, change=setting(0, b'\0\0\0\0'))}
    for name, (file, readers, split) in cases.items():
        put('ANALYZE', name, file, readers, split)


# --- NPY, PNG, JPEG ---------------------------------------------------------------------------------------------

def npy_family():
    def frames(array):
        array = np.abs(array) if np.iscomplexobj(array) else array
        if array.ndim > 2 and 1 in array.shape[-2:] and array.shape[-1] not in (3, 4):
            array = array.squeeze()
        if array.ndim > 2 and array.shape[-1] in (3, 4):
            return [levels(gray(one)) for one in array.reshape((-1,) + array.shape[-3:])]
        return [levels(one) for one in array.reshape((-1,) + array.shape[-2:])]
    values = rng.randint(0, 250, 5 * 6 * 7)
    shapes = [(5, 6, 7), (30, 7), (1, 30, 7), (30, 1, 7), (30, 7, 1), (1, 30, 7, 1), (10, 7, 3), (1, 10, 7, 3), (2, 5, 3, 7), (1, 1, 30, 7), (30, 7, 1, 1)]
    cases = {'x'.join(map(str, s)): values.reshape(s).astype('u1') for s in shapes}
    cases.update({f'{d}, fortran, 1x30x7': np.asfortranarray(values.reshape(1, 30, 7).astype(d)) for d in ('u2', '>i4', 'f2')})
    cases.update({'30x1x7, fortran': np.asfortranarray(values.reshape(30, 1, 7).astype('u2')), 'a line': values.astype('u1'), 'float128': values.reshape(30, 7).astype('g'), 'structured': np.zeros((5, 6), [('a', 'u1'), ('b', 'u1')]), 'text': np.array([['a', 'b'], ['c', 'd']])})
    for name, array in cases.items():
        buffer = io.BytesIO()
        np.save(buffer, array)
        file = buffer.getvalue()
        put('NPY', name, file, {'numpy': lambda: frames(np.load(io.BytesIO(file)))})
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, values.reshape(5, 6, 7).astype('u1'), version=(3, 0))
    put('NPY', 'version 3', buffer.getvalue(), {'numpy': lambda: frames(np.load(io.BytesIO(buffer.getvalue())))})


def picture_family():
    values = rng.randint(0, 250, (9, 11)).astype('u1')
    base = cv2.imencode('.png', values)[1].tobytes()

    def chunk(kind, body):
        return struct.pack('>I', len(body)) + kind + body + struct.pack('>I', zlib.crc32(kind + body))
    head, rest = base[:33], base[33:]
    buffer = io.BytesIO()
    Image.fromarray(values).save(buffer, 'PNG', save_all=True, append_images=[Image.fromarray(255 - values)])
    cases = {
        'plain': base, 'no IEND': base[:-12], 'bytes behind': base + b'x' * 50, 'text between': head + chunk(b'tEXt', b'a\0b') + rest,
        'unknown chunk': head + chunk(b'zzZz', b'abc') + rest, 'checksum of a chunk wrong': head + chunk(b'tEXt', b'a\0b')[:-1] + b'!' + rest,
        'gamma': head + chunk(b'gAMA', struct.pack('>I', 45455)) + rest, 'empty IDAT before': head + chunk(b'IDAT', b'') + rest,
        'animated': buffer.getvalue(), 'significant bits': head + chunk(b'sBIT', b'\x05') + rest, 'transparent gray': head + chunk(b'tRNS', b'\0\x10') + rest,
        'cut in the pixels': base[:-40]}
    for name, file in cases.items():
        def opencv():
            image = cv2.imdecode(np.frombuffer(file, np.uint8), cv2.IMREAD_UNCHANGED)
            return [levels(image if image.ndim == 2 else gray(image[..., 2::-1]))]

        def pillow():
            image = Image.open(io.BytesIO(file))
            image.load()
            return [levels(np.array(image))]
        put('PNG', name, file, {'opencv': opencv, 'pillow': pillow})
    plain = cv2.imencode('.jpg', values, [cv2.IMWRITE_JPEG_QUALITY, 95])[1].tobytes()
    buffer = io.BytesIO()
    Image.fromarray(values).save(buffer, 'MPO', save_all=True, append_images=[Image.fromarray(255 - values)])
    cmyk = io.BytesIO()
    Image.fromarray(np.dstack([values] * 4), 'CMYK').save(cmyk, 'JPEG', quality=95)
    at = plain.index(b'\xff\xdb')
    cases = {
        'plain': plain, 'bytes behind': plain + b'x' * 50, 'no EOI': plain[:-2], 'fill bytes before a marker': plain[:at] + b'\xff\xff' + plain[at:],
        'comment': plain[:2] + b'\xff\xfe\0\5abc' + plain[2:], 'stray bytes': plain[:at] + b'abc' + plain[at:], 'two pictures (MPO)': buffer.getvalue(),
        'no JFIF': plain[:2] + plain[at:], 'empty EXIF': plain[:2] + b'\xff\xe1\0\x08Exif\0\0' + plain[2:]}
    cases['progressive, cut'] = cv2.imencode('.jpg', values, [cv2.IMWRITE_JPEG_PROGRESSIVE, 1])[1].tobytes()[:-30]
    for name, file in cases.items():
        def opencv():
            return [levels(cv2.imdecode(np.frombuffer(file, np.uint8), cv2.IMREAD_GRAYSCALE))]

        def pillow():
            return [levels(np.array(Image.open(io.BytesIO(file)).convert('L')))]
        put('JPEG', name, file, {'opencv': opencv, 'pillow': pillow})


# --- archives ---------------------------------------------------------------------------------------------------

def archive_family():
    def array(n):
        buffer = io.BytesIO()
        np.save(buffer, ((np.arange(42).reshape(6, 7) * (2 * n + 5)) % 97).astype('u1'))
        return buffer.getvalue()

    def zipped(names, method=zipfile.ZIP_DEFLATED, comment=b'', before=b'', streamed=False):
        buffer = io.BytesIO(before)
        buffer.seek(len(before))
        target = Unseekable(buffer) if streamed else buffer
        with zipfile.ZipFile(target, 'a' if before else 'w', method) as out:
            for n, name in enumerate(names):
                out.writestr(name, array(n))
            out.comment = comment
        return buffer.getvalue()

    class Unseekable:
        def __init__(self, target):
            self.target = target

        def write(self, data):
            return self.target.write(data)

        def flush(self):
            pass

    def tarred(names, kind=tarfile.GNU_FORMAT, mode='w', links=False):
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode=mode, format=kind) as out:
            for n, name in enumerate(names):
                info = tarfile.TarInfo(name)
                info.size = len(array(n))
                out.addfile(info, io.BytesIO(array(n)))
            if links:
                link = tarfile.TarInfo('link')
                link.type, link.linkname = tarfile.SYMTYPE, names[0]
                out.addfile(link)
        return buffer.getvalue()

    def arrays(contents):
        return [levels(np.load(io.BytesIO(content))) for content in contents]

    def by_zipfile(file):
        def read():
            with zipfile.ZipFile(io.BytesIO(file)) as archive:
                return arrays([archive.read(name) for name in archive.namelist()])
        return read

    def by_tarfile(file):
        def read():
            with tarfile.open(fileobj=io.BytesIO(file)) as archive:
                return arrays([archive.extractfile(m).read() for m in archive.getmembers() if m.isreg()])
        return read
    names = ['a.npy', 'b/c.npy']
    npz = io.BytesIO()
    np.savez_compressed(npz, a=np.load(io.BytesIO(array(0))), b=np.load(io.BytesIO(array(1))))
    zips = {
        'zip, stored': zipped(names, zipfile.ZIP_STORED), 'zip, deflated': zipped(names), 'zip, streamed (sizes behind)': zipped(names, streamed=True),
        'zip, comment': zipped(names, comment=b'PK\5\6 in a comment'), 'zip, umlauts': zipped(['Röntgen/ä.npy']), 'zip, code page 437': zipped(['x.npy']),
        'zip, program in front': zipped(names, before=b'MZ' + b'\0' * 510), 'zip, bzip2': zipped(names, zipfile.ZIP_BZIP2), 'zip, LZMA': zipped(names, zipfile.ZIP_LZMA),
        'npz': npz.getvalue(), 'zip, bytes behind': zipped(names) + b'\0' * 3, 'zip, cut': zipped(names)[:-9]}
    for name, file in zips.items():
        put('archives', name, file, {'zipfile': by_zipfile(file)})
    tars = {
        'tar, GNU': tarred(names), 'tar, ustar': tarred(['d' * 90 + '/' + 'n' * 60 + '.npy'], tarfile.USTAR_FORMAT), 'tar, pax': tarred(['d' * 200 + '/ä.npy'], tarfile.PAX_FORMAT),
        'tar, GNU long name': tarred(['d/' * 120 + 'x.npy']), 'tar, link': tarred(names, links=True), 'tar.gz': tarred(names, mode='w:gz'),
        'tar.bz2': tarred(names, mode='w:bz2'), 'tar.xz': tarred(names, mode='w:xz'), 'tar, no end': tarred(names)[:2048]}
    for name, file in tars.items():
        put('archives', name, file, {'tarfile': by_tarfile(file)})
    put('archives', 'npy in bzip2', bz2.compress(array(0)), {'bz2': lambda: arrays([bz2.decompress(bz2.compress(array(0)))])})
    put('archives', 'npy in xz', lzma.compress(array(0)), {'lzma': lambda: arrays([array(0)])})


for family in (tiff_family, nifti_family, analyze_family, npy_family, picture_family, archive_family):
    family()
text = json.dumps(index, separators=(',', ':')).encode()
with open(sys.argv[1], 'wb') as out:
    out.write(gzip.compress(struct.pack('<I', len(text)) + text + b''.join(blob), 9, mtime=0))
print(len(index), 'inputs')
