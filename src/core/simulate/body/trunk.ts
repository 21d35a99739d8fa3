/** The whole trunk in one model. Chest, abdomen and pelvis are sections of it. */
import type { Paint } from '../paint.ts';
import type { Patient } from '../patient.ts';
import type { RegionName } from '../region.ts';
import { growBox } from '../shape/shape.ts';
import type { Body, Vec3 } from '../volume.ts';
import { assemble } from './assemble.ts';
import { basin } from './basin.ts';
import { bowel } from './bowel.ts';
import { brokenRib, ribs, shoulders } from './cage.ts';
import { makeFrame, VERTEBRAE } from './frame.ts';
import { hipMuscles } from './hipmuscles.ts';
import { hips } from './hips.ts';
import { spineFollowed } from './spine.ts';
import { thorax } from './thorax.ts';
import { abdominalRoom, viscera } from './viscera.ts';
import { wall } from './wall.ts';

/** The part of the trunk between two heights (mm of the reference, frame.ts). */
export function trunk(region: RegionName, patient: Patient, from: number, to: number): Body {
  const frame = makeFrame(patient);
  const { paints: surface, skin, muscles } = wall(frame, from, to);
  const cage = ribs(frame);
  const broken = patient.pathologies.includes('fracture') ? brokenRib(frame, cage) : null;
  const room = thorax(frame, to);
  const girdle = shoulders(frame);
  const basis = hips(frame);
  const column = spineFollowed({
    vertebrae: VERTEBRAE,
    y: frame.spineY,
    lean: frame.spineLean,
    patientAge: patient.age,
  });
  const paints: Paint[] = [
    ...surface,
    ...(from < 20 ? hipMuscles(frame, muscles) : []),
    ...room.paints,
    ...abdominalRoom(frame),
    ...viscera(frame),
    ...basin(frame),
    ...bowel(frame),
    ...column.paints,
    ...cage.paints,
    ...(broken?.paints ?? []),
    ...girdle.paints,
    ...basis.paints,
  ];
  const box = growBox(skin.box, 1.5);
  const middle: Vec3 = [0, 0, (from + to) / 2];
  return assemble({
    region,
    paints,
    low: [box.low[0], box.low[1], from],
    high: [box.high[0], box.high[1], to],
    origin: middle,
    scale: patient.heightMm / 1760,
    noise: frame.noise,
    tubes: [...(broken ?? cage).tubes, ...room.tubes, ...girdle.tubes],
    solids: [...column.solids, ...basis.solids, ...girdle.solids],
  });
}
