/** Attenuation of the tissues by radiographic beams. */
import { attenuations } from '../material.ts';
import { TISSUES, type Tissue } from '../tissue.ts';

/**
 * Energy of one line that attenuates as the beam does, keV: general tubes filter with 2.5 mm of aluminium and more and
 * have about 32, 39 and 53 keV at 50, 70 and 110 kV (IEC 61267 RQR and RQA beams); mammography filters with rhodium or
 * molybdenum and has about 19 (Boone, Med Phys 1997, 24: 1863).
 */
export function effectiveEnergy(kv: number): number {
  return kv < 36 ? 0.5 * kv + 5 : 15 + 0.345 * kv;
}

/** Share of a tissue's attenuation that one unit of texture (−1 … 1) changes. */
const TEXTURE: Partial<Record<Tissue, number>> = {
  lung: 0.2,
  // Voxels of millimetres catch single grains where a ray crosses many.
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
    // Air in the room counts nothing.
    const value = tissue === 'air' ? 0 : mean[number];
    const unit = TEXTURE[tissue] ?? USUAL_TEXTURE;
    for (let texture = -128; texture < 128; texture++) {
      table[number * 256 + texture + 128] = value * (1 + (unit * texture) / 127);
    }
  });
  return table;
}
