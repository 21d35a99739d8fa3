"""neighbours.json: files beside the rules, in families, with what gdcm, dcmtk and pydicom make of them.

    /usr/bin/python3 test/golden/dicom/neighbours.py

test/core/formats/neighbours.test.ts reads them and keeps the table, ours beside theirs, in neighbours.md.
"""
from kit import *

J50, J51, J57, J70, JLS, J2K = (JPEG + n for n in ('50', '51', '57', '70', '80', '90'))
RAW = GRAY.tobytes()
WORDS = picture(12).astype('<u2').tobytes()
YCC = jpeg(RGB, subsampling=0)
YCC_HALVED = jpeg(RGB, subsampling=1)
BASELINE = jpeg(GRAY)
DECODED = unjpeg(BASELINE)
LOSSLESS = stream_of(tool(dicom(RAW, vr='OB'), 'dcmcjpeg', '+e1'))
LOSSLESS_RGB = stream_of(tool(dicom(RGB.tobytes(), vr='OB', samples=3, photometric='RGB'), 'dcmcjpeg', '+e1'))
JLS_GRAY = stream_of(tool(dicom(RAW, vr='OB'), 'dcmcjpls', '+el'))
JLS_RGB = stream_of(tool(dicom(RGB.tobytes(), vr='OB', samples=3, photometric='RGB'), 'dcmcjpls', '+el'))
cases = []


def add(family, name, data, wanted=GRAY, allowed=1, only=None):
    """`wanted`: a picture or frames; `only`: why ours may differ."""
    frames = [np.asarray(one, float) for one in (wanted if isinstance(wanted, list) else [wanted])]
    case = {'family': family, 'name': name, 'file': packed(data), 'readers': outcomes(data, frames, allowed),
            'frames': [[round(v, 1) for v in levels(one).ravel().tolist()] for one in frames], 'allowed': allowed}
    cases.append({**case, **({'explained': only} if only else {})})


def colour(stream, syntax, photometric, planar=0):
    return dicom([stream], syntax, samples=3, photometric=photometric, extra=[(0x00280006, 'US', planar)])


# --- colours ----------------------------------------------------------------------------------------------------
F = 'colours'


def only_y(data):
    """The luminance that the stream itself holds; readers that show RGB are some levels off, by clipping."""
    image = Image.open(io.BytesIO(data))
    image.draft('L', image.size)
    return np.asarray(image)


lum = only_y(YCC)
for name, photometric in (('YBR_FULL', 'YBR_FULL'), ('YBR_FULL_422', 'YBR_FULL_422'), ('RGB', 'RGB')):
    add(F, f'JPEG YCbCr with JFIF, header {name}', colour(YCC, J50, photometric), lum, 8)
halved = only_y(YCC_HALVED)
add(F, 'JPEG YCbCr halved, header RGB', colour(YCC_HALVED, J50, 'RGB'), halved, 12)
add(F, 'JPEG YCbCr, planar configuration 1', colour(YCC, J50, 'YBR_FULL_422', 1), lum, 8)
i = YCC.index(b'\xff\xe0')
bare = YCC[:i] + YCC[i + 2 + YCC[i + 3]:]
add(F, 'JPEG YCbCr without JFIF, header YBR_FULL', colour(bare, J50, 'YBR_FULL'), lum, 8)
planes = RGB.transpose(2, 0, 1).tobytes()
native = dict(vr='OB', samples=3)
add(F, 'native RGB by planes', dicom(planes, photometric='RGB', extra=[(0x00280006, 'US', 1)], **native), luminance(RGB))
ybr = np.asarray(Image.fromarray(RGB).convert('YCbCr'))
add(F, 'native YBR_FULL', dicom(ybr.tobytes(), photometric='YBR_FULL', **native), ybr[..., 0], 2)
add(F, 'native YBR_FULL by planes', dicom(ybr.transpose(2, 0, 1).tobytes(), photometric='YBR_FULL', extra=[(0x00280006, 'US', 1)], **native), ybr[..., 0], 2)
pairs = np.stack([ybr[:, 0::2, 0], ybr[:, 1::2, 0], ybr[:, 0::2, 1], ybr[:, 0::2, 2]], -1)
add(F, 'native YBR_FULL_422, halved', dicom(pairs.tobytes(), photometric='YBR_FULL_422', **native), ybr[..., 0], 6)
add(F, 'native YBR_FULL_422, whole', dicom(ybr.tobytes(), photometric='YBR_FULL_422', **native), ybr[..., 0], 6)
add(F, 'JPEG lossless RGB, header RGB', colour(LOSSLESS_RGB, J70, 'RGB'), luminance(RGB))
add(F, 'JPEG lossless RGB, planar configuration 1', colour(LOSSLESS_RGB, J70, 'RGB', 1), luminance(RGB))
add(F, 'JPEG-LS RGB, planar configuration 1', colour(JLS_RGB, JLS, 'RGB', 1), luminance(RGB))
add(F, 'JPEG 2000 with its transform, header YBR_RCT', colour(jpeg2000(RGB, mct=1), J2K, 'YBR_RCT'), luminance(RGB))
add(F, 'JPEG 2000 with its transform, header RGB', colour(jpeg2000(RGB, mct=1), J2K, 'RGB'), luminance(RGB))
add(F, 'JPEG 2000 without a transform, header RGB', colour(jpeg2000(RGB, mct=0), J2K, 'RGB'), luminance(RGB))
add(F, 'RLE RGB, planar configuration 1', colour(rle([p.tobytes() for p in RGB.transpose(2, 0, 1)]), RLE, 'RGB', 1), luminance(RGB))
add(F, 'gray JPEG, header of three samples', colour(BASELINE, J50, 'RGB'), DECODED)
add(F, 'MONOCHROME1', dicom(RAW, vr='OB', photometric='MONOCHROME1'), -GRAY.astype(float))
add(F, 'photometric interpretation in small letters', dicom(RAW, vr='OB', photometric='monochrome2'))
add(F, 'no photometric interpretation', dicom(RAW, vr='OB', drop=(0x00280004,)))

