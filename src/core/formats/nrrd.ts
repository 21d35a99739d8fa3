/**
 * NRRD: header and pixels in one file (.nrrd), or in two of one name (.nhdr, .raw); the name of a file inside a header is not
 * followed. Slices run along the third axis of the image, then along every further one, as NIfTI's; an axis of colours
 * or of complex numbers belongs to the pixel, any other axis that is not of space counts slices.
 * https://teem.sourceforge.net/nrrd/format.html
 */
import { inflate, inflateFirst } from '../bytes/inflate.ts';
import { LIMITS } from '../bytes/limits.ts';
import { bitsOf, type NumberKind } from '../bytes/numbers.ts';
import { checkSize } from '../image/size.ts';
import { isSkip, type Skip } from '../skip.ts';
import { FORMAT_META } from './meta.ts';
import { withoutThin } from './thin.ts';
import type { DecodeContext, Decoded, Format, PixelSource } from './types.ts';
import { openVolume, type Volume, volumeBytes } from './volume.ts';

const MAGIC = /^NRRD000\d\r?\n/;
const MAGIC_BYTES = 10;
const MOST_AXES = 16;

const NAMES: Partial<Record<NumberKind, string>> = {
  int8: 'signed char,int8,int8_t',
  uint8: 'uchar,unsigned char,uint8,uint8_t',
  int16: 'short,short int,signed short,signed short int,int16,int16_t',
  uint16: 'ushort,unsigned short,unsigned short int,uint16,uint16_t',
  int32: 'int,signed int,int32,int32_t',
  uint32: 'uint,unsigned int,uint32,uint32_t',
  int64: 'longlong,long long,long long int,signed long long,signed long long int,int64,int64_t',
  uint64: 'ulonglong,unsigned long long,unsigned long long int,uint64,uint64_t',
  float32: 'float',
  float64: 'double',
};
const TYPES = new Map(
  Object.entries(NAMES).flatMap(([kind, names]) =>
    names.split(',').map((name) => [name, kind as NumberKind]),
  ),
);

/** The compression of pixels, or the name of an unsupported encoding. */
const ENCODINGS = new Map<string, 'raw' | 'gzip' | Skip>([
  ['raw', 'raw'],
  ...['gz', 'gzip'].map((name) => [name, 'gzip'] as const),
  ...['bz2', 'bzip2'].map((name) => [name, unread('bzip2')] as const),
  ...['txt', 'text', 'ascii'].map((name) => [name, unread('text')] as const),
  ['hex', unread('hexadecimal')],
]);

/** Axis kinds whose numbers form a pixel, and how many. */
const SAMPLES = new Map([
  ['complex', 2],
  ['rgb-color', 3],
  ['3-color', 3],
  ['rgba-color', 4],
  ['4-color', 4],
]);
/** Spatial axis kinds; time counts slices if there are two spatial axes. */
const OF_IMAGE = new Set(['domain', 'space', 'none', '???']);

/** Names of fields in lower case and without blanks; `end` is after the blank line, null if there is none. */
type Fields = { fields: ReadonlyMap<string, string>; end: number | null };
type Encoded = { volume: Volume; encoding: 'raw' | 'gzip'; lineSkip: number; byteSkip: number };
/** `step` is the distance between neighbours along the axis, in numbers. */
type Axis = { size: number; step: number; role: 'image' | 'sample' | 'slices' };

export const nrrd: Format = {
  meta: FORMAT_META.nrrd,

  sniff: (head) => MAGIC.test(latin1(head.subarray(0, MAGIC_BYTES))),

  async decode(bytes, context) {
    const { fields, end } = readFields(bytes);
    const file = fields.get('datafile');
    if (file !== undefined) return severalFiles(file) ?? { code: 'two-files' };
    if (end === null)
      return bytes.length > LIMITS.pairHeaderBytes
        ? { code: 'malformed', detail: 'header length' }
        : { code: 'truncated' };
    const encoded = readEncoded(fields);
    return isSkip(encoded) ? encoded : openPixels(encoded, { bytes: bytes.subarray(end) }, context, true);
  },

  readHeader(bytes) {
    const { fields } = readFields(bytes);
    const file = fields.get('datafile');
    if (file === undefined) return null;
    const encoded = severalFiles(file) ?? readEncoded(fields);
    if (isSkip(encoded)) return encoded;
    const open = (source: PixelSource, context: DecodeContext) => openPixels(encoded, source, context, false);
    return { bytes: volumeBytes(encoded.volume), open };
  },
};

