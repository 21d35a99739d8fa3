/** Writes folders of generated slices: `generate.mjs FOLDER slices|series|volumes COUNT`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dicomFile } from '../../test/builders/dicom.ts';
import { niftiFile } from '../../test/builders/nifti.ts';
import { randomFrom } from '../../test/builders/phantom.ts';

const MODALITIES = ['CT', 'MR', 'PT', 'XR'] as const;
const TAGS = { CT: 'CT', MR: 'MR', PT: 'PT', XR: 'CR' } as const;
const SIDE = 64;
const SERIES_SLICES = 50;
const DATASET_SLICES = 500;
/** Size of a volume. */
const COLUMNS = 224;
const DEPTH = 256;

const [folder, kind, count] = process.argv.slice(2);
const random = randomFrom(Number(count));
if (kind === 'slices') makeSlices(Number(count), SERIES_SLICES);
else if (kind === 'series') makeSlices(Number(count), 1);
else makeVolumes(Number(count));

/** DICOM files of 64×64, 16 bits: 500 to a dataset. */
function makeSlices(slices: number, perSeries: number): void {
  for (let i = 0; i < slices; i++) {
    const dataset = Math.floor(i / DATASET_SLICES);
    const series = Math.floor(i / perSeries);
    const modality = MODALITIES[dataset % MODALITIES.length];
    const home = join(folder, `set ${dataset}`, modality, String(series));
    if (i % perSeries === 0) mkdirSync(home, { recursive: true });
    const file = dicomFile({
      rows: SIDE,
      columns: SIDE,
      pixels: Uint16Array.from({ length: SIDE * SIDE }, (_, at) => at + random() * 1000),
      modality: TAGS[modality],
      patient: `P${series}`,
      study: `1.2.826.${dataset}`,
      series: `1.2.826.${dataset}.${series}`,
      instance: `1.2.826.${dataset}.${series}.${i}`,
      instanceNumber: 1 + (i % perSeries),
    });
    writeFileSync(join(home, `${i}.dcm`), file);
  }
}

/** NIfTI files of 224×224×256 bytes: they need no resizing, so decoding has its highest speed. */
function makeVolumes(volumes: number): void {
  for (let i = 0; i < volumes; i++) {
    const modality = MODALITIES[i % 3];
    const home = join(folder, `set ${i}`, modality);
    mkdirSync(home, { recursive: true });
    const values = Uint8Array.from({ length: COLUMNS * COLUMNS * DEPTH }, () => random() * 256);
    writeFileSync(join(home, `${i}.nii`), niftiFile({ shape: [COLUMNS, COLUMNS, DEPTH], values }));
  }
}
