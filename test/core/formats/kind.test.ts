/** What kind of image a header speaks of, and whether it may show writing. */
import { expect, test } from 'vitest';
import { openFile } from '../../../src/core/formats/decode.ts';
import { isSkip } from '../../../src/core/formats/types.ts';
import { type DicomElement, dicomFile } from '../../make/dicom.ts';

const IMAGE_TYPE = 0x00080008;
const SOP_CLASS = 0x00080016;
const CONVERSION = 0x00080064;
const BURNED_IN = 0x00280301;

async function read(...elements: DicomElement[]) {
  const pixels = Uint16Array.from({ length: 16 }, (_, i) => i);
  const file = await openFile(dicomFile({ rows: 4, columns: 4, pixels, elements }), {});
  if (isSkip(file)) throw new Error(file.code);
  return file.facts;
}

const type = (value: string): DicomElement => ({ tag: IMAGE_TYPE, vr: 'CS', value });

test.each([
  ['', 'original'],
  ['ORIGINAL\\PRIMARY\\AXIAL', 'original'],
  ['ORIGINAL\\PRIMARY\\LOCALIZER', 'localizer'],
  ['ORIGINAL\\PRIMARY\\SCOUT', 'localizer'],
  ['ORIGINAL\\PRIMARY\\M\\ND\\MOSAIC', 'mosaic'],
  ['DERIVED\\PRIMARY\\MOSAIC', 'mosaic'],
  ['DERIVED\\SECONDARY\\SCREEN SAVE', 'capture'],
  ['DERIVED\\PRIMARY\\MPR', 'derived'],
  ['ORIGINAL\\SECONDARY', 'derived'],
  ['original\\primary\\ localizer ', 'localizer'],
  // Whole values only.
  ['ORIGINAL\\PRIMARY\\NOT A LOCALIZER', 'original'],
])('Image Type %s is %s', async (value, kind) => {
  expect((await read(type(value))).kind).toBe(kind);
});

test.each(['1.2.840.10008.5.1.4.1.1.7', '1.2.840.10008.5.1.4.1.1.7.4'])(
  'SOP class %s is a capture, and may show writing',
  async (value) => {
    const facts = await read({ tag: SOP_CLASS, vr: 'UI', value });
    expect(facts).toMatchObject({ kind: 'capture', textRisk: true });
  },
);

test('a CT image is none, though its class begins alike', async () => {
  const facts = await read({ tag: SOP_CLASS, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.77.1.1' });
  expect(facts).toMatchObject({ kind: 'original', textRisk: false });
});

test('a digitised film is a capture whatever its class; a digital interface says nothing', async () => {
  expect((await read({ tag: CONVERSION, vr: 'CS', value: 'DF' })).kind).toBe('capture');
  expect((await read({ tag: CONVERSION, vr: 'CS', value: 'DI' })).kind).toBe('original');
});

test('writing is expected where it is declared, in overlays and in ultrasound', async () => {
  const risk = async (...elements: DicomElement[]) => (await read(...elements)).textRisk;
  const burnedIn = (value: string): DicomElement => ({ tag: BURNED_IN, vr: 'CS', value });
  const ultrasound: DicomElement = { tag: 0x00080060, vr: 'CS', value: 'US' };
  expect(await risk(burnedIn('YES'))).toBe(true);
  expect(await risk(burnedIn('NO'))).toBe(false);
  expect(await risk({ tag: 0x60003000, vr: 'OW', value: new Uint8Array(2) })).toBe(true);
  expect(await risk({ tag: 0x601e3000, vr: 'OW', value: new Uint8Array(2) })).toBe(true);
  expect(await risk(ultrasound)).toBe(true);
  expect(await risk(ultrasound, burnedIn('NO'))).toBe(false);
});

test('nothing of the header’s text is kept', async () => {
  const facts = await read(type('ORIGINAL\\PRIMARY\\DOE^JOHN'));
  expect(JSON.stringify(facts)).not.toContain('DOE');
});
