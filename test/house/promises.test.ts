/** Every sentence of README, four of docs and the pages stands in test/promises, with the test that holds it or why none can. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { codeSentences, markdownSentences, testTitles } from '../tools/sentences.ts';

type Promised = { path: string; sentence: string; held: string[] };

const TABLES = 'test/promises';
const NONE = 'none: ';
/** What core and storage tell the pages in words. */
const TOLD = [
  ...['index', 'datasets', 'leaveOneOut', 'patients'].map((name) => `dataset/protocols/${name}`),
  ...[
    'dataset/contradictions',
    'dataset/leaks',
    'files/manifest',
    'dataset/summary',
    'dataset/caps',
    'engine/devices/index',
  ],
  ...['proposal', ...['missing', 'dominated', 'location', 'format'].map((rule) => `splitRules/${rule}`)].map(
    (name) => `dataset/${name}`,
  ),
  ...[
    'errors',
    'image/alterations',
    'labels/colourVision',
    'labels/labelSet',
    'labels/setFile',
    'nn/meta',
    'remarks',
    'skip',
    'train/changes',
    'train/presets',
  ],
  'labels/exchange/readTable',
  ...['ct', 'mr', 'pt', 'xr'].map((modality) => `simulate/knob/${modality}`),
].map((name) => `src/core/${name}.ts`);
const SPOKEN = [
  ...['README.md', 'docs/headless.md', 'docs/hosting.md', 'docs/limits.md', 'docs/privacy.md'],
  ...['src/ui', 'src/app', 'src/core/evaluate/metrics'].flatMap(filesOf),
  ...TOLD,
  'src/storage/failure.ts',
];

const promised = readdirSync(TABLES).flatMap((name) => readTable(readFileSync(join(TABLES, name), 'utf8')));
const said = SPOKEN.flatMap((path) => {
  const text = readFileSync(path, 'utf8');
  const sentences = path.endsWith('.md') ? markdownSentences(text) : codeSentences(path, text);
  return sentences.map((sentence) => `${path}: ${sentence}`);
});
const inTable = promised.map(({ path, sentence }) => `${path}: ${sentence}`);

test('no sentence is missing in the table', () => {
  expect(said.filter((one) => !inTable.includes(one))).toEqual([]);
});

test('no sentence of the table is gone, or in it twice', () => {
  expect(inTable.filter((one, i) => !said.includes(one) || inTable.indexOf(one) !== i)).toEqual([]);
});

test('every sentence has a test, or a reason why there is none', () => {
  const bare = promised.filter(
    ({ held }) => held.length === 0 || held.some((one) => one.trim() === NONE.trim()),
  );
  expect(bare).toEqual([]);
});

test('every test of the table is there', () => {
  const titles = new Map<string, string[]>();
  const gone = [...new Set(promised.flatMap(({ held }) => held))].filter((one) => {
    if (one.startsWith(NONE)) return false;
    const [path] = one.split(': ', 1);
    if (!titles.has(path)) titles.set(path, titlesOf(path));
    return !titles.get(path)!.includes(one.slice(path.length + 2));
  });
  expect(gone).toEqual([]);
});

function titlesOf(path: string): string[] {
  try {
    return testTitles(path, readFileSync(path, 'utf8'));
  } catch {
    return [];
  }
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map((path) => join(folder, String(path)).replaceAll('\\', '/'))
    .filter((path) => /\.tsx?$/.test(path));
}

/** `## path`, then groups: sentences on lines with “> ”, and on lines with “- ” what holds all of them. */
function readTable(markdown: string): Promised[] {
  return markdown.split(/^## /m).flatMap((section) => {
    const [path, ...rest] = section.split('\n');
    return rest
      .join('\n')
      .split(/\n\n(?=> )/)
      .flatMap((group) => {
        const lines = (mark: string) =>
          group.split('\n').flatMap((line) => (line.startsWith(mark) ? [line.slice(mark.length)] : []));
        return lines('> ').map((sentence) => ({ path, sentence, held: lines('- ') }));
      });
  });
}
