/** The lead letter that marks the side, as strokes in a box of height 1. */

type Stroke = readonly [x0: number, y0: number, x1: number, y1: number];

const arc = (cx: number, cy: number, rx: number, ry: number): Stroke[] =>
  Array.from({ length: 8 }, (_, n) => {
    const [a, b] = [n, n + 1].map((step) => -Math.PI / 2 + (Math.PI * step) / 8);
    return [cx + rx * Math.cos(a), cy + ry * Math.sin(a), cx + rx * Math.cos(b), cy + ry * Math.sin(b)];
  });

const LETTERS: Record<'L' | 'R', Stroke[]> = {
  L: [
    [0.1, 0.06, 0.1, 0.94],
    [0.1, 0.94, 0.55, 0.94],
  ],
  R: [
    [0.1, 0.06, 0.1, 0.94],
    [0.1, 0.06, 0.36, 0.06],
    [0.1, 0.52, 0.36, 0.52],
    ...arc(0.36, 0.29, 0.23, 0.23),
    [0.32, 0.52, 0.6, 0.94],
  ],
};
/** Half the width of a stroke. */
const HALF = 0.065;

/** Share of lead at a point, 0 … 1. x, y and `soft`, the width of the edge, are in letter heights from its top left. */
export function lead(letter: 'L' | 'R', x: number, y: number, soft: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  const strokes = LETTERS[letter];
  for (let n = 0; n < strokes.length; n++) {
    const stroke = strokes[n];
    const dx = stroke[2] - stroke[0];
    const dy = stroke[3] - stroke[1];
    const u = x - stroke[0];
    const v = y - stroke[1];
    const along = Math.max(0, Math.min(1, (u * dx + v * dy) / (dx * dx + dy * dy)));
    const across = u - along * dx;
    const down = v - along * dy;
    // Math.hypot takes ten times as long as the rest.
    if (Math.abs(across) >= nearest || Math.abs(down) >= nearest) continue;
    nearest = Math.min(nearest, Math.hypot(across, down));
  }
  return Math.max(0, Math.min(1, 0.5 + (HALF - nearest) / soft));
}
