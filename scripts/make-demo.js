#!/usr/bin/env node
/**
 * Rebuilds public/demo from unpacked source datasets: `node scripts/make-demo.js DIR`, where DIR holds
 * `<dataset>/<CT|MR|PT|XR>/…` and datasets.json. Files are copied unchanged, under neutral names.
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { extname, join, relative } from 'node:path';
import { fail, ROOT } from './setup.js';

/**
 * What is taken of each dataset: files per modality, spread evenly over its folders and their slices. The
 * splits are the demo's own, so that each holds all four modalities and no dataset is in two.
 * @type {Record<string, { split: string, take: Record<string, number>, only?: RegExp }>}
 */
const SELECTION = {
  sts_sarcoma: { split: 'train', take: { CT: 36, MR: 48, PT: 72 }, only: /\.dcm$/ },
  ct_lidc_chest: { split: 'train', take: { CT: 4 } },
  mr_vs_seg_brain: { split: 'train', take: { MR: 3 } },
  mr_cmbcrc_abdomen: { split: 'train', take: { MR: 8 } },
  xr_nih_chest: { split: 'train', take: { XR: 10 } },
  ct_ge_hispeed_head: { split: 'validate', take: { CT: 4 } },
  mr_nih_epi: { split: 'validate', take: { MR: 16 } },
  pt_nema_phantom: { split: 'validate', take: { PT: 6 } },
  xr_cbis_mammo: { split: 'validate', take: { XR: 6 } },
  totalseg_examples: { split: 'test', take: { CT: 6, MR: 1 }, only: /example_(ct_dicom|mr_sm)/ },
  mr_ucsf_breast: { split: 'test', take: { MR: 12 } },
  pt_qin_hn_cps: { split: 'test', take: { PT: 24 } },
  xr_hannover_chest: { split: 'test', take: { XR: 10 } },
};

/** Where each dataset comes from, in the form its licence asks for. @type {Record<string, string>} */
const ORIGIN = {
  sts_sarcoma:
    '[Soft-tissue-Sarcoma](https://doi.org/10.7937/K9/TCIA.2015.7GO2GSKS), Vallières et al., TCIA, as prepared by the Image Biomarker Standardisation Initiative',
  ct_lidc_chest: '[LIDC-IDRI](https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX), Armato et al., TCIA',
  mr_vs_seg_brain: '[Vestibular-Schwannoma-SEG](https://doi.org/10.7937/TCIA.9YTJ-5Q73), Shapey et al., TCIA',
  mr_nih_epi: '[dcm_qa_nih](https://github.com/neurolabusc/dcm_qa_nih), C. Rorden and the NIH FMRI Facility',
  ct_ge_hispeed_head: '[dcm_qa_ct](https://github.com/neurolabusc/dcm_qa_ct), C. Rorden',
  mr_cmbcrc_abdomen: '[CMB-CRC](https://doi.org/10.7937/DJG7-GZ87), Cancer Moonshot Biobank, TCIA',
  pt_nema_phantom: '[pynemaiqpet](https://github.com/gschramm/pynemaiqpet), G. Schramm',
  xr_cbis_mammo: '[CBIS-DDSM](https://doi.org/10.7937/K9/TCIA.2016.7O02S9CY), Sawyer-Lee et al., TCIA',
  totalseg_examples: '[TotalSegmentator](https://github.com/wasserth/TotalSegmentator), Wasserthal et al.',
  mr_ucsf_breast:
    '[Breast-MRI-NACT-Pilot](https://doi.org/10.7937/K9/TCIA.2016.QHSYHJKY), Newitt and Hylton, TCIA',
  pt_qin_hn_cps: '[QIN-HEADNECK](https://doi.org/10.7937/K9/TCIA.2015.K0F5CGLI), Beichel et al., TCIA',
  xr_hannover_chest:
    '[COVID-19 Image Repository](https://doi.org/10.6084/m9.figshare.12275009), Winther et al., Hannover Medical School',
  xr_nih_chest:
    '[ChestX-ray8](https://nihcc.app.box.com/v/ChestXray-NIHCC), Wang et al., NIH Clinical Center',
};

const source = process.argv[2] ?? fail('Say where the unpacked datasets are: node scripts/make-demo.js DIR');
const target = join(ROOT, 'public', 'demo');
/** @type {{ name: string, location: string, source: string, may_ship: boolean }[]} */
const known = JSON.parse(readFileSync(join(source, 'datasets.json'), 'utf8'));

rmSync(target, { recursive: true, force: true });
/** @type {{ path: string, bytes: number }[]} */
const files = [];
const manifest = [];
const attribution = [];

for (const [name, { split, take, only }] of Object.entries(SELECTION)) {
  const entry = known.find((dataset) => dataset.name === name);
  if (!entry?.may_ship) fail(`${name} may not be shipped.`);
  /** @type {Record<string, number>} */
  const counts = {};
  for (const [modality, n] of Object.entries(take)) {
    const folder = join(source, name, modality);
    const chosen = spread(
      list(folder).filter((file) => only?.test(file) ?? true),
      n,
    );
    chosen.forEach((file, i) => {
      const group = relative(folder, file).includes('/')
        ? `${slug(relative(folder, file).split('/')[0])}/`
        : '';
      const suffix = file.endsWith('.nii.gz') ? '.nii.gz' : extname(file);
      const path = `${name}/${modality}/${group}${String(i + 1).padStart(3, '0')}${suffix}`;
      mkdirSync(join(target, path, '..'), { recursive: true });
      copyFileSync(file, join(target, path));
      files.push({ path, bytes: statSync(file).size });
    });
    counts[modality] = chosen.length;
  }
  manifest.push({ name, split, location: entry.location });
  attribution.push(
    `| ${name} | ${entry.location} | ${ORIGIN[name]} | ${entry.source.split(', ').slice(1).join(', ')} | ${Object.entries(
      counts,
    )
      .map(([m, n]) => `${n} ${m}`)
      .join(', ')} |`,
  );
}

writeFileSync(join(target, 'datasets.json'), `${JSON.stringify(manifest, null, 1)}\n`);
files.push({ path: 'datasets.json', bytes: statSync(join(target, 'datasets.json')).size });
writeFileSync(join(target, 'files.json'), `${JSON.stringify(files)}\n`);
writeFileSync(
  join(target, 'ATTRIBUTION.md'),
  `# Images of the demo project

Original, unchanged files of public datasets, each under its own licence. Files were renamed and a few of each
dataset chosen; nothing else was altered. TCIA = The Cancer Imaging Archive (Clark et al., J Digit Imaging 2013).

| dataset | shows | source | licence | files |
|---|---|---|---|---|
${attribution.join('\n')}
`,
);
const total = files.reduce((sum, file) => sum + file.bytes, 0);
console.log(`${files.length} files, ${(total / 1e6).toFixed(1)} MB`);

/** Every file below a folder, sorted. @param {string} folder @returns {string[]} */
function list(folder) {
  if (!existsSync(folder)) return fail(`${folder} is missing.`);
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
    .flatMap((entry) => (entry.isDirectory() ? list(join(folder, entry.name)) : [join(folder, entry.name)]));
}

/** n members at even distances. @template T @param {T[]} all @param {number} n @returns {T[]} */
function spread(all, n) {
  return Array.from(
    { length: Math.min(n, all.length) },
    (_, i) => all[Math.floor(((i + 0.5) * all.length) / Math.min(n, all.length))],
  );
}

/** @param {string} name */
function slug(name) {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}
