/** The registry of steps of a recipe: plain data, so that a run can record what its pictures went through. */

import type { Random } from '../random.ts';
import { bias } from './bias.ts';
import { blocks } from './blocks.ts';
import { border } from './border.ts';
import type { Canvas, Change } from './canvas.ts';
import { erase } from './erase.ts';
import { matrix } from './matrix.ts';
import { type Noise, noise } from './noise.ts';
import { polarity } from './polarity.ts';
import { sharpness } from './sharpness.ts';
import { text } from './text.ts';

/** What a step does, with the parameters of its function. */
export type StepKind =
  | { kind: 'bias'; strength: number }
  | { kind: 'erase'; most: number }
  | { kind: 'polarity' }
  | { kind: 'matrix'; least: number }
  | { kind: 'sharpness'; most: number }
  | { kind: 'noise'; sigma: number; kinds?: readonly Noise[] }
  | { kind: 'border'; most: number }
  | { kind: 'text' }
  | { kind: 'blocks'; most: number };

/** `chance`: the share of the draws that go through it. */
export type Step = StepKind & { chance: number };

export function changeOf(step: StepKind): Change {
  switch (step.kind) {
    case 'bias':
      return bias(step.strength);
    case 'erase':
      return erase(step.most);
    case 'polarity':
      return polarity;
    case 'matrix':
      return matrix(step.least);
    case 'sharpness':
      return sharpness(step.most);
    case 'noise':
      return noise(step.sigma, step.kinds);
    case 'border':
      return border(step.most);
    case 'text':
      return text;
    case 'blocks':
      return blocks(step.most);
    default:
      throw new Error(`step ${String(step satisfies never)}`);
  }
}

/** All steps in turn, each by its chance. */
export function createSteps(steps: readonly Step[]): (canvas: Canvas, draw: Random) => void {
  const changes = steps.map((step) => ({ chance: step.chance, change: changeOf(step) }));
  return (canvas, draw) => {
    for (const { chance, change } of changes) if (draw.uniform() < chance) change(canvas, draw);
  };
}
