/** Pictures that look a little like slices of each modality, drawn from a seed. */
import type { Modality } from './modalities.ts';

type Ellipse = { x: number; y: number; rx: number; ry: number; value: number };

/** A small seeded generator: same seed, same picture. */
export function randomFrom(seed: number): () => number {
  let state = (seed * 2654435761 + 1) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** side×side uint8. */
export function phantom(modality: Modality, seed: number, side: number): Uint8Array {
  const random = randomFrom(seed);
  const between = (low: number, high: number) => low + random() * (high - low);
  const { ellipses, noise, background } = SHAPES[modality](between);
  const pixels = new Uint8Array(side * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      let value = background;
      for (const e of ellipses) {
        const d = ((x / side - e.x) / e.rx) ** 2 + ((y / side - e.y) / e.ry) ** 2;
        // Soft edges: a quarter of the radius wide.
        const edge = Math.min(1, Math.max(0, (1 - d) * 4));
        value += (e.value - value) * edge;
      }
      pixels[y * side + x] = Math.min(255, Math.max(0, value + (random() - 0.5) * noise));
    }
  }
  return pixels;
}

type Between = (low: number, high: number) => number;
type Shape = { ellipses: Ellipse[]; noise: number; background: number };

const SHAPES: Record<Modality, (between: Between) => Shape> = {
  CT: (b) => {
    const rx = b(0.36, 0.42);
    const ry = b(0.26, 0.32);
    return {
      background: 2,
      noise: 18,
      ellipses: [
        { x: 0.5, y: 0.5, rx, ry, value: 120 },
        { x: 0.5, y: 0.5, rx: rx * 0.93, ry: ry * 0.9, value: 150 },
        { x: 0.34, y: 0.47, rx: b(0.1, 0.14), ry: b(0.13, 0.18), value: b(20, 150) },
        { x: 0.66, y: 0.47, rx: b(0.1, 0.14), ry: b(0.13, 0.18), value: b(20, 150) },
        { x: 0.5, y: 0.69, rx: 0.055, ry: 0.05, value: 250 },
        { x: 0.5, y: 0.67, rx: 0.02, ry: 0.02, value: 130 },
        { x: 0.53, y: 0.44, rx: 0.07, ry: 0.08, value: 175 },
      ],
    };
  },
  MR: (b) => {
    const rx = b(0.3, 0.36);
    const ry = b(0.38, 0.43);
    const white = b(110, 180);
    return {
      background: 4,
      noise: 22,
      ellipses: [
        { x: 0.5, y: 0.5, rx, ry, value: 210 },
        { x: 0.5, y: 0.5, rx: rx * 0.93, ry: ry * 0.94, value: 30 },
        { x: 0.5, y: 0.5, rx: rx * 0.87, ry: ry * 0.89, value: white },
        { x: 0.4, y: 0.5, rx: rx * 0.34, ry: ry * 0.66, value: white * 1.25 },
        { x: 0.6, y: 0.5, rx: rx * 0.34, ry: ry * 0.66, value: white * 1.25 },
        { x: 0.46, y: 0.5, rx: 0.03, ry: b(0.08, 0.14), value: b(20, 240) },
        { x: 0.54, y: 0.5, rx: 0.03, ry: b(0.08, 0.14), value: b(20, 240) },
      ],
    };
  },
  PT: (b) => ({
    background: 1,
    noise: 14,
    ellipses: [
      { x: 0.5, y: 0.5, rx: b(0.26, 0.34), ry: b(0.2, 0.26), value: 38 },
      { x: b(0.4, 0.6), y: b(0.4, 0.55), rx: b(0.06, 0.1), ry: b(0.05, 0.09), value: b(150, 250) },
      { x: b(0.35, 0.65), y: b(0.4, 0.62), rx: b(0.02, 0.06), ry: b(0.02, 0.06), value: b(120, 255) },
    ],
  }),
  XR: (b) => ({
    background: b(20, 60),
    noise: 10,
    ellipses: [
      { x: 0.5, y: 0.62, rx: 0.56, ry: 0.62, value: 175 },
      { x: 0.3, y: 0.48, rx: b(0.14, 0.18), ry: b(0.28, 0.34), value: b(45, 80) },
      { x: 0.7, y: 0.48, rx: b(0.14, 0.18), ry: b(0.28, 0.34), value: b(45, 80) },
      { x: 0.56, y: 0.62, rx: b(0.12, 0.16), ry: 0.15, value: 200 },
      { x: 0.5, y: 0.45, rx: 0.035, ry: 0.5, value: 205 },
      { x: 0.32, y: 0.2, rx: 0.2, ry: 0.025, value: 190 },
      { x: 0.68, y: 0.2, rx: 0.2, ry: 0.025, value: 190 },
    ],
  }),
};
