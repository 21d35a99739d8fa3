"""Golden files and numbers of the formats, made by pydicom, gdcm, nibabel, Teem, NumPy, Pillow, tifffile, libtiff and OpenCV.

    /usr/bin/python3 test/golden/formats/make.py [DATA]

(Debian's python3-pydicom 2.3, python3-gdcm 3.0, python3-nibabel 5.0, python3-opencv 4.6, python3-pil 9.4,
python3-tifffile 2023.2, libtiff-tools 4.5, teem-apps 1.12; seconds.)
Writes files.json beside itself: synthetic files in base64 with the modality values of each frame (MONOCHROME1
negated: high is bright) and the slice that the paper's preprocessing makes of it; pairs.json: the same of images in
two files. With DATA, the folder of the
archives of real data, also real.json: slices of a few files of those datasets that may be shipped. Slices are
stored as 64 of their pixels and the sum of all.
"""
import base64
import gzip
import io
import json
import struct
import subprocess
import sys
import tempfile
import warnings
import zipfile
import zlib
from pathlib import Path

import cv2
import gdcm
import nibabel
import numpy as np
import pydicom
import tifffile
from PIL import Image
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.pixel_data_handlers.util import apply_color_lut, apply_modality_lut, convert_color_space
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

warnings.filterwarnings('ignore')
HERE = Path(__file__).parent
ROWS, COLUMNS = 17, 18
SIDE = 224
rng = np.random.RandomState(20230)


# --- the reference pipeline -------------------------------------------------------------------------------------

def gray(color):
    """Channel-last RGB(A) to luminance, as OpenCV rounds it."""
    return cv2.cvtColor(np.ascontiguousarray(color[..., :3]), cv2.COLOR_RGB2GRAY)


def to_slice(values, hidden=None, antialias=False):
    """Resize ignoring the aspect ratio, min-max, round: the paper's preprocessing. None where it is blank."""
    values = np.asarray(values, np.float64)
    hidden = ~np.isfinite(values) if hidden is None else hidden | ~np.isfinite(values)
    if hidden.all():
        return None
    values = np.where(hidden, values[~hidden].min(), values).astype(np.float32)
    resized = cv2.resize(values, (SIDE, SIDE), interpolation=cv2.INTER_AREA if antialias else cv2.INTER_LINEAR)
    low, high = float(resized.min()), float(resized.max())
    if high == low:
        return None
    return np.rint((resized.astype(np.float64) - low) / (high - low) * 255).astype(np.uint8)


