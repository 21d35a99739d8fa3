/** What kind of image a header speaks of, and whether it may show writing. */
import { describe, expect, test } from 'vitest';
import { text } from '../../../src/core/dicom/dataSet.ts';
import { isDicom, parse } from '../../../src/core/dicom/parse.ts';
import { kindWithoutImage } from '../../../src/core/dicom/series.ts';
import { decodeFile, openFile } from '../../../src/core/formats/decode.ts';
import { isSkip } from '../../../src/core/skip.ts';
import { type DicomElement, dicomFile, type SyntaxName } from '../../builders/dicom.ts';
import { describeShared } from '../../harness/describeShared.ts';
import { openShared } from '../../harness/shared.ts';
import { DESCRIBED, FOUND, type KindCase } from './kindCases.ts';

const ROOT = '1.2.840.10008.5.1.4.1.1.';
const IMAGE_TYPE = 0x00080008;
const SOP_CLASS = 0x00080016;
const CONVERSION = 0x00080064;
const TILES = 0x00651050;
const BURNED_IN = 0x00280301;

/** Datasets of DICOM files, of every maker there is. */
const SHARED = [
  'conformance.zip',
  'acrin_flt_breast.zip',
  'ct_ge_hispeed_head.zip',
  'ct_lidc_chest.zip',
  'ct_nsclc_lung1.zip',
  'ct_philips_headphantom.zip',
  'mr_cmbcrc_abdomen.zip',
  'mr_nih_epi.zip',
  'mr_prostatedx.zip',
  'mr_tcga_lihc.zip',
  'mr_ucsf_breast.zip',
  'mr_vs_seg_brain.zip',
  'pt_nema_phantom.zip',
  'pt_qin_hn_cps.zip',
  'totalseg_examples.zip',
];

async function read(...elements: DicomElement[]) {
  const pixels = Uint16Array.from({ length: 16 }, (_, i) => i);
  const file = await openFile(dicomFile({ rows: 4, columns: 4, pixels, elements }), {});
  if (isSkip(file)) throw new Error(file.code);
  return file.facts;
}

const type = (value: string): DicomElement => ({ tag: IMAGE_TYPE, vr: 'CS', value });

test.each([...FOUND, ...DESCRIBED])(
  '$maker $sopClass $imageType $conversion $tiles is $kind',
  async ({ sopClass, imageType, conversion, tiles, kind }) => {
    const elements: DicomElement[] = [
      { tag: SOP_CLASS, vr: 'UI', value: sopClass && `${ROOT}${sopClass}` },
      type(imageType),
      { tag: CONVERSION, vr: 'CS', value: conversion ?? '' },
    ];
    if (tiles) elements.push({ tag: TILES, vr: 'DS', value: tiles });
    expect((await read(...elements)).imageType).toBe(kind);
  },
);

describeShared('conformance.zip')('headers of real files', () => {
  const listed = new Set(FOUND.map(headerOf));

  test.each(SHARED)('of %s are all judged above', (name) => {
    const unjudged = new Set<string>();
    for (const [, bytes] of openShared(name)) {
      const file = isDicom(bytes) ? parse(bytes) : null;
      if (!file || isSkip(file)) continue;
      const sopClass = text(file.body, SOP_CLASS);
      if (kindWithoutImage(sopClass)) continue;
      const header = headerOf({
        sopClass: sopClass.startsWith(ROOT) ? sopClass.slice(ROOT.length) : '',
        imageType: text(file.body, IMAGE_TYPE),
        conversion: text(file.body, CONVERSION),
      });
      if (!listed.has(header)) unjudged.add(header);
    }
    expect([...unjudged]).toEqual([]);
  });
});

function headerOf({ sopClass, imageType, conversion }: Partial<KindCase>): string {
  return [sopClass, imageType, conversion ?? ''].join(' | ');
}

test.each(['1.2.840.10008.5.1.4.1.1.7', '1.2.840.10008.5.1.4.1.1.7.4'])(
  'SOP class %s is a capture, and may show writing',
  async (value) => {
    const facts = await read({ tag: SOP_CLASS, vr: 'UI', value });
    expect(facts).toMatchObject({ imageType: 'capture', burnedInRisk: true });
  },
);