function latin1(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}

function unread(encoding: string): Skip {
  return { code: 'pixel-layout', detail: `NRRD written as ${encoding}` };
}

function readFields(bytes: Uint8Array): Fields {
  const fields = new Map<string, string>();
  const text = latin1(bytes.subarray(0, LIMITS.pairHeaderBytes));
  const magic = MAGIC.exec(text);
  if (!magic) return { fields, end: null };
  for (let at = magic[0].length; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const line = text.slice(at, newline < 0 ? text.length : newline).replace(/\r$/, '');
    at = newline < 0 ? text.length : newline + 1;
    if (line === '') return { fields, end: at };
    const colon = line.indexOf(':');
    // Comments, and custom keys (key:=value).
    if (line.startsWith('#') || colon < 0 || line[colon + 1] === '=') continue;
    fields.set(line.slice(0, colon).toLowerCase().replaceAll(/\s/g, ''), line.slice(colon + 1).trim());
    // File names follow, one per line.
    if (/^data ?file: *LIST/i.test(line)) break;
  }
  return { fields, end: null };
}

/** A list, or a pattern with the first number, the last and a step. */
function severalFiles(file: string): Skip | null {
  const several = /^LIST( \d+)?$/i.test(file) || /%\d*d.*( -?\d+){3}/.test(file);
  return several ? { code: 'pixel-layout', detail: 'NRRD in several data files' } : null;
}

function readEncoded(fields: Fields['fields']): Encoded | Skip {
  const word = (name: string) => (fields.get(name) ?? '').toLowerCase().replaceAll(/\s+/g, ' ');
  const type = word('type');
  if (type === 'block') return { code: 'pixel-layout', detail: 'NRRD type block' };
  const kind = TYPES.get(type);
  if (!kind) return { code: 'malformed', detail: 'type' };
  const encoding = ENCODINGS.get(word('encoding'));
  if (!encoding) return { code: 'malformed', detail: 'encoding' };
  if (typeof encoding !== 'string') return encoding;
  const [lineSkip, byteSkip] = [Number(word('lineskip') || 0), Number(word('byteskip') || 0)];
  // −1: the pixels are at the end of the file.
  if (!Number.isSafeInteger(lineSkip) || lineSkip < 0 || !Number.isSafeInteger(byteSkip) || byteSkip < -1)
    return { code: 'malformed', detail: 'data offset' };
  const endian = word('endian');
  if (endian !== 'little' && endian !== 'big' && bitsOf(kind) > 8)
    return { code: 'malformed', detail: 'byte order' };

  const axes = readAxes(fields, kind);
  if (isSkip(axes)) return axes;
  const layout = layoutOf(axes);
  if (isSkip(layout)) return layout;
  const bad = checkSize(layout.rows, layout.columns, layout.frames, (layout.samples * bitsOf(kind)) / 8);
  if (bad) return bad;
  const numbers = { kind, littleEndian: endian !== 'big', slope: 1, intercept: 0, deviations: [] };
  const volume: Volume = { format: 'nrrd', start: Math.max(0, byteSkip), ...layout, ...numbers };
  return { volume, encoding, lineSkip, byteSkip };
}