# --- syntaxes ---------------------------------------------------------------------------------------------------
F = 'syntaxes'
GE, PHILIPS = '1.2.840.113619.5.2', '1.3.46.670589.33.1.4.1'
swapped = np.frombuffer(WORDS, '<u2').astype('>u2').tobytes()
twelve = dict(allocated=16, stored=12)
add(F, 'GE private, 16 bits big endian', dicom(swapped, GE, implicit=True, **twelve), picture(12))
add(F, 'GE private, 16 bits little endian', dicom(WORDS, GE, implicit=True, **twelve), picture(12))
large, sides = picture(8, rows=40, columns=40), dict(rows=40, columns=40)
raw = large.astype('u1').tobytes()
add(F, 'GE private, 8 bits as bytes', dicom(raw, GE, implicit=True, **sides), large)
add(F, 'GE private, 8 bits in turned words', dicom(np.frombuffer(raw, '<u2').byteswap().tobytes(), GE, implicit=True, **sides), large)
add(F, 'Philips private, explicit little endian', dicom(WORDS, PHILIPS, **twelve), picture(12))
add(F, 'Philips private, lossless JPEG', dicom([LOSSLESS], PHILIPS))
add(F, 'Papyrus 3, implicit', dicom(WORDS, '1.2.840.10008.1.20', implicit=True, **twelve), picture(12))
add(F, 'no meta information, explicit', dicom(WORDS, meta=False, **twelve), picture(12))
add(F, 'no meta information, implicit', dicom(WORDS, ILE, meta=False, **twelve), picture(12))
add(F, 'implicit syntax, written explicitly', dicom(WORDS, ILE, implicit=False, **twelve), picture(12))
add(F, 'explicit syntax, written implicitly', dicom(WORDS, ELE, implicit=True, **twelve), picture(12))
for n in ('52', '53', '54', '55', '56'):
    add(F, f'retired .{n}, baseline or progressive stream', dicom([jpeg(GRAY, progressive=n in ('53', '55'))], JPEG + n), unjpeg(jpeg(GRAY, progressive=n in ('53', '55'))))
for n in ('58', '59', '63', '65', '66'):
    add(F, f'retired .{n}, lossless stream', dicom([LOSSLESS], JPEG + n))
for says, stream, wanted in ((J70, BASELINE, DECODED), (J57, BASELINE, DECODED), (J50, LOSSLESS, GRAY), (J51, LOSSLESS, GRAY),
                             (J50, jpeg2000(GRAY), GRAY), (J2K, BASELINE, DECODED), (JLS, LOSSLESS, GRAY), (J70, JLS_GRAY, GRAY),
                             (RLE, BASELINE, DECODED), (J50, rle([RAW]), GRAY), (ELE, BASELINE, DECODED), (ELE, rle([RAW]), GRAY)):
    kind = {id(BASELINE): 'baseline', id(LOSSLESS): 'lossless', id(JLS_GRAY): 'JPEG-LS'}.get(id(stream), 'RLE' if stream[0] == 1 else 'JPEG 2000')
    add(F, f'{says[18:] or "explicit"} says one, the stream is {kind}', dicom([stream], says), wanted)
