/**
 * Local binary patterns (Ojala et al. 2002), uniform and rotation invariant: which of eight points on a circle are at least
 * as bright as its centre. Defined as in scikit-image's local_binary_pattern with `method='uniform'`.
 */
const POINTS = 8;
const RADII = [1, 3] as const;
const CODES = POINTS + 2;
export const BINARY_PATTERNS_WIDTH = RADII.length * CODES;

/** The share of pixels with each code; for each radius. */
export function binaryPatterns(pixels: Uint8Array, side: number): Float64Array {
  const shares = new Float64Array(BINARY_PATTERNS_WIDTH);
  RADII.forEach((radius, at) => {
    const points = pointsOf(radius);
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) shares[at * CODES + codeOf(pixels, side, y, x, points)]++;
    }
  });
  return shares.map((n) => n / (side * side));
}

/** A point of the circle as its upper left neighbour and the way from there, 0 to 1. */
type Point = { down: number; right: number; dy: number; dx: number };

function pointsOf(radius: number): Point[] {
  return Array.from({ length: POINTS }, (_, p) => {
    const angle = (2 * Math.PI * p) / POINTS;
    const [y, x] = [rounded(-radius * Math.sin(angle)), rounded(radius * Math.cos(angle))];
    return { down: Math.floor(y), right: Math.floor(x), dy: y - Math.floor(y), dx: x - Math.floor(x) };
  });
}

/** To five decimals, so that points on the axes lie on pixels. */
function rounded(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}

/** The number of bright points if there are at most two changes around the circle, else one more than there are points. */
function codeOf(pixels: Uint8Array, side: number, y: number, x: number, points: readonly Point[]): number {
  // A tolerance, since four equal pixels don't always interpolate to their own value.
  const centre = pixels[y * side + x] - 1e-9;
  let bits = 0;
  for (let p = 0; p < POINTS; p++) {
    const { down, right, dy, dx } = points[p];
    if (between(pixels, side, y + down, x + right, dy, dx) >= centre) bits |= 1 << p;
  }
  const turned = ((bits << 1) | (bits >> (POINTS - 1))) & 0xff;
  return bitsOf(bits ^ turned) <= 2 ? bitsOf(bits) : POINTS + 1;
}

/** Bilinear; 0 outside the picture. */
function between(pixels: Uint8Array, side: number, y: number, x: number, dy: number, dx: number): number {
  const top = (1 - dx) * at(pixels, side, y, x) + (dx === 0 ? 0 : dx * at(pixels, side, y, x + 1));
  if (dy === 0) return top;
  const bottom = (1 - dx) * at(pixels, side, y + 1, x) + (dx === 0 ? 0 : dx * at(pixels, side, y + 1, x + 1));
  return (1 - dy) * top + dy * bottom;
}

function at(pixels: Uint8Array, side: number, y: number, x: number): number {
  return y < 0 || x < 0 || y >= side || x >= side ? 0 : pixels[y * side + x];
}

function bitsOf(value: number): number {
  let n = 0;
  for (let rest = value; rest > 0; rest &= rest - 1) n++;
  return n;
}
