/** The skull: vault with two tables and diploe, base, face, jaw and teeth, and the air spaces in them. */
import { makeLabyrinth } from '../noise.ts';
import { by, fill, layers, only, type Paint } from '../paint.ts';
import { everywhere, grow, half, meet, rough } from '../shape/combine.ts';
import { block, ellipsoid } from '../shape/ellipsoid.ts';
import { flat, segment, spline, tube } from '../shape/segment.ts';
import { type Shape, vec } from '../shape/shape.ts';
import { TISSUE } from '../tissue.ts';
import type { Vec3 } from '../volume.ts';
import { bone } from './bone.ts';
import type { HeadFrame } from './headframe.ts';

/** Vault and base of the skull. 6.5 mm thick: outer table 1.5, diploe 3, inner table 1.5 mm (Lynnerup 2001). */
export function vault({ noise, dice, broad }: HeadFrame, inside: Shape): Paint[] {
  const thick = dice.between(5.8, 7.6);
  // The squama beside the temporal lobes is thin and flat.
  const side = 67 * broad + 4;
  const slab = everywhere({ low: [-side, -200, -200], high: [side, 200, 200] });
  const outer = meet(rough(grow(inside, thick), noise, 45, 1.2), slab);
  return [
    layers(outer, [
      [0, 'corticalBone'],
      [1.7, 'trabecularBone'],
      [thick - 1.7, 'corticalBone'],
      [thick, 'csf'],
    ]),
    fill(inside, 'csf'),
    // Foramen magnum.
    fill(segment([0, 30, -66], [0, 32, -100], 16), 'csf', only('corticalBone', 'trabecularBone')),
  ];
}

export function base({ noise, broad }: HeadFrame): Paint[] {
  const paints: Paint[] = [];
  const dense: Shape[] = [];
  for (const s of [-1, 1]) {
    dense.push(rough(segment([s * 55 * broad, 14, -49], [s * 18, -10, -44], 10, 5.5), noise, 11, 1.6));
    const mastoid = ellipsoid([s * 53 * broad, 20, -60], [11, 16, 20]);
    paints.push(fill(mastoid, 'corticalBone'));
    paints.push(
      by(grow(mastoid, -1.6), (x, y, z) =>
        noise(x * 0.55, y * 0.55, z * 0.55) > -0.12 ? TISSUE.air : TISSUE.corticalBone,
      ),
    );
  }
  paints.push(
    ...dense.map((shape) =>
      layers(shape, [
        [0, 'corticalBone'],
        [2.6, 'trabecularBone'],
      ]),
    ),
  );
  for (const s of [-1, 1]) {
    // Otic capsule and internal auditory canal; external auditory canal and middle ear.
    paints.push(fill(ellipsoid([s * 38, 3, -46], [9, 7, 7]), 'corticalBone'));
    paints.push(fill(segment([s * 14, 9, -43], [s * 31, 4, -45], 2.6), 'csf'));
    paints.push(fill(segment([s * 66 * broad, 6, -51], [s * 50 * broad, 4, -50], 3.2), 'air'));
    paints.push(fill(ellipsoid([s * 46 * broad, 4, -49], [4, 5, 6]), 'air'));
    paints.push(fill(ellipsoid([s * 36, 2, -46], [3, 4, 3]), 'water'));
  }
  paints.push(
    ...bone(
      tube(
        [
          [0, -20, -40],
          [0, 4, -68],
          [0, 14, -80],
        ],
        (t) => 9 - 4 * t,
      ),
      1.2,
    ),
  );
  return paints;
}

