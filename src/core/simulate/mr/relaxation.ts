/** MR properties of every tissue: relaxation at 1.5 and 3 T, proton density, diffusion, fat. */
import type { Tissue } from '../tissue.ts';
import type { Tesla } from './protocol.ts';

/**
 * ms at 1.5 T, then at 3 T. Stanisz, MRM 2005, 54: 507 (brain, liver, muscle, heart, kidney, cartilage, blood);
 * de Bazelaire, Radiology 2004, 230: 652 (spleen, pancreas, marrow); Bojorquez, MRI 2017, 35: 69 (fat, CSF and
 * the spread of all); Edden, JMRI 2010, 32: 982 (breast gland); Henkelman, MRM 1991, 20: 113 (tendon); short-lived
 * signals of bone: Reichert, MRI 2005, 23: 611. T2 of fat is that of echo trains, longer than a single echo's.
 */
type Relaxation = {
  t1: readonly [number, number];
  t2: readonly [number, number];
  t2star: readonly [number, number];
  /** Density of mobile protons relative to water. */
  protons: number;
  /** 10⁻⁶ mm²/s (Bammer, Eur J Radiol 2003, 45: 169; Koh and Collins, AJR 2007, 188: 1622). */
  adc: number;
  /** Share of the protons in fat, and the change of signal per unit of texture (−1 … 1). */
  fat: number;
  texture: number;
};

const of = (
  t1: Relaxation['t1'],
  t2: Relaxation['t2'],
  t2star: Relaxation['t2star'],
  protons: number,
  adc: number,
  texture = 0.1,
  fat = 0,
): Relaxation => ({ t1, t2, t2star, protons, adc, texture, fat });

/** Fat; the fat within other tissues relaxes like this, too. */
const FAT = of([250, 320], [110, 105], [45, 30], 0.9, 20, 0.12, 1);

export const RELAXATION: Record<Tissue, Relaxation> = {
  air: of([1000, 1000], [1, 1], [1, 1], 0, 0, 0),
  lung: of([1200, 1270], [40, 35], [1.4, 0.7], 0.2, 1500, 0.5),
  fat: FAT,
  muscle: of([1008, 1412], [40, 36], [30, 24], 0.8, 1500, 0.1, 0.03),
  skin: of([900, 1100], [35, 32], [15, 10], 0.6, 1000, 0.1, 0.1),
  blood: of([1441, 1932], [250, 180], [150, 60], 0.9, 1800, 0.08),
  liver: of([576, 812], [46, 38], [28, 17], 0.78, 1100, 0.07, 0.05),
  spleen: of([1057, 1328], [79, 61], [50, 25], 0.85, 800, 0.06),
  kidney: of([800, 1194], [75, 66], [50, 35], 0.86, 1900, 0.14),
  pancreas: of([584, 725], [50, 44], [32, 22], 0.8, 1400, 0.15, 0.1),
  bowel: of([1000, 1300], [80, 70], [20, 12], 0.8, 1600, 0.4),
  greyMatter: of([1124, 1600], [95, 88], [75, 52], 0.83, 800, 0.05),
  whiteMatter: of([700, 940], [75, 69], [62, 48], 0.7, 720, 0.05),
  csf: of([4300, 4300], [1800, 1500], [800, 500], 1, 3000, 0.04),
  // Adults have yellow marrow in the limbs, and red marrow with 40 to 50 % fat in spine and pelvis (Vogler and Murphy,
  // Radiology 1988, 168: 679; Kugel, JMRI 2001, 13: 263). The bone takes 10 to 20 % of the space and gives no signal.
  marrow: of([700, 800], [55, 50], [22, 14], 0.88, 300, 0.08, 0.92),
  trabecularBone: of([549, 586], [49, 49], [13, 8], 0.76, 400, 0.16, 0.46),
  fattyBone: of([549, 586], [49, 49], [15, 9], 0.8, 300, 0.12, 0.9),
  corticalBone: of([300, 350], [1.5, 1], [0.5, 0.4], 0.2, 300, 0.2),
  cartilage: of([1024, 1168], [36, 32], [24, 18], 0.75, 1400, 0.12),
  gland: of([1266, 1445], [58, 54], [40, 30], 0.85, 1700, 0.2, 0.15),
  water: of([3000, 3000], [1200, 1000], [400, 250], 1, 2200, 0.03),
  contrast: of([900, 1100], [100, 90], [50, 30], 0.85, 1800, 0.1),
  lesion: of([1350, 1700], [105, 95], [70, 50], 0.88, 900, 0.15),
  metal: of([1000, 1000], [0.1, 0.1], [0.1, 0.1], 0, 0, 0),
  urine: of([3200, 3200], [900, 800], [400, 250], 1, 2800, 0.02),
  heart: of([1030, 1300], [44, 42], [32, 26], 0.82, 1400, 0.08),
  thyroid: of([900, 1100], [75, 68], [45, 30], 0.85, 1500, 0.1),
  tendon: of([500, 600], [6, 4], [2, 1.5], 0.5, 700, 0.2),
  // Discs with some loss of water, as is common (Marinelli, Spine 2009, 34: 520).
  nucleus: of([1100, 1300], [105, 95], [60, 45], 0.85, 1700, 0.15),
  // A single decay that replaces those of its two components.
  sulcus: of([2600, 2800], [165, 150], [120, 90], 0.9, 1600, 0.25),
};

/**
 * Rise of 1/T1 by gadolinium (0.1 mmol/kg, one or two minutes after injection), in 1/s. The blood–brain barrier keeps
 * it out of the brain; lesions break the barrier.
 */
export const GADOLINIUM: Partial<Record<Tissue, number>> = {
  blood: 4.5,
  liver: 1.8,
  spleen: 2.4,
  kidney: 4,
  pancreas: 1.9,
  bowel: 1.5,
  muscle: 0.5,
  gland: 0.8,
  heart: 1.6,
  thyroid: 3,
  lesion: 3,
  skin: 0.6,
  marrow: 0.3,
};

export const at = (pair: readonly [number, number], field: Tesla) => pair[field === 1.5 ? 0 : 1];

/** The inversion time at which a tissue gives no signal, ms (from the equation of IR in signal.ts). */
export function nullTime(tissue: Tissue, field: Tesla, repetitionTime: number): number {
  const t1 = at(RELAXATION[tissue].t1, field);
  return t1 * (Math.LN2 - Math.log(1 + Math.exp(-repetitionTime / t1)));
}

export const FAT_RELAXATION = FAT;
