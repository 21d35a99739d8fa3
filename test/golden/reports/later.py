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
