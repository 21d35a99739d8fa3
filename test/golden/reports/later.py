"""Cases of make.py that were added later: colours of TIFF that pixels share, and further reports."""
import zlib
from struct import pack

from more import *

# --- TIFF: YCbCr without JPEG (TIFF 6.0 section 21) ----------------------------------------------------------------


def ycc_reader(path):
    """tifffile gives the samples as they are, of which the first is the luminance."""
    with tifffile.TiffFile(path) as tiff:
        arrays = [page.asarray() for page in tiff.pages]
        return [(one[0] if page.planarconfig == 2 else one[..., 0]).astype(float) for one, page in zip(arrays, tiff.pages)]


def tiff_file(tags, pieces, order='<'):
    """`tags`: number to (type, values); the places of `pieces` and their lengths are added: strips, or tiles where tag 322 is there."""
    places, lengths = (324, 325) if 322 in tags else (273, 279)
    kinds = {1: ('B', 1), 3: ('H', 2), 4: ('I', 4), 5: ('II', 8)}
    tags = {**tags, places: (4, [0] * len(pieces)), lengths: (4, [len(piece) for piece in pieces])}
    out, body = b'', 8 + 2 + 12 * len(tags) + 4

    def packed_values(kind, values):
        flat = [part for value in values for part in (value if isinstance(value, tuple) else (value,))]
        return pack(order + kinds[kind][0][0] * len(flat), *flat)
    extra = sum(len(packed_values(*tag)) for tag in tags.values() if len(packed_values(*tag)) > 4)
    start = body + extra
    offsets = [start + sum(map(len, pieces[:i])) for i in range(len(pieces))]
    tags[places] = (4, offsets)
    entries, values = b'', b''
    for number, (kind, data) in sorted(tags.items()):
        raw = packed_values(kind, data)
        entries += pack(order + 'HHI', number, kind, len(data)) + (raw.ljust(4, b'\0') if len(raw) <= 4 else pack(order + 'I', body + len(values)))
        values += raw if len(raw) > 4 else b''
    head = (b'II*\0' if order == '<' else b'MM\0*') + pack(order + 'I', 8)
    return head + pack(order + 'H', len(tags)) + entries + pack(order + 'I', 0) + values + b''.join(pieces)


def blocks(ycc, across, down):
    """Blocks of pixels that share colours, one line of blocks after the other: luminances, Cb, Cr."""
    rows, columns = ycc.shape[:2]
    tall, wide = -rows % down, -columns % across
    full = np.pad(ycc, ((0, tall), (0, wide), (0, 0)), mode='edge').astype(int)
    out = []
    for y in range(0, full.shape[0], down):
        for x in range(0, full.shape[1], across):
            block = full[y:y + down, x:x + across]
            out += [*block[..., 0].ravel(), int(block[..., 1].mean()), int(block[..., 2].mean())]
    return bytes(out)