test('a CT image is none, though its class begins alike', async () => {
  const facts = await read({ tag: SOP_CLASS, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.77.1.1' });
  expect(facts).toMatchObject({ imageType: null, burnedInRisk: false });
});

test('a digitised film is a capture whatever its class; a digital interface says nothing', async () => {
  expect((await read({ tag: CONVERSION, vr: 'CS', value: 'DF' })).imageType).toBe('capture');
  expect((await read({ tag: CONVERSION, vr: 'CS', value: 'DI' })).imageType).toBeNull();
});

test('writing is expected where it is declared, in overlays and in ultrasound', async () => {
  const risk = async (...elements: DicomElement[]) => (await read(...elements)).burnedInRisk;
  const burnedIn = (value: string): DicomElement => ({ tag: BURNED_IN, vr: 'CS', value });
  const ultrasound: DicomElement = { tag: 0x00080060, vr: 'CS', value: 'US' };
  expect(await risk(burnedIn('YES'))).toBe(true);
  expect(await risk(burnedIn('NO'))).toBe(false);
  expect(await risk({ tag: 0x60003000, vr: 'OW', value: new Uint8Array(2) })).toBe(true);
  expect(await risk({ tag: 0x601e3000, vr: 'OW', value: new Uint8Array(2) })).toBe(true);
  expect(await risk(ultrasound)).toBe(true);
  expect(await risk(ultrasound, burnedIn('NO'))).toBe(false);
});

const SHARED_GROUPS = 0x52009229;
const FRAME_GROUPS = 0x52009230;
const frameType = (sequence: number, value: string): DicomElement => ({
  tag: sequence,
  vr: 'SQ',
  value: [[{ tag: 0x00089007, vr: 'CS', value }]],
});
const [MR, CT, PET] = [0x00189226, 0x00189329, 0x00189751];
const [AXIAL, SCOUT] = ['ORIGINAL\\PRIMARY\\AXIAL\\NONE', 'ORIGINAL\\PRIMARY\\LOCALIZER\\NONE'];
const MIP = 'DERIVED\\PRIMARY\\PROJECTION IMAGE\\MAXIMUM';

/** Kinds of the slices of an enhanced object, `groups` those of each frame. */
async function kindsOf(groups: DicomElement[][], elements: DicomElement[], syntax: SyntaxName = 'explicit') {
  const pixels = Uint16Array.from({ length: 4 * groups.length }, (_, i) => i);
  const frames: DicomElement = { tag: FRAME_GROUPS, vr: 'SQ', value: groups };
  const file = dicomFile({
    ...{ rows: 2, columns: 2, pixels, frames: groups.length, syntax },
    elements: [...elements, frames],
  });
  const kinds = [];
  for await (const slice of decodeFile(file, { antialias: false }))
    kinds.push(isSkip(slice) ? slice.code : slice.facts.imageType);
  return kinds;
}

describe('frames of an enhanced object', () => {
  const types = (...values: string[]) => values.map((value) => [frameType(CT, value)]);

  test.each(['explicit', 'implicit', 'bigEndian'] as const)(
    'are of the kinds that each says where the image says MIXED: %s',
    async (syntax) => {
      const groups = types(SCOUT, AXIAL, MIP, AXIAL);
      const kinds = await kindsOf(groups, [type('MIXED\\PRIMARY\\MIXED\\MIXED')], syntax);
      expect(kinds).toEqual(['localizer', 'original', 'derived', 'original']);
    },
  );

  test('are so without an Image Type, and of MR and PET', async () => {
    expect(await kindsOf(types(SCOUT, AXIAL), [])).toEqual(['localizer', 'original']);
    const others = [[frameType(MR, SCOUT)], [frameType(PET, MIP)], [frameType(MR, AXIAL)]];
    expect(await kindsOf(others, [])).toEqual(['localizer', 'derived', 'original']);
  });

  test('are of the kind that all share where they say nothing themselves', async () => {
    const shared: DicomElement = { tag: SHARED_GROUPS, vr: 'SQ', value: [[frameType(MR, SCOUT)]] };
    expect(await kindsOf([[], [frameType(MR, MIP)]], [shared])).toEqual(['localizer', 'derived']);
    expect(await kindsOf([[], []], [type(MIP)])).toEqual(['derived', 'derived']);
    expect(await kindsOf([[], []], [type('MIXED\\PRIMARY')])).toEqual([null, null]);
  });

  test('are no originals where either the image or the frame says so', async () => {
    expect(await kindsOf(types(AXIAL, MIP), [type(SCOUT)])).toEqual(['localizer', 'derived']);
    expect(await kindsOf(types(AXIAL, SCOUT), [type(AXIAL)])).toEqual(['original', 'localizer']);
  });

  test('that are alike have the same facts, one object', async () => {
    const file = dicomFile({
      ...{ rows: 2, columns: 2, pixels: Uint8Array.from({ length: 12 }, (_, i) => i), frames: 3 },
      elements: [{ tag: FRAME_GROUPS, vr: 'SQ', value: types(AXIAL, SCOUT, AXIAL) }],
    });
    const facts = [];
    for await (const slice of decodeFile(file, { antialias: false }))
      if (!isSkip(slice)) facts.push(slice.facts);
    expect(facts[0]).toBe(facts[2]);
    expect(facts[1]).toEqual({ ...facts[0], imageType: 'localizer' });
  });
});

test('nothing of the header’s text is kept', async () => {
  const facts = await read(type('ORIGINAL\\PRIMARY\\DOE^JOHN'));
  expect(JSON.stringify(facts)).not.toContain('DOE');
});
