/** A recipe of random changes, and a slice changed by it: grey levels, placement, then each step by its chance. */
import { hash32, random } from '../random.ts';
import { createCanvas, writeBytes } from './canvas.ts';
import { type Grey, normalise } from './normalise.ts';
import { type Box, drawPlacement, type PlaceRecipe, place, placementOf } from './place.ts';
import { createSteps, type Step } from './steps.ts';
import { drawTones, fullWindow, type Scale, TONES, type ToneRecipe, writeTones } from './tone.ts';

export type Recipe = { tone: ToneRecipe; place: PlaceRecipe; steps: readonly Step[] };

/** A 16-bit slice: `side`² levels from `offset` on, their scale, and the part that is framed. */
export type Source = Scale & {
  levels: Uint16Array;
  offset: number;
  side: number;
  isHounsfield: boolean;
  box: Box;
};

export type Painter = {
  /** As it is, for prediction. */
  plain(source: Source, target: Uint8Array, offset: number): void;
  /** Changed; everything depends on (seed, epoch, position) alone. */
  changed(
    source: Source,
    target: Uint8Array,
    offset: number,
    key: { seed: number; epoch: number; position: number },
  ): void;
};

const STREAM = 0x72656369;

/** @param side of the pictures it makes @param recipe null: nothing is changed */
export function createPainter(side: number, grey: Grey, recipe: Recipe | null): Painter {
  const canvas = createCanvas(side);
  const tones = new Float32Array(TONES);
  const change = createSteps(recipe?.steps ?? []);

  function plain(source: Source, target: Uint8Array, offset: number): void {
    writeTones(tones, source, fullWindow(source));
    place(canvas, source.levels, source.offset, source.side, tones, placementOf(source.box));
    finish(target, offset);
  }

  function finish(target: Uint8Array, offset: number): void {
    normalise(canvas, grey);
    writeBytes(canvas, target, offset);
  }

  return {
    plain,
    changed(source, target, offset, { seed, epoch, position }) {
      if (!recipe) {
        plain(source, target, offset);
        return;
      }
      const draw = random(hash32(seed, STREAM, epoch), position);
      drawTones(tones, source, recipe.tone, draw);
      place(
        canvas,
        source.levels,
        source.offset,
        source.side,
        tones,
        drawPlacement(source.box, recipe.place, draw),
      );
      change(canvas, draw);
      finish(target, offset);
    },
  };
}
