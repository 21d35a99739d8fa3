/** Which dataset a file belongs to, by its path and by datasets.json. */

import { describe, expect, test } from 'vitest';
import { UNLISTED } from '../../../src/core/dicom/modalityCode.ts';
import { datasetFolderOf } from '../../../src/core/files/datasetFolder.ts';
import { LOOSE_FILES } from '../../../src/core/files/folderName.ts';
import { isManifest, parseManifest } from '../../../src/core/files/manifest.ts';
import { folderWords } from '../../../src/core/labels/folderWords.ts';
import { propose } from '../../../src/core/labels/propose.ts';
import { BODY_REGION_SET } from '../../../src/core/labels/sets/bodyRegion.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';
import { makeFacts } from '../../builders/storage.ts';

const name = (path: string) => datasetFolderOf(path).dataset;

describe('without a datasets.json', () => {
  test('the dataset is the folder that holds a modality folder', () => {
    expect(name('archive/ct_lidc_chest/CT/patient/1.dcm')).toBe('ct_lidc_chest');
    expect(name('archive/sts_sarcoma/mr/1.dcm')).toBe('sts_sarcoma');
  });

  test('one folder of several datasets gives one dataset each', () => {
    const paths = ['all/one/CT/1.dcm', 'all/one/PT/1.dcm', 'all/two/XR/1.png'];
    expect(paths.map(name)).toEqual(['one', 'one', 'two']);
  });

  test('else it is the top folder of the drop', () => {
    expect(name('Study/series 3/1.dcm')).toBe('Study');
    expect(name('Study/1.dcm')).toBe('Study');
  });

  test('loose files, and modality folders without a folder around them, have a name of their own', () => {
    expect(name('1.dcm')).toBe(LOOSE_FILES);
    expect(name('CT/1.dcm')).toBe(LOOSE_FILES);
  });

  test('a file that is called like a modality is no folder', () => {
    expect(datasetFolderOf('Study/CT')).toEqual({
      path: 'Study',
      dataset: 'Study',
      folders: [],
      entry: null,
    });
  });

  test('only the exact four names are modality folders, in any case', () => {
    expect(
      ['CT', 'ct', 'Mr', 'PT', 'xr'].map((folder) => datasetFolderOf(`a/${folder}/1`).folders[0]),
    ).toEqual(['CT', 'CT', 'MR', 'PT', 'XR']);
    expect(
      ['CTs', 'PET', 'MRI', 'XRAY', 'other'].map((folder) => datasetFolderOf(`a/${folder}/1`).folders[0]),
    ).toEqual(new Array(5).fill(undefined));
  });

  test('folders of all classes of the project’s sets are kept as the sets write them, and no others', () => {
    const words = folderWords([DEFAULT_SET, BODY_REGION_SET]);
    expect(datasetFolderOf('Doe/THORAX/Jane/ct/Lung/ct/1.dcm', new Map(), words)).toEqual({
      path: 'Doe',
      dataset: 'Doe',
      folders: ['thorax', 'CT', 'lung'],
      entry: null,
    });
  });

  test('a name is one short line', () => {
    expect(name(`${'long '.repeat(40)}/1.dcm`).length).toBeLessThanOrEqual(80);
    expect(name('two\nlines\u202e/1.dcm')).toBe('two lines');
    expect(name(' /1.dcm')).toBe(LOOSE_FILES);
  });
});

test('the path tells folders apart whose names are equal, or equal for as long as they are shown', () => {
  const long = (n: number) => `${'x'.repeat(60)}${n}${'x'.repeat(47)}/1`;
  const paths = ['a/scans/CT/1', 'b/scans/CT/1', long(1), long(2)].map((path) => datasetFolderOf(path));
  expect(new Set(paths.map(({ path }) => path)).size).toBe(4);
  expect(new Set(paths.map(({ dataset }) => dataset)).size).toBe(2);
});

describe('with a datasets.json', () => {
  const manifest = parseManifest(
    JSON.stringify([
      { name: 'one', split: 'test', location: 'head', slices: { CT: 3 }, may_ship: true },
      { name: '__proto__', split: 'train', location: '' },
    ]),
  );

  test('it decides for the folders beside it', () => {
    const manifests = new Map([['data', manifest]]);
    expect(datasetFolderOf('data/one/deep/CT/1.dcm', manifests)).toEqual({
      path: 'data/one',
      dataset: 'one',
      folders: ['CT'],
      entry: { split: 'test', location: 'head' },
    });
    expect(datasetFolderOf('data/two/CT/1.dcm', manifests).entry).toBeNull();
    expect(datasetFolderOf('elsewhere/one/CT/1.dcm', manifests).entry).toBeNull();
  });

  test('dropped beside folders and archives it lies at the top', () => {
    expect(datasetFolderOf('one/CT/1.dcm', new Map([['', manifest]])).entry?.split).toBe('test');
  });

  test('names from outside can be anything', () => {
    expect(datasetFolderOf('__proto__/1.dcm', new Map([['', manifest]])).entry?.split).toBe('train');
    expect(datasetFolderOf('constructor/1.dcm', new Map([['', manifest]])).entry).toBeNull();
  });

  test('it is recognised by its name in any folder', () => {
    expect(['datasets.json', 'a/Datasets.JSON'].every(isManifest)).toBe(true);
    expect(isManifest('my-datasets.json')).toBe(false);
  });

  test.each([
    ['not JSON', '{', 'not valid JSON'],
    ['not a list', '{}', 'not a list'],
    ['an entry without a name', '[{"split":"test"}]', 'entry 1 has no usable name'],
    ['an unknown split', '[{"name":"secret","split":"holdout"}]', 'split of entry 1'],
    ['a location that is no text', '[{"name":"a","split":"test","location":[]}]', 'location of entry 1'],
    ['a name twice', '[{"name":"a","split":"test"},{"name":"a","split":"train"}]', 'entry 2 repeats'],
    ['a file too large', `[${' '.repeat(1_000_001)}]`, 'larger than 1 MB'],
  ])('%s is refused, and nothing of the file is quoted', (_, text, why) => {
    expect(() => parseManifest(text)).toThrow(why);
    expect(() => parseManifest(text)).not.toThrow(/secret|holdout/);
  });
});

function labelFor(modalityTag: string | null, folder: string | null) {
  const facts = { ...makeFacts('s', 'p'), modalityTag, folders: folder === null ? [] : [folder] };
  const { label, source } = propose(facts, DEFAULT_SET);
  return { label: DEFAULT_SET.classes[label]?.id ?? 'other', source };
}

describe('the label', () => {
  test('is the tag’s', () => {
    expect(labelFor('CR', 'CT')).toEqual({ label: 'XR', source: 'tag' });
  });

  test('is the tag’s also where the tag is none of the four and a folder says one', () => {
    for (const code of ['RTDOSE', 'US', 'OT', 'SC', UNLISTED])
      expect(labelFor(code, 'CT')).toEqual({ label: 'other', source: 'tag' });
  });

  test('is the folder’s where no tag says anything', () => {
    expect(labelFor(null, 'XR')).toEqual({ label: 'XR', source: 'folder' });
  });

  test('is other where neither says anything; a tag that was read says something', () => {
    expect(labelFor('US', null)).toEqual({ label: 'other', source: 'tag' });
    expect(labelFor(null, null)).toEqual({
      label: 'other',
      source: 'none',
    });
    expect(labelFor('constructor', null).label).toBe('other');
  });
});
