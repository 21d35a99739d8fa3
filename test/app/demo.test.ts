/** The demo’s files: from the app itself, as a dropped folder. */
import { afterEach, expect, test, vi } from 'vitest';
import { demoFiles } from '../../src/app/demo.ts';

function served(files: Record<string, string>): string[] {
  const asked: string[] = [];
  vi.stubGlobal('document', { baseURI: 'http://lab.example/app/' });
  vi.stubGlobal('fetch', async (url: URL) => {
    asked.push(url.href);
    const content = files[url.pathname];
    return content === undefined ? new Response('', { status: 404 }) : new Response(content);
  });
  return asked;
}

const LIST = JSON.stringify([
  { path: 'datasets.json', bytes: 2 },
  { path: 'one/CT/1.png', bytes: 3 },
]);

afterEach(() => vi.unstubAllGlobals());

test('come beside the page, with their paths and contents', async () => {
  const base = '/app/demo/';
  const asked = served({
    [`${base}files.json`]: LIST,
    [`${base}datasets.json`]: '[]',
    [`${base}one/CT/1.png`]: 'png',
  });
  const files = await demoFiles();
  expect(files.map(({ name, webkitRelativePath }) => [name, webkitRelativePath])).toEqual([
    ['datasets.json', 'demo/datasets.json'],
    ['1.png', 'demo/one/CT/1.png'],
  ]);
  expect(await files[1].text()).toBe('png');
  expect(asked.every((url) => url.startsWith('http://lab.example/app/demo/'))).toBe(true);
});

test.each([
  ['their list', {}],
  ['one of them', { '/app/demo/files.json': LIST, '/app/demo/datasets.json': '[]' }],
])('are refused whole where %s is missing', async (_, files) => {
  served(files);
  await expect(demoFiles()).rejects.toMatchObject({ code: 'demo-missing' });
});
