/** The tab's title: progress, page, project. */
import { expect, test } from 'vitest';
import { titleOf } from '../../../src/ui/shell/title.ts';
import { DATASETS, STATES } from '../../fakes/state.ts';

test('names the page and the project', () => {
  expect(titleOf(STATES['results/full']())).toBe('Results – Practice project · Modality Lab');
});

test('begins with how far a training is, rounded down', () => {
  expect(titleOf(STATES['train/running']())).toMatch(/^6[0-2] % · Train – Practice project · Modality Lab$/);
  expect(titleOf(STATES['train/paused']())).toMatch(/^4\d %, paused · Train/);
  expect(titleOf(STATES['train/preparing']())).toMatch(/^0 % · Train/);
});

test('begins with how far files are read, also while a training goes on', () => {
  expect(titleOf(STATES['classify/running']())).toMatch(/^34 % · Classify/);
});

test('says which classified series is open, by its number alone', () => {
  const state = STATES['classify/full']();
  const [numbered, bare] = [2, 3].map((i) => state.classify.series[i]);
  const of = (series: string) => titleOf({ ...state, view: { series } });
  expect(of(numbered.key)).toBe('Classify, series 3 – Practice project · Modality Lab');
  expect(of(bare.key)).toBe('Classify, a series – Practice project · Modality Lab');
  expect(of('gone')).toBe('Classify – Practice project · Modality Lab');
  expect(titleOf({ ...state, page: 'data', view: { series: numbered.key } })).toMatch(/^Data –/);
});

test('says when there is no such page', () => {
  expect(titleOf(STATES['data/unknown']())).toMatch(/^No such page/);
});

test.each(Object.keys(STATES))('of %s names no dataset', (name) => {
  for (const dataset of DATASETS) expect(titleOf(STATES[name]())).not.toContain(dataset.name);
});
