/**
 * The byte order of native pixels in big endian, by VR and Bits Allocated (PS3.5-2013 7.3, 8.1.1 and Annex A.3): OW is
 * a string of 16-bit words, each swapped whatever the size of the pixels; OB and UN are bytes and stay as they are; OL,
 * OF and OD are numbers, each swapped. Writers differ where pixels don't have 16 bits, so neighbours decide: in the
 * right order they are alike.
 */
import { swapBytes } from '../bytes/numbers.ts';
import { type DataSet, type Element, note } from './dataSet.ts';
import type { ImageHeader } from './header.ts';

/** The unit that is swapped: none, 16-bit words, or each number. */
export type Order = 'bytes' | 'words' | 'numbers';

type Layout = Pick<ImageHeader, 'pixels' | 'bitsAllocated' | 'samples' | 'planar'>;

/** Bits of the pixel element: first bit and number of bits of a frame. */
type Range = { first: number; count: number };

/** Maximum number of bytes inspected. */
const LOOK_BYTES = 2 ** 18;
/** How much smoother a picture must be in the other order for that order to be used. */
const SMOOTHER = 0.9;
/** In few samples of noise one order looks smoother by chance: three deviations of the sum are needed. */
const DOUBT = 3;

/** `frameBits` are the bits of one frame, whose neighbours decide if the order is in doubt. */
export function chooseOrder(body: DataSet, header: Layout, frameBits: number): Order {
  const [usual, other] = orders(body, header);
  if (!other) return usual;
  const count = Math.min(frameBits, header.pixels.length * 8, LOOK_BYTES * 8);
  const [expected, found] = [usual, other].map((order) => roughness(body, header, order, count));
  const samples = count / Math.max(8, header.bitsAllocated);
  const order = found < expected * Math.min(SMOOTHER, 1 - DOUBT / Math.sqrt(samples)) ? other : usual;
  if (order !== usual || usual === 'bytes') note(body, 'byte-order');
  return order;
}

/** The standard's order, and the one of some writers. */
function orders({ bigEndianPixels, littleEndian }: DataSet, { pixels, bitsAllocated }: Layout): Order[] {
  if (littleEndian && !bigEndianPixels) return ['bytes'];
  if (pixels.vr === 'OB' || pixels.vr === 'UN') return bitsAllocated > 8 ? ['bytes', 'numbers'] : ['bytes'];
  // Numbers that don't begin on bytes are a bit string in words.
  if (bitsAllocated !== 1 && bitsAllocated % 8 !== 0) return ['words'];
  if ((pixels.vr !== 'OW' && pixels.vr !== '') || bitsAllocated === 16) return ['numbers'];
  return bitsAllocated > 16 ? ['words', 'numbers'] : ['words', 'bytes'];
}

/** The sum of differences between neighbouring samples; for single bits, across byte boundaries. */
function roughness(
  body: DataSet,
  { pixels, bitsAllocated, samples, planar }: Layout,
  order: Order,
  bits: number,
) {
  const { bytes, start, littleEndian } = orderedBits(body, pixels, order, { first: 0, count: bits });
  const view = new DataView(bytes.buffer, bytes.byteOffset + start / 8, Math.floor(bits / 8));
  const width = Math.max(1, bitsAllocated / 8);
  const step = planar ? width : width * samples;
  const read =
    width === 4
      ? (at: number) => view.getUint32(at, littleEndian)
      : width === 2
        ? (at: number) => view.getUint16(at, littleEndian)
        : (at: number) => view.getUint8(at);
  // Compare the last bit of a byte and the first of the next; for other widths, the numbers.
  const apart =
    bitsAllocated === 1
      ? (a: number, b: number) => (a >> 7) ^ (b & 1)
      : (a: number, b: number) => Math.abs(a - b);
  let sum = 0;
  for (let at = 0; at + step + width <= view.byteLength; at += width) sum += apart(read(at), read(at + step));
  return sum;
}

/** The bytes of a frame in the right order, and where its bits begin. */
export function orderedBits(
  { bytes }: DataSet,
  pixels: Element,
  order: Order,
  { first, count }: Range,
): { bytes: Uint8Array; start: number; littleEndian: boolean } {
  if (order !== 'words') return { bytes, start: pixels.start * 8 + first, littleEndian: order === 'bytes' };
  // Copy the whole words around the frame.
  const from = Math.floor(first / 16) * 2;
  const to = Math.min(Math.ceil((first + count) / 16) * 2, pixels.length);
  const words = new Uint8Array(Math.ceil((to - from) / 2) * 2);
  words.set(bytes.subarray(pixels.start + from, pixels.start + to));
  swapBytes(words, 2);
  return { bytes: words, start: first - from * 8, littleEndian: true };
}
