/**
 * NumPy arrays (.npy). Interpreted as images: `[y, x]` is one image; `[slice, y, x]` a stack along the first
 * axis; with more axes, a stack over all but the last two. A last axis of 3 or 4 after two larger ones is
 * colour (`[y, x, rgb]`, `[slice, y, x, rgb]`); a last axis of 1 is dropped, and so are others if an image would
 * be a line. Both memory orders are read.
 */

import { bitsOf, isSigned, type NumberKind, readNumbers } from '../bytes/numbers.ts';
import { luminance, magnitude } from '../image/luminance.ts';
import { checkSize, shareOf } from '../image/size.ts';
import { isSkip, type Skip } from '../skip.ts';
import { frameStream, NO_IDENTITY, plainFacts } from './frames.ts';
import { FORMAT_META } from './meta.ts';
import { withoutThin } from './thin.ts';
import type { Format } from './types.ts';

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** Type code → numbers. Complex ones are pairs. */
const KINDS: Record<string, NumberKind> = {
  b1: 'uint8',
  i1: 'int8',
  u1: 'uint8',
  i2: 'int16',
  u2: 'uint16',
  i4: 'int32',
  u4: 'uint32',
  i8: 'int64',
  u8: 'uint64',
  f2: 'float16',
  f4: 'float32',
  f8: 'float64',
  c8: 'float32',
  c16: 'float64',
};

/** `leading` axes of `sizes` count frames; rows, columns and channels come after them. */
type Layout = {
  sizes: readonly number[];
  leading: number;
  frames: number;
  rows: number;
  columns: number;
  channels: number;
};
type Header = {
  kind: NumberKind;
  complex: boolean;
  littleEndian: boolean;
  fortran: boolean;
  shape: number[];
  start: number;
};

export const npy: Format = {
  meta: FORMAT_META.npy,

  sniff: (head) => MAGIC.every((byte, i) => head[i] === byte),

  async decode(bytes, context) {
    const header = readHeader(bytes);
    if (isSkip(header)) return header;
    const layout = layoutOf(header.shape);
    if (!layout) return { code: 'pixel-layout', detail: 'an array without rows and columns' };
    const { frames, rows, columns, channels } = layout;
    const { kind, complex, littleEndian, start, fortran } = header;
    const size = rows * columns * channels;
    const parts = complex ? 2 : 1;
    const width = (bitsOf(kind) / 8) * parts;
    const bad = checkSize(rows, columns, frames, channels * width);
    if (bad) return bad;
    const room = (bytes.length - start) / (size * width);
    // With the first axis fastest, no slice is complete before the last byte.
    const { count, left } = shareOf(frames, fortran && room < frames ? 0 : room);
    if (count === 0) return { code: 'truncated' };

    const frameValues = (index: number) => {
      const [source, at] = fortran
        ? [gatherFortran(bytes.subarray(start), layout, width, index), 0]
        : [bytes, start + index * size * width];
      const stored = readNumbers(source, at, size * parts, kind, littleEndian);
      return complex ? magnitude(stored) : stored;
    };

    return {
      identity: NO_IDENTITY,
      facts: {
        ...plainFacts('npy', { rows, columns, bits: bitsOf(kind), signed: isSigned(kind) }),
        deviations: left?.code === 'truncated' ? ['cut-pixels'] : [],
      },
      frameCount: count,
      left,
      frames: (from) =>
        frameStream(
          count,
          context,
          (index) => {
            const stored = frameValues(index);
            const values =
              channels === 1
                ? stored
                : luminance(stored, rows * columns, { samples: channels, planar: false });
            return { index, rows, columns, values, slope: 1, intercept: 0, instanceNumber: null };
          },
          from,
        ),
    };
  },
};

/** Versions 1 to 3: magic, version, header length (uint16, from 2.0 uint32), a Python dict in text. */
function readHeader(bytes: Uint8Array): Header | Skip {
  if (bytes.length < 12) return { code: 'truncated' };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const long = bytes[6] >= 2;
  const textStart = long ? 12 : 10;
  const length = long ? view.getUint32(8, true) : view.getUint16(8, true);
  if (length > 65_535) return { code: 'malformed', detail: 'header length' };
  const start = textStart + length;
  if (start > bytes.length) return { code: 'truncated' };
  const text = new TextDecoder('latin1').decode(bytes.subarray(textStart, start));

  const type = /['"]descr['"]:\s*['"]([<>|=]?)([a-zA-Z]\d+)['"]/.exec(text);
  const order = /['"]fortran_order['"]:\s*(True|False)/.exec(text);
  const shape = /['"]shape['"]:\s*\(([\d,\sL]*)\)/.exec(text);
  if (!order || !shape) return { code: 'malformed', detail: 'header' };
  const kind = type && Object.hasOwn(KINDS, type[2]) ? KINDS[type[2]] : null;
  if (!kind) return { code: 'pixel-layout', detail: 'not an array of numbers' };
  return {
    kind,
    complex: type?.[2].startsWith('c') ?? false,
    littleEndian: type?.[1] !== '>',
    fortran: order[1] === 'True',
    shape: (shape[1].match(/\d+/g) ?? []).map(Number),
    start,
  };
}

function layoutOf(shape: readonly number[]): Layout | null {
  const axes = [...shape];
  let channels = 1;
  const last = axes.at(-1) ?? 0;
  const [above, over] = [axes.at(-2) ?? 0, axes.at(-3) ?? 0];
  if (axes.length >= 3 && (last === 1 || ((last === 3 || last === 4) && above > 4 && over > 4))) {
    channels = last;
    axes.pop();
  }
  // A stack one pixel thin is an image of its other two axes.
  const thick = withoutThin(axes.toReversed()).toReversed();
  axes.splice(0, axes.length, ...thick);
  const sizes = channels > 1 ? [...axes, channels] : [...axes];
  const columns = axes.pop();
  const rows = axes.pop();
  if (rows === undefined || columns === undefined) return null;
  const frames = axes.reduce((product, size) => product * size, 1);
  return { sizes, leading: axes.length, frames, rows, columns, channels };
}

/** The bytes of one frame, in row-major order, of an array stored with its first axis fastest. */
function gatherFortran(
  whole: Uint8Array,
  { sizes, leading, rows, columns, channels }: Layout,
  width: number,
  frame: number,
): Uint8Array {
  const strides = [width];
  for (const size of sizes) strides.push(strides[strides.length - 1] * size);
  let base = 0;
  for (let axis = leading - 1, rest = frame; axis >= 0; axis--) {
    base += (rest % sizes[axis]) * strides[axis];
    rest = Math.floor(rest / sizes[axis]);
  }
  const [down, right, across] = strides.slice(leading);
  const gathered = new Uint8Array(rows * columns * channels * width);
  for (let y = 0, to = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      for (let c = 0; c < channels; c++) {
        const from = base + y * down + x * right + c * across;
        for (let byte = 0; byte < width; byte++) gathered[to++] = whole[from + byte];
      }
    }
  }
  return gathered;
}
