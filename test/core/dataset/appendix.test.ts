/** The paper's appendix: its 103 rows, and the folders that are named after them. */
import { expect, test } from 'vitest';
import { appendixRow, appendixState } from '../../../src/core/dataset/appendix/match.ts';
import { APPENDIX } from '../../../src/core/dataset/appendix/paper.ts';

test('has the paper’s 103 datasets: 74 to learn from, 13 to validate, 16 to test', () => {
  const n = (split: string) => APPENDIX.filter((row) => row.split === split).length;
  expect([APPENDIX.length, n('train'), n('validate'), n('test')]).toEqual([103, 74, 13, 16]);
  expect(new Set(APPENDIX.map(({ name }) => appendixRow(name))).size).toBe(103);
  expect(APPENDIX.every(({ url }) => /^https?:\/\/\S+$/.test(url))).toBe(true);
});

test('finds a row by a folder’s name, however it is written', () => {
  expect(appendixRow('qin_lung-ct')?.name).toBe('QIN LUNG CT');
  expect(appendixRow('QIN LUNG CT 2')).toBeNull();
  expect(appendixRow('')).toBeNull();
});

test('says which are here, by name or address, and which are missing', () => {
  const [first, second] = APPENDIX;
  const { here, missing } = appendixState([
    { name: first.name.toUpperCase(), source: '' },
    { name: 'Dataset 2', source: second.url },
    { name: 'mine', source: '' },
  ]);
  expect(here.map(({ row, dataset }) => [row.name, dataset.name])).toEqual([
    [first.name, first.name.toUpperCase()],
    [second.name, 'Dataset 2'],
  ]);
  expect(missing).toHaveLength(101);
});
