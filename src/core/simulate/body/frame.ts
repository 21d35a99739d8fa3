/**
 * The frame of a trunk: skin, muscle and cage outlines and the curve of the spine, in mm of a reference man of 176 cm,
 * z = 0 at the upper end plate of the sacrum. Breadths and depths follow the 50th percentile of adults
 * (chest 320 × 220 mm, hips 350 mm); vertebral heights those of Gilad and Nissan (1986).
 */

import { type Random, random } from '../../random.ts';
import { makeNoise, type Noise } from '../noise.ts';
import { bodyMassIndex, type Patient } from '../patient.ts';
import { curve, superRadius, tabled } from '../shape/polar.ts';

/** Surface of the muscles by height: half-width, front, back and power. */
const WALL = [
  [-230, 168, 84, 88, 2.6],
  [-180, 168, 88, 94, 2.6],
  [-130, 170, 92, 100, 2.6],
  [-90, 168, 95, 102, 2.5],
  [-40, 160, 98, 98, 2.4],
  [10, 149, 98, 86, 2.4],
  [50, 141, 96, 84, 2.4],
  [100, 135, 98, 84, 2.4],
  [150, 138, 102, 89, 2.4],
  [200, 144, 106, 99, 2.35],
  [250, 149, 108, 107, 2.35],
  [300, 152, 105, 113, 2.35],
  [350, 154, 96, 117, 2.4],
  [400, 156, 83, 112, 2.45],
  [430, 154, 71, 103, 2.35],
  [455, 122, 62, 88, 2.2],
  [475, 76, 50, 76, 2],
  [500, 58, 48, 68, 2],
  [580, 54, 50, 60, 2],
];

/** Middle of the ribs by height: half-width, front, back and power. */
const CAGE = [
  [120, 121, 86, 77, 2.35],
  [150, 128, 92, 84, 2.35],
  [200, 136, 97, 94, 2.35],
  [250, 142, 98, 103, 2.35],
  [300, 143, 94, 107, 2.3],
  [350, 137, 84, 106, 2.25],
  [400, 117, 67, 97, 2.2],
  [430, 93, 53, 83, 2.1],
  [455, 66, 40, 66, 2.1],
  [480, 40, 26, 48, 2.1],
];

/** Height, and y of the middle of the vertebral bodies relative to the middle of the trunk. */
const SPINE = [
  [-20, 36],
  [0, 28],
  [50, 17],
  [95, 12],
  [140, 17],
  [190, 32],
  [250, 48],
  [300, 54],
  [350, 54],
  [400, 45],
  [450, 28],
  [490, 15],
  [540, 8],
  [600, 8],
];

/** Thickness of the fat under the skin at the front, side and back: mm for one unit of "fat". */
const FAT = [
  [-230, 1, 1.3, 1.3],
  [-130, 0.9, 1.5, 1.5],
  [-50, 1.2, 1.2, 1.4],
  [20, 1.35, 1, 1.1],
  [90, 1.2, 0.85, 0.8],
  [180, 0.8, 0.6, 0.55],
  [280, 0.5, 0.5, 0.5],
  [380, 0.5, 0.5, 0.5],
  [440, 0.4, 0.4, 0.45],
  [500, 0.25, 0.3, 0.4],
];

export type Frame = {
  patient: Patient;
  dice: Random;
  noise: Noise;
  /** Thickness of subcutaneous fat, mm where its factor is 1. */
  fat: number;
  /** Visceral fat: how far the belly extends beyond the reference, mm. */
  belly: number;
  /** Breadth of the skeleton. It depends on sex and chance. */
  broad: number;
  /** Height of the diaphragm above its position at an average breath, mm. */
  breath: number;
  spineY(z: number): number;
  /** Slope of the spine: dy/dz. */
  spineLean(z: number): number;
  wall(z: number, cos: number, sin: number): number;
  cage(z: number, cos: number, sin: number): number;
  fatAt(z: number, cos: number, sin: number): number;
};

export function makeFrame(patient: Patient): Frame {
  const dice = random(patient.seed, 2);
  const wall = curve(WALL);
  const cage = curve(CAGE);
  const spine = curve(SPINE);
  const fat = curve(FAT);
  const female = patient.sex === 'F';
  const index = bodyMassIndex(patient);
  const thick = Math.max(5.5, (index - 17) * (female ? 2 : 1.35) + dice.between(-2, 3));
  const belly = Math.max(-8, (index - 23) * (female ? 1.6 : 2.6));
  const broad = (female ? 0.97 : 1) * dice.between(0.955, 1.045);
  // Depth of the chest, and depth of the breath (as height of the diaphragm, mm).
  const deep = dice.between(0.96, 1.06);
  const breath = dice.between(-9, 9);
  // The backs of old patients are rounder.
  const round = 1 + Math.max(0, patient.age - 55) * 0.006 + dice.between(-0.06, 0.06);
  const spineY = tabled(-240, 620, (z) => {
    const y = spine(z, 1);
    return z > 190 && z < 480 ? 30 + (y - 30) * round : y;
  });
  return {
    patient,
    dice,
    noise: makeNoise(patient.seed, 3),
    fat: thick,
    belly,
    broad,
    breath,
    spineY,
    spineLean: (z) => (spineY(z + 4) - spineY(z - 4)) / 8,
    wall(z, cos, sin) {
      const out = z < 240 && z > -80 ? belly * Math.sin(((z + 80) / 320) * Math.PI) : 0;
      const hips = female && z < 20 ? 1.04 : 1;
      return superRadius(
        cos,
        sin,
        (wall(z, 1) + out * 0.5) * broad * hips,
        wall(z, 2) * deep + out,
        wall(z, 3) * deep,
        wall(z, 4),
      );
    },
    cage: (z, cos, sin) =>
      superRadius(cos, sin, cage(z, 1) * broad, cage(z, 2) * deep, cage(z, 3) * deep, cage(z, 4)),
    fatAt(z, cos, sin) {
      const side = cos * cos;
      return thick * (side * fat(z, 2) + (1 - side) * fat(z, sin < 0 ? 1 : 3));
    },
  };
}

/** The vertebrae: middle and height of each body, including half a disc at each end, mm. */
export const VERTEBRAE: readonly { name: string; z: number; height: number }[] = (() => {
  const heights: [string, number][] = [
    ['L5', 36],
    ['L4', 36],
    ['L3', 35],
    ['L2', 34],
    ['L1', 33],
    ['T12', 31],
    ['T11', 29],
    ['T10', 28],
    ['T9', 27],
    ['T8', 26],
    ['T7', 25],
    ['T6', 24],
    ['T5', 23],
    ['T4', 22],
    ['T3', 21],
    ['T2', 20],
    ['T1', 19],
    ['C7', 18],
    ['C6', 17],
    ['C5', 17],
    ['C4', 17],
    ['C3', 17],
  ];
  let z = 0;
  return heights.map(([name, height]) => {
    z += height;
    return { name, z: z - height / 2, height };
  });
})();
