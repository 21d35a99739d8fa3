/** The muscles of lower thigh and calf: bellies with fat between them, and tendons at their ends. */
import { fill, type Paint } from '../paint.ts';
import type { Shape } from '../shape/shape.ts';
import { type Belly, compartments } from './compartments.ts';
import type { Leg } from './knee.ts';

/** Points of the centre line (x outwards), each with its radius. */
const MUSCLES: readonly (readonly (readonly [x: number, y: number, z: number, r: number])[])[] = [
  // Vastus medialis, lateralis, intermedius; rectus femoris.
  [
    [-34, -34, 270, 30],
    [-36, -26, 130, 27],
    [-33, -26, 70, 19],
    [-26, -32, 38, 6],
  ],
  [
    [38, -26, 270, 33],
    [34, -28, 150, 25],
    [26, -36, 80, 12],
    [20, -40, 50, 4],
  ],
  [
    [6, -26, 270, 22],
    [6, -24, 150, 17],
    [4, -30, 80, 8],
  ],
  [
    [2, -54, 270, 20],
    [2, -48, 190, 13],
    [2, -46, 140, 5],
  ],
  // Sartorius, gracilis.
  [
    [-58, 6, 270, 13],
    [-48, 20, 120, 12],
    [-44, 22, 30, 8],
    [-40, 8, -40, 3],
  ],
  [
    [-54, 28, 270, 12],
    [-44, 34, 120, 7],
    [-42, 30, 10, 3],
  ],
  // Semimembranosus, semitendinosus, biceps femoris.
  [
    [-26, 38, 270, 24],
    [-24, 38, 120, 19],
    [-28, 32, 30, 10],
    [-30, 26, -8, 4],
  ],
  [
    [-18, 58, 270, 13],
    [-22, 54, 120, 7],
    [-34, 40, 20, 3],
  ],
  [
    [34, 36, 270, 25],
    [34, 36, 130, 18],
    [38, 32, 50, 10],
    [40, 28, -10, 4],
  ],
  // Adductor magnus.
  [
    [-24, 10, 270, 20],
    [-24, 8, 170, 9],
    [-30, 2, 110, 3],
  ],
  // Gastrocnemius with two heads; soleus, popliteus, anterior and peroneal muscles.
  [
    [-22, 34, 34, 6],
    [-22, 42, 0, 13],
    [-22, 46, -80, 21],
    [-22, 44, -250, 18],
  ],
  [
    [20, 36, 34, 6],
    [22, 44, 0, 12],
    [24, 48, -80, 17],
    [24, 44, -250, 16],
  ],
  [
    [16, 26, -40, 8],
    [6, 32, -110, 21],
    [4, 34, -250, 26],
  ],
  [
    [14, 24, -2, 5],
    [0, 24, -30, 11],
    [-10, 18, -70, 9],
  ],
  [
    [24, -6, -36, 8],
    [26, -6, -90, 16],
    [24, -8, -250, 18],
  ],
  [
    [42, 10, -44, 6],
    [42, 12, -100, 12],
    [42, 14, -250, 13],
  ],
  [
    [8, 18, -70, 9],
    [8, 16, -130, 13],
    [8, 16, -250, 15],
  ],
];

export function legMuscles({ s, patient, noise }: Leg, lean: Shape): Paint[] {
  const size = (patient.sex === 'F' ? 0.95 : 1) * (1 - Math.max(0, patient.age - 60) * 0.004);
  const bellies: Belly[] = MUSCLES.map((line, muscle) => ({
    muscle,
    line: line.map(([x, y, z, r]) => [z, x * s, y, r * size] as const),
  }));
  return [
    fill(lean, 'muscle'),
    compartments({
      shape: lean,
      bellies,
      noise,
      gap: 0.7 + Math.max(0, patient.age - 40) * 0.012,
      limit: 14,
      low: -235,
      high: 265,
    }),
  ];
}
