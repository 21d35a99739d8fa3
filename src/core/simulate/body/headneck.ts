/** Head and neck in one model. The regions "head" and "neck" are sections of it. */
import { fill, layers, only, type Paint } from '../paint.ts';
import type { Patient } from '../patient.ts';
import type { RegionName } from '../region.ts';
import { blend, grow, meet } from '../shape/combine.ts';
import { ellipsoid } from '../shape/ellipsoid.ts';
import { curve, polar, superRadius } from '../shape/polar.ts';
import { segment } from '../shape/segment.ts';
import { growBox, joinBoxes, type Shape } from '../shape/shape.ts';
import type { Body } from '../volume.ts';
import { assemble } from './assemble.ts';
import { brain, braincase, sinuses } from './brain.ts';
import { eyes } from './eyes.ts';
import { type HeadFrame, makeHeadFrame, NECK } from './headframe.ts';
import { neckline } from './neckline.ts';
import { softParts } from './neckmuscles.ts';
import { atlas, base, face, vault } from './skull.ts';
import { spine } from './spine.ts';
import { throat } from './throat.ts';

/** Muscles of face and neck: half-width, front, back, middle y. */
const COLUMN = [
  [-330, 152, 86, 106, 14],
  [-290, 142, 80, 99, 14],
  [-262, 124, 66, 91, 12],
  [-238, 82, 50, 82, 11],
  [-210, 58, 45, 70, 10],
  [-180, 53, 47, 60, 8],
  [-160, 54, 50, 56, 4],
  [-140, 55, 81, 62, 0],
  [-120, 57, 90, 66, -2],
  [-90, 63, 90, 70, -4],
  [-60, 66, 88, 76, -4],
  [-40, 69, 88, 78, -2],
];

function surface(frame: HeadFrame, more: number, from: number): Shape {
  const table = curve(COLUMN);
  const line = neckline(frame);
  const column = polar({
    low: Math.max(-330, from - 20),
    high: -40,
    centre: (z) => [0, table(z, 4)],
    radius: (z, cos, sin) =>
      superRadius(cos, sin, table(z, 1) * (z > -200 ? frame.broad : 1), table(z, 2), table(z, 3), 2.2) +
      line.lean(z, cos, sin) +
      more * line.cover(z, cos, sin),
  });
  // Outline around the braincase (brain.ts), larger by the thickness of the skull and its soft tissue.
  const { broad } = frame;
  // The scalp is 5 to 8 mm thick: it contains less fat than neck and cheeks.
  const cover = 9.3 + more * 0.45;
  const crown = ellipsoid([0, 2, 11], [67 * broad + cover, 85 + cover, 66 + cover]);
  const rear = ellipsoid([0, 41, -34], [58 * broad + cover, 44 + cover, 43 + cover]);
  const temples = [-1, 1].map((s) =>
    ellipsoid([s * 40 * broad, -10, -24], [27 + cover, 42 + cover, 28 + cover]),
  );
  const brow = ellipsoid([0, -36, -24], [58 + more, 61 + more, 36 + more]);
  return [rear, ...temples, brow, column].reduce((a, b) => blend(a, b, 15), crown);
}

/** The fan of the temporalis muscle on the squama, back to the region above the ear. */
function temples({ broad }: HeadFrame, lean: Shape): Paint[] {
  return [-1, 1].map((s) =>
    fill(meet(ellipsoid([s * 70 * broad, -8, -8], [9, 46, 44]), lean), 'muscle', only('fat')),
  );
}

export function headAndNeck(region: RegionName, patient: Patient, from: number, to: number): Body {
  const frame = makeHeadFrame(patient);
  const inside = braincase(frame);
  const fat = frame.fat;
  const lean = surface(frame, 0, from);
  const skin = [
    segment([0, -98, -50], [0, -111, -70], 8, 11),
    ellipsoid([0, -92, -106], [26, 14, 20]),
    ellipsoid([0, -82, -130], [26, 22, 17]),
  ].reduce((a, b) => blend(a, b, 6), surface(frame, 4 + fat * 0.6, from));
  const ears = [-1, 1].map((s) => ellipsoid([s * (74 * frame.broad + 3), 12, -48], [6, 16, 29]));
  const paints: Paint[] = [
    ...ears.map((ear) =>
      layers(ear, [
        [0, 'skin'],
        [2, 'cartilage'],
      ]),
    ),
    // Where the outline is oblique, the function underestimates distances: a value of 1.6 is 1.6 to 3 mm.
    layers(skin, [
      [0, 'skin'],
      [1.6, 'fat'],
    ]),
    fill(lean, 'muscle'),
    ...softParts(frame, lean),
    ...temples(frame, lean),
    ...vault(frame, inside),
    ...brain(frame, inside),
    ...sinuses(frame, inside),
    ...base(frame),
    ...face(frame),
    ...eyes(frame),
    ...spine({
      vertebrae: NECK,
      y: frame.spineY,
      lean: (z) => (frame.spineY(z + 4) - frame.spineY(z - 4)) / 8,
      patientAge: patient.age,
    }),
    ...atlas(frame),
    ...throat(frame),
    fill(grow(ellipsoid([0, -92, -106], [16, 12, 2]), 0), 'muscle', only('fat')),
  ];
  const box = growBox(joinBoxes([skin.box, ...ears.map((ear) => ear.box)]), 1);
  return assemble({
    region,
    paints,
    low: [box.low[0], box.low[1], from],
    high: [box.high[0], box.high[1], Math.min(to, box.high[2])],
    origin: [0, 0, (from + Math.min(to, box.high[2])) / 2],
    // The size of heads varies less than body height.
    scale:
      (patient.sex === 'F' ? 0.955 : 1) *
      (1 + (patient.heightMm - (patient.sex === 'F' ? 1630 : 1760)) / 9000),
    noise: frame.noise,
  });
}
