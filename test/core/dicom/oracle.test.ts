/** Our walk through a DICOM file against dicom-parser's. */
import { parseDicom } from 'dicom-parser';
import { expect, test } from 'vitest';
import type { Dicom } from '../../../src/core/dicom/dataSet.ts';
import { parse } from '../../../src/core/dicom/parse.ts';
import { bytesOf, type GoldenFile, readGolden } from '../../harness/goldens.ts';

test.each(
  readGolden<GoldenFile[]>('files.json').filter(
    // It knows no VR of 64-bit integers, and doesn't inflate.
    ({ name }) => name.startsWith('DICOM') && !/deflated uint16|extended/.test(name),
  ),
)('dicom-parser finds the elements of “$name” where we do', (golden) => {
  const bytes = bytesOf(golden);
  const oracle = parseDicom(bytes);
  const { body } = parse(bytes) as Dicom;
  const ours = [...body.elements].map(([tag, { start }]) => [`x${tag.toString(16).padStart(8, '0')}`, start]);
  expect(ours.length).toBeGreaterThan(10);
  for (const [tag, start] of ours) expect([tag, oracle.elements[tag]?.dataOffset]).toEqual([tag, start]);
});
