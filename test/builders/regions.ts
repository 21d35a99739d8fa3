/** Real datasets of six body regions as a folder, some files of each; null where real data are missing. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hasShared, openShared } from '../harness/shared.ts';

/** Datasets by region, in the order train, validate, test; with two there is no validate. */
export const REGIONS: Readonly<Record<string, readonly string[]>> = {
  head: ['ct_ge_hispeed_head', 'mr_vs_seg_brain', 'ct_cranium_npy'],
  chest: ['ct_lidc_chest', 'ct_covid_sirm', 'xr_nih_chest'],
  breast: ['xr_cddcesm_mammo', 'xr_inbreast_mammo', 'xr_mias_mammo'],
  abdomen: ['mr_pansegdata_t1', 'ct_c4kc_kits', 'ct_cptac_pda'],
  pelvis: ['mr_prostate158', 'mr_prostatedx'],
  limb: ['xr_knee_implants', 'xr_upperlimb_fractures', 'mr_kneebones3dify'],
};

const MOST_FILES = 12;

/** @returns whether all of them are here */
export function writeRegions(folder: string): boolean {
  const names = Object.values(REGIONS).flat();
  if (!names.every((name) => hasShared(`${name}.zip`))) return false;
  rmSync(folder, { recursive: true, force: true });
  for (const name of names) {
    for (const [path, bytes] of openShared(`${name}.zip`).slice(0, MOST_FILES)) {
      const file = join(folder, name, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, bytes);
    }
  }
  const manifest = Object.values(REGIONS).flatMap((own) =>
    own.map((name, i) => ({ name, split: i === 0 ? 'train' : i === own.length - 1 ? 'test' : 'validate' })),
  );
  writeFileSync(join(folder, 'datasets.json'), JSON.stringify(manifest));
  return true;
}