/** Orbits, paranasal sinuses, nose, jaws and zygomatic bones. */
export function face(frame: HeadFrame): Paint[] {
  const { noise, dice } = frame;
  const shells: Shape[] = [];
  const paints: Paint[] = [];
  for (const s of [-1, 1]) {
    shells.push(
      // Rim of the orbit, zygomatic bone and zygomatic arch.
      ...tube(
        spline(
          [
            [s * 14, -87, -24],
            [s * 30, -87, -12],
            [s * 46, -77, -16],
            [s * 49, -71, -32],
            [s * 43, -76, -46],
            [s * 28, -84, -50],
            [s * 15, -86, -42],
          ],
          3,
        ),
        () => 4.2,
      ),
      ...tube(
        spline(
          [
            [s * 43, -74, -48],
            [s * 56, -59, -52],
            [s * 61, -35, -52],
            [s * 63, -6, -50],
          ],
          3,
        ),
        (t) => 6 - 2 * Math.sin(t * 3),
      ),
      segment([s * 39, -69, -50], [s * 31, -70, -84], 7, 5),
      flat([s * 49, -70, -30], [s * 44, -42, -30], vec(0, 0, 1), [14, 14], [2.4, 2.4]),
      flat([s * 20, -22, -52], [s * 20, -24, -88], vec(0, 1, 0), [12, 9], [2.2, 2]),
    );
  }
  shells.push(
    ...tube(
      [
        [0, -89, -20],
        [0, -97, -42],
      ],
      () => 4,
    ),
  );
  // Maxilla: a horseshoe with the hard palate.
  const arch = (z: number, wide: number, deep: number, front: number): Vec3[] =>
    Array.from({ length: 13 }, (_, n) => {
      const a = (n / 12 - 0.5) * 2.9;
      return [Math.sin(a) * wide, front + (1 - Math.cos(a)) * deep, z];
    });
  const upper = tube(arch(-92, 27, 38, -87), () => 7);
  const lower = tube(arch(-122, 30, 42, -86), () => 7.5);
  for (const s of [-1, 1]) {
    lower.push(
      ...tube(
        spline(
          [
            [s * 31, -54, -122],
            [s * 42, -32, -120],
            [s * 47, -18, -104],
            [s * 50, -10, -76],
            [s * 52, -2, -58],
          ],
          3,
        ),
        (t) => 8 - 2.6 * t,
      ),
      flat([s * 40, -36, -116], [s * 46, -30, -66], vec(0, 1, 0), [13, 8], [4.6, 2.6]),
      segment([s * 52, -4, -58], [s * 48, -3, -57], 6.5, 5.5),
    );
  }
  lower.push(segment([0, -90, -126], [0, -89, -136], 8, 7));
  paints.push(...bone(shells, 1.3), ...bone([...upper, ...lower], 1.9));
  paints.push(fill(flat([0, -76, -88], [0, -44, -88], vec(1, 0, 0), [24, 24], [2.4, 2.4]), 'corticalBone'));
  paints.push(...sinuses(frame, dice.between(0.85, 1.15)));
  // Teeth: sixteen in each jaw, fewer in old patients.
  const missing = (n: number, row: number) =>
    noise(n * 3.1, row * 7.7, 2) > 0.75 - 0.006 * dice.between(0, 60);
  [arch(-92, 26, 36, -88), arch(-121, 27.5, 38, -87)].forEach((line, row) => {
    const way = spline(line, 2);
    for (let n = 1; n < 16; n++) {
      const [x, y, z] = way[Math.round((n / 16) * (way.length - 1))];
      if (missing(n, row)) continue;
      const r = Math.abs(n - 8) > 4 ? 4.1 : 2.9;
      const d = row === 0 ? -1 : 1;
      paints.push(fill(segment([x, y, z], [x, y, z + d * 11], r * 0.75, r), 'corticalBone'));
    }
  });
  return paints;
}

/** Air cells, 5 to 8 mm wide, with paper-thin walls between them. */
function ethmoid(shape: Shape, seed: number): Paint {
  const fold = makeLabyrinth(seed, 17);
  const scale = 8 / 14;
  return by(shape, (x, y, z, depth) => {
    if (depth > -0.8) return TISSUE.corticalBone;
    const wall = Math.abs(fold(x * scale, y * scale, z * scale));
    return wall < (fold.steepness() * scale + 0.01) * 0.45 ? TISSUE.corticalBone : TISSUE.air;
  });
}

