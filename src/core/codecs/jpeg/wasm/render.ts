/** Transforms blocks of coefficients to samples of their plane. */
import { flat8, inverse8 } from './idct';
import { inverse12 } from './idct12';
import { component, frame, LATCHED } from './layout';

/** Bits that are set in an index whose row or column is one of the last four. */
const FAR: i32 = 0b100100;

/** `touched`: OR of the indices of all coefficients after the first that may be non-zero. */
export function render(block: usize, factors: usize, touched: i32, to: usize, width: usize): void {
  if (frame.precision === 12) inverse12(block, factors, to, width);
  else if (touched === 0) flat8(<i32>load<i16>(block) * <i32>load<i16>(factors), to, width);
  else inverse8(block, factors, to, width, (touched & FAR) === 0);
}

/** Renders every block of the needed components, once all scans are read. */
export function renderAll(): void {
  const sampleBytes: usize = frame.precision > 8 ? 2 : 1;
  for (let i = 0; i < frame.components; i++) {
    const one = component(i);
    if (!one.kept) continue;
    const factors = LATCHED + ((<usize>i) << 7);
    const width = ((<usize>one.allAcross) << 3) * sampleBytes;
    for (let y = 0; y < one.blocksDown; y++) {
      let block = one.coefficients + ((<usize>(y * one.allAcross)) << 7);
      let to = one.plane + ((<usize>y * width) << 3);
      for (let x = 0; x < one.blocksAcross; x++, block += 128, to += 8 * sampleBytes) {
        render(block, factors, touchedOf(block), to, width);
      }
    }
  }
}

function touchedOf(block: usize): i32 {
  const near = i16x8(0, -1, -1, -1, 0, 0, 0, 0);
  const far = i16x8(0, 0, 0, 0, -1, -1, -1, -1);
  const top = v128.or(v128.or(v128.load(block, 16), v128.load(block, 32)), v128.load(block, 48));
  const bottom = v128.or(
    v128.or(v128.load(block, 64), v128.load(block, 80)),
    v128.or(v128.load(block, 96), v128.load(block, 112)),
  );
  const first = v128.load(block);
  if (v128.any_true(v128.or(bottom, v128.and(v128.or(first, top), far)))) return FAR;
  return v128.any_true(v128.or(top, v128.and(first, near))) ? 1 : 0;
}
