/** Linear attenuation of every tissue and texture at a tube voltage, with the contrast medium that the phase brings. */
import { attenuations, iodine, REFERENCE_KEV, waterAttenuation } from '../material.ts';
import { TISSUES, type Tissue } from '../tissue.ts';
import type { Kilovolts, Phase } from './protocol.ts';

/**
 * Effective energy of the spectrum, keV: a monoenergetic beam of it has the same attenuation. It gives iodine 45, 33,
 * 26 and 21 HU per mg/ml at 80 to 140 kV, as measured on scanners (Bae, Radiology 2010, 256: 32).
 */
export const EFFECTIVE_KEV: Record<Kilovolts, number> = { 80: 55, 100: 63, 120: REFERENCE_KEV, 140: 77 };

/** HU of one unit of texture (−1 … 1) at 120 kV. */
const TEXTURE: Partial<Record<Tissue, number>> = {
  lung: 90,
  fat: 18,
  muscle: 18,
  skin: 20,
  blood: 4,
  liver: 8,
  spleen: 6,
  kidney: 10,
  pancreas: 14,
  bowel: 30,
  greyMatter: 3,
  whiteMatter: 3,
  csf: 1,
  sulcus: 6,
  marrow: 50,
  trabecularBone: 160,
  fattyBone: 160,
  corticalBone: 250,
  cartilage: 15,
  gland: 20,
  contrast: 40,
  lesion: 15,
  urine: 1,
  heart: 6,
  thyroid: 8,
  tendon: 10,
};

/**
 * Enhancement by contrast medium, HU at 120 kV (Bae, Radiology 2010, 256: 32; Johnson and Fishman, AJR 2006, for the
 * kidney and pancreas). The blood–brain barrier keeps it out of the brain.
 */
const ENHANCEMENT: Record<Phase, Partial<Record<Tissue, number>>> = {
  none: {},
  arterial: {
    blood: 250,
    kidney: 110,
    spleen: 70,
    pancreas: 65,
    liver: 12,
    bowel: 30,
    muscle: 6,
    gland: 20,
    lesion: 25,
    lung: 5,
    heart: 90,
    thyroid: 60,
    greyMatter: 4,
    whiteMatter: 2,
  },
  portal: {
    blood: 115,
    kidney: 140,
    spleen: 75,
    pancreas: 50,
    liver: 55,
    bowel: 45,
    muscle: 14,
    gland: 30,
    lesion: 20,
    lung: 3,
    heart: 70,
    thyroid: 50,
    greyMatter: 4,
    whiteMatter: 2,
  },
  delayed: {
    blood: 60,
    kidney: 100,
    spleen: 45,
    pancreas: 30,
    liver: 38,
    bowel: 30,
    muscle: 14,
    gland: 25,
    lesion: 30,
    lung: 2,
    heart: 45,
    thyroid: 40,
    urine: 250,
    greyMatter: 3,
    whiteMatter: 2,
  },
};

/** 1/mm at [tissue][texture + 128]. */
export function attenuationTable(kv: Kilovolts, phase: Phase): Float32Array {
  const keV = EFFECTIVE_KEV[kv];
  const mean = attenuations(keV);
  const water = waterAttenuation(keV);
  // Converts HU of enhancement at 120 kV to iodine, and the iodine to attenuation at this voltage.
  const perHu = (waterAttenuation(REFERENCE_KEV) / 1000 / iodine(REFERENCE_KEV)) * iodine(keV);
  const table = new Float32Array(TISSUES.length * 256);
  TISSUES.forEach((tissue, number) => {
    const enhanced = mean[number] + perHu * (ENHANCEMENT[phase][tissue] ?? 0);
    const unit = ((TEXTURE[tissue] ?? 0) / 1000) * water;
    for (let texture = -128; texture < 128; texture++) {
      table[number * 256 + texture + 128] = Math.max(0, enhanced + (unit * texture) / 127);
    }
  });
  return table;
}

/** HU of a linear attenuation. */
export function hounsfield(attenuation: number, kv: Kilovolts): number {
  const water = waterAttenuation(EFFECTIVE_KEV[kv]);
  return (1000 * (attenuation - water)) / water;
}
