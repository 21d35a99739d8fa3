/** The contents of the chest: lungs with their vessels and bronchi, heart, great vessels, mediastinal fat. */
import { byRim, except, fill, only, type Paint } from '../paint.ts';
import { grow, meet, union } from '../shape/combine.ts';
import { tabled } from '../shape/polar.ts';
import { spline, tube } from '../shape/segment.ts';
import { norm, type Shape } from '../shape/shape.ts';
import { TISSUE } from '../tissue.ts';
import type { Tube, Vec3 } from '../volume.ts';
import { cavity, domes, gutter } from './diaphragm.ts';
import type { Frame } from './frame.ts';
import { greatVessels, heartShapes } from './heart.ts';
import { effusion, lungTrees, nodule } from './lungs.ts';

/** `to`: the height up to which the body is shown. */
export function thorax(frame: Frame, to: number): { paints: Paint[]; tubes: Tube[] } {
  const { patient, dice, noise } = frame;
  const inside = cavity(frame);
  const under = domes(frame);
  const lungs = meet(inside, {
    box: inside.box,
    slope: under.slope,
    at: (x, y, z) => -under.at(x, y, z),
  });
  const heart = heartShapes(frame);
  const fatty = 1 + Math.max(0, frame.belly) * 0.03;
  const spineFat = tube(
    spline(
      [110, 160, 210, 260, 310, 360, 410, 450].map((z): Vec3 => [0, frame.spineY(z) + 10, z]),
      2,
    ),
    (t) => 29 - 7 * t,
  );
  const breast = tabled(180, 470, (z) => -frame.cage(Math.min(455, z), 0, -1));
  const middle: Shape = {
    box: { low: [-40, -110, 190], high: [40, 110, 462] },
    slope: 2,
    at(x, y, z) {
      // Narrow behind the sternum, wide around the vessels and the trachea.
      const wide = 22 + (z > 380 ? Math.min(8, (z - 380) * 0.2) : 0);
      const front = breast(z);
      const t = (y - front) / 42;
      const w = t < 1 ? 3.5 + (wide - 3.5) * Math.max(0, t) ** 1.7 : y > 20 ? wide - (y - 20) * 0.2 : wide;
      // Below the base of the heart only the part along the oesophagus remains.
      const low = z < 345 ? Math.max(4, w - (345 - z) * 0.35) - (z < 310 && y < 10 ? 30 : 0) : w;
      return Math.abs(x - 4 + 5 * noise(y * 0.04, z * 0.03, 5)) - low;
    },
  };
  const back = gutter(frame);
  const vessels = greatVessels(frame);
  const paints: Paint[] = [
    fill(inside, 'lung'),
    fill(back, 'muscle', only('lung')),
    fill(middle, 'fat', only('lung')),
    ...spineFat.map((shape) => fill(shape, 'fat', only('lung'))),
    ...vessels.map((shape) => fill(grow(shape, 3.5), 'fat', only('lung'))),
    fill(grow(heart.whole, 3 * fatty), 'fat', only('lung', 'fat')),
  ];
  // The distances that exclude most places for the least work come first.
  const isFree = (x: number, y: number, z: number, room: number) =>
    norm(x, y - frame.spineY(z) - 10) - 29 > room &&
    back.at(x, y, z) > room &&
    lungs.at(x, y, z) < -room &&
    middle.at(x, y, z) > room &&
    heart.whole.at(x, y, z) - 6 > room;
  const trees = to > inside.box.low[2] ? lungTrees(frame, isFree) : { paints: [], tubes: [] };
  paints.push(...trees.paints);
  if (patient.pathologies.includes('nodule')) paints.push(nodule(frame, isFree));
  if (patient.pathologies.includes('effusion')) paints.push(effusion(frame, inside));
  paints.push(...heart.paints);
  const old = patient.age > 60;
  for (const shape of vessels) paints.push(fill(grow(shape, 1.4), 'muscle', except('heart')));
  for (const shape of vessels) paints.push(fill(shape, 'blood'));
  if (old) {
    const aorta = union(...vessels.slice(0, 14));
    paints.push(
      byRim(grow(aorta, 1.2), 1.4, (x, y, z) =>
        noise(x * 0.2, y * 0.2, z * 0.2) > 0.62 - (patient.age - 60) * 0.008 ? TISSUE.corticalBone : -1,
      ),
    );
  }
  const airway = windpipe(frame, dice.between(-2, 2));
  paints.push(...airway.map((shape) => fill(grow(shape, 1.6), 'cartilage')));
  paints.push(...airway.map((shape) => fill(shape, 'air')));
  const gullet = tube(
    spline(
      [470, 400, 330, 270, 232].map((z): Vec3 => [z < 300 ? 8 : 2, frame.spineY(z) - 22, z]),
      4,
    ),
    () => 7,
  );
  paints.push(...gullet.map((shape) => fill(shape, 'muscle')));
  return { paints, tubes: trees.tubes };
}

/** Trachea and main bronchi. */
function windpipe(frame: Frame, tilt: number): Shape[] {
  const y = (z: number) => frame.spineY(z) - 30;
  const carina: Vec3 = [tilt - 2, y(392), 388];
  return [
    ...tube(spline([[0, frame.spineY(520) - 26, 520], [tilt, y(450), 450], carina], 5), () => 9.2),
    ...tube([carina, [-24, y(375) + 4, 366], [-34, y(360) + 8, 340]], (t) => 7.2 - 2 * t),
    // In front of the aorta, below the pulmonary artery.
    ...tube([carina, [24, y(375) - 13, 366], [46, y(360) - 8, 350]], (t) => 6.5 - 2 * t),
  ];
}
