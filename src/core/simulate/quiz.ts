/** A question with twelve pictures: three of each modality, of several body parts, in an order that gives no hint. */
import { hash32, random } from '../random.ts';
import type { SimulatedModality } from './acquired.ts';
import type { GlimpseOrder } from './glimpse.ts';
import type { Settings } from './knob/knob.ts';
import type { RegionName } from './region.ts';

const MODALITIES = ['CT', 'MR', 'PT', 'XR'] as const satisfies readonly SimulatedModality[];
const EACH = 3;

/** The common examinations of each modality, with the variations of their pictures. */
const POOL: Record<SimulatedModality, readonly (readonly [RegionName, Settings])[]> = {
  CT: [
    ['head', {}],
    ['chest', {}],
    ['abdomen', { phase: 'portal' }],
    ['pelvis', {}],
    ['knee', { kernel: 'bone' }],
    ['neck', { phase: 'arterial' }],
  ],
  MR: [
    ['head', { contrast: 'T2' }],
    ['head', { contrast: 'FLAIR', orientation: 'sagittal' }],
    ['knee', { contrast: 'PDFS', orientation: 'sagittal' }],
    ['abdomen', { contrast: 'T2FS' }],
    ['pelvis', { orientation: 'coronal' }],
    ['neck', { contrast: 'T2', orientation: 'sagittal' }],
  ],
  PT: [
    ['head', {}],
    ['chest', {}],
    ['abdomen', {}],
    ['pelvis', { tracer: 'NaF' }],
    ['neck', { attenuation: 'off' }],
  ],
  XR: [
    ['chest', { view: 'PA' }],
    ['knee', {}],
    ['hand', {}],
    ['pelvis', {}],
    ['head', { view: 'LATERAL' }],
    ['breast', {}],
  ],
};

/** The pictures of a set: the same for the same seed, each of a different patient. */
export function quizPictures(seed: number): GlimpseOrder[] {
  const dice = random(hash32(seed, 17, 0));
  const orders = MODALITIES.flatMap((modality) => {
    const pool = POOL[modality];
    const drawn = dice.shuffle(Uint8Array.from(pool.keys())).subarray(0, EACH);
    return Array.from(drawn, (at): GlimpseOrder => {
      const [region, settings] = pool[at];
      return { modality, region, settings, patientSeed: hash32(seed, 18, dice.integer(2 ** 31)) };
    });
  });
  return Array.from(dice.shuffle(Uint8Array.from(orders.keys())), (at) => orders[at]);
}

/** The modality of a try's question: all four occur before one repeats. */
export function asked(seed: number, attempt: number): SimulatedModality {
  const order = random(hash32(seed, 19, 0)).shuffle(Uint8Array.from(MODALITIES.keys()));
  return MODALITIES[order[attempt % MODALITIES.length]];
}
