"""matrix.json: stored bits × sign × what stands in the unused bits × writer, and big endian, with what other readers say.

    /usr/bin/python3 test/golden/dicom/matrix.py

The values that each file holds are those of `picture` in kit.py, whatever stands above them (PS3.5 8.1.1). dcmtk and gdcm
write what they can. Pillow (OpenJPEG) writes JPEG 2000 of whole words; none of them writes High-Throughput JPEG 2000, so
that its syntax stands over streams of Part 1 here (the decoder is the same) and the conformance set has real ones.
"""
from kit import *


def unused(value, bits, signed, content):
    """The 16-bit word: bits above the stored ones are the sign, nothing, or an overlay."""
    word = value & (2 ** bits - 1)
    y, x = np.mgrid[0:ROWS, 0:COLUMNS]
    if content == 'extended':
        return value & 0xffff
    if content == 'overlay':
        return word | np.where((x + y) % 5 == 0, 1 << bits, 0) | np.where(y % 4 == 1, 0x8000, 0)
    return word


def contents(bits, signed):
    if bits == 16:
        return ['clean']
    return ['clean', 'overlay', 'extended'] if signed else ['clean', 'overlay']


def pillow(data, syntax):
    words = pydicom.dcmread(io.BytesIO(data))
    array = np.frombuffer(words.PixelData, '<u2').reshape(ROWS, COLUMNS)
    del words.PixelData
    keys = dict(allocated=16, stored=words.BitsStored, signed=words.PixelRepresentation)
    return dicom([jpeg2000(array)], syntax, **keys)


WRITERS = {
    'native': lambda data: data,
    'deflated, dcmtk': lambda data: tool(data, 'dcmconv', '+td'),
    'RLE, dcmtk': lambda data: tool(data, 'dcmcrle'),
    'RLE, gdcm': lambda data: by_gdcm_writer(data, gdcm.TransferSyntax.RLELossless),
    'JPEG lossless, dcmtk': lambda data: tool(data, 'dcmcjpeg', '+e1'),
    'JPEG lossless, gdcm': lambda data: by_gdcm_writer(data, gdcm.TransferSyntax.JPEGLosslessProcess14_1),
    'JPEG-LS, dcmtk': lambda data: tool(data, 'dcmcjpls', '+el'),
    'JPEG-LS, gdcm': lambda data: by_gdcm_writer(data, gdcm.TransferSyntax.JPEGLSLossless),
    'JPEG 2000, gdcm': lambda data: by_gdcm_writer(data, gdcm.TransferSyntax.JPEG2000Lossless),
    'JPEG 2000 words, Pillow': lambda data: pillow(data, JPEG + '90'),
    'HTJ2K syntax, Pillow': lambda data: pillow(data, JPEG + '201'),
}

cases = []


def add(name, data, value, **more):
    if data is None:
        print('not written:', name, file=sys.stderr)
        return
    cases.append({'name': name, 'file': packed(data), 'readers': outcomes(data, [value]), **more})


for bits in (10, 12, 14, 16):
    for signed in (False, True):
        value = picture(bits, signed)
        for content in contents(bits, signed):
            words = unused(value, bits, signed, content).astype('<u2').tobytes()
            plain = dicom(words, allocated=16, stored=bits, signed=int(signed))
            for writer, encode in WRITERS.items():
                name = f"{bits} bits, {'signed' if signed else 'unsigned'}, {content}, {writer}"
                add(name, encode(plain), value, bits=bits, signed=signed)


def big_endian(allocated, vr):
    """As the standard has it: OW is 16-bit words, each turned around, OB is bytes."""
    value = picture(min(allocated, 16))
    if allocated == 1:
        raw = np.packbits((value > 0).ravel(), bitorder='little').tobytes()
    else:
        raw = value.astype(f'<u{allocated // 8}').tobytes()
    if vr == 'OW':
        raw = np.frombuffer(raw, '<u2').byteswap().tobytes()
    return value, raw


for allocated in (1, 8, 16, 32):
    for vr in ('OW', 'OB'):
        value, raw = big_endian(allocated, vr)
        add(f'big endian, {allocated} bits in {vr}', dicom(raw, EBE, vr=vr, allocated=allocated), value, bits=allocated, signed=False)
    plain = dicom(np.frombuffer(big_endian(allocated, 'OB')[1], np.uint8).tobytes(), allocated=allocated)
    add(f'big endian, {allocated} bits, dcmconv +tb', tool(plain, 'dcmconv', '+tb'), value, bits=allocated, signed=False)
    if allocated == 32:
        raw = value.astype('>u4').tobytes()
        add('big endian, 32 bits in OW turned around whole', dicom(raw, EBE, allocated=32), value, bits=32, signed=False)
    if allocated == 8:
        # Against its VR, only enough pixels tell the order.
        large = picture(8, rows=48, columns=48)
        data = dicom(large.astype('u1').tobytes(), EBE, rows=48, columns=48)
        add('big endian, 8 bits in OW as bytes', data, large, bits=8, signed=False, rows=48, columns=48)
write('matrix.json', cases)