for says in (J50, J70, JLS, J2K, RLE):
    add(F, f'{says[18:]} says coded, native pixels', dicom(RAW, says, vr='OB'))
    add(F, f'{says[18:]} says coded, native pixels in a fragment', dicom([RAW], says))

# --- VRs --------------------------------------------------------------------------------------------------------
F = 'VRs'
two = lambda n: pack('<H', n)
add(F, 'Rows and Columns in UN', dicom(RAW, vr='OB', extra=[(0x00280010, 'UN', two(ROWS)), (0x00280011, 'UN', two(COLUMNS))]))
add(F, 'Bits in UN', dicom(WORDS, allocated=16, extra=[(t, 'UN', two(v)) for t, v in ((0x00280100, 16), (0x00280101, 12), (0x00280102, 11), (0x00280103, 0))]), picture(12))
add(F, 'Rows and Columns in UL', dicom(RAW, vr='OB', extra=[(0x00280010, 'UL', ROWS), (0x00280011, 'UL', COLUMNS)]))
add(F, 'Rows and Columns in SS', dicom(RAW, vr='OB', extra=[(0x00280010, 'SS', ROWS), (0x00280011, 'SS', COLUMNS)]))
add(F, 'Rows and Columns in IS', dicom(RAW, vr='OB', extra=[(0x00280010, 'IS', str(ROWS)), (0x00280011, 'IS', str(COLUMNS))]))
add(F, 'Photometric Interpretation in UN', dicom(RAW, vr='OB', extra=[(0x00280004, 'UN', 'MONOCHROME2 ')]))
add(F, 'Photometric Interpretation in LO', dicom(RAW, vr='OB', extra=[(0x00280004, 'LO', 'MONOCHROME1 ')]), -GRAY.astype(float))
add(F, 'Number of Frames in US', dicom(RAW * 2, vr='OB', extra=[(0x00280008, 'US', 2)]), [GRAY, GRAY])
add(F, 'Number of Frames in UN', dicom(RAW * 2, vr='OB', extra=[(0x00280008, 'UN', '2 ')]), [GRAY, GRAY])
add(F, 'Number of Frames in DS', dicom(RAW * 2, vr='OB', extra=[(0x00280008, 'DS', '2 ')]), [GRAY, GRAY])
add(F, 'Pixel Data in UN, 8 bits', dicom(RAW, vr='UN'))
add(F, 'Pixel Data in UN, 16 bits', dicom(WORDS, vr='UN', **twelve), picture(12))
add(F, 'Pixel Data in OB, 16 bits', dicom(WORDS, vr='OB', **twelve), picture(12))
add(F, 'Pixel Data in OW, 8 bits', dicom(RAW, vr='OW'))
add(F, 'Pixel Data in OF, 32 bits', dicom(picture(16).astype('<u4').tobytes(), vr='OF', allocated=32), picture(16))
add(F, 'Pixel Data in UN, big endian', dicom(WORDS, EBE, vr='UN', **twelve), picture(12))
add(F, 'Pixel Representation with two values', dicom(RAW, vr='OB', extra=[(0x00280103, 'US', [0, 0])]))
add(F, 'Bits Stored absent', dicom(RAW, vr='OB', drop=(0x00280101, 0x00280102)))
add(F, 'Samples per Pixel absent', dicom(RAW, vr='OB', drop=(0x00280002,)))
add(F, 'Pixel Representation absent', dicom(RAW, vr='OB', drop=(0x00280103,)))

