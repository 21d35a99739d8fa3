/**
 * The frame of head and neck in mm of a reference man: z = 0 through the middle of the brain, vertex at z = 84, chin at
 * −142, vertebra C7 at −197. Skull 155 mm broad and 190 mm long outside (mean of men; Farkas 1994).
 */
import { type Random, random } from '../../random.ts';
import { makeNoise, type Noise } from '../noise.ts';
import { bodyMassIndex, type Patient } from '../patient.ts';
import { curve } from '../shape/polar.ts';

export type HeadFrame = {
  patient: Patient;
  dice: Random;
  noise: Noise;
  /** Breadth of the skull, by chance. */
  broad: number;
  /** Fat under the skin, mm. */
  fat: number;
  /** Middle of the vertebral bodies. */
  spineY(z: number): number;
};

const SPINE = [
  [-300, 56],
  [-260, 44],
  [-216, 30],
  [-179, 20],
  [-145, 17],
  [-108, 21],
  [-80, 24],
];

export function makeHeadFrame(patient: Patient): HeadFrame {
  const dice = random(patient.seed, 12);
  const spine = curve(SPINE);
  const straight = dice.between(0.6, 1.3);
  return {
    patient,
    dice,
    noise: makeNoise(patient.seed, 3),
    broad: dice.between(0.95, 1.05),
    fat: Math.max(2, (bodyMassIndex(patient) - 17) * 0.55 + dice.between(0, 1.5)),
    spineY: (z) => 22 + (spine(z, 1) - 22) * (z > -216 ? straight : 1),
  };
}

/** Vertebrae of the neck from the lowest upwards, with the middle of their bodies. */
export const NECK: readonly { name: string; z: number; height: number }[] = [
  ['T4', -280, 22],
  ['T3', -258.5, 21],
  ['T2', -238, 20],
  ['T1', -218.5, 19],
  ['C7', -200, 18],
  ['C6', -182.5, 17],
  ['C5', -165.5, 17],
  ['C4', -148.5, 17],
  ['C3', -131.5, 17],
].map(([name, z, height]) => ({ name: String(name), z: Number(z), height: Number(height) }));
