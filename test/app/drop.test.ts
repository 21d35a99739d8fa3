/** Folders dropped on the page, through fakes of the browser's entries: the walk finds every file, in order. */
import { describe, expect, test } from 'vitest';
import '../fakes/filereader.ts';
import { walkDrop } from '../../src/app/drop.ts';

type Tree = { [name: string]: Tree | string | null };

/** Chromium gives at most this many entries at a time. */
const BATCH = 100;

/** A file is text, a folder an object; null can't be opened. Folders list in any order. */
function entryOf(name: string, node: Tree | string | null, parent = ''): FileSystemEntry {
  const fullPath = `${parent}/${name}`;
  if (node === null || typeof node === 'string') {
    return {
      name,
      fullPath,
      isFile: true,
      isDirectory: false,
      file: (done: (file: File) => void, failed: (error: Error) => void) =>
        node === null ? failed(new Error('NotReadableError')) : done(new File([node], name)),
    } as unknown as FileSystemEntry;
  }
  const children = Object.entries(node).map(([child, of]) => entryOf(child, of, fullPath));
  return {
    name,
    fullPath,
    isFile: false,
    isDirectory: true,
    createReader: () => {
      let at = 0;
      return {
        readEntries: (done: (entries: FileSystemEntry[]) => void, failed: (error: Error) => void) => {
          if ('unlistable' in node) failed(new Error('NotReadableError'));
          else done(children.slice(at, at + BATCH));
          at += BATCH;
        },
      };
    },
  } as unknown as FileSystemEntry;
}

/** A drop whose items are only there while its event lasts. */
function dataTransfer(items: (FileSystemEntry | File)[]): DataTransfer {
  let over = false;
  queueMicrotask(() => {
    over = true;
  });
  return {
    get items() {
      if (over) return [];
      return items.map((item) => ({
        webkitGetAsEntry: () => (item instanceof File ? null : item),
        getAsFile: () => (item instanceof File ? item : null),
      }));
    },
  } as unknown as DataTransfer;
}

async function walk(tree: Tree, loose: File[] = [], signal = new AbortController().signal) {
  const entries = Object.entries(tree).map(([name, node]) => entryOf(name, node));
  const batches = walkDrop(dataTransfer([...entries, ...loose]), signal);
  await Promise.resolve();
  const paths: string[] = [];
  const unreadable: string[] = [];
  const texts: string[] = [];
  for await (const batch of batches) {
    paths.push(...batch.items.map(({ path }) => path));
    texts.push(...(await Promise.all(batch.items.map(({ file }) => file.text()))));
    unreadable.push(...batch.unreadable);
  }
  return { paths, unreadable, texts };
}

const many = (n: number): Tree =>
  Object.fromEntries(Array.from({ length: n }, (_, i) => [`${i}.dcm`, `${i}`]));