# --- frames -----------------------------------------------------------------------------------------------------
F = 'frames'
other = np.flipud(GRAY).copy()
second = jpeg(other)
pair = [DECODED, unjpeg(second)]
one, two_ = rle([RAW]), rle([other.tobytes()])
add(F, 'two frames, two fragments', dicom([BASELINE, second], J50, frames=2), pair)
add(F, 'Number of Frames missing, two streams', dicom([BASELINE, second], J50), pair[:1])
add(F, 'Number of Frames 0, one stream', dicom([BASELINE], J50, frames=0), pair[:1])
add(F, 'Number of Frames 0, native', dicom(RAW, vr='OB', frames=0))
add(F, 'Number of Frames empty', dicom(RAW, vr='OB', frames=''))
add(F, 'Number of Frames with blanks', dicom(RAW * 2, vr='OB', frames=' 2 '), [GRAY, GRAY])
add(F, 'Number of Frames 1, two streams', dicom([BASELINE, second], J50, frames=1), pair[:1])
add(F, 'Number of Frames 3, two streams', dicom([BASELINE, second], J50, frames=3), pair)
add(F, 'Number of Frames 3, two of RLE', dicom([one, two_], RLE, frames=3), [GRAY, other])
add(F, 'Number of Frames 3, native pixels of two', dicom(RAW + other.tobytes(), vr='OB', frames=3), [GRAY, other])
add(F, 'Number of Frames 1, native pixels of two', dicom(RAW + other.tobytes(), vr='OB', frames=1))
add(F, 'Number of Frames missing, native pixels of two', dicom(RAW + other.tobytes(), vr='OB'))
halves = lambda s: [s[:200], s[200:]]
add(F, 'each frame in two fragments, no table', dicom([*halves(BASELINE), *halves(second)], J50, frames=2), pair)
add(F, 'one frame in three fragments', dicom([BASELINE[:100], BASELINE[100:300], BASELINE[300:]], J50), pair[:1])
even = lambda s: s + b'\0' * (len(s) % 2)
add(F, 'both streams in one fragment', dicom([even(BASELINE) + second], J50, frames=2), pair)
add(F, 'lossless, both streams in one fragment', dicom([even(LOSSLESS) * 2], J70, frames=2), [GRAY, GRAY])
add(F, 'an empty fragment behind', dicom([BASELINE, b''], J50), pair[:1])
add(F, 'an empty fragment before', dicom([b'', BASELINE], J50), pair[:1])
add(F, 'RLE, one frame in two fragments', dicom([one[:64], one[64:]], RLE), GRAY)
table = pack('<II', 0, 8 + len(even(BASELINE)))
add(F, 'a table that is right', dicom(b'', J50, frames=2, extra=[(PIXELS, 'OB', b'')]).replace(element(PIXELS, 'OB', b''), element(PIXELS, 'OB', fragments([BASELINE, second], table), open_length=True)), pair)
wrong = pack('<II', 0, 12)
add(F, 'a table that is wrong', dicom(b'', J50, frames=2, extra=[(PIXELS, 'OB', b'')]).replace(element(PIXELS, 'OB', b''), element(PIXELS, 'OB', fragments([BASELINE, second], wrong), open_length=True)), pair)
add(F, 'no delimiter behind the fragments', dicom([BASELINE], J50)[:-8], pair[:1])

# --- thin pictures and odd sizes -----------------------------------------------------------------------------------
F = 'sizes'
LINE = 'a single line of pixels is no image'
for rows, columns, why in ((1, 16, LINE), (12, 1, LINE), (2, 16, None), (12, 2, None), (3, 5, None), (2, 2, None)):
    p = picture(8, rows=rows, columns=columns)
    if p.max() == p.min():
        p = p + np.arange(p.size).reshape(p.shape)
    size = dict(vr='OB', rows=rows, columns=columns)
    add(F, f'{rows} × {columns}', dicom(p.astype('u1').tobytes(), **size), p, only=why)
    add(F, f'{rows} × {columns}, one frame of one', dicom(p.astype('u1').tobytes(), frames=1, **size), p, only=why)
odd = picture(8, rows=3, columns=5)
odd_words = picture(12, rows=3, columns=5)
three = odd.astype('u1').tobytes() * 3
size = dict(rows=3, columns=5)
add(F, '3 × 5, three frames of odd length', dicom(three, vr='OB', frames=3, **size), [odd] * 3)
add(F, '3 × 5, three frames of odd length in OW', dicom(three, frames=3, **size), [odd] * 3)
bits = (odd > 90).astype('u1')
add(F, '3 × 5, three frames of single bits', dicom(np.packbits(np.tile(bits.ravel(), 3), bitorder='little').tobytes(), allocated=1, frames=3, vr='OB', **size), [bits] * 3)
add(F, '3 × 5, RLE of 16 bits', dicom([rle([(odd_words >> 8).astype('u1').tobytes(), odd_words.astype('u1').tobytes()])], RLE, rows=3, columns=5, **twelve), odd_words)
add(F, '3 × 5, JPEG', dicom([jpeg(odd.astype('u1'))], J50, **size), unjpeg(jpeg(odd.astype('u1'))))
add(F, 'a spare line behind native pixels', dicom(RAW + bytes(COLUMNS), vr='OB'))
add(F, 'a spare byte behind native pixels', dicom(RAW + b'\0', vr='OB'))
add(F, 'High Bit 15 of 12 stored', dicom((picture(12) << 4).astype('<u2').tobytes(), allocated=16, stored=12, high=15), picture(12))
add(F, 'High Bit that lies', dicom(WORDS, allocated=16, stored=12, high=7), picture(12))
add(F, 'Bits Stored 0', dicom(RAW, vr='OB', extra=[(0x00280101, 'US', 0)]), only='no bits are stored: refused, as hostile files say so, too')
write('neighbours.json', cases)
for case in cases:
    print(case['family'], '|', case['name'], '|', case['readers'])
