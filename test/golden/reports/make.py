"""reports.json: what public bug reports of neighbouring tools describe, each made small, with what other readers make of it.

    /usr/bin/python3 test/golden/reports/make.py

(Debian's python3-pydicom, -gdcm, -nibabel, -tifffile, -opencv, -pil, dcmtk.) The reports' own files are not used: the
property that a report describes is made anew. test/core/formats/reports.test.ts reads them and keeps the table in
reports.md.
"""
import gzip
import zlib

from more import *

# --- rescale and modality LUT --------------------------------------------------------------------------------------
down = lambda slope: [(INTERCEPT, 'DS', '4095'), (SLOPE, 'DS', slope)]
add('lamyj/dicomifier#20', 'negative slope in the data set', dicom(W12, extra=down('-1'), **TWELVE), -P12, WITH_SCALE)
add('lamyj/dicomifier#20', 'negative slope, MONOCHROME1', dicom(W12, photometric='MONOCHROME1', extra=down('-1'), **TWELVE), P12, WITH_SCALE)
two = lambda slope: [sequence(0x00289145, [[(INTERCEPT, 'DS', '1'), (SLOPE, 'DS', slope)]])]
groups = sequence(0x52009230, [two('3'), two('-7')])
add('pydicom#2353', 'slopes of two frames differ in sign', dicom(W12 * 2, frames=2, extra=[groups], **TWELVE), [P12, -P12], WITH_SCALE)
shared = sequence(0x52009229, [two('-2')])
add('dicom-rs#349', 'slope of all frames in the shared groups', dicom(W12 * 2, frames=2, extra=[shared], **TWELVE), [-P12, -P12], WITH_SCALE)
add('cornerstone3D#2291', 'groups both shared and per frame', dicom(W12 * 2, frames=2, extra=[shared, groups], **TWELVE), [P12, -P12], WITH_SCALE)
add('fo-dicom#1975', 'slope and intercept without a value', dicom(W12, extra=[(INTERCEPT, 'DS', ''), (SLOPE, 'DS', '')], **TWELVE), P12, WITH_SCALE)
add('fo-dicom#1905', 'slope of 0.0000029', dicom(W12, extra=[(INTERCEPT, 'DS', '-0.005'), (SLOPE, 'DS', '2.8707939353E-06')], **TWELVE), P12, WITH_SCALE)
add('cornerstone3D#1925', 'slope of 0.01', dicom(W12, extra=[(INTERCEPT, 'DS', '1'), (SLOPE, 'DS', '0.01')], **TWELVE), P12, WITH_SCALE)
add('GateTools#68', 'slope of 0', dicom(W12, extra=[(INTERCEPT, 'DS', '0'), (SLOPE, 'DS', '0')], **TWELVE), P12, READERS)


def modality_lut(table, first=0, bits=16, vr='US', count=None, data_vr='OW'):
    kind = '<H' if vr == 'US' else '<h'
    descriptor = pack('<H', count or len(table)) + pack(kind, first) + pack('<H', bits)
    return sequence(0x00283000, [[(0x00283002, vr, descriptor), (0x00283004, 'LO', 'US'), (0x00283006, data_vr, table.tobytes())]])