/** Paranasal sinuses with walls of bone, and the nasal cavity with septum and turbinates. */
function sinuses({ noise, patient: { seed } }: HeadFrame, size: number): Paint[] {
  const paints: Paint[] = [];
  const cell = (at: Vec3, r: Vec3, wall: number) => {
    const shape = rough(ellipsoid(at, r), noise, 14, Math.min(2, r[0] * 0.18));
    paints.push(
      layers(grow(shape, wall), [
        [0, 'corticalBone'],
        [wall, 'air'],
      ]),
    );
  };
  const nose = meet(ellipsoid([0, -62, -66], [16, 35, 26]), half([0, 0, -87], vec(0, 0, -1)));
  paints.push(
    layers(grow(nose, 1.4), [
      [0, 'corticalBone'],
      [1.4, 'muscle'],
      [2.8, 'air'],
    ]),
  );
  for (const s of [-1, 1]) {
    cell([s * 30, -62, -66], [14 * size, 18 * size, 18 * size], 1.3);
    paints.push(ethmoid(rough(block([s * 8.5, -64, -38], [7, 26, 9]), noise, 12, 1.4), seed));
    cell([s * 8, -30, -50], [8.5, 11, 10], 1);
    cell([s * 12, -86, -12], [12 * size, 4, 10 * size], 1.2);
    for (const [x, z, r, from] of [
      [8, -77, 5.6, -90],
      [7.2, -65, 4.8, -83],
      [5.5, -54, 3.2, -72],
    ]) {
      const scroll = spline(
        [
          [s * x, from, z - 3],
          [s * (x - 1), (from - 44) / 2, z + 2],
          [s * x, -43, z - 1],
        ],
        2,
      );
      for (const shape of tube(scroll, (t) => r * (0.75 + 0.5 * t - 0.5 * t * t)))
        paints.push(fill(rough(shape, noise, 9, 1.3), 'muscle', only('air', 'muscle')));
      paints.push(...tube(scroll, () => 0.7).map((shape) => fill(shape, 'corticalBone')));
    }
  }
  paints.push(
    fill(
      flat([0.6, -94, -66], [-0.4, -32, -66], vec(0, 0, 1), [22, 22], [1.3, 1.3]),
      'cartilage',
      only('air', 'muscle'),
    ),
  );
  return paints;
}

/** The two uppermost vertebrae: the ring of the atlas, and the axis with the dens. */
export function atlas({ spineY }: HeadFrame): Paint[] {
  const y = spineY(-108);
  const ring = Array.from({ length: 17 }, (_, n): Vec3 => {
    const a = (n / 16) * 2 * Math.PI;
    return [Math.sin(a) * 19, y + 9 - Math.cos(a) * 19, -94 - 3 * Math.cos(a)];
  });
  const pieces: Shape[] = [
    ...tube(ring, () => 4),
    segment([0, y - 4, -114], [0, y - 5, -92], 6.5, 5),
    ellipsoid([0, y, -115], [9.5, 8.5, 9]),
    flat([0, y + 26, -114], [0, y + 37, -120], vec(0, 0, 1), [7, 8], [5, 6]),
  ];
  for (const s of [-1, 1]) {
    pieces.push(
      ellipsoid([s * 19, y + 3, -93], [8, 9, 9]),
      segment([s * 22, y + 6, -94], [s * 36, y + 8, -94], 5, 4),
      segment([s * 9, y + 2, -112], [s * 17, y + 10, -112], 6),
      segment([s * 17, y + 11, -113], [s * 4, y + 27, -115], 4.6),
      segment([s * 15, y + 8, -113], [s * 24, y + 9, -116], 4, 3),
    );
  }
  return [
    ...bone(pieces, 1.3),
    ...tube(
      [
        [0, 31, -80],
        [0, y + 14, -100],
        [0, y + 15, -126],
      ],
      () => 8,
    ).map((shape) => fill(shape, 'csf')),
    ...tube(
      [
        [0, 31, -80],
        [0, y + 14, -100],
        [0, y + 15, -126],
      ],
      () => 5,
    ).map((shape) => fill(shape, 'whiteMatter')),
  ];
}
