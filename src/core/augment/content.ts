/** The box of a slice's content: what is brighter or darker than the background that its border shows. */
import { type Box, WHOLE } from './place.ts';

/** Levels from the background that count as background too, as a share of the range. */
const TOLERANCE = 0.08;
/** Share of a row's or column's pixels that must differ for it to be content. */
const LEAST_SHARE = 0.02;
/** Kept around the content, as a share of its side. */
const MARGIN = 0.04;
/** A smaller box is rather a fault of the measure than a picture. */
const LEAST_HALF = 0.125;

/** @param levels 16-bit, min 0 and max 65,535, `side`² from `offset` on. The box is as wide as it is high. */
export function contentBox(levels: Uint16Array, offset: number, side: number): Box {
  const background = borderLevel(levels, offset, side);
  const tolerance = TOLERANCE * 65535;
  const rows = new Uint32Array(side);
  const columns = new Uint32Array(side);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      if (Math.abs(levels[offset + y * side + x] - background) <= tolerance) continue;
      rows[y]++;
      columns[x]++;
    }
  const [top, bottom] = extent(rows, LEAST_SHARE * side);
  const [left, right] = extent(columns, LEAST_SHARE * side);
  if (bottom <= top || right <= left) return WHOLE;
  const half = Math.min(0.5, (0.5 + MARGIN) * (Math.max(bottom - top, right - left) / side));
  if (half < LEAST_HALF) return WHOLE;
  const middle = (from: number, to: number) => Math.min(1 - half, Math.max(half, (from + to) / 2 / side));
  return { x: middle(left, right), y: middle(top, bottom), halfWidth: half, halfHeight: half };
}

/** The median of the outermost pixels. */
function borderLevel(levels: Uint16Array, offset: number, side: number): number {
  const border: number[] = [];
  for (let i = 0; i < side; i++)
    border.push(
      levels[offset + i],
      levels[offset + (side - 1) * side + i],
      levels[offset + i * side],
      levels[offset + i * side + side - 1],
    );
  return border.sort((a, b) => a - b)[border.length >> 1];
}

/** From the first to after the last line with more than `least`. */
function extent(lines: Uint32Array, least: number): [from: number, to: number] {
  const from = lines.findIndex((count) => count > least);
  return from < 0 ? [0, 0] : [from, lines.findLastIndex((count) => count > least) + 1];
}
