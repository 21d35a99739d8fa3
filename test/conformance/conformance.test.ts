/** Files of many makers against pixels decoded by pydicom, gdcm, dcmtk and nibabel, as `npm run conformance` does. */
import { expect, test } from 'vitest';
import { describeShared } from '../harness/describeShared.ts';
import { sharedPath } from '../harness/shared.ts';
import { openArchive } from './archive.ts';
import { conformanceCases, MARKER } from './conformance.ts';
import { EXPLAINED } from './explained.ts';

const archive = openArchive(sharedPath('conformance.zip'), MARKER);
const cases = archive ? conformanceCases(archive) : [];

describeShared('conformance.zip', archive)('conformance', () => {
  test.each(cases.filter(({ explained }) => !explained))(
    '$file is as the reference has it',
    async (entry) => {
      expect(await entry.check()).toBeNull();
    },
  );

  test.each(cases.filter(({ explained }) => explained))('$file differs: $explained', async (entry) => {
    expect(await entry.check()).toBeNull();
  });

  test('explains only files that are there', () => {
    expect(cases.filter(({ explained }) => explained)).toHaveLength(Object.keys(EXPLAINED).length);
  });
});
