/** Text in the character set that a data set names. */
import { expect, test } from 'vitest';
import { decodeText } from '../../../src/core/dicom/characterSet.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);

test.each([
  ['Cyrillic', 'ISO_IR 144', bytes(0xb3, 0xe0, 0xe3, 0xd4, 0xec), 'Грудь'],
  ['Greek', 'ISO_IR 126', bytes(0xc8, 0xfe), 'Θώ'],
  ['Western, where nothing is named', '', bytes(0x53, 0x63, 0x68, 0xe4, 0x64), 'Schäd'],
  ['UTF-8, though Latin-1 is named', 'ISO_IR 100', bytes(0x68, 0xc3, 0xa4), 'hä'],
  ['Japanese with escapes', '\\ISO 2022 IR 87', bytes(0x1b, 0x24, 0x42, 0x3b, 0x33, 0x1b, 0x28, 0x42), '山'],
  ['Korean', '\\ISO 2022 IR 149', bytes(0xb1, 0xe8), '김'],
  ['Polish with code extensions', 'ISO 2022 IR 6\\ISO 2022 IR 101', bytes(0x42, 0xb3), 'Bł'],
  ['a set that is not known', 'KLINGON', bytes(0xe9), 'é'],
])('%s', (_, named, value, text) => {
  expect(decodeText(value, named)).toBe(text);
});