curve = (65535 - (np.arange(4096) / 4095) ** 2 * 65535).astype('<u2')
add('fo-dicom#1986', 'modality LUT beside a slope of 0.01', dicom(W12, extra=[modality_lut(curve), (INTERCEPT, 'DS', '0'), (SLOPE, 'DS', '0.01')], **TWELVE), curve[P12], WITH_SCALE)
signed = dict(allocated=16, stored=12, signed=1)
S12W = S12.astype('<i2').tobytes()
add('cornerstoneWADOImageLoader#259', 'modality LUT of signed pixels, entries beyond 32767', dicom(S12W, extra=[modality_lut(curve, -2048, vr='SS')], **signed), curve[S12 + 2048], WITH_SCALE)
add('cornerstone#383', 'modality LUT whose first number is 1000', dicom(W12, extra=[modality_lut(curve[:2000], 1000)], **TWELVE), curve[np.clip(P12 - 1000, 0, 1999)], WITH_SCALE)
twelve = (curve >> 4).astype('<u2')
add('pydicom#2326', 'modality LUT of 12 bits', dicom(W12, extra=[modality_lut(twelve, bits=12)], **TWELVE), twelve[P12], WITH_SCALE)
narrow = (255 - np.arange(256) // 2).astype('u1')
add('cornerstone3D#2856', 'modality LUT of 8 bits, packed', dicom(RAW, vr='OB', extra=[modality_lut(narrow, bits=8)]), narrow[GRAY].astype(float), WITH_SCALE)
add('pydicom#942', 'modality LUT of signed pixels, its 63488 entries in SS', dicom(S12W, extra=[modality_lut(np.resize(curve, 63488), -2048, vr='SS')], **signed), curve[S12 + 2048], WITH_SCALE)
add('cornerstone#508', 'smallest and largest pixel value that lie', dicom(W12, extra=[(0x00280106, 'US', 3000), (0x00280107, 'US', 3500)], **TWELVE), P12)
add('fo-dicom#1876', 'smallest pixel value in SS for unsigned pixels', dicom(W12, extra=[(0x00280106, 'SS', -5), (0x00280107, 'SS', 9)], **TWELVE), P12)

# --- numbers that are not 8 or 16 bits -----------------------------------------------------------------------------
F32 = (P16 / 7 - 3000).astype('<f4')
none = (0x7fe00010,)
add('dcm4che#1171', 'float pixel data of two frames', dicom(b'', frames=2, allocated=32, drop=none + (0x00280101, 0x00280102, 0x00280103), extra=[(0x7fe00008, 'OF', F32.tobytes() * 2)]), [F32, F32])
add('pydicom#452', 'double float pixel data', dicom(b'', allocated=64, drop=none + (0x00280101, 0x00280102, 0x00280103), extra=[(0x7fe00009, 'OD', F32.astype('<f8').tobytes())]), F32)
wide = (P16.astype(np.int64) * 60000).astype('<u4')
add('horos#614', '32 bits, all of them used', dicom(wide.tobytes(), allocated=32), wide)
add('DICOM.jl#72', '32 bits with a sign', dicom((wide.astype(np.int64) - 2 ** 31).astype('<i4').tobytes(), allocated=32, signed=1), wide)
add('fo-dicom#716', '32 bits, 20 stored', dicom((P16.astype('<u4') * 15).tobytes(), allocated=32, stored=20), P16)
add('pydicom#1077', 'float pixels in Pixel Data, 32 bits allocated', dicom(wide.tobytes(), vr='OF', allocated=32), wide)
bits24 = np.zeros((ROWS, COLUMNS, 4), 'u1')
bits24.view('<u4')[..., 0] = P16 * 200
add('pydicom#2216', '24 bits', dicom(bits24[..., :3].tobytes(), vr='OB', allocated=24), P16)
add('own probe', '64 bits', dicom((P16 * 10 ** 6).astype('<u8').tobytes(), allocated=64), P16)
acr = np.zeros(ROWS * COLUMNS * 3 // 2, 'u1')
flat = P12.ravel()
acr[0::3], acr[1::3], acr[2::3] = flat[0::2] & 255, (flat[0::2] >> 8) | ((flat[1::2] & 15) << 4), flat[1::2] >> 4
add('pydicom#293', '12 bits packed', dicom(acr.tobytes(), allocated=12), P12)
mask = (GRAY > 90).astype('u1')
packed_bits = np.packbits(mask.ravel(), bitorder='little').tobytes()
add('dicom-rs#654', 'single bits', dicom(packed_bits, vr='OB', allocated=1), mask)
add('vtk-dicom#89', 'single bits in RLE', dicom([rle([packed_bits])], RLE, allocated=1), mask)
add('pydicom#2216', 'single bits in JPEG 2000', dicom([jpeg2000(mask * 255)], J2K, allocated=8), mask)
add('pydicom#2141', 'one bit stored of 8', dicom(mask.tobytes(), vr='OB', allocated=8, stored=1), mask)

add('pydicom#293', '12 bits packed, three frames of odd length', dicom((lambda v: np.packbits(((v[:, None] >> np.arange(12)) & 1).astype('u1').ravel(), bitorder='little'))(np.tile(P12[:3, :5].ravel(), 3)).tobytes(), allocated=12, rows=3, columns=5, frames=3), [P12[:3, :5]] * 3)
add('own probe', '12 bits packed, with a sign', dicom((lambda v: np.packbits(((v[:, None] >> np.arange(12)) & 1).astype('u1').ravel(), bitorder='little'))(S12.ravel() & 0xfff).tobytes(), allocated=12, signed=1), S12)
add('own probe', '64 bits with a sign', dicom((P16 * 10 ** 6 - 3 * 10 ** 10).astype('<i8').tobytes(), allocated=64, signed=1), P16)

# --- bits stored and what streams say ------------------------------------------------------------------------------
add('pydicom#2010', 'JPEG-LS of 8 bits, 16 allocated, 8 stored', dicom([stream_of(tool(dicom(RAW, vr='OB'), 'dcmcjpls', '+el'))], JLS, allocated=16, stored=8), GRAY)
seven = (GRAY // 2).astype('i2') - 64
add('pydicom#2009', 'JPEG-LS with a sign, 7 bits of 8', dicom([stream_of(tool(dicom((seven & 127).astype('u1').tobytes(), vr='OB', stored=7), 'dcmcjpls', '+el'))], JLS, stored=7, signed=1), seven)
add('fo-dicom#1992', 'JPEG 2000 of 8 bits, 16 allocated, 8 stored', dicom([jpeg2000(GRAY)], J2K, allocated=16, stored=8), GRAY)
add('fo-dicom#1992', 'JPEG lossless of 8 bits, 16 allocated, 8 stored', dicom([lossless_jpeg(GRAY)], J70, allocated=16, stored=8), GRAY)
add('fo-dicom#1992', 'JPEG 2000 of 8 bits, 16 allocated and stored', dicom([jpeg2000(GRAY)], J2K, allocated=16, stored=16), GRAY)
u16 = (P12 << 3).astype('<u2')
s16 = (u16.astype(int) - 2 ** 14)
add('pylibjpeg#54', 'JPEG 2000 without a sign, the header has one', dicom([jpeg2000((s16 & 0xffff).astype('u2'))], J2K, allocated=16, signed=1), s16)
signed_stream = by_gdcm_writer(dicom(s16.astype('<i2').tobytes(), allocated=16, signed=1), gdcm.TransferSyntax.JPEG2000Lossless)
add('fo-dicom#738', 'JPEG 2000 with a sign, 16 bits', signed_stream, s16)
bare = stream_of(signed_stream)
add('dwv#2125', 'JPEG 2000 with a sign, the header has none', dicom([bare], J2K, allocated=16, signed=0), s16 & 0xffff)

# --- JPEG lossless -------------------------------------------------------------------------------------------------
for lines in (1, 3, 5):
    add('jpeg-decoder#286', f'lossless JPEG, restart after {lines} lines', dicom([lossless_jpeg(GRAY, restart_lines=lines)], J70), GRAY)
for predictor in range(2, 8):
    add('jpeg-decoder#286', f'lossless JPEG, predictor {predictor}, restarts', dicom([lossless_jpeg(P16, 16, restart_lines=4, predictor=predictor)], J57, allocated=16), P16)
add('pylibjpeg-libjpeg#90', 'lossless JPEG, differences modulo 65536', dicom([lossless_jpeg(GRAY, wrap=True)], J70), GRAY)
add('pylibjpeg-libjpeg#90', 'lossless JPEG, 16 bits, category 16', dicom([lossless_jpeg(((P16 > 30000) * 32768).astype('u2'), 16)], J70, allocated=16), P16 > 30000)
add('fo-dicom.Codecs#97', 'lossless JPEG, zeros behind its end', dicom([lossless_jpeg(P16, 16) + b'\0' * 60], J70, allocated=16), P16)
rgb_lossless = stream_of(tool(dicom(RGB.tobytes(), vr='OB', samples=3, photometric='RGB'), 'dcmcjpeg', '+e1'))
add('dcm4che#543', 'lossless JPEG of RGB, header YBR_FULL_422', dicom([rgb_lossless], J70, samples=3, photometric='YBR_FULL_422'), RGB[..., 0])
full = np.asarray(Image.fromarray(RGB).convert('YCbCr'))
ybr_lossless = stream_of(tool(dicom(full.tobytes(), vr='OB', samples=3, photometric='RGB'), 'dcmcjpeg', '+e1'))
add('fo-dicom#453', 'lossless JPEG of YCbCr, header YBR_FULL_422', dicom([ybr_lossless], J70, samples=3, photometric='YBR_FULL_422'), full[..., 0], allowed=2)

# --- JPEG ----------------------------------------------------------------------------------------------------------
big = picture(8, rows=40, columns=48).astype('u1')
size = dict(rows=40, columns=48)
restarts = cv2.imencode('.jpg', big, [cv2.IMWRITE_JPEG_QUALITY, 95, cv2.IMWRITE_JPEG_RST_INTERVAL, 2])[1].tobytes()
add('io-dicom#37', 'JPEG with restart markers', dicom([restarts], J50, **size), cv2.imdecode(np.frombuffer(restarts, 'u1'), 0))
ext = tool(dicom(W12, **TWELVE), 'dcmcjpeg', '+ee', '+un')
add('thorfdbg/libjpeg#68', 'extended JPEG of 12 bits', ext, P12, allowed=2)
rgb_jpeg = stream_of(tool(dicom(RGB.tobytes(), vr='OB', samples=3, photometric='RGB'), 'dcmcjpeg', '+eb', '+cr', '+q', '95'))
add('zignal#431', 'JPEG of RGB (APP14 or component ids), header RGB', dicom([rgb_jpeg], J50, samples=3, photometric='RGB'), luminance(RGB), allowed=6)

# --- JPEG-LS -------------------------------------------------------------------------------------------------------
colour = dicom(RGB.tobytes(), vr='OB', samples=3, photometric='RGB')
for way, name in (('+in', 'none'), ('+il', 'line'), ('+is', 'sample')):
    add('horos#795', f'JPEG-LS of colours, interleave {name}', tool(colour, 'dcmcjpls', '+el', way), luminance(RGB))
words = (RGB.astype('<u2') * 257)
add('charls#25', 'JPEG-LS of 16-bit colours, not interleaved', tool(dicom(words.tobytes(), allocated=16, samples=3, photometric='RGB'), 'dcmcjpls', '+el', '+in'), luminance(RGB))
near = tool(dicom(W12, **TWELVE), 'dcmcjpls', '+en', '+md', '3', '+un')
add('cornerstoneWADOImageLoader#472', 'JPEG-LS near-lossless, 12 bits', near, P12, allowed=2)
negative = tool(dicom((S12 & 0xfff).astype('<u2').tobytes(), allocated=16, stored=12, signed=1), 'dcmcjpls', '+en', '+md', '3', '+pc')
add('cornerstoneWADOImageLoader#472', 'JPEG-LS near-lossless, 12 bits with a sign', negative or dicom(S12W, **signed), S12, allowed=2)
add('charls#25', 'JPEG-LS with thresholds of its own', tool(dicom(RAW, vr='OB'), 'dcmcjpls', '+el', '+pc', '+t1', '5', '+t2', '12', '+t3', '40', '+rs', '32'), GRAY)
add('fo-dicom#418', 'JPEG-LS of gray, padded with FF before its end', tool(dicom(RAW, vr='OB'), 'dcmcjpls', '+el', '+ps'), GRAY)

# --- JPEG 2000 -----------------------------------------------------------------------------------------------------
add('pydicom#2073', 'JPEG 2000 with the boxes of a JP2 file', dicom([jpeg2000(GRAY, no_jp2=False)], J2K), GRAY)
add('pydicom#2073', 'JP2 file, 16 bits', dicom([jpeg2000(P16.astype('u2'), no_jp2=False)], J2K, allocated=16), P16)
stream = jpeg2000(GRAY)
add('openjpeg#789', 'JPEG 2000 without its end', dicom([stream[:-2]], J2K), GRAY)
zero = stream.index(b'\xff\x90')
add('openjpeg#162', 'JPEG 2000, length of the last tile 0', dicom([stream[:zero + 6] + b'\0' * 4 + stream[zero + 10:]], J2K), GRAY)
add('openjpeg#162', 'JPEG 2000, length of the only tile 12', dicom([stream[:zero + 6] + pack('>I', 12) + stream[zero + 10:]], J2K), GRAY, only='no reader here reads it either')
add('image-JPEG2000#8', 'JPEG 2000 in tiles', dicom([jpeg2000(big, tile_size=(16, 16))], J2K, **size), big)
for order in ('LRCP', 'RLCP', 'RPCL', 'PCRL', 'CPRL'):
    add('image-JPEG2000#8', f'JPEG 2000, progression {order}', dicom([jpeg2000(RGB, progression=order, mct=1)], J2K, samples=3, photometric='YBR_RCT'), luminance(RGB))
add('openslide#646', 'JPEG 2000, lossy, header YBR_ICT', dicom([jpeg2000(RGB, mct=1, irreversible=True, quality_mode='dB', quality_layers=[60])], J2KL, samples=3, photometric='YBR_ICT'), luminance(RGB), allowed=3)
add('cornerstoneWADOImageLoader#308', 'JPEG 2000 of YCbCr, header YBR_FULL', dicom([jpeg2000(full, mct=0)], J2K, samples=3, photometric='YBR_FULL'), full[..., 0], allowed=2)
add('Weasis#488', 'JP2 file of YCbCr, header YBR_FULL', dicom([jpeg2000(full, mct=0, no_jp2=False)], J2K, samples=3, photometric='YBR_FULL'), full[..., 0], allowed=2)
add('OHIF/image-JPEG2000#2', 'JPEG 2000, 16 bits without a sign', dicom([jpeg2000(P16.astype('u2'))], J2K, allocated=16), P16)
add('fo-dicom#850', 'JPEG 2000 of a palette', dicom([jpeg2000(GRAY)], J2K, photometric='PALETTE COLOR', extra=[(0x00281101 + i, 'US', [256, 0, 16]) for i in range(3)] + [(0x00281201 + i, 'OW', ((np.arange(256) * (i + 1) * 80) % 65536).astype('<u2').tobytes()) for i in range(3)]),
    luminance(np.stack([((np.arange(256) * (i + 1) * 80) % 65536)[GRAY] for i in range(3)], -1)), WITH_PALETTE, allowed=2)

# --- RLE -----------------------------------------------------------------------------------------------------------
byte = lambda a, n: ((a >> (8 * n)) & 255).astype('u1').tobytes()
colour16 = [byte(words[..., c].astype(int), n) for c in range(3) for n in (1, 0)]
add('io-dicom#46', 'RLE of 16-bit colours, six segments', dicom([rle(colour16)], RLE, allocated=16, samples=3, photometric='RGB'), luminance(RGB))
w = wide.astype(np.int64)
add('pydicom#730', 'RLE of 32 bits', dicom([rle([byte(w, n) for n in (3, 2, 1, 0)])], RLE, allocated=32), wide)
add('cornerstoneWADOImageLoader#103', 'RLE of YBR_FULL', dicom([rle([full[..., c].tobytes() for c in range(3)])], RLE, samples=3, photometric='YBR_FULL'), full[..., 0], allowed=2)
long = rle([byte(P16, 1), byte(P16, 0)])
add('dcm4chee-arc-light#752', 'RLE of one frame in fragments of 64 bytes', dicom([long[i:i + 64] for i in range(0, len(long), 64)], RLE, allocated=16), P16)
add('dicom-rs#457', 'RLE of 12 bits with a sign', dicom([rle([byte(S12 & 0xffff, 1), byte(S12 & 0xffff, 0)])], RLE, **signed), S12)
add('cornerstoneWADOImageLoader#15', 'RLE of RGB, planar configuration 0', dicom([rle([RGB[..., c].tobytes() for c in range(3)])], RLE, samples=3, photometric='RGB'), luminance(RGB))

# --- fragments and offset tables -----------------------------------------------------------------------------------
other = np.flipud(GRAY).copy()
one, two_ = jpeg2000(GRAY), jpeg2000(other)
even = lambda s: s + b'\0' * (len(s) % 2)


def with_table(parts, table, syntax, extra=(), **options):
    return dicom(b'', syntax, extra=[(PIXELS, 'OB', b''), *extra], **options).replace(element(PIXELS, 'OB', b''), element(PIXELS, 'OB', fragments(parts, table), open_length=True))


add('dcm4che#1598', 'frames of several fragments, offset table', with_table([one[:100], one[100:], two_[:60], two_[60:120], two_[120:]], pack('<II', 0, 16 + len(even(one))), J2K, frames=2), [GRAY, other])
offsets = [0, 8 + 2 * ((len(one) + 1) // 2)]
lengths = [len(one), len(two_)]
extended = [(0x7fe00001, 'OV', pack('<QQ', *offsets)), (0x7fe00002, 'OV', pack('<QQ', *lengths))]
LONG_OV = element(0x7fe00001, 'UN', pack('<QQ', *offsets)).replace(b'UN', b'OV'), element(0x7fe00002, 'UN', pack('<QQ', *lengths)).replace(b'UN', b'OV')
plain = dicom([one, two_], J2K, frames=2)
at = plain.index(b'\xe0\x7f\x10\0')
add('dicom-rs#439', 'extended offset table', plain[:at] + b''.join(LONG_OV) + plain[at:], [GRAY, other])
add('fo-dicom#1421', 'offset table of one zero', with_table([one], b'\0\0\0\0', J2K), GRAY)
add('dicomParser#269', 'offset table of one number for two frames', with_table([one, two_], b'\0\0\0\0', J2K, frames=2), [GRAY, other])
add('dicomParser#269', 'offset table counted from the data set', with_table([one, two_], pack('<II', 5000, 9000), J2K, frames=2), [GRAY, other])
add('fo-dicom#992', 'RLE, more fragments than frames, no table', dicom([rle([RAW])[:64], rle([RAW])[64:], rle([other.tobytes()])[:64], rle([other.tobytes()])[64:]], RLE, frames=2), [GRAY, other])
add('dicom-rs#285', 'uncompressed pixels in fragments', dicom([RAW, other.tobytes()], '1.2.840.10008.1.2.1.98', frames=2), [GRAY, other])
add('dicom-rs#285', 'the same of 12 bits', dicom([W12], '1.2.840.10008.1.2.1.98', **TWELVE), P12)

# --- palettes ------------------------------------------------------------------------------------------------------
ramp = [np.arange(256), np.arange(256) * 3 // 4 + 60, 255 - np.arange(256)]
painted = luminance(np.stack([r[GRAY] for r in ramp], -1).astype(float))


def palette(width, vr='OW', count=256, first=0):
    bits = 8 if width == 1 else 16
    table = [(r if width == 1 else r * 257).astype('u1' if width == 1 else '<u2').tobytes() for r in ramp]
    return [(0x00281101 + i, 'US', [count, first, bits]) for i in range(3)] + [(0x00281201 + i, vr, table[i]) for i in range(3)]


pal = dict(vr='OB', photometric='PALETTE COLOR')
add('slim#173', 'palette of 8 bits in words', dicom(RAW, extra=palette(1), **pal), painted, WITH_PALETTE, allowed=2)
add('pydicom#205', 'palette of 16 bits', dicom(RAW, extra=palette(2), **pal), painted, WITH_PALETTE, allowed=2)
alpha = [(0x00281104, 'US', [256, 0, 8]), (0x00281204, 'OW', bytes(range(255, -1, -1)))]
add('highdicom#139', 'palette with an alpha table', dicom(RAW, extra=palette(1) + alpha, **pal), painted, WITH_PALETTE, allowed=2)
segments = [pack('<HHH', 0, 1, int(r[0]) * 257) + pack('<HHH', 1, 255, int(r[-1]) * 257) for r in ramp]
segmented = [(0x00281101 + i, 'US', [256, 0, 16]) for i in range(3)] + [(0x00281221 + i, 'OW', segments[i]) for i in range(3)]
add('vtk-dicom#112', 'segmented palette', dicom(RAW, extra=segmented, **pal), painted, WITH_PALETTE, allowed=2)
add('cornerstoneWADOImageLoader#117', 'palette of a gray image', dicom(RAW, vr='OB', extra=palette(2)), GRAY)
add('vtk-dicom#237', 'supplemental palette, Pixel Presentation COLOR', dicom(W12, extra=palette(2, first=3840) + [(0x00089205, 'CS', 'COLOR')], **TWELVE), P12)
add('OHIF#4775', 'palette in JPEG-LS, frames of several fragments', dicom([(s := stream_of(tool(dicom(RAW, vr='OB'), 'dcmcjpls', '+el')))[:80], s[80:]], JLS, photometric='PALETTE COLOR', extra=palette(2)), painted, WITH_PALETTE, allowed=2)

# --- elements ------------------------------------------------------------------------------------------------------
inner = element(0x00080100, 'SH', 'A', implicit=True) + element(0x0040a124, 'UI', '2.25.9', implicit=True)
open_item = b'\xfe\xff\x00\xe0\xff\xff\xff\xff' + inner + b'\xfe\xff\x0d\xe0\0\0\0\0'
end = b'\xfe\xff\xdd\xe0\0\0\0\0'
whole = dicom(W12, **TWELVE)
at = whole.index(b'\x28\0\x02\0US')
un_open = lambda tag, body: pack('<HH', tag >> 16, tag & 0xffff) + b'UN\0\0\xff\xff\xff\xff' + body + end
insert = lambda body: whole[:at] + body + whole[at:]
add('dicomParser#141', 'UN of undefined length, items with delimiters', insert(un_open(0x00211001, open_item)), P12)
add('pydicom#1312', 'UN of undefined length in a UN of undefined length', insert(un_open(0x00211001, b'\xfe\xff\x00\xe0\xff\xff\xff\xff' + pack('<HHI', 8, 0x1115, 0xffffffff) + open_item + end + b'\xfe\xff\x0d\xe0\0\0\0\0')), P12)
add('pydicom#242', 'UN of undefined length, item with a length', insert(un_open(0x00211001, item(inner))), P12)
explicit_inner = element(0x00080100, 'SH', 'A') + element(0x0040a124, 'UI', '2.25.9')
add('pydicom#242', 'UN of undefined length, items written explicitly', insert(un_open(0x00211001, item(explicit_inner))), P12)
add('fo-dicom#64', 'private sequence with a length and a delimiter in it', insert(element(0x00211001, 'SQ', item(inner) + end)), P12)
add('dicomParser#49', 'private sequence of undefined length, unknown VRs', insert(pack('<HH', 0x21, 0x1001) + b'SQ\0\0\xff\xff\xff\xff' + item(pack('<HH', 0x21, 0x1002) + b'??\0\0') + end), P12)
implicit = dicom(W12, ILE, **TWELVE)
at_i = implicit.index(b'\x28\0\x02\0\2\0\0\0')
siemens = pack('<HHI', 0x29, 0x1010, 60) + b'\xfe\xff\x00\xe0' + pack('<I', 4000) + b'SV10' + bytes(range(48))
add('dicomParser#114', 'implicit private element that begins like an item', implicit[:at_i] + siemens + implicit[at_i:], P12)
add('dicomParser#114', 'implicit private sequence of undefined length', implicit[:at_i] + pack('<HHI', 0x29, 0x1010, 0xffffffff) + open_item + end + implicit[at_i:], P12)
add('dicom-rs#169', 'private sequences in UN, one in another', insert(un_open(0x0021105f, open_item) + un_open(0x00211084, b'\xfe\xff\x00\xe0\xff\xff\xff\xff' + pack('<HHI', 0x21, 0x140f, 0xffffffff) + open_item + end + b'\xfe\xff\x0d\xe0\0\0\0\0')), P12)
add('pydicom#1312', 'an icon in a UN of undefined length', insert(un_open(0x00271001, b'\xfe\xff\x00\xe0\xff\xff\xff\xff' + element(0x00280010, 'US', 2, implicit=True) + element(0x00280011, 'US', 2, implicit=True) + element(PIXELS, 'OB', bytes(4), implicit=True) + b'\xfe\xff\x0d\xe0\0\0\0\0')), P12)
length_at = 132 + 8
short = whole[:length_at] + pack('<I', 20) + whole[length_at + 4:]
add('vtk-dicom#158', 'group length of the meta information too short', short, P12)
add('vtk-dicom#158', 'the same, too long', whole[:length_at] + pack('<I', 5000) + whole[length_at + 4:], P12)
add('dicom-rs#83', 'no preamble and no meta information', dicom(W12, ILE, meta=False, **TWELVE), P12)
add('dwv#188', 'meta information without a preamble', whole[132:], P12)
no_syntax = whole.replace(element(0x00020010, 'UI', ELE), b'')
add('suyashkumar/dicom#330', 'no transfer syntax in the meta information', no_syntax, P12)
add('suyashkumar/dicom#330', 'the same, written implicitly', implicit.replace(element(0x00020010, 'UI', ILE), b''), P12)
implicit_meta = b''.join(element(t, vr, v, implicit=True) for t, vr, v in ((0x00020002, 'UI', '1.2.840.10008.5.1.4.1.1.7'), (0x00020003, 'UI', '2.25.1'), (0x00020010, 'UI', ILE)))
body = dicom(W12, ILE, meta=False, **TWELVE)
add('Daikon#49', 'implicit meta information, no preamble', implicit_meta + body, P12)
add('Daikon#49', 'implicit meta information behind a preamble', b'\0' * 128 + b'DICM' + implicit_meta + body, P12)
big_meta = b''.join(element(t, vr, v, big=True) for t, vr, v in ((0x00020002, 'UI', '1.2.840.10008.5.1.4.1.1.7'), (0x00020010, 'UI', EBE)))
big_body = dicom(P12.astype('>u2').tobytes(), EBE, meta=False, **TWELVE)
add('dwv#188', 'big endian meta information', b'\0' * 128 + b'DICM' + big_meta + big_body, P12)
add('pydicom#217', 'explicit big endian without meta information', big_body, P12)
for vr, name in (('??', 'question marks'), ('\0\0', 'zeros'), ('  ', 'blanks'), ('XX', 'unknown letters')):
    add('fo-dicom#1876', f'a VR of {name}', insert(pack('<HH', 0x21, 0x1001) + vr.encode() + pack('<H', 4) + b'abcd'), P12)
add('deid#134', 'odd length of an element', insert(pack('<HH', 0x21, 0x1001) + b'LO' + pack('<H', 3) + b'abc'), P12)
add('dcm4che#752', 'odd length of Pixel Data', dicom(b'', vr='OB', rows=11, columns=15, extra=[(PIXELS, 'OB', b'')]).replace(element(PIXELS, 'OB', b''), pack('<HH', 0x7fe0, 0x10) + b'OB\0\0' + pack('<I', 165) + np.ascontiguousarray(GRAY[:11, :15]).tobytes()), GRAY[:11, :15])
kana = insert(element(0x00081030, 'LO', b'\x1b$B$"\\\x1b(B ')).replace(element(0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.7'), element(0x00080005, 'CS', '\\ISO 2022 IR 87') + element(0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.7'))
add('own probe', 'a backslash inside Japanese text', kana, P12)

# --- deflated ------------------------------------------------------------------------------------------------------
def deflated(tail=b'', wrapper=-15, odd=None):
    head = dicom(b'', DEFLATED)
    start = head.index(b'\x08\0\x16\0UI')
    packer = zlib.compressobj(9, zlib.DEFLATED, wrapper)
    return head[:start] + packer.compress(body_e) + packer.flush() + tail


body_e = dicom(W12, meta=False, **TWELVE)
for tail, name in ((b'', 'no padding'), (b'\0', 'a byte behind'), (b'\0' * 7, 'seven bytes behind'), (b'garbage behind it', 'text behind')):
    add('dcm4che#752', f'deflated, {name}', deflated(tail), P12)
add('fo-dicom#1097', 'deflated, in zlib’s wrapper', deflated(wrapper=15), P12)
add('fo-dicom#1097', 'deflated, in gzip’s wrapper', deflated(wrapper=31), P12)
add('pydicom#1086', 'deflated by the header only', whole.replace(element(0x00020010, 'UI', ELE), element(0x00020010, 'UI', DEFLATED)), P12)

add('fo-dicom#1876', 'implicit elements among explicit ones', insert(element(0x00211001, 'LO', 'abcd', implicit=True) + element(0x00211002, 'LO', 'efgh', implicit=True)), P12)
add('fo-dicom#1876', 'implicit sequences among explicit ones', insert(pack('<HHI', 0x21, 0x1001, 0xffffffff) + open_item + end), P12)

# --- NIfTI ---------------------------------------------------------------------------------------------------------
NIB = {'nibabel': nibabel_reader}
rng = np.random.RandomState(3)


def nifti(data, order='<', extra=0, version=1, **fields):
    header = (nibabel.Nifti1Header if version == 1 else nibabel.Nifti2Header)(endianness=order)
    header.set_data_shape(data.shape)
    header.set_data_dtype(data.dtype)
    header['vox_offset'] = (352 if version == 1 else 544) + extra
    header['magic'] = b'n+1' if version == 1 else b'n+2'
    for name, value in fields.items():
        header[name] = value
    return bytearray(header.binaryblock) + b'\0' * (4 + extra) + data.astype(data.dtype.newbyteorder(order)).tobytes(order='F')


def slices(data):
    flat = data.reshape(data.shape[:2] + (-1,), order='F')
    return [flat[:, :, k].T.astype(float) for k in range(flat.shape[2])]


vol = rng.randint(-300, 3000, (7, 6, 3)).astype('i2')
bad = nifti(vol)
bad[348] = 77
add('NIFTI-Reader-JS#35', 'flag of extensions, without one', bytes(bad), slices(vol), NIB, ending='.nii')
ext = nifti(vol, extra=32)
ext[348] = 1
ext[352:360] = pack('<II', 32, 6)
add('mriviewer#249', 'an extension of 32 bytes', bytes(ext), slices(vol), NIB, ending='.nii')
add('niivue#978', 'offset of 1000', bytes(nifti(vol, extra=648)), slices(vol), NIB, ending='.nii')
add('nibabel#898', '.nii.gz that is not compressed', bytes(nifti(vol)), slices(vol), NIB, ending='.nii')
add('niivue#812', 'compressed, without an ending', gzip.compress(bytes(nifti(vol)), mtime=0), slices(vol), NIB, ending='.nii.gz')
add('mriqc#319', 'compressed, bytes behind', gzip.compress(bytes(nifti(vol)), mtime=0) + b'\0' * 10, slices(vol), NIB, ending='.nii.gz')
add('mriqc#319', 'compressed, garbage behind', gzip.compress(bytes(nifti(vol)), mtime=0) + b'garbage', slices(vol), NIB, ending='.nii.gz')
for name, dtype in (('i1', 'i1'), ('u4', 'u4'), ('u8', 'u8'), ('f8', 'f8'), ('c16', 'c16')):
    values = (rng.rand(7, 6, 3) * 100).astype(dtype)
    for order in '<>':
        add('own probe', f'NIfTI of {name}, {"big" if order == ">" else "little"} endian', bytes(nifti(values, order)), slices(np.abs(values) if values.dtype.kind == 'c' else values), NIB, ending='.nii')
rgba = np.zeros((7, 6, 2), [('R', 'u1'), ('G', 'u1'), ('B', 'u1'), ('A', 'u1')])
for c in 'RGBA':
    rgba[c] = rng.randint(0, 255, (7, 6, 2))
lum4 = np.stack([rgba[c] for c in 'RGB'], -1).astype(float) @ [.299, .587, .114]
add('own probe', 'RGBA', bytes(nifti(rgba)), slices(lum4), NIB, ending='.nii', allowed=1.5)
add('own probe', 'slope −2', bytes(nifti(vol, scl_slope=-2, scl_inter=5)), slices(-vol), NIB, ending='.nii')
add('own probe', 'slope 3, intercept NaN', bytes(nifti(vol, scl_slope=3, scl_inter=np.nan)), slices(vol), NIB, ending='.nii')
add('own probe', 'slope infinite', bytes(nifti(vol, scl_slope=np.inf, scl_inter=1)), slices(vol), NIB, ending='.nii')
seven_d = rng.randint(0, 900, (7, 6, 2, 1, 2, 1, 2)).astype('u2')
add('own probe', 'seven axes', bytes(nifti(seven_d)), slices(seven_d), NIB, ending='.nii')
five = rng.randint(0, 900, (7, 6, 2, 1, 3)).astype('f4')
add('own probe', 'five axes, vectors', bytes(nifti(five, '>', intent_code=1007)), slices(five), NIB, ending='.nii')
add('own probe', 'NIfTI-2 compressed, big endian', gzip.compress(bytes(nifti(vol, '>', version=2)), mtime=0), slices(vol), NIB, ending='.nii.gz')
nan = (rng.rand(7, 6, 2) * 9).astype('f4')
nan[1, 1] = np.nan
nan[2, 2] = np.inf
kept = nan.copy()
for k in range(2):
    finite = kept[..., k][np.isfinite(kept[..., k])]
    kept[..., k][~np.isfinite(kept[..., k])] = finite.min()
add('own probe', 'NaN and infinity among the pixels', bytes(nifti(nan)), slices(kept), NIB, ending='.nii')
fsl = bytearray(nifti(vol))
fsl[344:348] = b'n+1\0'
fsl[252:256] = pack('<hh', 0, 0)
add('nibabel#100', 'no orientation at all', bytes(fsl), slices(vol), NIB, ending='.nii')

# --- NPY -----------------------------------------------------------------------------------------------------------
NUM = {'numpy': numpy_reader}


def npy(array, version=(1, 0), **options):
    out = io.BytesIO()
    np.lib.format.write_array(out, array, version, **options)
    return out.getvalue()


arr = rng.randint(0, 900, (3, 6, 7))
for d in ('>u2', '<i8', '>f8', '<f2', '>c8', '|b1'):
    a = (arr > 400) if d == '|b1' else arr.astype(d)
    add('own probe', f'NPY of {d}', npy(a), list(np.abs(a)) if a.dtype.kind != 'b' else list(a), NUM, ending='.npy')
add('own probe', 'Fortran order, big endian', npy(np.asfortranarray(arr.astype('>u2'))), list(arr), NUM, ending='.npy')
for v in ((2, 0), (3, 0)):
    add('own probe', f'NPY of version {v[0]}', npy(arr.astype('u2'), v), list(arr), NUM, ending='.npy')
objects = np.array([[1, 2], [3, 4]], dtype=object)
add('own probe', 'an array of objects', npy(objects, allow_pickle=True), np.array([[1, 2], [3, 4]]), NUM, ending='.npy')
padded = npy(arr.astype('u2'))
add('own probe', 'a header with double quotes', padded.replace(b"'descr'", b'"descr"').replace(b"'<u2'", b'"<u2"').replace(b"'fortran_order'", b'"fortran_order"').replace(b"'shape'", b'"shape"'), list(arr), NUM, ending='.npy')
add('own probe', 'keys in another order', padded[:10] + b"{'shape': (3, 6, 7), 'fortran_order': False, 'descr': '<u2', }".ljust(len(padded) - 252 - 11) + b'\n' + padded[-252:], list(arr), NUM, ending='.npy')

# --- TIFF ----------------------------------------------------------------------------------------------------------
TIF = {'tifffile': tifffile_reader, 'opencv': opencv_reader, 'pillow': pillow_reader}


def tiff(data, **options):
    out = io.BytesIO()
    tifffile.imwrite(out, data, metadata=None, **options)
    return out.getvalue()


def by_pillow(image, **options):
    out = io.BytesIO()
    image.save(out, 'TIFF', **options)
    return out.getvalue()


T8, T16, TRGB = picture(8, rows=40, columns=50).astype('u1'), picture(16, rows=40, columns=50).astype('u2'), None
TRGB = np.stack([T8, T8 // 4 * 3 + 60, 255 - T8], -1)
cmap = np.stack([np.arange(256) * 257, (np.arange(256) * 3 // 4 + 60) * 257, (255 - np.arange(256)) * 257]).astype('u2')
cols = luminance((cmap.T >> 8)[T8].astype(float))
pal8 = Image.fromarray(T8, 'P')
pal8.putpalette((cmap.T >> 8).astype('u1').tobytes())
add('ImageSharp#3182', 'palette, LZW, predictor 2', by_pillow(pal8, compression='tiff_lzw', tiffinfo={317: 2}), cols, TIF, ending='.tif', allowed=2)
add('ImageSharp#3182', 'palette, Deflate', by_pillow(pal8, compression='tiff_adobe_deflate'), cols, TIF, ending='.tif', allowed=2)
add('image-tiff#192', 'PackBits of 16 bits', by_pillow(Image.fromarray(T16), compression='packbits'), T16, TIF, ending='.tif')
add('image-tiff#192', '16-bit colours', tiff(TRGB.astype('u2') * 257, photometric='rgb'), luminance(TRGB), TIF, ending='.tif', allowed=2)
for kind in ('u1', 'u2', 'f4'):
    data = {'u1': T8, 'u2': T16, 'f4': T16.astype('f4') / 3}[kind]
    for tile in (None, (16, 32)):
        for order in '<>':
            for predictor in (False, True) if kind != 'f4' else (False,):
                add('TwelveMonkeys#77', f'{kind}, {"tiles" if tile else "strips"}, {"big" if order == ">" else "little"} endian, deflated{", predictor" if predictor else ""}',
                    tiff(data, byteorder=order, tile=tile, compression='zlib', predictor=predictor, photometric='minisblack'), data, TIF, ending='.tif')
F = T16.astype('f4') / 3
for compression in ('tiff_lzw', 'tiff_adobe_deflate'):
    add('TwelveMonkeys#77', f'float, {compression[5:]}, predictor 3', by_pillow(Image.fromarray(F), compression=compression, tiffinfo={317: 3}), F, TIF, ending='.tif')
p16 = tiff(T8, photometric='palette', colormap=cmap)
add('TiffImages.jl#131', 'palette of 8 bits, uncompressed', p16, cols, TIF, ending='.tif', allowed=2)
cmap16 = np.stack([np.arange(65536), np.arange(65536) * 3 // 4 + 9000, 65535 - np.arange(65536)]).astype('u2')
add('TiffImages.jl#131', 'palette of 16 bits', tiff(T16, photometric='palette', colormap=cmap16), luminance((cmap16.T >> 8)[T16].astype(float)), TIF, ending='.tif', allowed=2)
big_tiff = io.BytesIO()
tifffile.imwrite(big_tiff, np.stack([T16, T16 // 2]), bigtiff=True, byteorder='>', photometric='minisblack')
add('own probe', 'BigTIFF, big endian, two pages', big_tiff.getvalue(), [T16, T16 // 2], TIF, ending='.tif')
add('TwelveMonkeys#679', 'RGB by planes', tiff(TRGB.transpose(2, 0, 1), photometric='rgb', planarconfig='separate'), luminance(TRGB), TIF, ending='.tif', allowed=2)
cmyk = np.dstack([255 - TRGB, T8 // 4])
add('ImageSharp#2459', 'CMYK', by_pillow(Image.fromarray(cmyk, 'CMYK')), luminance(np.array(Image.fromarray(cmyk, 'CMYK').convert('RGB')).astype(float)), TIF, ending='.tif', allowed=3)
add('ImageSharp#2459', 'CMYK, LZW, predictor 2', by_pillow(Image.fromarray(cmyk, 'CMYK'), compression='tiff_lzw', tiffinfo={317: 2}), luminance(np.array(Image.fromarray(cmyk, 'CMYK').convert('RGB')).astype(float)), TIF, ending='.tif', allowed=3)
ycc = Image.fromarray(TRGB).convert('YCbCr')
add('image-tiff#388', 'YCbCr, uncompressed', by_pillow(ycc), np.array(ycc)[..., 0].astype(float), TIF, ending='.tif', allowed=8)
add('own probe', 'gray with alpha', by_pillow(Image.merge('LA', [Image.fromarray(T8), Image.fromarray(255 - T8)])), T8, TIF, ending='.tif')
add('own probe', 'RGBA', by_pillow(Image.fromarray(np.dstack([TRGB, T8]), 'RGBA')), luminance(TRGB), TIF, ending='.tif', allowed=2)
add('own probe', 'one bit', by_pillow(Image.fromarray((T8 > 90))), (T8 > 90), TIF, ending='.tif')
add('own probe', 'orientation of 6', by_pillow(Image.fromarray(T8), tiffinfo={274: 6}), np.rot90(T8, -1), {'opencv': opencv_reader}, ending='.tif')
sub = io.BytesIO()
with tifffile.TiffWriter(sub) as writer:
    writer.write(T16, subifds=1, photometric='minisblack', metadata=None)
    writer.write(T16[::2, ::2], subfiletype=1, photometric='minisblack', metadata=None)
add('own probe', 'a smaller copy in a sub-directory', sub.getvalue(), T16, TIF, ending='.tif')

# --- PNG and JPEG files --------------------------------------------------------------------------------------------
PIC = {'opencv': opencv_reader, 'pillow': pillow_reader}


def chunk(kind, body):
    return pack('>I', len(body)) + kind + body + pack('>I', zlib.crc32(kind + body))


def png(array, depth, color, interlace=0, plte=None, extra=b''):
    """`array`: rows of samples, numbers of `depth` bits; interlacing is Adam7's."""
    rows, columns = array.shape[:2]

    def lines(a):
        out = b''
        for row in a:
            flat = np.ravel(row)
            if depth == 16:
                raw = flat.astype('>u2').tobytes()
            elif depth == 8:
                raw = flat.astype('u1').tobytes()
            else:
                raw = np.packbits(((flat[:, None] >> np.arange(depth - 1, -1, -1)) & 1).astype('u1').ravel()).tobytes()
            out += b'\0' + raw
        return out
    if interlace:
        data = b''.join(lines(array[y::dy, x::dx]) for y, x, dy, dx in ((0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)) if array[y::dy, x::dx].size)
    else:
        data = lines(array)
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', pack('>IIBBBBB', columns, rows, depth, color, 0, 0, interlace)) + (chunk(b'PLTE', plte) if plte else b'') + extra
            + chunk(b'IDAT', zlib.compress(data)) + chunk(b'IEND', b''))


small = picture(16, rows=11, columns=13)
for interlace in (0, 1):
    name = ', interlaced' if interlace else ''
    add('imageformats#17', f'16 bits{name}', png(small, 16, 0, interlace), small, PIC, ending='.png')
    add('imageformats#17', f'16 bits with alpha{name}', png(np.dstack([small, 65535 - small]), 16, 4, interlace), small, PIC, ending='.png', allowed=1.5)
    add('solvespace#1110', f'16-bit colours{name}', png(np.dstack([small, small // 2, 65535 - small]), 16, 2, interlace), luminance(np.dstack([small, small // 2, 65535 - small]).astype(float)), PIC, ending='.png', allowed=1.5)
    for depth in (1, 2, 4):
        few = small >> (16 - depth)
        table = bytes((i * 37 + c * 60) % 256 for i in range(2 ** depth) for c in range(3))
        shown = luminance(np.frombuffer(table, 'u1').reshape(-1, 3)[few].astype(float))
        add('trmnl-firmware#231', f'palette of {depth} bits{name}', png(few, depth, 3, interlace, table), shown, PIC, ending='.png', allowed=1.5)
        add('png.js#13', f'gray of {depth} bits{name}', png(few, depth, 0, interlace), few, PIC, ending='.png')
gif = (small >> 8)
add('zune-image#52', 'palette with transparent entries', png(gif, 8, 3, 0, bytes(v for i in range(256) for v in (i, i * 3 // 4 + 60, 255 - i)), chunk(b'tRNS', bytes(range(100)))), luminance(np.stack([gif, gif * 3 // 4 + 60, 255 - gif], -1).astype(float)), PIC, ending='.png', allowed=2)
add('zune-image#52', '16 bits, one transparent gray', png(small, 16, 0, 0, extra=chunk(b'tRNS', pack('>H', int(small[0, 0])))), small, PIC, ending='.png')
add('ImageSharp#1879', 'gamma and colour profile names', png(gif, 8, 0, 0, extra=chunk(b'gAMA', pack('>I', 100000)) + chunk(b'cHRM', pack('>8I', *[31270] * 8)) + chunk(b'sRGB', b'\0')), gif, PIC, ending='.png')


def file_jpeg(image, **options):
    out = io.BytesIO()
    image.save(out, 'JPEG', quality=95, **options)
    return out.getvalue()


def opencv_gray(data):
    return cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE).astype(float)


OCV = {'opencv': lambda path: [opencv_gray(Path(path).read_bytes())], 'pillow': lambda path: [np.array(Image.open(path).convert('L')).astype(float)]}
for name, data in (
    ('restart markers, colour', cv2.imencode('.jpg', TRGB, [cv2.IMWRITE_JPEG_RST_INTERVAL, 3])[1].tobytes()),
    ('progressive with restart markers', cv2.imencode('.jpg', TRGB, [cv2.IMWRITE_JPEG_RST_INTERVAL, 3, cv2.IMWRITE_JPEG_PROGRESSIVE, 1])[1].tobytes()),
):
    add('io-dicom#37', 'JPEG file, ' + name, data, opencv_gray(data), OCV, ending='.jpg')
for subsampling in (0, 1, 2):
    data = file_jpeg(Image.fromarray(cmyk, 'CMYK'), subsampling=subsampling)
    add('libjpeg-turbo#236', f'JPEG file of CMYK, subsampling {subsampling}', data, opencv_gray(data), OCV, ending='.jpg', allowed=2)
inverted = file_jpeg(Image.fromarray(cmyk, 'CMYK'))
at = inverted.index(b'\xff\xdb')
adobe = b'\xff\xee\0\x0eAdobe\0\x64\0\0\0\0'
ycck = inverted[:2] + adobe + b'\0' + inverted[at:]
add('libjpeg-turbo#236', 'JPEG file of CMYK with APP14', ycck, opencv_gray(ycck), OCV, ending='.jpg', allowed=2)
rgbj = file_jpeg(Image.fromarray(TRGB, 'RGB'), subsampling=0)
at = rgbj.index(b'\xff\xdb')
rgb14 = rgbj[:2] + adobe + b'\0' + rgbj[at:]
add('zignal#431', 'JPEG file, APP14 says RGB', rgb14, opencv_gray(rgb14), OCV, ending='.jpg', allowed=1)
import later

write_to = Path(__file__).parent / 'reports.json'
text = ',\n'.join(json.dumps(one, separators=(',', ':')) for one in cases)
write_to.write_text(f'[\n{text}\n]\n')
print(len(cases), 'inputs of', len({c['source'] for c in cases if '#' in c['source']}), 'reports', write_to.stat().st_size, 'bytes', file=sys.stderr)
