/** What a tile says of a classified series, in sight and for screen readers. */
import { expect, test } from 'vitest';
import { assess } from '../../../src/core/classify/assess.ts';
import { verdictTile } from '../../../src/ui/classify/verdictTile.ts';
import { roughPercent } from '../../../src/ui/format.ts';
import { verdicts } from '../../fakes/state.ts';

const [FIRST] = verdicts(1);
const SERIES = {
  ...FIRST,
  number: 7,
  modality: 'MR',
  tag: 'MR',
  tagState: 'agrees' as const,
  verdict: 'MR',
  probability: 0.97,
  probabilities: [0.01, 0.97, 0.01, 0.01],
  strangeness: 0,
  agreement: 1,
  slices: FIRST.slices.slice(0, 1),
};

const SHARE = roughPercent(SERIES.probability);
const BOTH = roughPercent(assess(SERIES).together?.probability ?? 0);

test('a verdict stands with its probability, and is spoken with its tag', () => {
  const tile = verdictTile(SERIES);
  expect(tile).toMatchObject({ label: 1, source: BOTH, says: '', tag: 'tag MR', number: '#7', doubt: '' });
  expect(tile.spoken).toBe(`Series 7, DICOM tag MR, 1 slice, looks like MR, ${SHARE}`);
});

test('a correction stands for the verdict, which is still told where it is another one', () => {
  const tile = verdictTile({ ...SERIES, correction: { class: 'CT' } });
  expect(tile).toMatchObject({ label: 0, source: 'you', says: `MR? ${SHARE}` });
  expect(tile.spoken).toContain(`looks like MR, ${SHARE}, you: CT`);
  expect(verdictTile({ ...SERIES, correction: { class: 'MR' } }).says).toBe('');
  expect(verdictTile({ ...SERIES, correction: { class: null } }).spoken).toContain('you: none of them');
});

test('what is worth a look is named, and is not called what it only looks like', () => {
  const differs = verdictTile({ ...SERIES, tag: 'CT', probabilities: [1e-6, 1, 0, 0] });
  expect(differs).toMatchObject({ label: 1, doubt: 'Tag and image disagree' });
  const foreign = { ...SERIES, tag: 'other', modality: 'US', tagState: 'none-of-the-four' as const };
  expect(verdictTile({ ...foreign, objectClass: null })).toMatchObject({
    label: 255,
    none: 'US',
    says: `MR? ${SHARE}`,
    doubt: 'The tag is none of the four',
  });
  const unknown = verdictTile({ ...SERIES, strangeness: 1.99 });
  expect(unknown).toMatchObject({ label: 255, none: 'unknown', says: `MR? ${SHARE}`, doubt: 'Unknown' });
  expect(unknown.spoken).toContain(`unknown, looks like MR, ${SHARE}`);
  expect(verdictTile({ ...SERIES, tag: null, probabilities: [0.4, 0.6, 0, 0] }).doubt).toBe('unsure');
});

test('a series that no model judged says so', () => {
  const tile = verdictTile({
    ...SERIES,
    verdict: null,
    probability: null,
    probabilities: null,
    tagState: null,
  });
  expect(tile).toMatchObject({ label: 255, none: 'not judged', source: '' });
  expect(tile.spoken).toContain('not judged');
});
