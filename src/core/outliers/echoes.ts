/**
 * Echoes of a fan or row of beams: speckle whose grain follows the beams, layers, hollows with brighter and stones with darker
 * ground behind them, weaker with depth, on a logarithmic scale, with marks beside it.
 */
import type { Canvas, Change } from '../augment/canvas.ts';
import { text } from '../augment/text.ts';
import type { Random } from '../random.ts';
import { octaves, repeatedNoise } from './field.ts';

/** By depth and beam: rows of beams. */
type Beams = { depths: number; beams: number; values: Float32Array };

export const echoes: Change = (canvas, draw) => {
  const depths = canvas.side;
  const beams = 40 + draw.integer(canvas.side);
  const tissue = scatterers(depths, beams, draw);
  const envelope = interference(depths, beams, tissue.values, draw);
  const range = draw.between(0.9, 2.2);
  const gain = draw.between(-0.2, 0.5);
  // Decades below the brightest.
  for (let i = 0; i < envelope.length; i++)
    envelope[i] = Math.max(0, 1 + (Math.log10(envelope[i] + 1e-6) + gain) / range);
  const image = { depths, beams, values: envelope };
  canvas.pixels.fill(draw.uniform() < 0.85 ? 0 : draw.between(0, 0.25));
  if (draw.uniform() < 0.6) inRows(canvas, image, draw);
  else inFan(canvas, image, draw);
  if (draw.uniform() < 0.5) marks(canvas, draw);
  for (let times = draw.integer(3); times > 0; times--) text(canvas, draw);
};

/** How strongly each place echoes. */
function scatterers(depths: number, beams: number, draw: Random): Beams {
  const values = new Float32Array(depths * beams);
  const wobble = repeatedNoise(draw);
  const grain = repeatedNoise(draw);
  const layers = 1 + draw.integer(7);
  const borders = Array.from({ length: layers }, () => draw.uniform()).sort();
  const strengths = borders.map(() => Math.exp(draw.between(-1.8, 0.6)));
  const depth0 = Math.exp(draw.between(-1, 0.5));
  const bend = draw.between(0, 0.25);
  const slope = draw.between(-0.15, 0.15);
  const lines = draw.uniform() < 0.7 ? draw.between(0.5, 3) : 0;
  const streaks = draw.uniform() < 0.5 ? draw.between(0.3, 0.9) : 0;
  const streakCells = draw.between(8, 24);
  for (let d = 0; d < depths; d++)
    for (let b = 0; b < beams; b++) {
      const [v, u] = [d / depths, b / beams];
      const at = v + bend * wobble(3 * u, 1.5 * v) + slope * (u - 0.5);
      let layer = 0;
      while (layer < layers && borders[layer] < at) layer++;
      let value = layer === 0 ? depth0 : strengths[layer - 1];
      if (layer > 0 && lines > 0 && at - borders[layer - 1] < 0.02) value += lines;
      if (streaks > 0) value *= 1 + 2 * streaks * grain(4 * u + 2 * at, streakCells * at);
      values[d * beams + b] = Math.max(
        0,
        value * (1 + octaves(wobble, 5 * u, 5 * v, { count: 3, decay: 0.7 })),
      );
    }
  const image = { depths, beams, values };
  for (let left = draw.integer(4); left > 0; left--) lump(image, draw);
  attenuate(image, draw);
  return image;
}

/** A hollow, or a lump of another strength, with what it does to the beams that pass it. */
function lump({ depths, beams, values }: Beams, draw: Random): void {
  const outline = repeatedNoise(draw);
  const rough = draw.between(0, 0.6);
  const [cu, cv] = [draw.uniform(), draw.between(0.1, 0.75)];
  const [ru, rv] = [draw.between(0.06, 0.3), draw.between(0.04, 0.2)];
  const inside = draw.uniform() < 0.75 ? draw.between(0, 0.35) : draw.between(1.5, 5);
  const behind = Math.exp(draw.between(-1.5, 0.7));
  for (let b = 0; b < beams; b++) {
    const u = (b / beams - cu) / ru;
    if (Math.abs(u) > 1.4) continue;
    let passed = 0;
    for (let d = 0; d < depths; d++) {
      const v = (d / depths - cv) / rv;
      const at = d * beams + b;
      if (u * u + v * v < 1 + rough * 2 * outline(2 + 2 * u, 2 + 2 * v)) {
        values[at] *= inside;
        passed++;
      } else if (passed > 0 && v > 0) values[at] *= behind ** Math.min(1, passed / (rv * depths));
    }
  }
}

