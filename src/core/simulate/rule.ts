/** Rules of paints that are often asked, as functions and as numbers for compiled code (wasm/rules.ts). */
import type { Noise } from './noise.ts';
import { norm } from './shape/shape.ts';

/** Number of the tissue at a point inside a shape, `depth` below its surface (< 0); −1 keeps the existing tissue. */
export type Rule = (x: number, y: number, z: number, depth: number) => number;

/** `numbers` begin with the kind, which is the place in `RULE_KINDS`. */
export type NumberedRule = { rule: Rule; numbers: ArrayLike<number> };

/** In the order of wasm/rules.ts. */
export const RULE_KINDS = ['compartment', 'sheet', 'lobe', 'seam'] as const;

export function kindOf(name: (typeof RULE_KINDS)[number]): number {
  return RULE_KINDS.indexOf(name);
}

type Sheet = {
  noise: Noise;
  /** Cells of noise per mm along each axis, and its shift along x and y, in cells. */
  cells: readonly [number, number, number];
  shift?: readonly [number, number];
  /** Half the width, in units of the noise. */
  width: number;
  tissue: number;
};

/** Thin sheets of one tissue through another, where noise crosses 0. */
export function sheets({
  noise,
  cells: [a, b, c],
  shift: [p, q] = [0, 0],
  width,
  tissue,
}: Sheet): NumberedRule {
  return {
    rule: (x, y, z) => (Math.abs(noise(x * a + p, y * b + q, z * c)) < width ? tissue : -1),
    numbers: [kindOf('sheet'), ...noise.corner, a, b, c, p, q, width, tissue],
  };
}

type Lobes = {
  noise: Noise;
  nipple: readonly [number, number, number];
  /** The gland's middle, mm: along x, and towards the front. Its radii. */
  middle: readonly [number, number];
  radii: readonly [number, number];
  /** Lowest value that is a lobe. */
  least: number;
  tissue: number;
};

/** Strands and lobes of a breast's gland, which radiate from the nipple. */
export function lobes({ noise, nipple, middle, radii, least, tissue }: Lobes): NumberedRule {
  const [nx, ny] = nipple;
  return {
    rule: (x, y, z) => {
      const [u, v] = [x - nx, y - ny];
      const far = norm(u, v);
      const angle = Math.atan2(u, v + 12);
      const patch = noise(x * 0.03 + 5, y * 0.03, z * 0.045);
      const strand = 0.4 - 1.9 * Math.abs(noise(angle * 4.5, far * 0.045, z * 0.1));
      const web = 0.4 - 1.8 * Math.abs(noise(x * 0.11, y * 0.11, z * 0.11));
      const fine = noise(x * 0.4, y * 0.4, z * 0.4);
      const near = 1 - norm((x - middle[0]) / radii[0], (y + middle[1]) / radii[1]);
      const sum = 1.1 * near + 0.7 * patch + 0.5 * strand + 0.5 * web + 0.55 * fine;
      return sum > least ? tissue : -1;
    },
    numbers: [kindOf('lobe'), ...noise.corner, nx, ny, ...middle, ...radii, least, tissue],
  };
}

/** Seams of one tissue between two layers of another, 9 to 12 mm deep; they come and go with noise. */
export function seams(noise: Noise, width: number, tissue: number): NumberedRule {
  return {
    rule: (x, y, z, depth) => {
      if (depth > -6) return -1;
      const wave = noise(x * 0.05 + 20, y * 0.05 + 7, z * 0.03);
      return Math.abs(-depth - 10 - 3 * wave) < 22 * width * (0.7 + 0.5 * wave) ? tissue : -1;
    },
    numbers: [kindOf('seam'), ...noise.corner, width, tissue],
  };
}