def digest(image):
    if image is None:
        return None
    flat = image.ravel()
    return {'sum': int(flat.sum()), 'samples': flat[np.arange(64) * (flat.size - 1) // 63].tolist()}


# --- synthetic files --------------------------------------------------------------------------------------------

cases = []


def number(value):
    return None if not np.isfinite(value) else int(value) if float(value).is_integer() else float(value)


def case(name, content, frames, hidden=None, tolerance=0):
    """`tolerance` is what two decoders of a lossy stream may differ by."""
    frames = [np.asarray(frame) for frame in frames]
    cases.append({
        'name': name,
        'file': base64.b64encode(content).decode(),
        'rows': frames[0].shape[0],
        'columns': frames[0].shape[1],
        'tolerance': tolerance,
        'frames': [{'values': [number(v) for v in f.ravel().astype(np.float64)], 'slice': digest(to_slice(f, hidden))}
                   for f in frames],
    })


def picture(low, high, dtype, shape=(ROWS, COLUMNS)):
    """Smooth with some noise, using the whole range."""
    y, x = np.mgrid[0:shape[-2], 0:shape[-1]]
    base = np.sin(x / 5) * np.cos(y / 4) + 0.15 * rng.standard_normal(shape)
    base = (base - base.min()) / (base.max() - base.min())
    return np.rint(low + base * (high - low)).astype(dtype)


def dicom(pixels, syntax=ExplicitVRLittleEndian, **tags):
    """A data set with these pixels; `tags` are added to it or put in place of the usual ones."""
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = syntax
    meta.MediaStorageSOPClassUID = '1.2.840.10008.5.1.4.1.1.2'
    meta.MediaStorageSOPInstanceUID = '1.2.3.4'
    data = FileDataset(None, {}, file_meta=meta, preamble=b'\0' * 128)
    data.is_little_endian = syntax != ExplicitVRBigEndian
    data.is_implicit_VR = syntax == ImplicitVRLittleEndian
    data.SOPClassUID, data.SOPInstanceUID, data.Modality = '1.2.840.10008.5.1.4.1.1.2', '1.2.3.4', 'CT'
    data.PatientID, data.StudyInstanceUID, data.SeriesInstanceUID = 'P1', '1.2.3', '1.2.3.1'
    color = 3 if pixels.ndim > 2 and pixels.shape[-1] == 3 else 1
    data.SamplesPerPixel = color
    data.PhotometricInterpretation = 'RGB' if color == 3 else 'MONOCHROME2'
    if color == 3:
        data.PlanarConfiguration = 0
    data.Rows, data.Columns = pixels.shape[-3:-1] if color == 3 else pixels.shape[-2:]
    data.BitsAllocated = pixels.dtype.itemsize * 8
    data.BitsStored, data.HighBit = data.BitsAllocated, data.BitsAllocated - 1
    data.PixelRepresentation = int(pixels.dtype.kind == 'i')
    for tag, value in tags.items():
        setattr(data, tag, value)
    raw = pixels if data.is_little_endian else pixels.byteswap()
    if 'PixelData' not in tags:
        data.PixelData = raw.tobytes() + b'\0' * (raw.nbytes % 2)
        data['PixelData'].VR = 'OW' if data.BitsAllocated > 8 else 'OB'
    return data


def written(data):
    out = io.BytesIO()
    pydicom.dcmwrite(out, data, write_like_original=False)
    return out.getvalue()


def compressed(data, syntax):
    """The file in another transfer syntax, encoded by gdcm."""
    with tempfile.TemporaryDirectory() as folder:
        plain, coded = f'{folder}/plain', f'{folder}/coded'
        Path(plain).write_bytes(written(data))
        reader = gdcm.ImageReader()
        reader.SetFileName(plain)
        assert reader.Read()
        change = gdcm.ImageChangeTransferSyntax()
        change.SetTransferSyntax(gdcm.TransferSyntax(syntax))
        change.SetInput(reader.GetImage())
        assert change.Change(), syntax
        writer = gdcm.ImageWriter()
        writer.SetFileName(coded)
        writer.SetFile(reader.GetFile())
        writer.SetImage(change.GetOutput())
        assert writer.Write()
        content = Path(coded).read_bytes()
    return content, pydicom.dcmread(io.BytesIO(content)).pixel_array


def dicom_cases():
    u16, i16, u8 = picture(0, 4095, np.uint16), picture(-1024, 3000, np.int16), picture(0, 255, np.uint8)
    rgb = np.stack([picture(0, 255, np.uint8) for _ in range(3)], -1)

    for label, syntax in [('explicit', ExplicitVRLittleEndian), ('implicit', ImplicitVRLittleEndian),
                          ('big endian', ExplicitVRBigEndian)]:
        case(f'DICOM {label} uint16', written(dicom(u16, syntax)), [u16])
    # A shallow copy of what dcmwrite does with a deflated body.
    plain = written(dicom(u16))
    body = plain.index(b'\x08\x00\x16\x00')
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = plain[:body].replace(b'1.2.840.10008.1.2.1\0', b'1.2.840.10008.1.2.1.99')
    head = head.replace(b'UI\x14\x001.2.840.10008.1.2.1.99', b'UI\x16\x001.2.840.10008.1.2.1.99')
    case('DICOM deflated uint16', head + deflater.compress(plain[body:]) + deflater.flush(), [u16])

    case('DICOM int16', written(dicom(i16)), [i16])
    case('DICOM uint8', written(dicom(u8)), [u8])
    u32 = picture(0, 4_000_000_000, np.uint32)
    case('DICOM uint32', written(dicom(u32)), [u32])
    i32 = picture(-2_000_000_000, 2_000_000_000, np.int32)
    case('DICOM int32', written(dicom(i32)), [i32])

    # 12 bits stored: what is above them is an overlay, or missing sign bits.
    dirty = u16 | (rng.randint(0, 16, u16.shape) << 12).astype(np.uint16)
    case('DICOM 12 bits, unsigned, overlay above', written(dicom(dirty, BitsStored=12, HighBit=11)), [u16])
    s12 = picture(-2048, 2047, np.int16)
    case('DICOM 12 bits, signed, sign not extended',
         written(dicom(s12 & 0x0FFF, BitsStored=12, HighBit=11, PixelRepresentation=1)), [s12])
    case('DICOM 12 bits at the top of 16', written(dicom((u16 << 4).astype(np.uint16), BitsStored=12, HighBit=15)), [u16])

    case('DICOM rescale', written(dicom(u16, RescaleSlope='2.5', RescaleIntercept='-1024')), [u16 * 2.5 - 1024])
    case('DICOM negative slope', written(dicom(u16, RescaleSlope='-1', RescaleIntercept='10')), [10 - u16.astype(float)])
    case('DICOM MONOCHROME1', written(dicom(u16, PhotometricInterpretation='MONOCHROME1')), [-u16.astype(float)])

    padded = i16.copy()
    padded[:, :5] = -2000
    case('DICOM padding', written(dicom(padded, PixelPaddingValue=-2000)), [padded], hidden=padded == -2000)
    padded[2, :] = -1995
    case('DICOM padding range', written(dicom(padded, PixelPaddingValue=-2000, PixelPaddingRangeLimit=-1990)), [padded],
         hidden=padded <= -1990)
    white = u16.copy()
    white[:, -6:] = 65535
    case('DICOM MONOCHROME1 with padding',
         written(dicom(white, PhotometricInterpretation='MONOCHROME1', PixelPaddingValue=65535)),
         [-white.astype(float)], hidden=white == 65535)

    frames = np.stack([picture(0, 4095, np.uint16) for _ in range(3)])
    case('DICOM three frames', written(dicom(frames, NumberOfFrames=3)), list(frames))

    bits = (picture(0, 1, np.uint8, (2, 7, 9)) > 0).astype(np.uint8)
    packed = np.packbits(bits.ravel(), bitorder='little').tobytes()
    case('DICOM one bit, two frames that share a byte',
         written(dicom(bits, NumberOfFrames=2, BitsAllocated=1, BitsStored=1, HighBit=0,
                       PixelData=packed + b'\0' * (len(packed) % 2))), list(bits))

    for label, dtype, tag in [('float', np.float32, 'FloatPixelData'), ('double float', np.float64, 'DoubleFloatPixelData')]:
        real = picture(0, 1000, np.float64).astype(dtype) / 8
        data = dicom(real)
        del data.PixelData, data.BitsStored, data.HighBit, data.PixelRepresentation
        setattr(data, tag, real.tobytes())
        case(f'DICOM {label} pixels', written(data), [real])

    case('DICOM RGB', written(dicom(rgb)), [gray(rgb)])
    case('DICOM RGB in planes',
         written(dicom(rgb, PlanarConfiguration=1, PixelData=np.moveaxis(rgb, -1, 0).tobytes())), [gray(rgb)])
    ybr = convert_color_space(rgb, 'RGB', 'YBR_FULL')
    case('DICOM YBR_FULL', written(dicom(ybr, PhotometricInterpretation='YBR_FULL')), [ybr[..., 0]])
    pairs = ybr.reshape(-1, 2, 3)
    subsampled = np.stack([pairs[:, 0, 0], pairs[:, 1, 0], pairs[:, 0, 1], pairs[:, 0, 2]], -1)
    case('DICOM YBR_FULL_422',
         written(dicom(ybr, PhotometricInterpretation='YBR_FULL_422', PixelData=subsampled.tobytes())), [ybr[..., 0]])

    lut = rng.randint(0, 65536, (3, 200)).astype(np.uint16)
    index = picture(0, 255, np.uint8)
    data = dicom(index, PhotometricInterpretation='PALETTE COLOR')
    for i, channel in enumerate(['Red', 'Green', 'Blue']):
        setattr(data, f'{channel}PaletteColorLookupTableDescriptor', [200, 10, 16])
        setattr(data, f'{channel}PaletteColorLookupTableData', lut[i].tobytes())
    case('DICOM palette', written(data), [gray(apply_color_lut(index, data))])

    s = gdcm.TransferSyntax
    for label, syntax, data, tolerance in [
        ('RLE uint8', s.RLELossless, dicom(u8), 0),
        ('RLE int16', s.RLELossless, dicom(i16), 0),
        ('RLE uint32', s.RLELossless, dicom(u32), 0),
        ('RLE RGB', s.RLELossless, dicom(rgb), 0),
        ('RLE three frames', s.RLELossless, dicom(frames, NumberOfFrames=3), 0),
        ('JPEG baseline', s.JPEGBaselineProcess1, dicom(u8), 1),
        ('JPEG baseline colour', s.JPEGBaselineProcess1, dicom(rgb), 2),
        ('JPEG lossless uint8', s.JPEGLosslessProcess14_1, dicom(u8), 0),
        ('JPEG lossless uint16', s.JPEGLosslessProcess14_1, dicom(picture(0, 65535, np.uint16)), 0),
        ('JPEG lossless int16', s.JPEGLosslessProcess14_1, dicom(i16), 0),
        ('JPEG lossless RGB', s.JPEGLosslessProcess14_1, dicom(rgb), 0),
        ('JPEG-LS uint8', s.JPEGLSLossless, dicom(u8), 0),
        ('JPEG-LS uint16', s.JPEGLSLossless, dicom(u16, BitsStored=12, HighBit=11), 0),
        ('JPEG-LS near-lossless', s.JPEGLSNearLossless, dicom(u16, BitsStored=12, HighBit=11), 0),
        ('JPEG-LS RGB', s.JPEGLSLossless, dicom(rgb), 0),
        ('JPEG 2000 uint8', s.JPEG2000Lossless, dicom(u8), 0),
        ('JPEG 2000 int16', s.JPEG2000Lossless, dicom(i16), 0),
        ('JPEG 2000 lossy', s.JPEG2000, dicom(u16, BitsStored=12, HighBit=11), 1),
        ('JPEG 2000 RGB', s.JPEG2000Lossless, dicom(rgb), 0),
    ]:
        content, decoded = compressed(data, syntax)
        if tolerance == 0 and 'near' not in label:
            original = np.frombuffer(data.PixelData, decoded.dtype, decoded.size).reshape(decoded.shape)
            assert (decoded == original).all(), label
        color = decoded.ndim == 3 and decoded.shape[-1] == 3
        if color:
            kind = pydicom.dcmread(io.BytesIO(content)).PhotometricInterpretation
            if kind.startswith('YBR_FULL'):
                decoded = convert_color_space(decoded, 'YBR_FULL', 'RGB')
            decoded = gray(decoded)
        case(f'DICOM {label}', content, list(decoded) if decoded.ndim == 3 else [decoded], tolerance=tolerance)

    # Compressed frames in several fragments: with an offset table, and without one.
    coded = [bytes(cv2.imencode('.jpg', frame)[1]) for frame in (u8, 255 - u8)]
    decoded = [cv2.imdecode(np.frombuffer(c, np.uint8), cv2.IMREAD_GRAYSCALE) for c in coded]
    for label, has_bot in [('with', True), ('without', False)]:
        data = dicom(np.stack([u8, u8]), pydicom.uid.JPEGBaseline8Bit, NumberOfFrames=2,
                     PixelData=encapsulate(coded, fragments_per_frame=3, has_bot=has_bot))
        data['PixelData'].is_undefined_length = True
        data['PixelData'].VR = 'OB'
        case(f'DICOM fragments {label} offset table', written(data), decoded, tolerance=1)


def item(**elements):
    data = Dataset()
    for name, value in elements.items():
        setattr(data, name, value)
    return data


def transformation(slope, intercept):
    """An item of functional groups that rescales."""
    return item(PixelValueTransformationSequence=Sequence(
        [item(RescaleSlope=str(slope), RescaleIntercept=str(intercept), RescaleType='US')]))


def modality_cases():
    """Look-up tables, and slopes of each frame."""
    u16, i16 = picture(0, 4095, np.uint16), picture(-100, 300, np.int16)
    for label, syntax in [('', ExplicitVRLittleEndian), (', implicit', ImplicitVRLittleEndian),
                          (', big endian', ExplicitVRBigEndian)]:
        table = np.cumsum(rng.randint(0, 30, 400)).astype(np.uint16)
        lut = item(LUTDescriptor=[400, 1000, 16], ModalityLUTType='US', LUTData=[int(v) for v in table])
        lut['LUTDescriptor'].VR, lut['LUTData'].VR = 'US', 'US'
        data = dicom(u16, syntax, ModalityLUTSequence=Sequence([lut]))
        case(f'DICOM modality LUT{label}', written(data), [apply_modality_lut(u16, data)])
    # Signed, and with padding that no longer shows once it is looked up.
    lut = item(LUTDescriptor=[401, -100, 16], ModalityLUTType='US', LUTData=[int(v) for v in rng.randint(0, 9000, 401)])
    lut['LUTDescriptor'].VR, lut['LUTData'].VR = 'SS', 'US'
    padded = i16.copy()
    padded[:3] = -100
    data = dicom(padded, ModalityLUTSequence=Sequence([lut]), PixelPaddingValue=-100)
    values = apply_modality_lut(padded, data).astype(np.float64)
    values[padded == -100] = np.nan
    case('DICOM modality LUT, signed, with padding', written(data), [values])

    frames = np.stack([picture(0, 4095, np.uint16) for _ in range(3)])
    scales = [(2.5, -100), (-1, 4095), (0.5, 7)]
    for label, syntax in [('', ExplicitVRLittleEndian), (', implicit', ImplicitVRLittleEndian),
                          (', big endian', ExplicitVRBigEndian)]:
        data = dicom(frames, syntax, NumberOfFrames=3,
                     SharedFunctionalGroupsSequence=Sequence([transformation(9, 9)]),
                     PerFrameFunctionalGroupsSequence=Sequence([transformation(*scale) for scale in scales]))
        case(f'DICOM slopes of each frame{label}', written(data), [f * a + b for f, (a, b) in zip(frames, scales)])
    data = dicom(frames, NumberOfFrames=3, SharedFunctionalGroupsSequence=Sequence([transformation(-2, 5)]),
                 PerFrameFunctionalGroupsSequence=Sequence([item(), item(), item()]))
    case('DICOM slope that frames share', written(data), [f * -2.0 + 5 for f in frames])

    real = (picture(0, 1000, np.float64) / 8).astype(np.float32)
    real[4:6] = -5000.5
    data = dicom(real)
    del data.PixelData, data.BitsStored, data.HighBit, data.PixelRepresentation
    data.FloatPixelData = real.tobytes()
    data.FloatPixelPaddingValue = -5000.5
    case('DICOM float pixels with padding', written(data), [real], hidden=real == np.float32(-5000.5))


def segmented(values, rows):
    """`rows` of (opcode, …) as words of a segmented table."""
    return np.asarray([word for row in rows for word in row], values)


def palette_cases():
    """Segmented look-up tables of 16 and 8 bits: discrete, linear and indirect segments."""
    index = picture(0, 255, np.uint8)
    for label, syntax, bits in [('', ExplicitVRLittleEndian, 16), (', big endian', ExplicitVRBigEndian, 16),
                                (' of 8 bits', ExplicitVRLittleEndian, 8)]:
        top = 2 ** bits - 1
        data = dicom(index, syntax, PhotometricInterpretation='PALETTE COLOR')
        for i, channel in enumerate(['Red', 'Green', 'Blue']):
            setattr(data, f'{channel}PaletteColorLookupTableDescriptor', [200, 3, bits])
            table = segmented(np.dtype(f'u{bits // 8}'), [
                (0, 3, 1 + i, top // (3 + i), 2), (1, 96, top - i), (0, 1, 9), (1, 100, 17 * i)])
            if not data.is_little_endian:
                table = table.byteswap()
            setattr(data, f'Segmented{channel}PaletteColorLookupTableData', table.tobytes() + b'\0' * (table.nbytes % 2))
        case(f'DICOM segmented palette{label}', written(data), [gray(apply_color_lut(index, data))])

    # pydicom 2.3 takes the offset of 16-bit tables for a number of entries: this one is written out.
    plain = np.concatenate([[0, 40], np.rint(np.linspace(40, 400, 41))[1:], [0, 40], np.rint(np.linspace(40, 400, 41))[1:]])
    data = dicom((index % 90).astype(np.uint8), PhotometricInterpretation='PALETTE COLOR')
    for channel in ['Red', 'Green', 'Blue']:
        setattr(data, f'{channel}PaletteColorLookupTableDescriptor', [len(plain), 0, 16])
        table = segmented(np.uint16, [(0, 2, 0, 40), (1, 40, 400), (2, 2, 0, 0)])
        setattr(data, f'Segmented{channel}PaletteColorLookupTableData', table.tobytes())
    case('DICOM segmented palette that repeats itself', written(data),
         [plain[np.minimum(data.pixel_array, len(plain) - 1)]])


def fragment_cases():
    """Frames in fragments as they are or deflated, and an extended offset table."""
    u16 = np.stack([picture(0, 4095, np.uint16) for _ in range(2)])
    rgb = np.stack([picture(0, 255, np.uint8) for _ in range(3)], -1)
    bits = (picture(0, 1, np.uint8, (2, 7, 9)) > 0).astype(np.uint8)
    packed = [np.packbits(frame.ravel(), bitorder='little').tobytes() for frame in bits]

    def deflate(frame):
        deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
        return deflater.compress(frame) + deflater.flush()

    # pydicom 2.3 knows neither: written as JPEG and renamed.
    for label, uid, code in [('deflated frames', b'1.2.840.10008.1.2.8.1\0', deflate),
                             ('uncompressed fragments', b'1.2.840.10008.1.2.1.98', bytes)]:
        for kind, pixels, raw, frames, tags in [
            ('uint16', u16, [f.tobytes() for f in u16], list(u16), {'NumberOfFrames': 2}),
            ('RGB in planes', rgb, [np.moveaxis(rgb, -1, 0).tobytes()], [gray(rgb)], {'PlanarConfiguration': 1}),
            ('one bit', bits, packed, list(bits),
             {'NumberOfFrames': 2, 'BitsAllocated': 1, 'BitsStored': 1, 'HighBit': 0}),
        ]:
            data = dicom(pixels, pydicom.uid.JPEGBaseline8Bit, PixelData=encapsulate([code(r) for r in raw]), **tags)
            data['PixelData'].is_undefined_length = True
            data['PixelData'].VR = 'OB'
            content = written(data).replace(b'1.2.840.10008.1.2.4.50', uid, 1)
            case(f'DICOM {label} {kind}', content, frames)

    # Nothing in these fragments tells where the second frame begins, except the table.
    size = u16[0].nbytes
    half = -(-size // 2) + (-(-size // 2)) % 2
    data = dicom(u16, pydicom.uid.JPEGBaseline8Bit, NumberOfFrames=2,
                 PixelData=encapsulate([f.tobytes() for f in u16], fragments_per_frame=2, has_bot=False))
    data.add_new(0x7FE00001, 'OV', struct.pack('<QQ', 0, 8 + half + 8 + size - half))
    data.add_new(0x7FE00002, 'OV', struct.pack('<QQ', size, size))
    data['PixelData'].is_undefined_length = True
    data['PixelData'].VR = 'OB'
    content = written(data).replace(b'1.2.840.10008.1.2.4.50', b'1.2.840.10008.1.2.1.98', 1)
    case('DICOM fragments with extended offset table', content, list(u16))


def complex_cases():
    shape = (2, ROWS, COLUMNS)
    values = (picture(-9, 9, np.float32, shape) + 1j * picture(-9, 9, np.float32, shape)).astype(np.complex64)
    for label, array in [('', values), (' of 128 bits', values.astype(np.complex128)),
                         (', Fortran order', np.asfortranarray(values)), (', big endian', values.astype('>c8'))]:
        case(f'NPY complex{label}', npy(array), list(np.abs(values.astype(np.complex128))))
    volume = values.transpose(2, 1, 0)
    content = bytearray(nibabel.Nifti1Image(volume, np.eye(4)).to_bytes())
    content[112:120] = struct.pack('<ff', 2, 3)
    scaled = np.hypot(volume.real.astype(np.float64) * 2 + 3, volume.imag.astype(np.float64) * 2 + 3)
    case('NIfTI complex, scaled', bytes(content), [scaled[:, :, k].T for k in range(2)])


def nifti(image, zipped=False):
    content = image.to_bytes()
    return gzip.compress(content, mtime=0) if zipped else content


def nifti_cases():
    shape = (COLUMNS, ROWS, 2)
    slices = lambda volume: [volume[:, :, k].T for k in range(volume.shape[2])]
    for dtype in ['u1', 'i1', '<u2', '<i2', '>i2', '<u4', '<i4', '<i8', '<u8', '<f4', '>f4', '<f8']:
        kind = np.dtype(dtype)
        info = np.iinfo(kind) if kind.kind in 'iu' else None
        low, high = (max(info.min, -2**33), min(info.max, 2**33)) if info else (-5, 5)
        volume = np.moveaxis(picture(low, high, np.float64, (2, ROWS, COLUMNS)), 0, -1).transpose(1, 0, 2)
        volume = (volume if info else volume / 4).astype(kind)
        image = nibabel.Nifti1Image(volume, np.eye(4), nibabel.Nifti1Header(endianness=dtype[0] if dtype[0] in '<>' else '<'),
                                    dtype=kind.newbyteorder('='))
        assert image.shape == shape
        case(f'NIfTI {dtype}', nifti(image), slices(volume))

    volume = picture(-100, 1000, np.int16, shape)
    image = nibabel.Nifti1Image(volume, np.eye(4))
    image.header.set_slope_inter(0.5, -20)
    content = bytearray(image.to_bytes())
    content[112:120] = struct.pack('<ff', 0.5, -20)
    case('NIfTI slope and intercept', bytes(content), slices(volume * 0.5 - 20))
    content[112:120] = struct.pack('<ff', -2, 0)
    case('NIfTI negative slope', bytes(content), slices(volume * -2.0))
    case('NIfTI gzip', nifti(nibabel.Nifti1Image(volume, np.eye(4)), True), slices(volume))
    case('NIfTI-2', nifti(nibabel.Nifti2Image(volume, np.eye(4))), slices(volume))

    series = picture(0, 500, np.int16, (COLUMNS, ROWS, 2, 3))
    case('NIfTI 4-D', nifti(nibabel.Nifti1Image(series, np.eye(4))),
         [series[:, :, k, t].T for t in range(3) for k in range(2)])
    flat = picture(0, 500, np.int16, (COLUMNS, ROWS))
    case('NIfTI 2-D', nifti(nibabel.Nifti1Image(flat, np.eye(4))), [flat.T])

    colors = picture(0, 255, np.uint8, (3, 2, ROWS, COLUMNS)).transpose(3, 2, 1, 0)
    rgb_type = np.dtype([('R', 'u1'), ('G', 'u1'), ('B', 'u1')])
    image = nibabel.Nifti1Image(np.ascontiguousarray(colors).view(rgb_type)[..., 0], np.eye(4))
    case('NIfTI RGB', nifti(image), [gray(colors[:, :, k].transpose(1, 0, 2)) for k in range(2)])
    complex_volume = (picture(-9, 9, np.float32, shape) + 1j * picture(-9, 9, np.float32, shape)).astype(np.complex64)
    case('NIfTI complex', nifti(nibabel.Nifti1Image(complex_volume, np.eye(4))),
         slices(np.abs(complex_volume.astype(np.complex128))))
    holes = picture(0, 10, np.float32, shape)
    holes[3:9, 4:8] = np.nan
    holes[0, 0] = np.inf
    case('NIfTI with NaN and infinity', nifti(nibabel.Nifti1Image(holes, np.eye(4))), slices(holes))


def pair_cases():
    """Images in two files: a row as of `case`, with the header beside the file of the pixels."""
    rows = []
    shape = (COLUMNS, ROWS, 3)
    volume = picture(-900, 900, np.int16, shape)
    swapped = lambda kind: kind(endianness='>')
    nifti_header = nibabel.nifti1.Nifti1PairHeader
    images = [
        ('NIfTI pair', nibabel.Nifti1Pair(volume, np.eye(4))),
        ('NIfTI pair, big endian', nibabel.Nifti1Pair(volume, np.eye(4), swapped(nifti_header))),
        ('NIfTI-2 pair', nibabel.Nifti2Pair(volume.astype(np.float32) / 8, np.eye(4))),
        ('NIfTI pair 4-D', nibabel.Nifti1Pair(picture(0, 200, np.uint8, (COLUMNS, ROWS, 2, 2)), np.eye(4))),
    ]
    for dtype in ['u1', 'i2', 'i4', 'f4', 'f8']:
        images.append((f'ANALYZE {dtype}', nibabel.AnalyzeImage(picture(0, 200, np.dtype(dtype), shape), np.eye(4))))
    images.append(('ANALYZE, big endian', nibabel.AnalyzeImage(volume, np.eye(4), swapped(nibabel.AnalyzeHeader))))
    images.append(('ANALYZE of SPM', nibabel.Spm2AnalyzeImage(volume, np.eye(4))))
    for name, image in images:
        files = {kind: io.BytesIO() for kind in image.file_map}
        for kind, holder in image.file_map.items():
            holder.fileobj = files[kind]
        image.to_file_map()
        values = np.asarray(image.dataobj, np.float64)
        values = values.reshape(values.shape[:2] + (-1,), order='F')
        case(name, files['image'].getvalue(), [values[:, :, k].T for k in range(values.shape[2])])
        rows.append({**cases.pop(), 'header': base64.b64encode(files['header'].getvalue()).decode()})
    return rows


def unu(command, *options, **streams):
    """One of the programs of Teem, whose format NRRD is."""
    return subprocess.run(['teem-unu', command, *options], check=True, capture_output=True, **streams).stdout


TEEM_TYPES = {'i1': 'signed char', 'u1': 'uchar', 'i2': 'short', 'u2': 'ushort', 'i4': 'int', 'u4': 'uint',
              'i8': 'longlong', 'u8': 'ulonglong', 'f4': 'float', 'f8': 'double'}


def nrrd(array, *options, encoding='raw', endian='little'):
    """An attached file. The last axis of the array varies fastest: it is the first of NRRD."""
    sizes = [str(size) for size in array.shape[::-1]]
    made = unu('make', '-t', TEEM_TYPES[array.dtype.str[1:]], '-s', *sizes, *options, '-en', 'little',
               input=array.astype(array.dtype.newbyteorder('<')).tobytes())
    return unu('save', '-f', 'nrrd', '-e', encoding, '-en', endian, input=made)


def nrrd_picture(low, high, dtype, shape, seed):
    """As `picture`, with numbers of its own: other cases stay what they are."""
    global rng
    shared, rng = rng, np.random.RandomState(seed)
    array = picture(low, high, dtype, shape)
    rng = shared
    return array


def nrrd_cases():
    shape = (2, ROWS, COLUMNS)
    for seed, dtype in enumerate(TEEM_TYPES):
        info = np.iinfo(dtype) if dtype[0] in 'iu' else None
        low, high = (max(info.min, -2**33), min(info.max, 2**33)) if info else (-5, 5)
        volume = nrrd_picture(low, high, np.float64, shape, seed)
        volume = (volume if info else volume / 4).astype(dtype)
        case(f'NRRD {dtype}', nrrd(volume), volume)
        if volume.itemsize > 1:
            case(f'NRRD {dtype}, big endian', nrrd(volume, endian='big'), volume)
    volume = nrrd_picture(-900, 900, np.int16, shape, 20)
    case('NRRD in gzip', nrrd(volume, encoding='gzip'), volume)
    case('NRRD with keys and a space', nrrd(volume, '-kv', 'patient:=nobody', '-spc', 'left-posterior-superior',
                                            '-orig', '(1,2,3)', '-dirs', '(1,0,0) (0,1,0) (0,0,4)'), volume)
    case('NRRD 2-D', nrrd(volume[0]), volume[:1])
    series = nrrd_picture(0, 500, np.int16, (3, *shape), 21)
    case('NRRD 4-D', nrrd(series, '-k', 'space', 'space', 'space', 'list'), series.reshape(-1, ROWS, COLUMNS))
    # An axis that varies fastest and is none of the image: each of its places is a volume.
    case('NRRD 4-D, list first', nrrd(np.ascontiguousarray(np.moveaxis(series, 0, -1)), '-k', 'list', 'space', 'space',
                                      'space'), series.reshape(-1, ROWS, COLUMNS))
    vectors = nrrd_picture(-5, 5, np.float32, (3, *shape), 22)
    case('NRRD of vectors', nrrd(np.ascontiguousarray(np.moveaxis(vectors, 0, -1)), '-k', 'vector', 'domain', 'domain',
                                 'domain'), vectors.reshape(-1, ROWS, COLUMNS))
    color = nrrd_picture(0, 255, np.uint8, (*shape, 3), 23)
    for kind in ['RGB-color', '3-color', 'vector']:
        case(f'NRRD {kind}', nrrd(color, '-k', kind, 'space', 'space', 'space'), [gray(one) for one in color])
    case('NRRD of colours, without kinds', nrrd(color[0]), [gray(color[0])])
    case('NRRD of colours, last', nrrd(np.ascontiguousarray(np.moveaxis(color, -1, 0)), '-k', 'space', 'space', 'space',
                                       'RGB-color'), [gray(one) for one in color])
    alpha = nrrd_picture(0, 65535, np.uint16, (*shape, 4), 24)
    case('NRRD RGBA-color', nrrd(alpha, '-k', 'RGBA-color', 'space', 'space', 'space'), [gray(one) for one in alpha])
    parts = nrrd_picture(-9, 9, np.float32, (*shape, 2), 25)
    case('NRRD complex', nrrd(parts, '-k', 'complex', 'space', 'space', 'space'),
         np.hypot(*np.moveaxis(parts.astype(np.float64), -1, 0)))


def nrrd_pairs():
    """Detached headers: of Teem's writing, and of its reading other programs' pixels."""
    volume = nrrd_picture(-900, 900, np.int16, (3, ROWS, COLUMNS), 30)
    rows = []
    with tempfile.TemporaryDirectory() as home:
        home = Path(home)
        for name, encoding, endian in [('raw', 'raw', 'little'), ('big endian', 'raw', 'big'), ('gzip', 'gzip', 'little')]:
            unu('save', '-f', 'nrrd', '-e', encoding, '-en', endian, '-o', home / 'a.nhdr', input=nrrd(volume))
            pixels = (home / ('a.raw.gz' if encoding == 'gzip' else 'a.raw')).read_bytes()
            rows.append((f'NRRD pair, {name}', (home / 'a.nhdr').read_bytes(), pixels))
        raw = volume.astype('<i2').tobytes()
        for name, before, behind, options in [
            ('lines and bytes before', b'one\ntwo\n#####', b'', ['-ls', '2', '-bs', '5']),
            ('bytes at the end', b'some header', b'', ['-bs', '-1']),
        ]:
            (home / 'b.raw').write_bytes(before + raw + behind)
            unu('make', '-h', '-i', 'b.raw', '-t', 'short', '-s', str(COLUMNS), str(ROWS), '3', '-en', 'little',
                '-e', 'raw', *options, '-o', 'b.nhdr', cwd=home)
            # Teem reads it as we mean it.
            assert unu('save', '-f', 'nrrd', '-e', 'raw', '-i', 'b.nhdr', cwd=home).endswith(raw)
            rows.append((f'NRRD pair, {name}', (home / 'b.nhdr').read_bytes(), (home / 'b.raw').read_bytes()))
    for name, header, pixels in rows:
        case(name, pixels, volume)
    made = [cases.pop() for _ in rows][::-1]
    return [{**one, 'header': base64.b64encode(header).decode()} for one, (_, header, _) in zip(made, rows)]


def npy(array, version=None):
    out = io.BytesIO()
    np.lib.format.write_array(out, array, version)
    return out.getvalue()


def npy_cases():
    for dtype in ['u1', 'i1', '<u2', '>u2', '<i2', '<u4', '<i4', '<i8', '<u8', '<f2', '<f4', '>f4', '<f8', '>f8']:
        kind = np.dtype(dtype)
        info = np.iinfo(kind) if kind.kind in 'iu' else None
        low, high = (max(info.min, -2**33), min(info.max, 2**33)) if info else (-500, 500)
        image = picture(low, high, np.float64).astype(kind)
        case(f'NPY {dtype}', npy(image), [image])
    mask = picture(0, 1, np.uint8) > 0
    case('NPY bool', npy(mask), [mask])
    stack = picture(0, 4095, np.int16, (3, ROWS, COLUMNS))
    case('NPY stack', npy(stack), list(stack))
    case('NPY stack, Fortran order', npy(np.asfortranarray(stack)), list(stack))
    case('NPY version 2', npy(stack[0], (2, 0)), [stack[0]])
    deep = picture(0, 4095, np.int16, (2, 3, ROWS, COLUMNS))
    case('NPY 4-D', npy(deep), [deep[i, j] for i in range(2) for j in range(3)])
    case('NPY 4-D, Fortran order', npy(np.asfortranarray(deep)), [deep[i, j] for i in range(2) for j in range(3)])
    rgb = picture(0, 255, np.uint8, (2, 3, ROWS, COLUMNS)).transpose(0, 2, 3, 1)
    case('NPY RGB', npy(np.ascontiguousarray(rgb[0])), [gray(rgb[0])])
    case('NPY RGB stack', npy(np.ascontiguousarray(rgb)), [gray(rgb[0]), gray(rgb[1])])
    case('NPY RGB stack, Fortran order', npy(np.asfortranarray(rgb)), [gray(rgb[0]), gray(rgb[1])])
    case('NPY one channel last', npy(stack[0][..., None]), [stack[0]])


def png_cases():
    encode = lambda image: bytes(cv2.imencode('.png', image)[1])
    u8, u16 = picture(0, 255, np.uint8), picture(0, 65535, np.uint16)
    case('PNG 8 bits', encode(u8), [u8])
    case('PNG 16 bits', encode(u16), [u16])
    for label, dtype, high, channels in [('RGB', np.uint8, 255, 3), ('RGB 16 bits', np.uint16, 65535, 3),
                                         ('RGB with alpha', np.uint8, 255, 4)]:
        color = np.stack([picture(0, high, dtype) for _ in range(channels)], -1)
        case(f'PNG {label}', encode(color[..., [2, 1, 0, 3][:channels]]), [gray(color)])
    for label, mode in [('gray with alpha', 'LA'), ('1 bit', '1'), ('palette', 'P')]:
        out = io.BytesIO()
        image = Image.fromarray(u8).convert('RGB').quantize(13) if mode == 'P' else Image.fromarray(u8).convert(mode)
        image.save(out, 'png')
        expected = gray(np.asarray(image.convert('RGB'))) if mode == 'P' else np.asarray(image)
        case(f'PNG {label}', out.getvalue(), [expected[..., 0] if mode == 'LA' else expected])


def filtered(pixels, filters):
    """PNG scan lines of [y, x, byte] with these filters, one a line: libpng chooses its own."""
    rows, columns, width = pixels.shape
    padded = np.zeros((rows + 1, columns + 1, width), np.int32)
    padded[1:, 1:] = pixels
    out = []
    for y, kind in enumerate(filters):
        left, up, corner = padded[y + 1, :-1], padded[y, 1:], padded[y, :-1]
        near = [abs(guess - (left + up - corner)) for guess in (left, up, corner)]
        paeth = np.choose(np.argmin(near, 0), [left, up, corner])
        guess = [0, left, up, (left + up) >> 1, paeth][kind]
        out.append(bytes([kind]) + (pixels[y].astype(np.int32) - guess).astype(np.uint8).tobytes())
    return b''.join(out)


def png_filter_cases():
    """Every filter after every other; OpenCV's libpng must read what was written."""
    filters = [0, 1, 0, 2, 0, 3, 0, 4, 1, 1, 2, 1, 3, 1, 4, 2, 2, 3, 2, 4, 3, 3, 4, 4, 0, 4]
    for color_type, label, samples in [(0, 'gray', 1), (4, 'gray with alpha', 2), (2, 'RGB', 3), (6, 'RGB with alpha', 4)]:
        for depth, dtype in [(8, np.uint8), (16, np.uint16)]:
            shape = (len(filters), COLUMNS)
            image = np.stack([picture(0, 2 ** depth - 1, dtype, shape) for _ in range(samples)], -1)
            pixels = image.astype(f'>u{depth // 8}').view(np.uint8).reshape(*shape, -1)
            chunks = b''.join(
                struct.pack('>I', len(body)) + kind + body + struct.pack('>I', zlib.crc32(kind + body))
                for kind, body in [(b'IHDR', struct.pack('>IIBBBBB', *shape[::-1], depth, color_type, 0, 0, 0)),
                                   (b'IDAT', zlib.compress(filtered(pixels, filters))), (b'IEND', b'')])
            content = b'\x89PNG\r\n\x1a\n' + chunks
            read = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_UNCHANGED)
            one = image[..., 0] if samples < 3 else gray(image)
            again = read if read.ndim == 2 else read[..., 0] if samples == 2 else gray(read[..., [2, 1, 0]])
            assert (again == one).all()
            case(f'PNG filters, {label} of {depth} bits', content, [one])


def exif(content, orientation):
    """The JPEG with an EXIF segment behind SOI."""
    tiff = b'MM\0*\0\0\0\x08' + struct.pack('>HHHIHHI', 1, 0x0112, 3, 1, orientation, 0, 0)
    body = b'Exif\0\0' + tiff
    return content[:2] + b'\xff\xe1' + struct.pack('>H', len(body) + 2) + body + content[2:]


def jpeg_cases():
    u8 = picture(0, 255, np.uint8)
    color = np.stack([picture(0, 255, np.uint8) for _ in range(3)], -1)
    encode = lambda image, *options: bytes(cv2.imencode('.jpg', image, list(options))[1])
    decode = lambda content, flag: cv2.imdecode(np.frombuffer(content, np.uint8), flag)
    for label, content in [('gray', encode(u8)), ('progressive', encode(u8, cv2.IMWRITE_JPEG_PROGRESSIVE, 1)),
                           ('restarts', encode(u8, cv2.IMWRITE_JPEG_RST_INTERVAL, 2))]:
        case(f'JPEG {label}', content, [decode(content, cv2.IMREAD_GRAYSCALE)])
    content = encode(color)
    case('JPEG colour', content, [decode(content, cv2.IMREAD_GRAYSCALE)])
    for orientation in range(2, 9):
        content = exif(encode(u8), orientation)
        case(f'JPEG EXIF orientation {orientation}', content, [decode(content, cv2.IMREAD_GRAYSCALE)])
    out = io.BytesIO()
    Image.fromarray(np.stack([*np.moveaxis(color, -1, 0), u8], -1), 'CMYK').save(out, 'jpeg')
    case('JPEG CMYK', out.getvalue(), [decode(out.getvalue(), cv2.IMREAD_GRAYSCALE)])


def handmade(tags, strips, order='<'):
    """A TIFF of one page, strip after strip, of tags {number: (type, values)}."""
    tags = {**tags, 273: (4, [0] * len(strips)), 279: (4, [len(strip) for strip in strips])}
    code = {1: 'B', 3: 'H', 4: 'I', 7: 'B'}
    place = 8
    tags[273] = (4, [place + sum(map(len, strips[:i])) for i in range(len(strips))])
    body = b''.join(strips)
    body += b'\0' * (len(body) % 2)
    entries, beyond = b'', b''
    start = 8 + len(body) + 2 + 12 * len(tags) + 4
    for number, (kind, values) in sorted(tags.items()):
        packed = struct.pack(f'{order}{len(values)}{code[kind]}', *values)
        if len(packed) > 4:
            beyond += b'\0' * (len(beyond) % 2)
            packed, more = struct.pack(order + 'I', start + len(beyond)), packed
            beyond += more
        entries += struct.pack(order + 'HHI', number, kind, len(values)) + packed.ljust(4, b'\0')
    head = (b'II*\0' if order == '<' else b'MM\0*') + struct.pack(order + 'I', 8 + len(body))
    return head + body + struct.pack(order + 'H', len(tags)) + entries + bytes(4) + beyond


def tiffcp(content, *options):
    """Written again by libtiff."""
    with tempfile.TemporaryDirectory() as folder:
        Path(f'{folder}/in').write_bytes(content)
        subprocess.run(['tiffcp', *options, f'{folder}/in', f'{folder}/out'], check=True, capture_output=True)
        return Path(f'{folder}/out').read_bytes()


def tiff(*pages, **options):
    """By tifffile; a page is an array, or one with options of its own."""
    out = io.BytesIO()
    keys = {key: options.pop(key) for key in ['bigtiff', 'byteorder'] if key in options}
    with tifffile.TiffWriter(out, **keys) as writer:
        for page in pages:
            array, own = page if isinstance(page, tuple) else (page, {})
            writer.write(array, **{'contiguous': False, 'metadata': None, **options, **own})
    return out.getvalue()


def tiff_cases():
    """Apart from the others, so that these can change without them."""
    global rng
    rng = np.random.RandomState(42)
    for dtype in ['u1', 'i1', '<u2', '>u2', '<i2', '>i2', '<u4', '>u4', '<i4', '<u8', '<i8', '<f2', '<f4', '>f4', '<f8', '>f8']:
        kind = np.dtype(dtype)
        info = np.iinfo(kind) if kind.kind in 'iu' else None
        low, high = (max(info.min, -2**33), min(info.max, 2**33)) if info else (-500, 500)
        image = picture(low, high, np.float64).astype(kind)
        case(f'TIFF {dtype}', tiff(image, byteorder=dtype[0] if dtype[0] in '<>' else '<', photometric='minisblack'), [image])

    u8, u16, i16 = picture(0, 255, np.uint8), picture(0, 65535, np.uint16), picture(-900, 900, np.int16)
    f32 = picture(-5000, 5000, np.float32) / 8
    f64 = picture(-5000, 5000, np.float64) + rng.standard_normal((ROWS, COLUMNS))
    u32 = picture(0, 2**32 - 1, np.uint32)
    rgb = np.stack([picture(0, 255, np.uint8) for _ in range(3)], -1)
    rgb16 = np.stack([picture(0, 65535, np.uint16) for _ in range(3)], -1)
    rgba = np.concatenate([rgb, u8[..., None]], -1)
    plain = lambda image: tiff(image, photometric='rgb' if image.ndim == 3 else 'minisblack')
    one = lambda image: gray(image) if image.ndim == 3 else image
    images = {'8 bits': u8, '16 bits': u16, 'int16': i16, '32 bits': u32, 'float32': f32, 'float64': f64, 'RGB': rgb,
              'RGB 16 bits': rgb16, 'RGB with alpha': rgba}
    for label, names, options in [
        ('PackBits', ['8 bits', 'RGB'], '-c packbits -r 5'),
        ('LZW', ['8 bits', '16 bits', 'RGB'], '-c lzw -r 5'),
        ('LZW and differences', ['8 bits', '16 bits', '32 bits', 'RGB', 'RGB with alpha'], '-c lzw:2 -r 5'),
        ('LZW and differences, big endian', ['16 bits', 'int16', '32 bits', 'RGB 16 bits'], '-c lzw:2 -r 5 -B'),
        ('Deflate', ['8 bits', 'int16', 'float64'], '-c zip -r 5'),
        ('Deflate and differences', ['float64'], '-c zip:2 -r 5'),
        ('Deflate and differences, big endian', ['float32', 'float64'], '-c zip:2 -r 5 -B'),
        ('Deflate and differences of bytes', ['float32', 'float64'], '-c zip:3 -r 5'),
        ('tiles', ['8 bits', 'RGB'], '-t -w 16 -l 16 -c none'),
        ('tiles of LZW and differences', ['16 bits', 'RGB'], '-t -w 16 -l 16 -c lzw:2'),
        ('planes', ['RGB with alpha'], '-p separate -c none -r 5'),
        ('planes of LZW and differences', ['RGB'], '-p separate -c lzw:2 -r 5'),
        ('planes in tiles of Deflate', ['RGB'], '-p separate -t -w 16 -l 16 -c zip'),
        ('BigTIFF', ['16 bits'], '-8 -c none -r 5'),
        ('BigTIFF of LZW, big endian', ['16 bits'], '-8 -B -c lzw -r 5'),
        ('BigTIFF in tiles', ['RGB'], '-8 -t -w 16 -l 16 -c zip'),
        ('bits the other way round', ['8 bits'], '-f lsb2msb -c lzw -r 5'),
    ]:
        for name in names:
            case(f'TIFF {label}, {name}', tiffcp(plain(images[name]), *options.split()), [one(images[name])])
    case('TIFF Deflate by its old number', tiff(u16, compression=32946, photometric='minisblack', rowsperstrip=5), [u16])
    case('TIFF planes, RGB 16 bits', tiff(np.moveaxis(rgb16, -1, 0), photometric='rgb', planarconfig='separate',
                                          byteorder='>', rowsperstrip=5), [gray(rgb16)])
    noisy = rng.randint(0, 256, (90, 97)).astype(np.uint8)
    case('TIFF LZW with a full table', tiffcp(plain(noisy), '-c', 'lzw', '-r', '90'), [noisy])

    case('TIFF white is zero', tiff(u16, photometric='miniswhite'), [-u16.astype(float)])
    bits = picture(0, 1, np.uint8) > 0
    bilevel = tiff(bits, photometric='minisblack')
    case('TIFF 1 bit', bilevel, [bits])
    case('TIFF 1 bit, the other way round, white is zero',
         tiffcp(tiff(bits, photometric='miniswhite'), '-f', 'lsb2msb', '-c', 'none'), [-bits.astype(float)])
    case('TIFF 1 bit, PackBits in tiles', tiffcp(bilevel, '-t', '-w', '16', '-l', '16', '-c', 'packbits'), [bits])
    shape = {256: (3, [COLUMNS]), 257: (3, [ROWS])}
    # libtiff reads these and does not write them: it swaps the bytes too early.
    sides = np.moveaxis(f32.astype('>f4').view(np.uint8).reshape(ROWS, COLUMNS, 4), 2, 1).reshape(ROWS, -1)
    coded = zlib.compress(np.diff(sides, axis=1, prepend=np.uint8(0)).tobytes())
    content = handmade({**shape, 258: (3, [32]), 259: (3, [8]), 262: (3, [1]), 278: (3, [ROWS]), 317: (3, [3]),
                        339: (3, [3])}, [coded], '>')
    assert (cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_UNCHANGED) == f32).all()
    case('TIFF Deflate and differences of bytes, big endian, float32', content, [f32])
    for depth, mode, scale in [(2, 'L', 85), (4, 'L', 17), (12, 'I;16', 1)]:
        image = picture(0, 2 ** depth - 1, np.uint16)
        each = (image[..., None] >> np.arange(depth - 1, -1, -1) & 1).astype(np.uint8).reshape(ROWS, -1)
        lines = np.packbits(each, axis=-1).tobytes()
        content = handmade({**shape, 258: (3, [depth]), 259: (3, [1]), 262: (3, [1]), 278: (3, [ROWS])}, [lines])
        read = np.asarray(Image.open(io.BytesIO(content)))
        assert Image.open(io.BytesIO(content)).mode == mode and (read == image * scale).all(), depth
        case(f'TIFF {depth} bits', content, [image])
    for depth in [4, 8]:
        index = picture(0, 2 ** depth - 1, np.uint8)
        table = rng.randint(0, 65536, (3, 2 ** depth)).astype(np.uint16)
        lines = index.tobytes() if depth == 8 else b''.join(
            np.packbits((row[:, None] >> np.arange(3, -1, -1) & 1).astype(np.uint8).ravel()).tobytes() for row in index)
        content = handmade({**shape, 258: (3, [depth]), 259: (3, [1]), 262: (3, [3]), 278: (3, [ROWS]),
                            320: (3, table.ravel().tolist())}, [lines], '>')
        expected = gray((table >> 8).astype(np.uint8)[:, index].transpose(1, 2, 0))
        read = np.asarray(Image.open(io.BytesIO(content)).convert('RGB'))
        assert (gray(read) == expected).all(), depth
        case(f'TIFF palette of {depth} bits', content, [expected])
    case('TIFF gray with alpha', tiff(np.stack([u16, u16 // 2], -1), photometric='minisblack', planarconfig='contig',
                                      extrasamples=['unassalpha']), [u16])
    case('TIFF gray with alpha in planes', tiff(np.stack([u8, u8 // 2]), photometric='minisblack', planarconfig='separate',
                                                extrasamples=['unassalpha']), [u8])
    for orientation in range(2, 9):
        content = tiff(u8, photometric='minisblack', extratags=[(274, 3, 1, orientation, True)])
        case(f'TIFF orientation {orientation}', content, [cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_GRAYSCALE)])
    stack = picture(0, 4095, np.int16, (3, ROWS, COLUMNS))
    case('TIFF of three pages', tiff(*stack, photometric='minisblack'), list(stack))
    case('TIFF with a smaller copy and a mask',
         tiff(stack[0], (stack[0, ::2, ::2], {'subfiletype': 1}), (bits, {'subfiletype': 4}), stack[1],
              photometric='minisblack'), list(stack[:2]))

    big, color = picture(0, 255, np.uint8, (37, 45)), np.stack([picture(0, 255, np.uint8, (37, 45)) for _ in range(3)], -1)
    for label, image, options in [
        ('gray', big, '-c jpeg -r 16'), ('gray in tiles', big, '-c jpeg -t -w 32 -l 16'),
        ('RGB', color, '-c jpeg:r:90 -r 16'), ('YCbCr', color, '-c jpeg:90 -r 16'),
        ('YCbCr in tiles', color, '-c jpeg:90 -t -w 32 -l 32'), ('RGB in planes', color, '-c jpeg:r:90 -p separate -r 16'),
    ]:
        content = tiffcp(plain(image), *options.split())
        read = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_UNCHANGED)
        # The luminance of a YCbCr stream is what its colours were made of.
        case(f'TIFF JPEG {label}', content, [one(read[..., ::-1] if read.ndim == 3 else read)],
             tolerance=2 if 'YCbCr' in label else 0)
    streams = [bytes(cv2.imencode('.jpg', part)[1]) for part in (big[:16], big[16:32], big[32:])]
    content = handmade({256: (3, [45]), 257: (3, [37]), 258: (3, [8]), 259: (3, [7]), 262: (3, [1]), 278: (3, [16])}, streams)
    case('TIFF JPEG with its own tables', content, [cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_UNCHANGED)])
    # The streams have JFIF's marker, which says YCbCr.
    for label, photometric, halved, tolerance in [('YCbCr with its own tables', 6, True, 2), ('RGB that its marker denies', 2, False, 0)]:
        streams = []
        for part in (color[:16], color[16:32], color[32:]):
            out = io.BytesIO()
            Image.fromarray(part).save(out, 'jpeg', subsampling=2 if halved else 0)
            streams.append(out.getvalue())
        content = handmade({256: (3, [45]), 257: (3, [37]), 258: (3, [8, 8, 8]), 259: (3, [7]), 262: (3, [photometric]),
                            277: (3, [3]), 278: (3, [16]), 530: (3, [2, 2])}, streams)
        read = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_UNCHANGED)
        case(f'TIFF JPEG {label}', content, [gray(read[..., ::-1])], tolerance=tolerance)


# --- resizing ---------------------------------------------------------------------------------------------------

def pattern(rows, columns):
    """The same as in the test: no file needed."""
    y, x = np.mgrid[0:rows, 0:columns]
    return ((x * 7 + y * 13 + (x * y) % 17) % 101).astype(np.float64)


def resize_cases():
    out = []
    for rows, columns in [(512, 512), (300, 260), (64, 64), (46, 27), (1024, 700), (224, 224), (100, 600), (2, 3)]:
        image = pattern(rows, columns)
        shrinks = rows >= SIDE and columns >= SIDE
        out.append({'rows': rows, 'columns': columns, 'plain': digest(to_slice(image)),
                    # OpenCV mixes area and bilinear differently where only one side shrinks.
                    'antialiased': digest(to_slice(image, antialias=True)) if shrinks else None})
    return out


# --- real data --------------------------------------------------------------------------------------------------

def decode_real(content):
    """(frames, hidden) of a file of any of the formats, by its first bytes."""
    if content[:2] == b'\x1f\x8b' or content[344:347] == b'n+1':
        raw = gzip.decompress(content) if content[:2] == b'\x1f\x8b' else content
        image = nibabel.Nifti1Image.from_bytes(raw)
        volume = np.asarray(image.dataobj, np.float64)
        volume = volume.reshape(volume.shape[:2] + (-1,), order='F')
        return [volume[:, :, k].T for k in range(volume.shape[2])], None
    if content[:6] == b'\x93NUMPY':
        array = np.load(io.BytesIO(content))
        return (list(array) if array.ndim == 3 else [array]), None
    if content[:2] == b'\xff\xd8' or content[:4] == b'\x89PNG':
        image = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_UNCHANGED)
        return [image if image.ndim == 2 else gray(image[..., [2, 1, 0]])], None
    data = pydicom.dcmread(io.BytesIO(content), force=True)
    stored = data.pixel_array
    values = stored * float(data.get('RescaleSlope', 1)) + float(data.get('RescaleIntercept', 0))
    hidden = None
    if 'PixelPaddingValue' in data:
        hidden = stored == data.PixelPaddingValue
    if data.PhotometricInterpretation == 'MONOCHROME1':
        values = -values
    return [values], hidden


def real(folder):
    rows = []
    for dataset in json.loads((folder / 'datasets.json').read_text()):
        if not dataset['may_ship']:
            continue
        archive = zipfile.ZipFile(folder / f"{dataset['name']}.zip")
        names = sorted(name for name in archive.namelist() if not name.endswith('/'))
        for entry in sorted({len(names) * k // 8 for k in range(8)}):
            frames, hidden = decode_real(archive.read(names[entry]))
            frame = len(frames) // 2
            found = digest(to_slice(frames[frame], hidden))
            if found:
                rows.append({'dataset': dataset['name'], 'entry': entry, 'frame': frame, **found})
    return rows


def write(name, content):
    text = ',\n'.join(json.dumps(row, separators=(',', ':')) for row in content)
    (HERE / name).write_text(f'[\n{text}\n]\n')


dicom_cases()
nifti_cases()
npy_cases()
png_cases()
jpeg_cases()
modality_cases()
palette_cases()
fragment_cases()
complex_cases()
png_filter_cases()
tiff_cases()
nrrd_cases()
write('files.json', cases)
write('resize.json', resize_cases())
write('pairs.json', pair_cases() + nrrd_pairs())
if len(sys.argv) > 1:
    write('real.json', real(Path(sys.argv[1])))
