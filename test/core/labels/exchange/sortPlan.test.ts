/** Files sorted into folders by label: where each goes, and that no name leaves its folder. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { numbered, safeName } from '../../../../src/core/labels/exchange/safeName.ts';
import { planSort, type SortableFile } from '../../../../src/core/labels/exchange/sortPlan.ts';
import { MODALITY_SET } from '../../../../src/core/labels/sets/modality.ts';
import { makeProject } from '../../../builders/exchange.ts';

const { list, datasets } = makeProject([
  { dataset: 'd1', series: 'a', slices: 2, label: 'CT' },
  { dataset: 'd2', series: 'b', slices: 2, label: 'MR' },
  { dataset: 'd2', series: 'c', slices: 1, label: null, source: 'none' },
]);
list.label[3] = 0;
const file = (path: string, slices: number[], header: string | null = null): SortableFile => ({
  path,
  slices,
  header,
});
const FILES = [
  file('drop/x/IM10.SMITH', [1]),
  file('drop/y/IM2.DCM', [0]),
  file('drop/z/vol.img', [2, 3], 'drop/z/vol.hdr'),
  file('drop/z/other.nii.gz', [4]),
];
const NEUTRAL = { keepNames: false, unlabelled: false };
const planOf = (options = NEUTRAL, files = FILES) =>
  planSort(list, MODALITY_SET, { datasets, files }, options);

describe('sorted files', () => {
  test('go into a folder of their class and dataset, under numbers unless their names are kept', () => {
    expect(planOf().copies).toEqual([
      // An ending that names no format may be a part of a name.
      { from: 'drop/x/IM10.SMITH', to: ['CT', 'dataset 1', '000001'] },
      { from: 'drop/y/IM2.DCM', to: ['CT', 'dataset 1', '000002.dcm'] },
      { from: 'drop/z/vol.img', to: ['several labels', 'dataset 2', '000001.img'] },
      { from: 'drop/z/vol.hdr', to: ['several labels', 'dataset 2', '000001.hdr'] },
    ]);
    expect(planOf({ ...NEUTRAL, keepNames: true }).copies[0].to).toEqual(['CT', 'Name d1', 'IM10.SMITH']);
  });

  test('are counted by folder and dataset', () => {
    expect(planOf().folders.map(({ kind, name, files, datasets: of }) => [kind, name, files, of])).toEqual([
      ['class', 'CT', 2, [{ name: 'dataset 1', files: 2 }]],
      ['several', 'several labels', 1, [{ name: 'dataset 2', files: 1 }]],
    ]);
  });

  test('without a label are left out unless asked for', () => {
    expect(planOf().leftOut).toBe(1);
    const { copies, leftOut } = planOf({ ...NEUTRAL, unlabelled: true });
    expect(copies.map(({ to }) => to.join('/'))).toContain('no label/dataset 2/000001.nii.gz');
    expect(leftOut).toBe(0);
  });

  test('of one name get numbers, and both files of an image the same one', () => {
    const files = [file('drop/x/v.img', [0], 'drop/x/v.hdr'), file('drop/y/V.IMG', [1], 'drop/y/V.HDR')];
    const { copies, renumbered } = planOf({ ...NEUTRAL, keepNames: true }, files);
    expect(copies.map(({ to }) => to[2])).toEqual(['v.img', 'v.hdr', 'V (2).IMG', 'V (2).HDR']);
    expect(renumbered).toBe(1);
  });

  test('keep both files of an image under one stem, also where only one of them needs a number', () => {
    const files = [file('drop/x/v.img', [0]), file('drop/y/v.img', [1], 'drop/y/v.hdr')];
    const { copies } = planOf({ ...NEUTRAL, keepNames: true }, files);
    expect(copies.map(({ to }) => to[2])).toEqual(['v.img', 'v (2).img', 'v (2).hdr']);
  });

  test('that are not at hand are counted as slices and series', () => {
    expect(planOf(NEUTRAL, [FILES[0]]).missing).toEqual({ slices: 4, series: 3 });
    expect(planOf().missing).toEqual({ slices: 0, series: 0 });
  });

  test('of classes whose names differ only in what file names cannot hold have folders of their own', () => {
    const [ct, mr, ...rest] = MODALITY_SET.classes;
    const set = { ...MODALITY_SET, classes: [{ ...ct, name: 'a/b' }, { ...mr, name: 'A:B' }, ...rest] };
    const { copies } = planSort(list, set, { datasets, files: [file('1', [0]), file('2', [2])] }, NEUTRAL);
    expect(copies.map(({ to }) => to[0])).toEqual(['a_b', 'A_B (2)']);
  });
});

describe('a safe name', () => {
  test.each([
    ['..', '_'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['a\\b', 'a_b'],
    ['CON', '_CON'],
    ['nul.dcm', '_nul.dcm'],
    ['LPT1.tar.gz', '_LPT1.tar.gz'],
    ['console.dcm', 'console.dcm'],
    [' .hidden. ', 'hidden'],
    ['a\u202Egpj.exe', 'a_gpj.exe'],
    ['', '_'],
    ['Kopf (nativ) ü.dcm', 'Kopf (nativ) ü.dcm'],
  ])('of %j is %j', (name, safe) => {
    expect(safeName(name)).toBe(safe);
  });

  test('is one component that Windows takes, at most 120 bytes long, whatever the name', () => {
    const wild = fc.oneof(
      fc
        .array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 300 })
        .map((codes) => String.fromCodePoint(...codes)),
      fc.string({ unit: fc.constantFrom(...'.. /\\:CONnul0é漢') }),
    );
    fc.assert(
      fc.property(wild, (name) => {
        const safe = safeName(name);
        expect(safe).not.toMatch(/[<>:"/\\|?*\p{Cc}]|[. ]$|^\.|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/iu);
        expect(safe.length).toBeGreaterThan(0);
        expect(new TextEncoder().encode(safe).length).toBeLessThanOrEqual(120);
        expect(safeName(safe)).toBe(safe);
      }),
    );
  });

  test('keeps its ending when it is shortened', () => {
    expect(safeName(`${'x'.repeat(300)}.nii.gz`)).toBe(`${'x'.repeat(113)}.nii.gz`);
  });

  test('gets a number while it is taken, in any case', () => {
    const taken = new Set<string>();
    expect(['a.nii.gz', 'A.NII.GZ', 'a.nii.gz'].map((name) => numbered(name, taken))).toEqual([
      'a.nii.gz',
      'A (2).NII.GZ',
      'a (3).nii.gz',
    ]);
  });
});
