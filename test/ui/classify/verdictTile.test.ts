/** What a tile says of a classified series, in sight and for screen readers. */
import { expect, test } from 'vitest';
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
  agreement: 1,
  slices: FIRST.slices.slice(0, 1),
};

const SHARE = roughPercent(SERIES.probability);

test('a verdict stands with its probability, and is spoken with its tag', () => {
  const tile = verdictTile(SERIES);
  expect(tile).toMatchObject({ label: 1, source: SHARE, says: '', tag: 'tag MR', number: '#7', doubt: '' });
  expect(tile.spoken).toBe(`Series 7, DICOM tag MR, 1 slice, looks like MR, ${SHARE}`);
});

test('a correction stands for the verdict, which is still told where it is another one', () => {
  const tile = verdictTile({ ...SERIES, correction: { class: 'CT' } });
  expect(tile).toMatchObject({ label: 0, source: 'you', says: `MR? ${SHARE}` });
  expect(tile.spoken).toContain(`looks like MR, ${SHARE}, you: CT`);
  expect(verdictTile({ ...SERIES, correction: { class: 'MR' } }).says).toBe('');
  expect(verdictTile({ ...SERIES, correction: { class: null } }).spoken).toContain('you: none of them');
});

test('what is worth a look is named: tag and image disagree, no class of the set, unsure', () => {
  expect(verdictTile({ ...SERIES, tagState: 'differs' }).doubt).toBe('Tag and image disagree');
  expect(verdictTile({ ...SERIES, tagState: 'none-of-the-four', probability: 0.5 }).doubt).toBe(
    'The tag is none of the four\nunsure',
  );
});

test('a series that no model judged says so', () => {
  const tile = verdictTile({ ...SERIES, verdict: null, probability: null, agreement: null, tagState: null });
  expect(tile).toMatchObject({ label: 255, none: 'not judged', source: '' });
  expect(tile.spoken).toContain('not judged');
});