function readAxes(fields: Fields['fields'], numbers: NumberKind): Axis[] | Skip {
  const dimension = Number(fields.get('dimension'));
  if (!(Number.isInteger(dimension) && dimension >= 1 && dimension <= MOST_AXES))
    return { code: 'malformed', detail: 'number of dimensions' };
  const words = (name: string) => (fields.get(name) ?? '').toLowerCase().match(/\([^)]*\)|\S+/g) ?? [];
  const sizes = words('sizes').map(Number);
  const whole = sizes.every((size) => Number.isSafeInteger(size) && size > 0);
  if (sizes.length !== dimension || !whole) return { code: 'malformed', detail: 'image size' };
  if (dimension < 2) return { code: 'pixel-layout', detail: 'one dimension' };
  const kinds = words('kinds');
  const directions = words('spacedirections');
  const roleOf = (size: number, i: number): Axis['role'] => {
    const kind = kinds[i] ?? 'none';
    if (SAMPLES.get(kind) === size) return 'sample';
    const isColor = i === 0 && (size === 3 || size === 4);
    // ITK names the colours of a picture "vector".
    if (isColor && kind === 'vector' && numbers === 'uint8') return 'sample';
    if (!OF_IMAGE.has(kind)) return 'slices';
    if (kinds.length > 0) return 'image';
    if (directions.length > 0) return directions[i] === 'none' ? 'slices' : 'image';
    return isColor && sizes[1] > 4 && sizes[2] > 4 ? 'sample' : 'image';
  };
  let step = 1;
  const axes = sizes.map((size, i): Axis => {
    const axis = { size, step, role: roleOf(size, i) };
    step *= size;
    return axis;
  });
  const isImage = axes.filter(({ role }) => role === 'image').length >= 2;
  const isPixel = axes.filter(({ role }) => role === 'sample').length <= 1;
  return isImage && isPixel ? axes : axes.map((axis) => ({ ...axis, role: 'image' }));
}

type Layout = Pick<Volume, 'columns' | 'rows' | 'frames' | 'samples' | 'steps'>;

function layoutOf(axes: readonly Axis[]): Layout | Skip {
  const all = axes.filter(({ role }) => role === 'image');
  const isThin = withoutThin(all.map(({ size }) => size)).length < all.length;
  const [x, y, ...further] = isThin ? all.filter(({ size }) => size > 1) : all;
  const sample = axes.find(({ role }) => role === 'sample') ?? { size: 1, step: 1 };
  const slices = [...further, ...axes.filter(({ role }) => role === 'slices')];
  const frames = slices.reduce((product, { size }) => product * size, 1);
  const layout = { columns: x.size, rows: y.size, frames, samples: sample.size };

  let due = 1;
  const isInOrder = [sample, x, y, ...slices].every(({ size, step }) => {
    const follows = size === 1 || step === due;
    due *= size;
    return follows;
  });
  if (isInOrder) return layout;
  const frameAt = (index: number) => {
    let [rest, at] = [index, 0];
    for (const { size, step } of slices) {
      at += (rest % size) * step;
      rest = Math.floor(rest / size);
    }
    return at;
  };
  return { ...layout, steps: { sample: sample.step, right: x.step, down: y.step, frameAt } };
}

/** Lines are skipped before inflating the pixels, bytes afterwards. */
function openPixels(
  { volume, encoding, lineSkip, byteSkip }: Encoded,
  source: PixelSource,
  context: DecodeContext,
  isAttached: boolean,
): Decoded | Skip {
  if ('gzip' in source) {
    if (lineSkip > 0 || byteSkip < 0) return { code: 'too-large', detail: 'inflated size' };
    return openVolume(volume, source, context);
  }
  const stored = source.bytes.subarray(behindLines(source.bytes, lineSkip));
  const total = volumeBytes(volume);
  // For two files, the pixel file is already inflated, unless lines precede the stream.
  const isPacked = encoding === 'gzip' && (isAttached || lineSkip > 0);
  if (isPacked && total > LIMITS.inflatedBytes && byteSkip >= 0)
    return openVolume(volume, { gzip: stored }, context);
  const whole = isPacked ? inflate(stored, 'gzip', LIMITS.inflatedBytes, total) : stored;
  if (isSkip(whole) && whole.code !== 'truncated') return whole;
  const bytes = isSkip(whole) ? inflateFirst(stored, 'gzip') : whole;
  const start = byteSkip < 0 ? bytes.length - total : volume.start;
  return start < 0 ? { code: 'truncated' } : openVolume({ ...volume, start }, { bytes }, context);
}

function behindLines(bytes: Uint8Array, lines: number): number {
  let at = 0;
  for (let i = 0; i < lines; i++) {
    const newline = bytes.indexOf(0x0a, at);
    if (newline < 0) return bytes.length;
    at = newline + 1;
  }
  return at;
}
