/** The page to print: what it says, and what it holds nothing of. */
import { expect, test } from 'vitest';
import { DEFAULT_RULE } from '../../../src/core/classify/assess.ts';
import { classificationPage } from '../../../src/core/export/classificationPage.ts';
import { skipped, verdicts } from '../../fakes/state.ts';

const PLAIN = { fileNames: false, root: null, commit: 'c0ffee', rule: DEFAULT_RULE };
const SERIES = verdicts(28);
const page = (options = PLAIN) =>
  classificationPage({ files: 443, skipped: skipped(14), series: SERIES, total: 28 }, options);

test('is one file without scripts, pictures and requests', () => {
  expect(page()).not.toMatch(/<script|<img|<link|https?:|url\(|@import/i);
  expect(page()).toMatch(/^<!doctype html>/);
});

test('has a row for each series, the totals, the model and its threshold, and the limits', () => {
  const html = page();
  expect(html.match(/<tr( class="doubt")?><td>[0-9a-f]{8}<\/td>/g)).toHaveLength(28);
  expect(html).toContain('Not a medical device');
  expect(html).toContain('ResNet-18');
  expect(html).toContain('stranger than 0.950, which keeps 95.0 % of known series');
  expect(html).toContain('where 1.0 % of tags are taken to be wrong');
  expect(html).toMatch(/<th scope="row">unknown<\/th>/);
  expect(html).toMatch(/unknown \(looks like /);
  expect(html).toContain('c0ffee');
  // Nothing is rounded up to certainty.
  expect(html).not.toContain('100.0 %');
  expect(html).toMatch(/<td>none of the classes<\/td>/);
});

test('says by how much the threshold was moved', () => {
  expect(page({ ...PLAIN, rule: { coverage: 0.8, tagErrorRate: 0.05 } })).toContain('keeps 80.0 % of known');
});

test('text of files cannot become markup', () => {
  const series = [{ ...SERIES[0], description: '<b onclick="x">&', sourcePath: "a/<i>'" }];
  const html = classificationPage({ files: 1, skipped: [], series, total: 1 }, { ...PLAIN, fileNames: true });
  expect(html).not.toMatch(/<b |<i>/);
  expect(html).toContain('&#60;b onclick=&#34;x&#34;&#62;&#38;');
});

test('without a model says so', () => {
  const html = classificationPage({ files: 1, skipped: [], series: verdicts(3, null), total: 3 }, PLAIN);
  expect(html).toContain('None: the series are listed by their headers.');
});
