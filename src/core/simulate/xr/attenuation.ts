/** Attenuation of radiographic beams by the tissues. */
import { attenuations } from '../material.ts';
import { TISSUES, type Tissue } from '../tissue.ts';

/**
 * Effective energy of the beam, keV: a monoenergetic beam of it has the same attenuation. General tubes have filters of
 * 2.5 mm of aluminium or more and about 32, 39 and 53 keV at 50, 70 and 110 kV (IEC 61267 RQR and RQA beams).
 * Mammography has filters of rhodium or molybdenum and about 19 keV (Boone, Med Phys 1997, 24: 1863).
 */
export function effectiveEnergy(kv: number): number {
  return kv < 36 ? 0.5 * kv + 5 : 15 + 0.345 * kv;
}

/** Relative change of a tissue's attenuation per unit of texture (−1 … 1). */
const TEXTURE: Partial<Record<Tissue, number>> = {
  lung: 0.2,
  // A voxel of millimetres samples a single grain, but a ray crosses many.
  trabecularBone: 0.1,
  fattyBone: 0.1,
  corticalBone: 0.12,
  marrow: 0.05,
  fat: 0.02,
  gland: 0.06,
};
const USUAL_TEXTURE = 0.015;

/** 1/mm at [tissue][texture + 128]. */
export function attenuationTable(kv: number): Float32Array {
  const mean = attenuations(effectiveEnergy(kv));
  const table = new Float32Array(TISSUES.length * 256);
  TISSUES.forEach((tissue, number) => {
    // The attenuation of room air is zero.
    const value = tissue === 'air' ? 0 : mean[number];
    const unit = TEXTURE[tissue] ?? USUAL_TEXTURE;
    for (let texture = -128; texture < 128; texture++) {
      table[number * 256 + texture + 128] = value * (1 + (unit * texture) / 127);
    }
  });
  return table;
}
