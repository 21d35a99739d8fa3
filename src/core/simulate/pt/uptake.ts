/** Standardised uptake value of every tissue for each tracer, about an hour after injection. */
import { TISSUES, type Tissue } from '../tissue.ts';
import type { Tracer } from './protocol.ts';

/**
 * SUV by body weight. FDG: Wang, Clin Imaging 2007, 31: 4 and Zincirkeser, J Int Med Res 2007, 35: 529 (organs),
 * Cohade, Semin Nucl Med 2010, 40: 283 (variants). Amyloid ligand in a brain without amyloid: Wong, J Nucl Med
 * 2010, 51: 913 (florbetapir; white matter holds more than cortex). NaF: Sabbah, EJNMMI Res 2015, 5: 10 (bone), Grant,
 * J Nucl Med 2008, 49: 68 (the rest).
 */
const TABLE: Record<Tracer, Partial<Record<Tissue, number>>> = {
  FDG: {
    lung: 0.45,
    fat: 0.25,
    muscle: 0.7,
    skin: 0.6,
    blood: 1.7,
    liver: 2.3,
    spleen: 1.9,
    kidney: 3.2,
    pancreas: 1.3,
    bowel: 1.4,
    greyMatter: 8.5,
    whiteMatter: 3,
    csf: 0.6,
    marrow: 1.3,
    trabecularBone: 1.2,
    fattyBone: 0.5,
    nucleus: 0.4,
    corticalBone: 0.4,
    cartilage: 0.5,
    gland: 0.8,
    water: 0.5,
    contrast: 0.8,
    lesion: 9,
    urine: 22,
    heart: 4.5,
    thyroid: 1.6,
    sulcus: 4.5,
    tendon: 0.4,
  },
  amyloid: {
    lung: 0.4,
    fat: 0.3,
    muscle: 0.7,
    skin: 0.6,
    blood: 0.8,
    liver: 6,
    spleen: 1.6,
    kidney: 1.8,
    pancreas: 1.5,
    bowel: 3,
    greyMatter: 1.05,
    whiteMatter: 1.8,
    csf: 0.45,
    marrow: 1,
    trabecularBone: 0.9,
    fattyBone: 0.5,
    nucleus: 0.4,
    corticalBone: 0.5,
    cartilage: 0.4,
    gland: 0.9,
    water: 0.5,
    contrast: 0.5,
    lesion: 1.2,
    urine: 8,
    heart: 1.5,
    thyroid: 1.2,
    sulcus: 0.75,
    tendon: 0.4,
  },
  NaF: {
    lung: 0.2,
    fat: 0.2,
    muscle: 0.45,
    skin: 0.3,
    blood: 0.5,
    liver: 0.5,
    spleen: 0.4,
    kidney: 2.5,
    pancreas: 0.4,
    bowel: 0.5,
    greyMatter: 0.15,
    whiteMatter: 0.12,
    csf: 0.1,
    marrow: 2.5,
    trabecularBone: 6,
    fattyBone: 4,
    nucleus: 0.2,
    corticalBone: 4.5,
    cartilage: 0.8,
    gland: 0.4,
    water: 0.5,
    contrast: 0.5,
    lesion: 14,
    urine: 20,
    heart: 0.5,
    thyroid: 0.5,
    sulcus: 0.12,
    tendon: 0.5,
  },
};

/** Relative change of the uptake per unit of texture (−1 … 1). */
const TEXTURE: Partial<Record<Tissue, number>> = {
  bowel: 0.7,
  heart: 0.25,
  lung: 0.3,
  greyMatter: 0.12,
  liver: 0.08,
};
const USUAL_TEXTURE = 0.15;

export const uptake = (tracer: Tracer, tissue: Tissue): number => TABLE[tracer][tissue] ?? 0;

/** SUV by [tissue][texture + 128]. */
export function uptakeTable(tracer: Tracer): Float32Array {
  const table = new Float32Array(TISSUES.length * 256);
  TISSUES.forEach((tissue, number) => {
    const mean = uptake(tracer, tissue);
    const unit = TEXTURE[tissue] ?? USUAL_TEXTURE;
    for (let texture = -128; texture < 128; texture++) {
      table[number * 256 + texture + 128] = mean * Math.max(0, 1 + (unit * texture) / 127);
    }
  });
  return table;
}
