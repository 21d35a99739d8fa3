/** The sets of files that commands check are found wherever they were unpacked; reports count what failed. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { openArchive, readJson } from './archive.ts';
import { print, reportOf } from './report.ts';

const folder = mkdtempSync(join(tmpdir(), 'modality-lab-archive-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const files = { 'list.json': '["a"]', 'dicom/a': 'A', 'dicom/ä b': 'B' };
const utf8 = (text: string) => new TextEncoder().encode(text);

function unpack(root: string): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

function pack(name: string, prefix = ''): string {
  const entries = Object.entries(files).map(([path, content]) => [prefix + path, utf8(content)] as const);
  const path = join(folder, name);
  writeFileSync(path, zipSync(Object.fromEntries(entries)));
  return path;
}

describe('a set of files', () => {
  test.each([
    ['in the folder that is named', () => unpack(join(folder, 'plain'))],
    ['in a folder below', () => join(unpack(join(folder, 'outer/inner/set')), '..')],
    ['around a folder of its own', () => join(unpack(join(folder, 'whole')), 'dicom')],
    ['in an archive', () => pack('plain.zip')],
    ['in a folder of an archive', () => pack('deep.zip', 'some/set/')],
  ])('%s is found', (_, path) => {
    const archive = openArchive(path(), 'list.json');
    expect(archive?.paths).toEqual(['dicom/a', 'dicom/ä b', 'list.json']);
    expect(archive?.read('dicom/ä b')).toEqual(utf8('B'));
    expect(readJson(archive!, 'list.json')).toEqual(['a']);
  });

  test('that isn’t there is none', () => {
    mkdirSync(join(folder, 'empty/below'), { recursive: true });
    expect(openArchive(join(folder, 'empty/below'), 'list.json')).toBeNull();
    expect(openArchive(join(folder, 'nowhere'), 'list.json')).toBeNull();
    expect(openArchive(pack('other.zip'), 'another.json')).toBeNull();
  });
});

test('a report is one JSON object', () => {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const failures = [{ file: 'a', expected: 'x', got: 'y' }];
  print({ ...reportOf(3, failures), explained: [] }, true);
  const text = write.mock.calls.map(([chunk]) => String(chunk)).join('');
  write.mockRestore();
  expect(text.trim().split('\n')).toHaveLength(1);
  expect(JSON.parse(text)).toEqual({ total: 3, passed: 2, failed: 1, failures, explained: [] });
});
