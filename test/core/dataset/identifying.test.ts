/** Names that are asked about before they are stored, and names that are not. */
import { describe, expect, test } from 'vitest';
import { type Looks, looksIdentifying } from '../../../src/core/dataset/identifying.ts';
import { DEFAULT_CHOICES } from '../../../src/core/simulate/choices.ts';
import { planPractice } from '../../../src/core/simulate/practice.ts';
import { SITES } from '../../../src/core/simulate/site/index.ts';

const ASKED: Record<Looks, string[]> = {
  person: [
    'DOE^JANE',
    'Doe^Jane^M^^',
    'DOE_JANE',
    'doe_jane',
    'Jane Doe',
    'DoeJane',
    'Müller, Anna',
    'Mu\u0308ller, Anna',
    'müller',
    'CD_MUSTERMANN_MAX',
    'CT_Mustermann',
    'O’Brien Mary',
    "O'Brien_CT",
    'von-der-Leyen Klaus',
    'Иванов Иван',
    'CT Иванов',
    '山田太郎',
    '김철수',
    'smith ct chest',
    'J_Doe',
    'LI_WEI',
    'Smith.John.CT',
  ],
  date: [
    '19610304',
    'DOE_JANE_1961-03-04',
    'CD_MUSTERMANN_MAX_19600101',
    'MustermannMax19600101',
    'ct 04.03.1961',
    'ct_4.3.61',
    '03/04/1961',
    '04031961',
    'scan_2019-03',
    'scan_03-2019',
    '2021_11_30 chest',
    '12Mar1961',
    '4. März 1961',
    'March 4 chest',
    'mar_1961',
    'ct_1961',
    '20240105T101112',
    '61-03-04',
  ],
  id: [
    'MRN123456',
    'mrn 12',
    'PAT00001',
    'patient_7',
    'sub-01',
    'Subject 12',
    'case3',
    'ACC4711',
    'A1234567',
    '0012345',
    'ct_4711',
    '1.2.840.113619.2.55',
    '2.25.329800735698586629295641978511506172918',
    '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
    '1f3870be274f6c49b3e31a0c6728957f',
    'jane@example.org',
    '123-45-6789',
    '555-12-34-56',
    'LIDC-IDRI-0001',
    '٠١٢٣٤٥',
  ],
};

const STORED = [
  'LIDC-IDRI',
  'TCGA-LIHC',
  'TCGA_LIHC',
  'CPTAC-PDA',
  'QIN-HEADNECK',
  'ct_lidc_chest',
  'BraTS2021',
  'BraTS 2021',
  'mednist',
  'MedNIST',
  'sts_sarcoma',
  'mr_vs_seg_brain',
  'xr_nih_chest',
  'ct_philips_headphantom',
  'mr_nih_epi',
  'pt_nema_phantom',
  'xr_cbis_mammo',
  'totalseg_examples',
  'mr_ucsf_breast',
  'pt_qin_hn_cps',
  'xr_hannover_chest',
  'ct_nsclc_lung1',
  'one',
  'a',
  'Dataset 12',
  'Dropped files',
  'Chest CT',
  'Hospital A',
  'PACS export 2',
  'fastMRI',
  'T1w contrast 224',
  'COVID-19',
  'mnist_64x64_2017',
  ...`acrin_flt_breast ct_aorta_cta ct_bmseg_bone ct_c4kc_kits ct_covid_sirm ct_cptac_pda ct_cranium_npy ct_ge_hispeed_head
    ct_pddca_headneck ct_rider_pilot mr_canon_dti mr_cmbcrc_abdomen mr_hvsmr_heart mr_niivue_nifti
    mr_pansegdata_t1 mr_prostate158 mr_prostatedx mr_sct_spine mr_spider_lumbar mr_tcga_lihc pt_brain_templates
    pt_juspace_brain`.split(/\s+/),
];

describe.each(Object.entries(ASKED))('asked about as %s:', (looks, names) => {
  test.each(names)('%s', (name) => expect(looksIdentifying(name)).toBe(looks));
});

describe('stored:', () => {
  test.each(STORED)('%s', (name) => expect(looksIdentifying(name)).toBeNull());
});

test('the practice sites are called what they are without a question', () => {
  const { manifest } = planPractice({ ...DEFAULT_CHOICES, sites: SITES.map(({ folder }) => folder) });
  expect(manifest.length).toBeGreaterThan(12);
  const asked = manifest.filter(
    ({ name, location }) => looksIdentifying(name) ?? looksIdentifying(location, true),
  );
  expect(asked).toEqual([]);
});

test('the words of a body location are no person; its dates and ids are seen', () => {
  expect(looksIdentifying('Head, Neck to Thigh', true)).toBeNull();
  expect(looksIdentifying('chest 1961-03-04', true)).toBe('date');
  expect(looksIdentifying('DOE^JANE', true)).toBe('person');
});

test('a date or a person is seen wherever in a long name it stands', () => {
  expect(looksIdentifying(`${'chest_'.repeat(30)}DOE_JANE`)).toBe('person');
  expect(looksIdentifying(`${'chest_'.repeat(30)}19610304`)).toBe('date');
});
