/** Stomach, small bowel and colon: tubes with a wall and contents. Gas fills their uppermost parts. */
import { by, fill, only, type Paint } from '../paint.ts';
import { grow, meet } from '../shape/combine.ts';
import { spline, tube } from '../shape/segment.ts';
import type { Shape } from '../shape/shape.ts';
import { TISSUE } from '../tissue.ts';
import type { Vec3 } from '../volume.ts';
import type { Frame } from './frame.ts';
import { belly } from './room.ts';

export function bowel(frame: Frame): Paint[] {
  return [...smallBowel(frame), ...colon(frame), ...stomach(frame)];
}

/** The direction in which gas rises. */
export function upward(frame: Frame): Vec3 {
  const { lie } = frame.patient.posture;
  return lie === 'upright' ? [0, 0, 1] : lie === 'prone' ? [0, 1, 0] : [0, -1, 0];
}

/**
 * The pieces of one hollow organ: all walls, then all lumens. `level` gives the height of the gas surface above the
 * middle of a piece, in radii: at 1 the piece contains no gas, at −1 only gas.
 */
function hollow(
  frame: Frame,
  pieces: readonly { shape: Shape; at: Vec3; r: number }[],
  wall: number,
  level: (at: Vec3, n: number) => number,
  contents: (x: number, y: number, z: number) => number,
): Paint[] {
  const up = upward(frame);
  // The organ stays inside the muscles of the wall.
  const room = belly(frame);
  const inner = grow(room, -wall);
  const mask = only('fat', 'bowel', 'water', 'blood', 'air');
  return [
    ...pieces.map(({ shape }) =>
      fill(shape, 'bowel', only('fat', 'bowel', 'water', 'blood', 'air', 'muscle')),
    ),
    ...pieces.map(({ shape, at, r }, n) => {
      const rise = level(at, n) * r;
      return by(
        meet(grow(shape, -wall), inner),
        (x, y, z) =>
          (x - at[0]) * up[0] + (y - at[1]) * up[1] + (z - at[2]) * up[2] > rise
            ? TISSUE.air
            : contents(x, y, z),
        mask,
      );
    }),
  ];
}

function pieces(line: readonly Vec3[], radius: (t: number, n: number) => number) {
  const n = line.length - 1;
  return tube(line, radius).map((shape, i) => ({
    shape,
    at: [0, 1, 2].map((a) => (line[i][a] + line[i + 1][a]) / 2) as unknown as Vec3,
    r: radius((i + 0.5) / n, i),
  }));
}

function stomach(frame: Frame): Paint[] {
  const upright = frame.patient.posture.lie === 'upright';
  const full = frame.dice.between(0.7, 1.1);
  const line = spline(
    [
      [56, 26, 232],
      [66, 6, 212],
      [64, -24, 186],
      [46, -48, 158],
      [14, -56, 142],
      [-16, -48, 146],
      [-30, -36, 150],
    ],
    4,
  );
  const sizes = [30, 38, 36, 30, 24, 18, 12];
  const { noise } = frame;
  const radius = (t: number) => {
    const v = t * 6;
    const i = Math.min(5, Math.floor(v));
    return (sizes[i] + (sizes[i + 1] - sizes[i]) * (v - i)) * full;
  };
  const up = upward(frame);
  // One level for the whole organ, because its liquid is connected.
  const surface = upright ? 222 : frame.patient.posture.lie === 'prone' ? 14 : 32;
  return hollow(
    frame,
    pieces(line, radius),
    4.5,
    () => -10,
    () => TISSUE.air,
  ).map((paint, n, all) =>
    n < all.length / 2
      ? { ...paint, over: only('fat', 'bowel', 'pancreas', 'blood') }
      : {
          ...paint,
          rule: (x: number, y: number, z: number) =>
            x * up[0] + y * up[1] + z * up[2] > surface
              ? TISSUE.air
              : noise(x * 0.12, y * 0.12, z * 0.12) > 0.35
                ? TISSUE.bowel
                : TISSUE.water,
        },
  );
}

function smallBowel(frame: Frame): Paint[] {
  const { dice, noise } = frame;
  const spread = 1 + frame.belly * 0.006;
  const points: Vec3[] = [];
  // Two layers of loops fill the abdomen: the rear loops run up and down, the front loops from side to side.
  const pitch = 25;
  for (let column = 0; column <= 5; column++) {
    for (let n = 0; n <= 6; n++) {
      const z = column % 2 ? 92 - n * pitch : -58 + n * pitch;
      const x = (-64 + column * 25.5) * spread * (z < -35 ? 0.72 : 1);
      points.push([x + dice.between(-10, 10), -22 + dice.between(-13, 9), z + dice.between(-9, 9)]);
    }
  }
  for (let row = 0; row <= 5; row++) {
    for (let n = 0; n <= 5; n++) {
      const t = row % 2 ? n / 5 : 1 - n / 5;
      const z = 76 - row * pitch;
      const x = (-62 + 124 * t) * spread * (z < -35 ? 0.75 : 1);
      points.push([
        x + dice.between(-7, 7),
        -52 - frame.belly * 0.8 + dice.between(-12, 12),
        z + (n % 2 ? 7 : -7) + dice.between(-6, 6),
      ]);
    }
  }
  const line = spline(points, 3);
  const gassy = dice.between(0.8, 1.6);
  return hollow(
    frame,
    pieces(line, (_, n) => 12.4 + 3 * noise(n * 0.21, 3, 5)),
    2.2,
    (_, n) => (noise(n * 0.17, 9, 1) > 0.32 ? 0.2 : gassy),
    (x, y, z) => (noise(x * 0.1, y * 0.1, z * 0.1) > -0.15 ? TISSUE.bowel : TISSUE.water),
  );
}

function colon(frame: Frame): Paint[] {
  const { dice, noise } = frame;
  const out = 1 + frame.belly * 0.006;
  const front = -frame.belly * 0.8;
  const sag = dice.between(-22, 16);
  const line = spline(
    [
      [-78 * out, -14, -28],
      [-92 * out, -6, 0],
      [-98 * out, 4, 50],
      [-96 * out, 6, 104],
      [-84 * out, -24, 124],
      [-50, -62 + front, 104 + sag * 0.5],
      [0, -74 + front, 92 + sag],
      [48, -62 + front, 112 + sag * 0.5],
      [88 * out, -14, 168],
      [104 * out, 18, 172],
      [106 * out, 22, 110],
      [104 * out, 12, 50],
      [98 * out, 2, 0],
      [74, -12, -40],
      [34, -14 + dice.between(-14, 8), -36],
      [6, 16, -56],
      [-10, 40, -66],
      [0, 52, -84],
    ],
    6,
  );
  const gas = dice.between(-0.3, 0.5);
  return hollow(
    frame,
    pieces(line, (t, n) => (25 - 9 * t) * (0.86 + 0.2 * Math.cos(n * 2.1) + 0.1 * noise(n * 0.23, 7, 2))),
    2.4,
    (at, n) => gas + 0.9 * noise(n * 0.08, 1, 8) + (at[1] > 0 ? 0.3 : -0.3),
    (x, y, z) => {
      // Stool: mottled with small bubbles.
      const v = noise(x * 0.38, y * 0.38, z * 0.38);
      return v > 0.5 ? TISSUE.air : v < -0.55 ? TISSUE.fat : TISSUE.bowel;
    },
  );
}
