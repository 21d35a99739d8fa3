/** Seeded mutations of well-formed files: fields, parts, bits, cuts and splices. */
import { gunzipSync, gzipSync } from 'fflate';
import { type Random, random } from '../../src/core/random.ts';
import { concat } from '../builders/dicom.ts';
import { type Field, type Structure, structureOf } from './structure.ts';

export type Seed = { name: string; bytes: Uint8Array };

export type Mutator = (index: number) => { seed: string; bytes: Uint8Array };

/** Numbers that break things: ends of ranges, sizes that overflow, text digits. */
const TELLING = [
  ...[0, 1, 2, 3, 4, 7, 8, 12, 15, 16, 17, 24, 31, 32, 33, 63, 64, 127, 128, 129, 255, 256, 257, 511, 512],
  ...[1023, 1024, 4095, 4096, 8191, 16_383, 32_767, 32_768, 65_534, 65_535, 65_536, 2 ** 20, 2 ** 24],
  ...[2 ** 28, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 2, 2 ** 32 - 1, 0xfffee000, 0xfffee00d, 0xfffee0dd],
];
const MAX_STEPS = 6;
/** Seeds of more bytes are taken less often: they are slow and say no more. */
const SMALL_BYTES = 24_000;
const LARGE_SHARE = 0.02;

/** The same (seed, index) gives the same file, whatever came before. */
export function mutator(seeds: readonly Seed[], seed: number): Mutator {
  const opened = seeds.map(({ name, bytes }) => open(name, bytes));
  const small = opened.filter(({ bytes }) => bytes.length <= SMALL_BYTES);
  const large = opened.filter(({ bytes }) => bytes.length > SMALL_BYTES);
  return (index) => {
    const numbers = random(seed, index);
    const pool = small.length === 0 || (large.length > 0 && numbers.uniform() < LARGE_SHARE) ? large : small;
    const base = pool[numbers.integer(pool.length)];
    const other = small.length ? small[numbers.integer(small.length)] : base;
    let bytes = base.bytes.slice();
    // Most files get one or two changes: with more, the first one hides the others.
    const steps = 1 + Math.floor(MAX_STEPS * numbers.uniform() ** 3);
    for (let step = 0; step < steps && bytes.length > 0; step++) {
      bytes = change(bytes, base, other, numbers);
    }
    const packed = base.gzip && numbers.uniform() < 0.5;
    return { seed: base.name, bytes: packed ? gzipSync(bytes, { level: 1, mtime: 0 }) : bytes };
  };
}

type Opened = { name: string; bytes: Uint8Array; gzip: boolean; structure: Structure };

/** gzip is taken off, so that mutations reach what is inside. */
function open(name: string, given: Uint8Array): Opened {
  const gzip = given[0] === 0x1f && given[1] === 0x8b;
  const bytes = gzip ? gunzipSync(given) : given;
  return { name, bytes, gzip, structure: structureOf(bytes) };
}

function change(bytes: Uint8Array, base: Opened, other: Opened, numbers: Random): Uint8Array<ArrayBuffer> {
  const { fields, parts } = base.structure;
  const whole = Uint8Array.from(bytes);
  const place = () => numbers.integer(Math.max(1, whole.length));
  const kind = numbers.integer(20);
  if (kind < 9 && fields.length) return setField(whole, fields[numbers.integer(fields.length)], numbers);
  if (kind < 12 && parts.length) {
    const { start, end } = parts[numbers.integer(parts.length)];
    const [head, part, tail] = [whole.subarray(0, start), whole.subarray(start, end), whole.subarray(end)];
    if (kind === 9) return concat([head, tail]);
    if (kind === 10) return concat([head, ...new Array(1 + numbers.integer(4)).fill(part), tail]);
    const to = place();
    return concat([whole.subarray(0, to), part, whole.subarray(to)]);
  }
  if (kind === 12) return concat([whole.subarray(0, place())]);
  if (kind === 13) {
    // A part of another file, or its bytes from some place on.
    const foreign = other.structure.parts;
    const { start, end } = foreign.length
      ? foreign[numbers.integer(foreign.length)]
      : { start: numbers.integer(other.bytes.length), end: other.bytes.length };
    const to = parts.length ? parts[numbers.integer(parts.length)].start : place();
    return concat([whole.subarray(0, to), other.bytes.subarray(start, end), whole.subarray(to)]);
  }
  if (kind === 14) {
    const [a, b] = [place(), place()].sort((x, y) => x - y);
    return concat([whole.subarray(0, a), whole.subarray(b)]);
  }
  if (kind === 15) {
    const at = place();
    const noise = Uint8Array.from({ length: 1 + numbers.integer(16) }, () => numbers.integer(256));
    return concat([whole.subarray(0, at), noise, whole.subarray(at)]);
  }
  if (kind === 16) {
    whole.fill(numbers.integer(2) * 255, place(), place());
    return whole;
  }
  if (kind === 17) {
    const widths = [1, 2, 4] as const;
    const field = { at: place(), width: widths[numbers.integer(3)], littleEndian: numbers.integer(2) === 0 };
    return setField(whole, field, numbers);
  }
  // Bits anywhere, mostly in coded pixels, as those are the most bytes.
  for (let flips = 1 + numbers.integer(8); flips > 0; flips--) whole[place()] ^= 1 << numbers.integer(8);
  return whole;
}

/** A telling number, a neighbour of the one that is there, or any. */
function setField(bytes: Uint8Array<ArrayBuffer>, field: Field, numbers: Random): Uint8Array<ArrayBuffer> {
  const { at, width, littleEndian } = field;
  if (at + width > bytes.length) return bytes;
  const view = new DataView(bytes.buffer, at, width);
  const telling = TELLING[numbers.integer(TELLING.length)];
  const any = numbers.integer(2 ** 32);
  const near = numbers.integer(17) - 8;
  const way = numbers.integer(4);
  const pick = (old: number) => (way < 2 ? telling : way === 2 ? old + near : any);
  if (width === 1) view.setUint8(0, pick(view.getUint8(0)));
  else if (width === 2) view.setUint16(0, pick(view.getUint16(0, littleEndian)), littleEndian);
  else if (width === 4) view.setUint32(0, pick(view.getUint32(0, littleEndian)), littleEndian);
  else view.setBigInt64(0, BigInt(pick(Number(view.getBigInt64(0, littleEndian)))), littleEndian);
  return bytes;
}