def soft(rows, columns):
    """Colours that change slowly, so that sharing them costs little, and none so strong that RGB would be cut."""
    y, x = np.mgrid[0:rows, 0:columns]
    luma = 60 + picture(rows=rows, columns=columns) * 130 // 255
    return np.stack([luma, 118 + 20 * x // columns, 138 - 20 * y // rows], -1).astype('u1')


def ycc_tags(rows, columns, shared=None, planar=1, rows_per_strip=None, compression=1, bits=8, extra=()):
    tags = {256: (4, [columns]), 257: (4, [rows]), 258: (3, [bits] * 3), 259: (3, [compression]), 262: (3, [6]), 277: (3, [3]),
            278: (4, [rows_per_strip or rows]), 284: (3, [planar])}
    return {**tags, **({530: (3, list(shared))} if shared else {}), **dict(extra)}


YCC = {'tifffile': ycc_reader, 'opencv': opencv_reader}
R, C = 37, 45
ycc = soft(R, C)
luma = ycc[..., 0].astype(float)


def strips_of(across, down, height):
    return [blocks(ycc[top:top + height], across, down) for top in range(0, R, height)]


for across, down in ((1, 1), (2, 1), (1, 2), (2, 2), (4, 1), (4, 2), (4, 4)):
    name = f'YCbCr, {across} by {down} pixels share colours'
    source = 'bioformats#3711' if across * down == 1 else 'image-tiff#388'
    add(source, name, tiff_file(ycc_tags(R, C, (across, down)), strips_of(across, down, R)), luma, YCC, ending='.tif', allowed=2)
    add(source, f'{name}, strips of 8 lines', tiff_file(ycc_tags(R, C, (across, down), rows_per_strip=8), strips_of(across, down, 8)), luma, YCC, ending='.tif', allowed=2)
add('tifffile#330', 'YCbCr, nothing said of sharing', tiff_file(ycc_tags(R, C), strips_of(2, 2, R)), luma, YCC, ending='.tif', allowed=2)
add('tifffile#330', 'YCbCr, nothing said of sharing, Deflate', tiff_file(ycc_tags(R, C, compression=8), [zlib.compress(one) for one in strips_of(2, 2, R)]), luma, YCC, ending='.tif', allowed=2)
add('image-tiff#388', 'YCbCr, 2 by 2, strips of 8 lines, Deflate', tiff_file(ycc_tags(R, C, (2, 2), rows_per_strip=8, compression=8), [zlib.compress(one) for one in strips_of(2, 2, 8)]), luma, YCC, ending='.tif', allowed=2)
add('image-tiff#388', 'YCbCr, 2 by 1, big endian', tiff_file(ycc_tags(R, C, (2, 1)), strips_of(2, 1, R), '>'), luma, YCC, ending='.tif', allowed=2)
add('TwelveMonkeys#678', 'YCbCr by planes, not shared', tiff_file(ycc_tags(R, C, (1, 1), planar=2), [ycc[..., i].tobytes() for i in range(3)]), luma, YCC, ending='.tif', allowed=2)
halves = [ycc[..., 0].tobytes()] + [np.ascontiguousarray(ycc[::2, ::2, i]).tobytes() for i in (1, 2)]
add('TwelveMonkeys#679', 'YCbCr by planes, 2 by 2', tiff_file(ycc_tags(R, C, (2, 2), planar=2), halves), luma, YCC, ending='.tif', allowed=2)
tiled = {k: v for k, v in ycc_tags(R, C, (2, 2)).items() if k != 278}
pieces = [blocks(np.pad(ycc, ((0, 48 - R), (0, 48 - C), (0, 0)), mode='edge')[y:y + 16, x:x + 16], 2, 2) for y in range(0, 48, 16) for x in range(0, 48, 16)]
add('Pillow#1270', 'YCbCr, 2 by 2, in tiles', tiff_file({**tiled, 322: (4, [16]), 323: (4, [16])}, pieces), luma, YCC, ending='.tif', allowed=2)
studio = [(532, (5, [(16, 1), (235, 1), (128, 1), (240, 1), (128, 1), (240, 1)]))]
add('TwelveMonkeys#679', 'YCbCr of studio range', tiff_file(ycc_tags(R, C, (1, 1), extra=studio), strips_of(1, 1, R)), luma, YCC, ending='.tif', allowed=2)
wide16 = (ycc.astype('<u2') * 257)
add('bioformats#3711', 'YCbCr of 16 bits', tiff_file(ycc_tags(R, C, (1, 1), bits=16), [wide16.tobytes()]), luma, YCC, ending='.tif', allowed=2)

# --- JPEG files of several pictures (CIPA DC-007) ------------------------------------------------------------------


def jpeg_pictures(kinds, pictures):
    """An index as cameras write it in the first picture; the others stand behind it."""
    first = pictures[0]
    head = b'MPF\0' + b'II*\0' + pack('<I', 8)
    fields = pack('<HHI4s', 0xb000, 7, 4, b'0100') + pack('<HHII', 0xb001, 4, 1, len(kinds)) + pack('<HHII', 0xb002, 7, 16 * len(kinds), 50)
    size = 4 + 4 + 50 + 16 * len(kinds)
    places = [0] + [len(first) + size + sum(map(len, pictures[1:i])) - 10 for i in range(1, len(kinds))]
    entries = b''.join(pack('<IIIHH', kind, len(one) + (size if i == 0 else 0), place, 0, 0) for i, (kind, one, place) in enumerate(zip(kinds, pictures, places)))
    body = head + pack('<H', 3) + fields + pack('<I', 0) + entries
    return first[:2] + b'\xff\xe2' + pack('>H', len(body) + 2) + body + first[2:] + b''.join(pictures[1:])


def opencv_gray_reader(path):
    return [cv2.imdecode(np.frombuffer(Path(path).read_bytes(), np.uint8), cv2.IMREAD_GRAYSCALE).astype(float)]


SEVERAL = {'opencv': opencv_gray_reader, 'pillow': pillow_reader}
large = picture(rows=32, columns=40).astype('u1')
first, second, small = jpeg(large), jpeg(255 - large), jpeg(np.ascontiguousarray(large[::2, ::2]))
shown = unjpeg(first).astype(float)
PRIMARY, COPY, PANORAMA, STEREO = 0x030000, 0x010002, 0x020001, 0x020002
for source, name, data in (
    ('Pillow#1138', 'two pictures, the other a smaller copy', jpeg_pictures([PRIMARY, COPY], [first, small])),
    ('Pillow#4603', 'two pictures, a pair', jpeg_pictures([STEREO, STEREO], [first, second])),
    ('Pillow#5164', 'three pictures of a panorama', jpeg_pictures([PANORAMA] * 3, [first, second, first])),
    ('Pillow#1631', 'two pictures, the other cut off', jpeg_pictures([PRIMARY, COPY], [first, small])[:-60]),
    ('Pillow#7954', 'an index of two, the other is gone', jpeg_pictures([PRIMARY, COPY], [first, b''])),
    ('Pillow#4603', 'pictures one behind the other', first + second),
):
    add(source, name, data, shown, SEVERAL, ending='.jpg')

# --- DICOM: bits ---------------------------------------------------------------------------------------------------
P13 = picture(13)
S13 = picture(13, signed=True)
P14 = picture(14)
in_thirteen = stream_of(by_gdcm_writer(dicom((S13 & 0x1fff).astype('<u2').tobytes(), allocated=16, stored=13), gdcm.TransferSyntax.JPEG2000Lossless))
for allocated, stored, signed, wanted in ((16, 13, 1, S13), (16, 13, 0, S13 & 0x1fff), (16, 16, 0, S13 & 0x1fff)):
    add('pydicom#1149', f'JPEG 2000 of 13 bits without a sign, the header says {stored} {"with" if signed else "without"}', dicom([in_thirteen], J2K, allocated=allocated, stored=stored, signed=signed), wanted)
for bits in (2, 3, 5, 6, 7):
    few = picture(bits).astype('u1')
    add('pydicom#2008', f'JPEG-LS of {bits} bits', dicom([stream_of(tool(dicom(few.tobytes(), vr='OB', stored=bits), 'dcmcjpls', '+el'))], JLS, stored=bits), few)
overlaid = (P12 | ((P12 > 1500) << 12) | ((P12 < 500) << 15)).astype('<u2')
group = lambda position, allocated=16: [(0x60000010, 'US', ROWS), (0x60000011, 'US', COLUMNS), (0x60000040, 'CS', 'G'), (0x60000050, 'SS', [1, 1]), (0x60000100, 'US', allocated), (0x60000102, 'US', position)]
add('pydicom#2260', 'an overlay in bit 12, JPEG 2000 of whole words', dicom([jpeg2000(overlaid)], J2KL, extra=group(12), **TWELVE), P12)
add('pydicom#2260', 'an overlay in bit 12, as it is', dicom(overlaid.tobytes(), extra=group(12), **TWELVE), P12)
add('pydicom#2260', 'an overlay in bit 12, RLE', dicom([rle([(overlaid >> 8).astype('u1').tobytes(), (overlaid & 255).astype('u1').tobytes()])], RLE, extra=group(12), **TWELVE), P12)
upper = ((P12 << 4) | (P12 > 1500)).astype('<u2')
add('fo-dicom#138', 'an overlay in bit 0, the pixel in the upper 12', dicom(upper.tobytes(), allocated=16, stored=12, high=15, extra=group(0)), P12)
add('fo-dicom#110', 'an overlay without data, bit position 0', dicom(W12, extra=group(0), **TWELVE), P12)
add('fo-dicom#1728', 'overlay data that are too short', dicom(W12, extra=[*group(0, 1), (0x60003000, 'OW', bytes(ROWS * COLUMNS // 8 - 2))], **TWELVE), P12)
add('GDCM#168', '32 bits allocated, an overlay in bit 24', dicom((P16.astype('<u4') * 200 | ((P16 > 30000).astype('<u4') << 24)).tobytes(), allocated=32, stored=24, extra=group(24, 32)), P16)
add('cornerstoneWADOImageLoader#528', '14 bits, both bits above set', dicom((P14 | 0xc000).astype('<u2').tobytes(), allocated=16, stored=14), P14)
for sign in (1, -1):
    add('scifio#297', f'pixel intensity relationship sign {sign}', dicom(W12, extra=[(0x00281040, 'CS', 'LOG'), (0x00281041, 'SS', sign)], **TWELVE), P12)
add('ITK#851', '16 allocated, 8 stored', dicom(GRAY.astype('<u2').tobytes(), allocated=16, stored=8), GRAY)
add('ITK#851', '16 allocated, 8 stored, with a sign', dicom((GRAY.astype('<i2') - 128).tobytes(), allocated=16, stored=8, signed=1), GRAY.astype(int) - 128)
odd = (picture(rows=7, columns=11) > 90).astype('u1')
bits_of = lambda *frames: np.packbits(np.concatenate([f.ravel() for f in frames]), bitorder='little').tobytes()
add('ITK#6629', 'single bits, 11 columns', dicom(bits_of(odd), vr='OB', allocated=1, rows=7, columns=11), odd)
add('ITK#6629', 'single bits, two frames of 77', dicom(bits_of(odd, 1 - odd), vr='OB', allocated=1, rows=7, columns=11, frames=2), [odd, 1 - odd])
add('dcm2niix#251', '16 bits beyond 32767', dicom(P16.astype('<u2').tobytes(), allocated=16), P16)
add('bioformats#3620', 'MONOCHROME1 of 16 bits with a window', dicom(P16.astype('<u2').tobytes(), allocated=16, photometric='MONOCHROME1', extra=[(0x00281050, 'DS', '20000'), (0x00281051, 'DS', '9000')]), -P16)
add('fo-dicom#1078', 'slope and intercept with a zero byte behind', dicom(W12, extra=[(INTERCEPT, 'DS', '10\0\0'), (SLOPE, 'DS', '-2\0\0')], **TWELVE), -P12, WITH_SCALE)

# --- DICOM: colours ------------------------------------------------------------------------------------------------
sharp = np.stack([GRAY, np.roll(GRAY, 3, 1), 255 - GRAY], -1)
planes = lambda rgb: np.ascontiguousarray(rgb.transpose(2, 0, 1)).tobytes()
colour = dict(vr='OB', samples=3)
add('cornerstoneWADOImageLoader#316', 'RGB, nothing said of planes', dicom(sharp.tobytes(), photometric='RGB', drop=[0x00280006], **colour), luminance(sharp.astype(float)))
add('cornerstone3D#1440', 'RGB by planes', dicom(planes(sharp), photometric='RGB', extra=[(0x00280006, 'US', 1)], **colour), luminance(sharp.astype(float)))
add('cornerstone3D#1440', 'RGB by planes, two frames', dicom(planes(sharp) + planes(255 - sharp), photometric='RGB', frames=2, extra=[(0x00280006, 'US', 1)], **colour), [luminance(sharp.astype(float)), luminance(255. - sharp)])
ybr = np.asarray(Image.fromarray(soft(ROWS, COLUMNS), 'YCbCr'))
pairs = lambda a: np.stack([a[:, 0::2, 0], a[:, 1::2, 0], a[:, 0::2, 1], a[:, 0::2, 2]], -1).tobytes()
add('deid#240', 'YBR_FULL_422 with all its samples', dicom(ybr.tobytes(), photometric='YBR_FULL_422', **colour), ybr[..., 0], allowed=2)
inverse = ybr.copy()
inverse[..., 0] = 255 - ybr[..., 0]
add('highdicom#235', 'YBR_FULL_422, two frames', dicom(pairs(ybr) + pairs(inverse), photometric='YBR_FULL_422', frames=2, **colour), [ybr[..., 0], inverse[..., 0]], allowed=2)
add('highdicom#235', 'YBR_FULL_422, two frames with all their samples', dicom(ybr.tobytes() + inverse.tobytes(), photometric='YBR_FULL_422', frames=2, **colour), [ybr[..., 0], inverse[..., 0]], allowed=2)
gray_in_colour = jpeg(np.stack([GRAY] * 3, -1))
add('pydicom#1520', 'JPEG of gray in colours', dicom([gray_in_colour], J50, samples=3, photometric='YBR_FULL_422'), unjpeg(gray_in_colour, 'L').astype(float), allowed=2)
half = len(gray_in_colour) // 4 * 2
add('dcm2niix#747', 'JPEG of one frame in two fragments', dicom([gray_in_colour[:half], gray_in_colour[half:]], J50, samples=3, photometric='YBR_FULL_422'), unjpeg(gray_in_colour, 'L').astype(float), allowed=2)
rgb_stream = stream_of(tool(dicom(sharp.tobytes(), vr='OB', samples=3, photometric='RGB'), 'dcmcjpeg', '+eb', '+cr', '+q', '98'))
add('dcm2niix#928', 'JPEG of RGB', dicom([rgb_stream], J50, samples=3, photometric='RGB'), luminance(sharp.astype(float)), allowed=8)

# --- DICOM: fragments and frames -----------------------------------------------------------------------------------
PLANTED = {'an end of sequence': b'\xfe\xff\xdd\xe0', 'a whole end of sequence': b'\xfe\xff\xdd\xe0\0\0\0\0', 'an item': b'\xfe\xff\x00\xe0\x04\0\0\0'}
for name, planted in PLANTED.items():
    raw = bytearray(RAW)
    raw[40:40 + len(planted)] = planted
    shown = np.frombuffer(bytes(raw), 'u1').reshape(ROWS, COLUMNS)
    add('pydicom#1140', f'bytes like {name} in the coded pixels', dicom([rle([bytes(raw)])], RLE), shown)
    add('pydicom#1140', f'the same in a private sequence before them', dicom(RAW, vr='OB', extra=[(0x00290010, 'LO', 'X'), sequence(0x00291010, [[(0x00290010, 'LO', 'X'), (0x00291011, 'OB', bytes(6) + planted)]])]), GRAY)
frame_of = lambda a: rle([a.tobytes()])
one, other = frame_of(GRAY), frame_of(255 - GRAY)
cut = lambda stream, size: [stream[i:i + size] for i in range(0, len(stream), size)]
two = cut(one, 100) + cut(other, 100)
add('dcmjs#340', 'RLE, two frames in fragments of 100 bytes, no offset table', dicom(two, RLE, frames=2), [GRAY, 255 - GRAY])
starts = [0, sum(8 + len(part) for part in cut(one, 100))]
table = element(PIXELS, 'OB', fragments(two, pack('<II', *starts)), open_length=True)
with_table = dicom(two, RLE, frames=2)
add('dcmjs#340', 'RLE, two frames in fragments of 100 bytes, offset table', with_table[:with_table.index(element(PIXELS, 'OB', b'')[:4] + b'OB\0\0\xff\xff\xff\xff')] + table, [GRAY, 255 - GRAY])
whole = dicom([lossless_jpeg(GRAY)], J70)
add('dicomParser#266', 'the end of pixels has an undefined length', whole[:-4] + b'\xff\xff\xff\xff', GRAY)
add('dicomParser#266', 'the end of pixels is missing', whole[:-8], GRAY)
turned = lossless_jpeg(GRAY.reshape(COLUMNS, ROWS))
add('Weasis#226', 'lossless JPEG with rows and columns exchanged', dicom([turned], J70), GRAY)
shifted = np.ascontiguousarray(GRAY.T)
add('Weasis#226', 'the header is what has them exchanged', dicom([lossless_jpeg(shifted)], J70), GRAY)
photograph = jpeg(GRAY.reshape(COLUMNS, ROWS))
add('Weasis#226', 'JPEG with rows and columns exchanged', dicom([photograph], J50), unjpeg(photograph).reshape(ROWS, COLUMNS).astype(float), allowed=2)
for name, made in (('JPEG-LS', stream_of(tool(dicom(RAW, vr='OB', rows=COLUMNS, columns=ROWS), 'dcmcjpls', '+el'))), ('JPEG 2000', jpeg2000(GRAY.reshape(COLUMNS, ROWS)))):
    add('Weasis#226', f'{name} with rows and columns exchanged', dicom([made], JLS if name == 'JPEG-LS' else J2K), GRAY)
add('fo-dicom#645', 'JPEG in a data set that says implicit', dicom([lossless_jpeg(GRAY)], ILE), GRAY)
add('fo-dicom#645', 'JPEG in a data set that says explicit', dicom([lossless_jpeg(GRAY)], ELE), GRAY)
add('fo-dicom#645', 'RLE in a data set that says explicit', dicom([one], ELE), GRAY)
good = [lossless_jpeg(GRAY), lossless_jpeg(255 - GRAY)]
add('fo-dicom#717', 'three frames, the second of zeros', dicom([good[0], bytes(len(good[0])), good[1]], J70, frames=3), [GRAY, 255 - GRAY])



def halved_jpeg2000(ycc, across, down):
    """Cb and Cr of fewer samples, which Pillow doesn't write: by its library."""
    import ctypes
    library = ctypes.CDLL('libopenjp2.so.7')
    pointer = ctypes.c_void_p
    for name in ('opj_image_create', 'opj_create_compress', 'opj_stream_create_default_file_stream'):
        getattr(library, name).restype = pointer
    components = [(ycc[..., 0], 1, 1)] + [(ycc[::down, ::across, i], across, down) for i in (1, 2)]
    sizes = (ctypes.c_uint32 * 27)(*[n for a, dx, dy in components for n in (dx, dy, a.shape[1], a.shape[0], 0, 0, 8, 8, 0)])
    image = library.opj_image_create(3, sizes, 3)
    for at, size in enumerate((0, 0, ycc.shape[1], ycc.shape[0])):
        ctypes.cast(image, ctypes.POINTER(ctypes.c_uint32))[at] = size
    first = ctypes.cast(image + 24, ctypes.POINTER(pointer))[0]
    for i, (array, _, _) in enumerate(components):
        numbers = np.ascontiguousarray(array, '<i4')
        ctypes.memmove(ctypes.cast(first + 64 * i + 48, ctypes.POINTER(pointer))[0], numbers.ctypes.data, numbers.nbytes)
    options = (ctypes.c_uint8 * 40000)()
    library.opj_set_default_encoder_parameters(options)
    codec, image, path = pointer(library.opj_create_compress(0)), pointer(image), SCRATCH / 'halved.j2k'
    library.opj_setup_encoder(codec, options, image)
    stream = pointer(library.opj_stream_create_default_file_stream(str(path).encode(), 0))
    assert library.opj_start_compress(codec, image, stream) and library.opj_encode(codec, stream) and library.opj_end_compress(codec, stream)
    library.opj_stream_destroy(stream)
    return path.read_bytes()


for across, down in ((2, 1), (2, 2), (1, 2)):
    halved = halved_jpeg2000(soft(64, 64), across, down)
    for photometric in ('YBR_FULL', 'YBR_FULL_422', 'YBR_ICT', 'RGB'):
        add('dcm4che#1405', f'JPEG 2000, {across} by {down} pixels share colours, header {photometric}', dicom([halved], J2K, samples=3, photometric=photometric, rows=64, columns=64), soft(64, 64)[..., 0], allowed=3)

# --- DICOM: elements -----------------------------------------------------------------------------------------------
CREATOR = (0x00290010, 'LO', 'MAKER')
open_item = lambda body: b'\xfe\xff\x00\xe0\xff\xff\xff\xff' + body + b'\xfe\xff\x0d\xe0\0\0\0\0'
END = b'\xfe\xff\xdd\xe0\0\0\0\0'
ITEM_CLOSED = b'\xfe\xff\x0d\xe0\0\0\0\0'


def with_open(value, implicit=False, tag=0x00291010, vr='SQ'):
    """A data set with a sequence of undefined length that holds these bytes."""
    made = dicom(RAW, ILE if implicit else ELE, vr='OB', extra=[CREATOR])
    head = element(tag, vr, value, implicit=implicit, open_length=True)
    at = made.index(element(0x0020000d, 'UI', '2.25.1.2', implicit=implicit)) if tag < 0x00200000 else made.index(element(0x00290010, 'LO', 'MAKER', implicit=implicit)) + len(element(0x00290010, 'LO', 'MAKER', implicit=implicit))
    return made[:at] + head + made[at:]


for implicit in (False, True):
    said = 'implicit' if implicit else 'explicit'
    e = lambda *args: element(*args, implicit=implicit)
    inner = e(0x00290010, 'LO', 'MAKER') + element(0x00291020, 'SQ', open_item(e(0x00290010, 'LO', 'MAKER') + e(0x00291021, 'LO', 'in')) + END, implicit=implicit, open_length=True) + e(0x00291022, 'LO', 'behind')
    add('pydicom#114', f'private sequences of undefined length in another, {said}', with_open(open_item(inner) + open_item(inner) + END, implicit), GRAY)
    add('dicomParser#18', f'an empty sequence of undefined length, {said}', with_open(END, implicit), GRAY)
    add('dicomParser#18', f'an empty item of undefined length, {said}', with_open(open_item(b'') + END, implicit), GRAY)
    add('fo-dicom#223', f'a private sequence whose first item is empty, {said}', with_open(item(b'') + item(e(0x00290010, 'LO', 'MAKER')) + END, implicit), GRAY)
    add('dicomParser#181', f'an item with a length and a delimiter, {said}', with_open(item(e(0x00290010, 'LO', 'MAKER')) + ITEM_CLOSED + END, implicit), GRAY)
    add('fo-dicom#1157', f'an item without its delimiter, {said}', with_open(b'\xfe\xff\x00\xe0\xff\xff\xff\xff' + e(0x00290010, 'LO', 'MAKER') + END, implicit), GRAY)
    add('fo-dicom#1157', f'an inner item without its delimiter, {said}', with_open(open_item(element(0x00291020, 'SQ', b'\xfe\xff\x00\xe0\xff\xff\xff\xff' + e(0x00290010, 'LO', 'MAKER') + END, implicit=implicit, open_length=True)) + END, implicit), GRAY)
known = sequence(0x00290000 + 0x1010, [[(0x00290010, 'LO', 'MAKER')]])
add('fo-dicom#223', 'a private sequence with a length, its first item empty', dicom(RAW, vr='OB', extra=[CREATOR, (0x00291010, 'SQ', item(b'') + item(element(0x00290010, 'LO', 'MAKER')))]), GRAY)
add('fo-dicom#223', 'the same in UN', dicom(RAW, vr='OB', extra=[CREATOR, (0x00291010, 'UN', item(b'') + item(element(0x00290010, 'LO', 'MAKER', implicit=True)))]), GRAY)
add('libdicom#48', 'lengths of groups', dicom(RAW, vr='OB', extra=[(0x00080000, 'UL', 90), (0x00280000, 'UL', 1000), (0x7fe00000, 'UL', len(RAW) + 12)]), GRAY)
add('libdicom#48', 'curves in group 5000', dicom(RAW, vr='OB', extra=[(0x50000005, 'US', 2), (0x50000010, 'US', 3), (0x50000103, 'US', 0), (0x50003000, 'OW', bytes(12))]), GRAY)
voi = sequence(0x00283010, [[(0x00283002, 'US', [4096, 0, 16]), (0x00283006, 'OW', (65535 - np.arange(4096) * 16).astype('<u2').tobytes())]])
add('fo-dicom#1985', 'a VOI LUT Function without a value, beside a window', dicom(W12, extra=[(0x00281050, 'DS', '100'), (0x00281051, 'DS', '50'), (0x00281056, 'CS', '')], **TWELVE), P12)
add('fo-dicom#949', 'a VOI LUT, which no value depends on', dicom(W12, extra=[voi], **TWELVE), P12)

# --- NIfTI ---------------------------------------------------------------------------------------------------------
NIB = {'nibabel': nibabel_reader}


def nifti(array, code=4, bits=16, order='<', change=()):
    header = bytearray(348)
    put = lambda at, kind, *values: header.__setitem__(slice(at, at + struct_size(kind)), pack(order + kind, *values))
    put(0, 'i', 348)
    put(40, '8h', array.ndim, *array.shape, *[1] * (7 - array.ndim))
    put(70, 'hh', code, bits)
    put(76, '8f', *[1] * 8)
    put(108, 'fff', 352, 1, 0)
    header[344:348] = b'n+1\0'
    for at, kind, value in change:
        put(at, kind, *np.atleast_1d(value).tolist())
    return bytes(header) + b'\0\0\0\0' + array.tobytes(order='F')


def struct_size(kind):
    from struct import calcsize
    return calcsize('<' + kind)


volume = np.stack([picture(11).T, picture(11).T[::-1], picture(11).T // 2], -1).astype('<i2')
slices = [volume[..., k].T.astype(float) for k in range(3)]
add('nibabel#626', 'a quaternion that is none', nifti(volume, change=[(252, 'h', 1), (256, '3f', [.9, .9, .9])]), slices, NIB, ending='.nii')
add('nibabel#480', 'slope 0.106, intercept −217', nifti(volume, change=[(112, 'ff', [0.106186, -217.391312])]), slices, NIB, ending='.nii')
add('nibabel#45', 'slope of 0', nifti(volume, change=[(112, 'ff', [0, 5])]), slices, NIB, ending='.nii')
add('brainchop-cli#34', 'pixels at 1024', nifti(volume, change=[(108, 'f', 1024)])[:352] + bytes(672) + volume.tobytes(order='F'), slices, NIB, ending='.nii')
add('nibabel#537', 'a file that ends in the last slice', nifti(volume)[:-20], slices[:2], NIB, ending='.nii')
in_fifth = np.stack([GRAY.T, 255 - GRAY.T, GRAY.T // 2], -1).reshape(COLUMNS, ROWS, 1, 1, 3).astype('u1')
for intent in (0, 1007, 2003):
    add('neuroglancer-scripts#46', f'colours on the fifth axis, intent {intent}', nifti(in_fifth, 2, 8, change=[(68, 'h', intent)]), [GRAY, 255 - GRAY, GRAY // 2], NIB, ending='.nii')

# --- TIFF and PNG --------------------------------------------------------------------------------------------------
TIF = {'tifffile': tifffile_reader, 'opencv': opencv_reader, 'pillow': pillow_reader}
tall = picture(16, rows=40, columns=50)
floats = (tall / 7).astype('<f4')


def page(array, bits, kind=1, compression=1, predictor=1, rows_per_strip=None, extra=()):
    rows, columns = array.shape[:2]
    tags = {256: (4, [columns]), 257: (4, [rows]), 258: (3, [bits]), 259: (3, [compression]), 262: (3, [1]), 277: (3, [1]), 278: (4, [rows_per_strip or rows]), 339: (3, [kind])}
    return {**tags, **({317: (3, [predictor])} if predictor > 1 else {}), **dict(extra)}


def differences(array, order):
    """Predictor 2 of 32-bit words, along lines."""
    words = array.view(array.dtype.str.replace('f', 'u')).astype('u4')
    words[:, 1:] -= words[:, :-1].copy()
    return words.astype(order + 'u4').tobytes()


for order in '<>':
    said = 'little' if order == '<' else 'big'
    add('geotiff.js#28', f'floats, Deflate, predictor 2, {said} endian', tiff_file(page(floats, 32, 3, 8, 2), [zlib.compress(differences(floats, order))], order), floats, TIF, ending='.tif')
    wide = np.pad(floats, ((0, 8), (0, 14)))
    tiles = [zlib.compress(differences(np.ascontiguousarray(wide[y:y + 16, x:x + 32]), order)) for y in range(0, 48, 16) for x in range(0, 64, 32)]
    in_tiles = {k: v for k, v in page(floats, 32, 3, 8, 2).items() if k != 278}
    add('geotiff.js#28', f'the same in tiles, {said} endian', tiff_file({**in_tiles, 322: (4, [32]), 323: (4, [16])}, tiles, order), floats, TIF, ending='.tif')
    halves = floats.astype(order + 'f4').view('u1').reshape(40, 50, 4)
    joined = (halves[..., ::-1] if order == '<' else halves).transpose(0, 2, 1).reshape(40, 200).astype('u1')
    joined[:, 1:] -= joined[:, :-1].copy()
    add('RawTherapee#4377', f'floats, Deflate 32946, predictor 3, {said} endian', tiff_file(page(floats, 32, 3, 32946, 3), [zlib.compress(joined.tobytes())], order), floats, TIF, ending='.tif')
for bits in (1, 4, 12):
    few = picture(bits, rows=40, columns=51)
    flat = ((few[..., None] >> np.arange(bits - 1, -1, -1)) & 1).reshape(40, -1)
    lines = [np.packbits(line).tobytes() for line in flat]
    strips = [b''.join(lines[y:y + 10]) for y in range(0, 40, 10)]
    made = tiff_file(page(few, bits, rows_per_strip=10), strips)
    short = 10 * 51 * bits // 8
    made = made.replace(pack('<4I', *[len(one) for one in strips]), pack('<4I', *[short] * 4))
    add('TwelveMonkeys#683', f'lengths of strips of {bits} bits without the ends of lines', made, few, TIF, ending='.tif')
small = picture(16, rows=11, columns=13)
chunk = lambda kind, body: pack('>I', len(body)) + kind + body + pack('>I', zlib.crc32(kind + body))
for significant in (10, 12):
    scaled = (small >> (16 - significant)) << (16 - significant)
    lines = b''.join(b'\0' + row.astype('>u2').tobytes() for row in scaled)
    add('imageio#1049', f'16 bits, {significant} of them significant', b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', pack('>IIBBBBB', 13, 11, 16, 0, 0, 0, 0)) + chunk(b'sBIT', bytes([significant])) + chunk(b'IDAT', zlib.compress(lines)) + chunk(b'IEND', b''),
        scaled, {'opencv': opencv_reader, 'pillow': pillow_reader}, ending='.png')