/** Weaker with depth, brighter close to the skin, and beams that reach nothing: no contact, or behind bone. */
function attenuate({ depths, beams, values }: Beams, draw: Random): void {
  const weaker = draw.between(0, 4);
  const near = draw.uniform() < 0.5 ? draw.between(0, 2) : 0;
  const shadows = draw.uniform() < 0.5 ? draw.between(0.3, 2) : 0;
  const noise = repeatedNoise(draw);
  const start = draw.between(0, 0.3);
  for (let b = 0; b < beams; b++) {
    const dark = shadows * Math.max(0, noise((6 * b) / beams, 0.5));
    for (let d = 0; d < depths; d++) {
      const v = d / depths;
      values[d * beams + b] *=
        Math.exp(-weaker * v - 6 * dark * Math.max(0, v - start)) * (1 + near * Math.exp(-25 * v));
    }
  }
}

/** The magnitude of many waves of random phase (Rayleigh), smeared along the beam and, more, across. */
function interference(depths: number, beams: number, strength: Float32Array, draw: Random): Float32Array {
  const across = 1 + draw.integer(4);
  const along = 1 + draw.integer(2);
  const [real, imaginary] = [0, 1].map(() => {
    const wave = Float32Array.from(strength, (value) => value * draw.normal());
    return smeared(smeared(wave, depths, beams, 1, across), depths, beams, beams, along);
  });
  return real.map((value, i) => Math.hypot(value, imaginary[i]));
}

/** The sum of `width` neighbours, of the same variance as before. */
function smeared(
  wave: Float32Array,
  depths: number,
  beams: number,
  stride: number,
  width: number,
): Float32Array {
  if (width === 1) return wave;
  const result = new Float32Array(depths * beams);
  const scale = 1 / Math.sqrt(width);
  for (let i = 0; i < result.length; i++) {
    let sum = 0;
    for (let k = 0; k < width; k++) sum += wave[Math.max(0, i - k * stride)];
    result[i] = sum * scale;
  }
  return result;
}

function valueAt({ depths, beams, values }: Beams, depth: number, beam: number): number {
  const [d, b] = [Math.min(depths - 2, Math.floor(depth)), Math.min(beams - 2, Math.floor(beam))];
  const [td, tb] = [depth - d, beam - b];
  const at = d * beams + b;
  const upper = values[at] + (values[at + 1] - values[at]) * tb;
  const under = values[at + beams] + (values[at + beams + 1] - values[at + beams]) * tb;
  return upper + (under - upper) * td;
}

/** Parallel beams: a rectangle, sometimes sheared. */
function inRows({ side, pixels }: Canvas, image: Beams, draw: Random): void {
  const margin = (most: number) => (draw.uniform() < 0.45 ? 0 : draw.between(0, most));
  const [left, right, top, bottom] = [margin(0.25), 1 - margin(0.25), margin(0.15), 1 - margin(0.3)];
  const shear = draw.uniform() < 0.15 ? draw.between(-0.3, 0.3) : 0;
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const v = (y / side - top) / (bottom - top);
      const u = (x / side - left) / (right - left) - shear * v;
      if (u >= 0 && u < 1 && v >= 0 && v < 1)
        pixels[y * side + x] = valueAt(image, v * (image.depths - 1), u * (image.beams - 1));
    }
}

/** Beams from a point above the picture, or at its upper edge. */
function inFan({ side, pixels }: Canvas, image: Beams, draw: Random): void {
  const opening = draw.between(0.4, 0.95);
  const inner = draw.uniform() < 0.4 ? 0 : draw.between(0.1, 0.6);
  const top = draw.between(0, 0.1);
  const deep = draw.between(0.8, 1.05);
  const middle = draw.between(0.42, 0.58);
  const wide = draw.between(0.8, 1.3);
  // The arc that touches the skin begins at `top` in the middle.
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const [u, v] = [(x / side - middle) / wide, y / side - top + inner];
      const radius = (Math.hypot(u, v) - inner) / deep;
      const angle = Math.atan2(u, v) / opening;
      if (radius >= 0 && radius < 1 && Math.abs(angle) < 1)
        pixels[y * side + x] = valueAt(
          image,
          radius * (image.depths - 1),
          ((angle + 1) / 2) * (image.beams - 1),
        );
    }
}

/** A scale of ticks and a bar of grey levels at a side. */
function marks({ side, pixels }: Canvas, draw: Random): void {
  const x = draw.uniform() < 0.5 ? 1 + draw.integer(4) : side - 6 - draw.integer(4);
  const step = 4 + draw.integer(side / 8);
  for (let y = draw.integer(step); y < side; y += step) pixels[y * side + x] = 1;
  if (draw.uniform() < 0.5) return;
  const [top, tall, wide] = [draw.integer(side / 3), side / 4 + draw.integer(side / 4), 1 + draw.integer(3)];
  for (let y = 0; y < tall; y++)
    for (let dx = 0; dx < wide; dx++)
      pixels[Math.min(side - 1, Math.floor(top + y)) * side + Math.min(side - 1, x + 2 + dx)] = 1 - y / tall;
}
