/** The muscles of hips and thighs. */
import type { Paint } from '../paint.ts';
import type { Shape } from '../shape/shape.ts';
import { type Belly, compartments, mirrored } from './compartments.ts';
import type { Frame } from './frame.ts';

/** Muscles around the left hip: [z, x, y, radius]. Lines with the same number belong to the same muscle. */
const BELLIES: readonly Belly[] = (
  [
    // Gluteus maximus in three parts, gluteus medius in two, gluteus minimus.
    [
      0,
      [
        [30, 50, 78, 6],
        [-20, 58, 84, 16],
        [-100, 70, 88, 26],
        [-150, 80, 76, 20],
        [-185, 90, 62, 6],
      ],
    ],
    [
      0,
      [
        [-10, 74, 82, 10],
        [-60, 92, 80, 22],
        [-120, 108, 72, 20],
        [-165, 116, 50, 9],
      ],
    ],
    [
      0,
      [
        [-50, 60, 92, 14],
        [-110, 54, 92, 22],
        [-150, 60, 80, 14],
      ],
    ],
    [
      1,
      [
        [44, 112, 40, 8],
        [0, 126, 26, 17],
        [-60, 140, 16, 14],
        [-106, 148, 10, 5],
      ],
    ],
    [
      1,
      [
        [30, 96, 58, 8],
        [0, 106, 52, 14],
        [-50, 122, 42, 14],
        [-90, 138, 28, 6],
      ],
    ],
    [
      2,
      [
        [10, 120, -6, 8],
        [-40, 120, 4, 12],
        [-95, 134, -6, 6],
      ],
    ],
    // Tensor fasciae latae, iliopsoas in two parts, rectus femoris, sartorius.
    [
      3,
      [
        [10, 132, -40, 6],
        [-60, 140, -44, 12],
        [-130, 148, -34, 9],
        [-240, 152, -14, 3],
      ],
    ],
    [
      4,
      [
        [40, 112, -4, 9],
        [0, 102, -10, 15],
        [-50, 92, -28, 17],
        [-110, 88, -34, 15],
        [-150, 98, -10, 9],
      ],
    ],
    [
      5,
      [
        [-40, 112, -64, 5],
        [-110, 112, -64, 14],
        [-240, 104, -62, 18],
      ],
    ],
    [
      6,
      [
        [0, 126, -60, 5],
        [-110, 100, -76, 9],
        [-240, 66, -68, 10],
      ],
    ],
    // Pectineus, adductor longus and magnus, gracilis, hamstrings.
    [
      7,
      [
        [-100, 52, -62, 10],
        [-160, 84, -34, 11],
      ],
    ],
    [
      8,
      [
        [-118, 32, -58, 10],
        [-180, 52, -44, 19],
        [-240, 62, -36, 19],
      ],
    ],
    [
      9,
      [
        [-140, 48, -6, 12],
        [-200, 62, 4, 22],
        [-240, 70, 6, 23],
      ],
    ],
    [
      10,
      [
        [-130, 18, -42, 7],
        [-240, 30, -20, 11],
      ],
    ],
    [
      11,
      [
        [-156, 60, 30, 9],
        [-200, 68, 46, 15],
        [-240, 74, 50, 19],
      ],
    ],
    [
      21,
      [
        [-160, 66, 28, 8],
        [-200, 96, 44, 15],
        [-240, 104, 44, 19],
      ],
    ],
    // Vasti; obturator muscles; short external rotators; piriformis.
    [
      12,
      [
        [-128, 142, -16, 9],
        [-180, 142, -16, 19],
        [-240, 136, -16, 24],
      ],
    ],
    [
      13,
      [
        [-140, 118, -26, 10],
        [-240, 112, -28, 18],
      ],
    ],
    [
      14,
      [
        [-50, 58, -4, 5],
        [-90, 54, 8, 9],
        [-140, 46, 4, 6],
      ],
    ],
    [
      15,
      [
        [-112, 58, -30, 7],
        [-140, 66, -22, 10],
        [-156, 84, -4, 5],
      ],
    ],
    [
      16,
      [
        [-96, 78, 40, 7],
        [-130, 90, 34, 10],
        [-160, 98, 26, 7],
      ],
    ],
    [
      17,
      [
        [-36, 46, 58, 6],
        [-60, 66, 58, 10],
        [-86, 108, 36, 6],
      ],
    ],
    // Muscles of the back and of the abdominal wall.
    [
      18,
      [
        [60, 26, 62, 16],
        [0, 24, 70, 14],
        [-40, 18, 84, 8],
      ],
    ],
    [
      19,
      [
        [60, 124, -20, 14],
        [20, 126, -44, 10],
      ],
    ],
    [
      20,
      [
        [60, 34, -92, 12],
        [-60, 28, -94, 10],
        [-108, 18, -86, 6],
      ],
    ],
  ] as const
).map(([muscle, line]) => ({ muscle, line }));

/** Muscles of hips and thighs, with fat between them. They are painted before the bones. */
export function hipMuscles(frame: Frame, muscles: Shape): Paint[] {
  const lean = frame.patient.sex === 'F' ? 0.94 : 1;
  const bellies = mirrored(BELLIES).map(({ muscle, line }) => ({
    muscle,
    line: line.map(([z, x, y, r]) => [z, x, y, r * lean] as const),
  }));
  const age = Math.max(0, frame.patient.age - 40);
  return [
    compartments({
      shape: muscles,
      bellies,
      noise: frame.noise,
      gap: 0.45 + age * 0.015 + Math.max(0, frame.belly) * 0.015,
      limit: 13 - age * 0.07,
      low: -250,
      high: 30,
    }),
  ];
}
