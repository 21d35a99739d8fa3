/** X-ray attenuation of the tissues by photon energy: CT, radiographs and PET's attenuation correction share it. */
import { TISSUES, type Tissue } from './tissue.ts';

/**
 * Mass attenuation coefficients with coherent scattering, cm²/g (NIST XCOM and the tables of Hubbell and Seltzer,
 * NISTIR 5632; compositions of body tissues from ICRU report 44). Iodine's K edge is at 33.2 keV: the code interpolates
 * between the tables' points, so values from 33 to 40 keV are too low for iodine.
 */
const ENERGIES = [15, 20, 30, 40, 50, 60, 80, 100, 150, 511];
const MATERIALS = {
  water: [1.673, 0.8096, 0.3756, 0.2683, 0.2269, 0.2059, 0.1837, 0.1707, 0.1505, 0.0959],
  soft: [1.693, 0.8205, 0.3783, 0.2685, 0.2262, 0.2048, 0.1823, 0.1693, 0.1492, 0.095],
  adipose: [1.083, 0.5677, 0.3063, 0.2396, 0.2123, 0.1974, 0.18, 0.1688, 0.15, 0.096],
  bone: [9.032, 4.001, 1.331, 0.6655, 0.4242, 0.3148, 0.2229, 0.1855, 0.148, 0.0895],
  iodine: [55.12, 25.43, 8.561, 22.1, 12.32, 7.579, 3.51, 1.942, 0.6978, 0.094],
  titanium: [35.87, 15.85, 4.972, 2.214, 1.213, 0.7661, 0.4052, 0.2721, 0.1649, 0.081],
} satisfies Record<string, readonly number[]>;
export type Material = keyof typeof MATERIALS;

/** Effective energy of 120 kV, used by the table below (Huda, Review of Radiologic Physics: about half of kV). */
export const REFERENCE_KEV = 70;

/**
 * The composition of a tissue by mass, and its mean HU at 120 kV without contrast medium; density follows from both.
 * HU: Lamba et al., AJR 2014, 203: W80 (organs), Hounsfield's usual ranges in Hofer, CT Teaching Manual (the rest).
 */
const TABLE: Record<Tissue, { parts: Partial<Record<Material, number>>; hu: number }> = {
  air: { parts: { soft: 1 }, hu: -999 },
  lung: { parts: { soft: 1 }, hu: -850 },
  fat: { parts: { adipose: 1 }, hu: -105 },
  muscle: { parts: { soft: 1 }, hu: 55 },
  skin: { parts: { soft: 1 }, hu: 50 },
  blood: { parts: { soft: 1 }, hu: 42 },
  liver: { parts: { soft: 1 }, hu: 58 },
  spleen: { parts: { soft: 1 }, hu: 48 },
  kidney: { parts: { soft: 1 }, hu: 32 },
  pancreas: { parts: { soft: 1 }, hu: 38 },
  bowel: { parts: { soft: 1 }, hu: 30 },
  greyMatter: { parts: { soft: 1 }, hu: 38 },
  whiteMatter: { parts: { soft: 1 }, hu: 28 },
  csf: { parts: { water: 1 }, hu: 6 },
  marrow: { parts: { adipose: 0.7, soft: 0.3 }, hu: -30 },
  trabecularBone: { parts: { bone: 0.3, adipose: 0.4, soft: 0.3 }, hu: 240 },
  fattyBone: { parts: { bone: 0.3, adipose: 0.6, soft: 0.1 }, hu: 210 },
  corticalBone: { parts: { bone: 1 }, hu: 1350 },
  cartilage: { parts: { soft: 0.97, bone: 0.03 }, hu: 110 },
  gland: { parts: { soft: 0.8, adipose: 0.2 }, hu: 25 },
  water: { parts: { water: 1 }, hu: 0 },
  // About 12 mg of iodine per millilitre.
  contrast: { parts: { water: 0.988, iodine: 0.012 }, hu: 320 },
  lesion: { parts: { soft: 1 }, hu: 35 },
  metal: { parts: { titanium: 1 }, hu: 14_500 },
  urine: { parts: { water: 1 }, hu: 8 },
  heart: { parts: { soft: 1 }, hu: 48 },
  thyroid: { parts: { soft: 0.9994, iodine: 0.0006 }, hu: 100 },
  tendon: { parts: { soft: 1 }, hu: 90 },
  nucleus: { parts: { soft: 1 }, hu: 80 },
  sulcus: { parts: { soft: 0.5, water: 0.5 }, hu: 21 },
};

/** cm²/g at an energy, interpolated between the table's points on logarithmic scales. */
export function massAttenuation(material: Material, keV: number): number {
  const values = MATERIALS[material];
  let at = 0;
  while (at < ENERGIES.length - 2 && keV > ENERGIES[at + 1]) at++;
  const share = Math.log(keV / ENERGIES[at]) / Math.log(ENERGIES[at + 1] / ENERGIES[at]);
  return values[at] * (values[at + 1] / values[at]) ** share;
}

function mixture(tissue: Tissue, keV: number): number {
  let sum = 0;
  for (const [material, share] of Object.entries(TABLE[tissue].parts)) {
    sum += share * massAttenuation(material as Material, keV);
  }
  return sum;
}

/** Density of a tissue, g/ml. */
export function density(tissue: Tissue): number {
  return (
    ((1 + TABLE[tissue].hu / 1000) * massAttenuation('water', REFERENCE_KEV)) / mixture(tissue, REFERENCE_KEV)
  );
}

/** Linear attenuation of water, 1/mm. */
export function waterAttenuation(keV: number): number {
  return massAttenuation('water', keV) / 10;
}

/** Linear attenuation by number of tissue, 1/mm. */
export function attenuations(keV: number): Float32Array {
  return Float32Array.from(TISSUES, (tissue) => (density(tissue) * mixture(tissue, keV)) / 10);
}

/** Added attenuation of one mg iodine per millilitre, 1/mm. */
export function iodine(keV: number): number {
  return massAttenuation('iodine', keV) / 10_000;
}
