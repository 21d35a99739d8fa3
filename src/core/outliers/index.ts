/** The registry of kinds of made-up pictures, and a picture drawn from all of them alike. */

import { type Change, createCanvas, writeBytes } from '../augment/canvas.ts';
import { addNoise, NOISES } from '../augment/noise.ts';
import { normalise } from '../augment/normalise.ts';
import { blur } from '../augment/sharpness.ts';
import { text } from '../augment/text.ts';
import { random } from '../random.ts';
import { clouds } from './clouds.ts';
import { disc } from './disc.ts';
import { drawing } from './drawing.ts';
import { echoes } from './echoes.ts';
import { form } from './form.ts';
import { leaves } from './leaves.ts';
import { merge } from './merge.ts';
import { mount } from './mount.ts';
import { page } from './page.ts';
import { relief } from './relief.ts';
import { scene } from './scene.ts';
import { solids } from './solids.ts';
import { speckle } from './speckle.ts';
import { swirls } from './swirls.ts';
import { tiles } from './tiles.ts';

export const OUTLIERS = {
  leaves,
  scene,
  solids,
  relief,
  swirls,
  clouds,
  drawing,
  page,
  form,
  speckle,
  echoes,
  disc,
  tiles,
} as const satisfies Record<string, Change>;
export type OutlierKind = keyof typeof OUTLIERS;
const KINDS = Object.keys(OUTLIERS) as OutlierKind[];

const STREAM = 0x6f75746c;
const MOST_NOISE = 0.06;
/** Shares of the pictures. */
const MERGED = 0.2;
const MOUNTED = 0.35;
const WRITTEN_ON = 0.15;

export type OutlierPainter = (
  target: Uint8Array,
  offset: number,
  key: { seed: number; number: number },
) => OutlierKind;

/** Writes side² bytes of a picture that depends on its key alone, and says of which kind it is. */
export function createOutliers(side: number, kinds: readonly OutlierKind[] = KINDS): OutlierPainter {
  const canvas = createCanvas(side);
  const second = createCanvas(side);
  return (target, offset, { seed, number }) => {
    const draw = random(seed ^ STREAM, number);
    const kind = kinds[draw.integer(kinds.length)];
    OUTLIERS[kind](canvas, draw);
    if (draw.uniform() < MERGED) {
      OUTLIERS[kinds[draw.integer(kinds.length)]](second, draw);
      normalise(second, 'minMax');
      normalise(canvas, 'minMax');
      merge(canvas, second, draw);
    }
    const blurs = draw.integer(3);
    for (let i = 0; i < blurs; i++) blur(canvas);
    // Grey levels first, so that the noise is relative to the range.
    normalise(canvas, 'minMax');
    if (draw.uniform() < 0.5)
      addNoise(canvas, NOISES[draw.integer(NOISES.length)], draw.between(0, MOST_NOISE), draw);
    if (draw.uniform() < 0.3)
      for (let i = 0; i < canvas.pixels.length; i++) canvas.pixels[i] = 1 - canvas.pixels[i];
    if (draw.uniform() < MOUNTED) mount(canvas, draw);
    if (draw.uniform() < WRITTEN_ON) text(canvas, draw);
    normalise(canvas, 'minMax');
    writeBytes(canvas, target, offset);
    return kind;
  };
}

/** Numbers from here on are of pictures that no training shows. */
export const UNSEEN = 1_000_000;

/** Pictures by their number, each made when it is first asked for: they are dear. They are kept, and must not be changed. */
export function keptOutliers(side: number, seed: number): (number: number) => Uint8Array {
  const paint = createOutliers(side);
  const kept = new Map<number, Uint8Array>();
  return (number) => {
    let picture = kept.get(number);
    if (!picture) {
      picture = new Uint8Array(side * side);
      paint(picture, 0, { seed, number });
      kept.set(number, picture);
    }
    return picture;
  };
}
