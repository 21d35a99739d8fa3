/** Ways to alter a network's input, to find out what its answers rest on. A new one is one entry here. */

export type Alteration = {
  label: string;
  /** What is done, and what a drop of the figures means. */
  description: string;
  /** Changes a slice of `side`² uint8 at `at` in place. */
  apply(pixels: Uint8Array, at: number, side: number): void;
};

/** Share of the side that is hidden at each edge. */
const BORDER = 1 / 8;
/** Side in pixels to which every slice is reduced. */
const COARSE = 32;

export const ALTERATIONS = {
  border: {
    label: 'Border hidden',
    description:
      'An eighth of the side is black at each edge. A class whose figures fall was recognised by frames, markers or collimation.',
    apply(pixels, at, side) {
      const width = Math.round(side * BORDER);
      for (let y = 0; y < side; y++) {
        const row = at + y * side;
        if (y < width || y >= side - width) pixels.fill(0, row, row + side);
        else {
          pixels.fill(0, row, row + width);
          pixels.fill(0, row + side - width, row + side);
        }
      }
    },
  },
  resolution: {
    label: 'Same resolution',
    description: `Every slice is reduced to ${COARSE} × ${COARSE} pixels. A class whose figures fall was recognised by fine detail or noise.`,
    apply(pixels, at, side) {
      const block = Math.max(1, Math.floor(side / COARSE));
      for (let y = 0; y < side; y += block) {
        for (let x = 0; x < side; x += block) average(pixels, at, side, x, y, block);
      }
    },
  },
} as const satisfies Record<string, Alteration>;

export type AlterationName = keyof typeof ALTERATIONS;

export function isAlteration(name: string | undefined): name is AlterationName {
  return name !== undefined && Object.hasOwn(ALTERATIONS, name);
}

/** Replaces each block by its mean; blocks at the far edges may be smaller. */
function average(pixels: Uint8Array, at: number, side: number, x: number, y: number, block: number): void {
  const right = Math.min(side, x + block);
  const low = Math.min(side, y + block);
  let sum = 0;
  for (let row = y; row < low; row++) {
    for (let column = x; column < right; column++) sum += pixels[at + row * side + column];
  }
  const mean = Math.round(sum / ((right - x) * (low - y)));
  for (let row = y; row < low; row++) pixels.fill(mean, at + row * side + x, at + row * side + right);
}