describe('a dropped folder', () => {
  test('gives every file at every depth, its own before those of its folders, in natural order', async () => {
    const { paths, texts } = await walk({
      top: { b: { '2': 'x', '10': 'y', deep: { z: 'z' } }, a: { '1': 'w' }, own: 'o' },
    });
    expect(paths).toEqual(['top/own', 'top/a/1', 'top/b/2', 'top/b/10', 'top/b/deep/z']);
    expect(texts).toEqual(['o', 'w', 'x', 'y', 'z']);
  });

  test.each([99, 100, 101, 250, 1000])(
    'of %i files gives them all, though they are listed in hundreds',
    async (n) => {
      const { paths } = await walk({ top: many(n) });
      expect(new Set(paths).size).toBe(n);
      expect(paths).toHaveLength(n);
    },
  );

  test('tells what can’t be opened, file or folder, and goes on', async () => {
    const { paths, unreadable } = await walk({
      top: { a: null, b: 'b', c: { unlistable: null, x: 'x' }, d: { y: 'y' } },
    });
    expect(paths).toEqual(['top/b', 'top/d/y']);
    expect(unreadable.sort()).toEqual(['top/a', 'top/c']);
  });

  test('leaves out what systems put there', async () => {
    const { paths } = await walk({
      top: { '.DS_Store': 'x', '._1': 'x', 'Thumbs.db': 'x', __MACOSX: { '1': 'x' }, '1': '1' },
    });
    expect(paths).toEqual(['top/1']);
  });

  test('gives a datasets.json before what it describes', async () => {
    const { paths } = await walk({ top: { a: { '1': 'x' }, '0': 'x', 'datasets.json': '[]' } });
    expect(paths).toEqual(['top/datasets.json', 'top/0', 'top/a/1']);
  });

  test('comes with others and with loose files; equal names stay apart', async () => {
    const { paths } = await walk({ one: { scans: { '1': 'x' } }, two: { scans: { '1': 'y' } } }, [
      new File(['z'], 'loose'),
    ]);
    expect(paths).toEqual(['loose', 'one/scans/1', 'two/scans/1']);
  });

  test('ends where the person stops it', async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(walk({ top: { '1': 'x' } }, [], controller.signal)).rejects.toMatchObject({
      name: 'AbortError',
    });
  });

  test('of nothing gives nothing', async () => {
    expect(await walk({ top: { empty: {} } })).toEqual({ paths: [], unreadable: [], texts: [] });
  });
});

test('no batch is empty: neither the last of picked files, nor one of loose files that are not there', async () => {
  const sizes = async (source: Parameters<typeof walkDrop>[0]) => {
    const found: number[] = [];
    for await (const { items } of walkDrop(source, new AbortController().signal)) found.push(items.length);
    return found;
  };
  expect(await sizes(Array.from({ length: 128 }, (_, i) => new File([''], `${i}`)))).toEqual([64, 64]);
  expect(await sizes(dataTransfer([entryOf('top', many(128))]))).toEqual([64, 64]);
});

test('a file without a folder of its own is called by its name, one of a picked folder by its path', async () => {
  const inFolder = Object.defineProperty(new File([''], '1.dcm'), 'webkitRelativePath', { value: 'd/1.dcm' });
  for await (const { items } of walkDrop([new File([''], '2.dcm'), inFolder], new AbortController().signal)) {
    expect(items.map(({ path }) => path)).toEqual(['2.dcm', 'd/1.dcm']);
  }
});

test('picked files come in batches of 64, each once, without what systems put there', async () => {
  const files = Array.from({ length: 130 }, (_, i) => new File([''], `${i}.dcm`));
  const batches: string[][] = [];
  const picked = [...files, new File([''], 'Thumbs.db')];
  for await (const { items } of walkDrop(picked, new AbortController().signal)) {
    batches.push(items.map(({ path }) => path));
  }
  expect(batches.map(({ length }) => length)).toEqual([64, 64, 2]);
  expect(batches.flat()).toEqual(files.map(({ name }) => name));
});

test('picked files come in the order of a walk, whatever order a picker gives', async () => {
  const paths = [
    'top/b/1.dcm',
    'top/10.dcm',
    'top/a/2.dcm',
    'top/9.dcm',
    'top/09.dcm',
    'top/a/x/1.dcm',
    'top/a/1.dcm',
  ];
  const files = paths.map((path) =>
    Object.defineProperty(new File([''], path.split('/').at(-1)!), 'webkitRelativePath', { value: path }),
  );
  const tree = {
    top: {
      b: { '1.dcm': '' },
      '10.dcm': '',
      '9.dcm': '',
      '09.dcm': '',
      a: { '2.dcm': '', x: { '1.dcm': '' }, '1.dcm': '' },
    },
  };
  const walked = (await walk(tree)).paths;
  for (const source of [files, files.toReversed()]) {
    const picked: string[] = [];
    for await (const { items } of walkDrop(source, new AbortController().signal))
      picked.push(...items.map(({ path }) => path));
    expect(picked).toEqual(walked);
  }
});
