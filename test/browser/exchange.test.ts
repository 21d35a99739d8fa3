/** The dialogs that bring labels out and in, in each of their states. */
import axe from 'axe-core';
import { createElement } from 'react';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Actions } from '../../src/app/actions.ts';
import type { SortOutcome, SortProgress } from '../../src/app/exchange/sort.ts';
import type { State } from '../../src/app/state.ts';
import { ExchangeButtons } from '../../src/ui/label/exchange/ExchangeButtons.tsx';
import { compared, NO_CHANGE, PLAN, sorted } from '../fakes/exchange.ts';
import { FULL } from '../fakes/state.ts';
import { misfits } from '../harness/misfits.js';
import { leave, showPart } from '../harness/show.ts';

type Patch = Partial<Actions>;

const LABELS = 'note,file,class\n,a,CT\n,b,MR\n';

async function open(name: 'import' | 'export' | 'readers' | 'sort', patch: Patch = {}, state: State = FULL) {
  const lab = showPart(createElement(ExchangeButtons), state, () => patch);
  await userEvent.click(page.getByTestId(`label-${name}`));
  await expect.element(page.getByTestId(`${name}-dialog`)).toBeVisible();
  return lab;
}

/** As the picker would. */
async function pick(testId: string, text = LABELS): Promise<void> {
  await userEvent.upload(page.getByTestId(testId), new File([text], 'reader.csv'));
}

async function violations(): Promise<string[]> {
  const found = await axe.run(document.body, { resultTypes: ['violations'] });
  const serious = found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return [...serious.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), ...misfits({ print: false })];
}

const text = (testId: string) => page.getByTestId(testId).element().textContent;
const named = (lab: { calls: unknown[][] }, name: string) => lab.calls.filter(([one]) => one === name);

beforeAll(async () => {
  await page.viewport(1366, 768);
  document.documentElement.lang = 'en';
});
afterEach(() => {
  leave();
  vi.unstubAllGlobals();
});

describe('the export', () => {
  test('writes no names unless they are ticked', async () => {
    const lab = await open('export');
    await expect
      .element(page.getByTestId('export-facts'))
      .toHaveTextContent('20,480 slices in 1,240 series; 18,900 of them in a class.');
    await userEvent.click(page.getByTestId('export-csv'));
    await userEvent.click(page.getByTestId('export-dataset-names'));
    await userEvent.click(page.getByTestId('export-json'));
    const plain = { datasetNames: false, filePaths: false, everySlice: false, contents: true };
    expect(named(lab, 'exportLabels')).toEqual([
      ['exportLabels', 'csv', plain, expect.any(Function)],
      ['exportLabels', 'json', { ...plain, datasetNames: true }, expect.any(Function)],
    ]);
    expect(await violations()).toEqual([]);
  });

  test('says how far the pictures are read', async () => {
    let end = () => {};
    await open('export', {
      exportLabels: (_, __, onProgress) => {
        onProgress?.(0.4);
        return new Promise<void>((resolve) => {
          end = resolve;
        });
      },
    });
    await userEvent.click(page.getByTestId('export-csv'));
    await expect
      .element(page.getByTestId('export-reading'))
      .toHaveTextContent(/Reading the pictures: 40.0.%\./);
    await expect.element(page.getByTestId('export-csv')).toBeDisabled();
    end();
    await expect.element(page.getByTestId('export-csv')).toBeEnabled();
  });

  test('offers no paths while no file is at hand, and says how to bring them', async () => {
    await open('export', {
      exchangeFacts: async () => ({ series: 1, slices: 2, labelled: 2, atHand: 0 }),
    });
    await expect.element(page.getByText('drop the folders again to name their files')).toBeVisible();
    await expect.element(page.getByTestId('export-file-paths')).toBeDisabled();
  });

  test('of an empty project has nothing to save', async () => {
    await open('export', {
      exchangeFacts: async () => ({ series: 0, slices: 0, labelled: 0, atHand: 0 }),
    });
    await expect.element(page.getByTestId('export-facts')).toHaveTextContent('0 slices');
    await expect.element(page.getByTestId('export-csv')).toBeDisabled();
  });
});

describe('the import', () => {
  test('shows what would change and what is left out, before anything is stored', async () => {
    const lab = await open('import');
    await expect.element(page.getByTestId('import-store')).toBeDisabled();
    await pick('import-file');
    await expect.element(page.getByTestId('import-changes')).toHaveTextContent('479 slices would change');
    expect(text('import-changes')).toMatch(/CTMR412.*no classXR64.*PTno class3/);
    expect(text('import-rows')).toMatch(/1,201match/);
    expect(text('import-rows')).toContain('lines 14, 15, 16, 80, 81 and 2 more');
    expect(text('import-rows')).toContain('“Ultrasound”, which this set does not have');
    expect(text('import-rows')).toContain('contradict one another; their slices stay as they are');
    expect(text('import-strange')).toMatch(
      /This set does not have Ultrasound\.Rows with such a class are left out until the set has it/,
    );
    expect(text('import-kept')).toBe('Slices that keep the label that you gave: 36.');
    expect(text('import-dialog')).toMatch(/Columns used: file, class\. Columns ignored: note\./);
    expect(named(lab, 'importLabels')).toEqual([]);
    expect(await violations()).toEqual([]);
  });

  test('is stored by the button, and closes', async () => {
    const lab = await open('import');
    await pick('import-file');
    await userEvent.click(page.getByText('Change 479 labels'));
    await vi.waitFor(() => expect(page.getByTestId('import-dialog').elements()).toEqual([]));
    expect(named(lab, 'importLabels')).toEqual([['importLabels', PLAN]]);
  });

  test('that fails stays open', async () => {
    const importLabels = vi.fn(async () => false);
    await open('import', { importLabels });
    await pick('import-file');
    await userEvent.click(page.getByTestId('import-store'));
    expect(importLabels).toHaveBeenCalledOnce();
    await expect.element(page.getByTestId('import-dialog')).toBeVisible();
  });

  test('replaces the user’s own labels only if that is ticked', async () => {
    await open('import');
    await pick('import-file');
    await userEvent.click(page.getByTestId('import-replace-own'));
    await expect.element(page.getByText('Change 515 labels')).toBeVisible();
    expect(page.getByTestId('import-kept').elements()).toEqual([]);
  });

  test('offers to make classes that the set lacks, and then looks again', async () => {
    const lab = await open('import');
    await pick('import-file');
    await userEvent.click(page.getByText('Make 1 class'));
    const [[, set]] = named(lab, 'putLabelSet') as [string, State['labelSet']][];
    expect(set.classes.map(({ name }) => name)).toEqual(['CT', 'MR', 'PT', 'XR', 'Ultrasound']);
    lab.state.setState({ labelSet: set });
    await vi.waitFor(() => expect(named(lab, 'planLabelImport')).toHaveLength(2));
  });

  test('does not offer more classes than a set can have', async () => {
    const strange = Array.from({ length: 61 }, (_, i) => ({ name: `class ${i}`, lines: [i + 2] }));
    await open('import', { planLabelImport: async () => ({ ...PLAN, strange }) });
    await pick('import-file');
    await expect
      .element(page.getByTestId('import-strange'))
      .toHaveTextContent(
        'These classes can’t be added: A set has at most 64 classes. Rows with them are left out.',
      );
    expect(page.getByTestId('import-make-classes').elements()).toEqual([]);
  });

  test('offers the label set that the file brings along', async () => {
    const set = { ...FULL.labelSet, id: 'regions', name: 'Regions' };
    const lab = await open('import', { planLabelImport: async () => ({ ...PLAN, otherSet: 1 }) });
    await pick(
      'import-file',
      JSON.stringify({ labelSet: set, labels: [{ file: 'a', class: 'CT', setId: 'regions' }] }),
    );
    await expect
      .element(page.getByTestId('import-other-set'))
      .toHaveTextContent('1 row is of another label set.Here they count for classes with the same names in');
    await userEvent.click(page.getByText('Add “Regions”'));
    await vi.waitFor(() => expect(named(lab, 'useLabelSet')).toEqual([['useLabelSet', 'regions']]));
    expect(named(lab, 'putLabelSet')).toEqual([['putLabelSet', set]]);
  });

  test('without a change can’t be stored', async () => {
    await open('import', { planLabelImport: async () => NO_CHANGE });
    await pick('import-file');
    await expect.element(page.getByText('No label changes')).toBeVisible();
    await expect.element(page.getByTestId('import-store')).toBeDisabled();
  });

  test('that matches nothing says how another project’s labels are matched', async () => {
    await open('import', {
      planLabelImport: async () => ({ ...NO_CHANGE, matched: 0, unknown: [2, 3], otherSet: 2 }),
    });
    await pick('import-file');
    await expect
      .element(page.getByTestId('import-nothing'))
      .toHaveTextContent('Export there with the fingerprints of pictures, drop the same folder here');
    expect(text('import-other-set')).toContain('2 rows are of another label set.');
    expect(await violations()).toEqual([]);
  });

  test('of a file that is no table says what is missing', async () => {
    await open('import');
    await pick('import-file', 'a,b\n1,2\n');
    await expect
      .element(page.getByTestId('import-file-fault'))
      .toHaveTextContent(
        'No column names a class, such as “class” or “label”.Nothing was read from reader.csv. Choose another file, or give its columns these names.',
      );
    expect(await violations()).toEqual([]);
  });

  test('the preview says by what each row matches', async () => {
    await open('import');
    await pick('import-file');
    await expect.element(page.getByTestId('import-changes')).toBeVisible();
    expect(text('import-rows')).toContain(
      '1,200of them by the same pictureslines 2, 3, 4, 5, 6 and 1,195 more',
    );
    expect(text('import-rows')).toContain('1of them by paths of filesline 1239');
    expect(text('import-rows')).not.toContain('by ids of this project');
  });

  test('waits while rows are looked for, and can’t be stored in a tab that only looks', async () => {
    await open('import', { planLabelImport: () => new Promise(() => {}) });
    await pick('import-file');
    await expect.element(page.getByText('Looking for these rows …')).toBeVisible();
    leave();
    await open('import', {}, { ...FULL, readOnly: true });
    await pick('import-file');
    await expect.element(page.getByTestId('import-changes')).toBeVisible();
    await expect.element(page.getByTestId('import-store')).toBeDisabled();
  });
});

describe('two readers', () => {
  test('show agreement, kappa and its interval, the table, and each class', async () => {
    await open('readers');
    await expect.element(page.getByText('both readers’ series must be in this project')).toBeVisible();
    await pick('readers-second-file');
    await expect.element(page.getByTestId('readers-figures')).toHaveTextContent('140 of 200 series');
    expect(text('readers-figures')).toMatch(/70\.0.*0\.49 95 % interval 0\.39 to 0\.59/);
    expect(text('readers-table')).toMatch(/CT881418MR104010PT2612$/);
    expect(text('readers-classes')).toMatch(/CT120100880\.5/);
    expect(text('readers-dialog')).toContain(
      'With a label of one reader alone: 12 series of the first, 0 of the second.',
    );
    expect(text('readers-dialog')).toContain('Rows that name nothing that is here: 2.');
    expect(text('readers-dialog')).toContain('Fleiss, Cohen and Everitt (1969)');
    expect(await violations()).toEqual([]);
  });

  test('count slices with a warning, and two files in place of the project’s labels', async () => {
    const compareReaders = vi.fn<Actions['compareReaders']>(async (_, __, { unit }) => compared(unit));
    await open('readers', { compareReaders });
    await userEvent.click(page.getByText('A file', { exact: true }));
    await pick('readers-first-file');
    await pick('readers-second-file');
    await userEvent.click(page.getByText('Slices', { exact: true }));
    await expect.element(page.getByText('the interval is too narrow')).toBeVisible();
    await userEvent.click(page.getByTestId('readers-people-only'));
    await vi.waitFor(() =>
      expect(compareReaders.mock.lastCall).toMatchObject([
        { rows: [{ line: 2 }, { line: 3 }] },
        { rows: [{ line: 2 }, { line: 3 }] },
        { unit: 'slice', peopleOnly: false },
      ]),
    );
  });

  test('lead to the series they disagree on', async () => {
    const lab = await open('readers');
    await expect.element(page.getByTestId('readers-queue')).toBeDisabled();
    await pick('readers-second-file');
    await userEvent.click(page.getByText('Show the 60 series they disagree on'));
    expect(lab.state.getState().disagreements?.items).toHaveLength(60);
    expect(page.getByTestId('readers-dialog').elements()).toEqual([]);
  });

  test('without a common series say why', async () => {
    const nothing = (unknown: number[]) => {
      const found = compared();
      const comparison = { ...found.comparison, n: 0, disagreements: [] };
      return async () => ({ ...found, comparison, second: { ...found.second, unknown } });
    };
    await open('readers', { compareReaders: nothing([2, 3]) });
    await pick('readers-second-file');
    await expect
      .element(page.getByTestId('readers-nothing'))
      .toHaveTextContent(/2 rows name nothing that is here: ids of another project match nothing/);
    leave();
    await open('readers', { compareReaders: nothing([]) });
    await pick('readers-second-file');
    await expect
      .element(page.getByTestId('readers-nothing'))
      .toHaveTextContent('Count labels of tags and folders, too, or choose another file.');
  });
});

describe('sorted files', () => {
  const RESULT: SortOutcome = {
    ...{ state: 'done', written: 225, total: 225, renamed: 0, unreadable: 0, error: null },
  };
  const zip = () => userEvent.click(page.getByTestId('sort-zip'));

  test('are shown as folders with counts, conflicts and what is not at hand, before a copy is made', async () => {
    const lab = await open('sort');
    await expect.element(page.getByTestId('sort-tree')).toBeVisible();
    expect(text('sort-tree')).toMatch(/CT161 filesdataset 1120 filesdataset 241 files/);
    expect(text('sort-missing')).toContain(
      '300 slices of 1 series can’t be copied: their files are not at hand.',
    );
    expect(text('sort-missing')).toContain('Drop their folders again, then open this again.');
    expect(text('sort-dialog')).toContain(
      'Files whose slices have several labels go into “several labels”: 1 file.',
    );
    expect(text('sort-dialog')).toContain('Left out, since they have no label: 2 files.');
    expect(text('sort-dialog')).toContain('Files are copied, never moved, and no file is overwritten.');
    expect(named(lab, 'sortFiles')).toEqual([]);
    expect(await violations()).toEqual([]);
  });

  test('keep their names only if that is ticked, and then say which get numbers', async () => {
    const lab = await open('sort');
    await expect.element(page.getByTestId('sort-tree')).not.toHaveTextContent('Clinic');
    await userEvent.click(page.getByTestId('sort-keep-names'));
    await expect.element(page.getByTestId('sort-tree')).toHaveTextContent('Clinic A');
    await userEvent.click(page.getByTestId('sort-unlabelled'));
    await expect.element(page.getByTestId('sort-tree')).toHaveTextContent('no label');
    expect(named(lab, 'planSort').at(-1)).toEqual(['planSort', { keepNames: true, unlabelled: true }]);
  });

  test('go into a picked folder where the browser can write one, else into a zip', async () => {
    const handle = { name: 'out' } as FileSystemDirectoryHandle;
    vi.stubGlobal('showDirectoryPicker', async () => handle);
    const lab = await open('sort');
    await expect.element(page.getByTestId('sort-folder')).toBeEnabled();
    await userEvent.click(page.getByTestId('sort-folder'));
    await expect.element(page.getByTestId('sort-result')).toHaveTextContent('Written: 224 of 224 files');
    expect(named(lab, 'sortFiles')[0][2]).toBe(handle);
    leave();
    vi.stubGlobal('showDirectoryPicker', undefined);
    const other = await open('sort');
    expect(page.getByTestId('sort-folder').elements()).toEqual([]);
    await expect.element(page.getByTestId('sort-zip')).toBeEnabled();
    await zip();
    await vi.waitFor(() => expect(named(other, 'sortFiles')[0][2]).toBeNull());
  });

  test('are not copied if the picker is closed', async () => {
    vi.stubGlobal('showDirectoryPicker', () => Promise.reject(new DOMException('', 'AbortError')));
    const lab = await open('sort');
    await expect.element(page.getByTestId('sort-folder')).toBeEnabled();
    await userEvent.click(page.getByTestId('sort-folder'));
    expect(named(lab, 'sortFiles')).toEqual([]);
    await expect.element(page.getByTestId('sort-zip')).toBeEnabled();
  });

  test('show their progress and can be cancelled; what was written is told', async () => {
    let tell: (progress: SortProgress) => void = () => {};
    let end: (outcome: SortOutcome) => void = () => {};
    await open('sort', {
      sortFiles: (_, __, { signal, onProgress }) => {
        tell = onProgress;
        signal.addEventListener('abort', () => end({ ...RESULT, state: 'cancelled', written: 80 }));
        return new Promise((resolve) => {
          end = resolve;
        });
      },
    });
    await expect.element(page.getByTestId('sort-zip')).toBeEnabled();
    await zip();
    tell({ done: 80, total: 225, rate: 41, secondsLeft: 3.4 });
    await expect
      .element(page.getByTestId('sort-progress'))
      .toHaveTextContent('80 of 225 files, 41.0 a second, 4 s left');
    expect(await violations()).toEqual([]);
    await userEvent.click(page.getByTestId('sort-cancel'));
    await expect
      .element(page.getByTestId('sort-result'))
      .toHaveTextContent('CancelledWritten: 80 of 225 files; no file is half written.');
  });

  test('that fail say why, what was written, and what to do', async () => {
    const error = {
      code: 'internal',
      message: 'The disk is full.',
      outcome: '',
      next: 'Choose another folder.',
    };
    const outcomes: SortOutcome[] = [
      { ...RESULT, state: 'failed', written: 12, renamed: 3, unreadable: 2, error },
      { ...RESULT, state: 'failed', written: 0, error },
    ];
    await open('sort', { sortFiles: async () => outcomes.shift()! });
    await expect.element(page.getByTestId('sort-zip')).toBeEnabled();
    await zip();
    const result = page.getByTestId('sort-result');
    await expect.element(result).toHaveTextContent(/The copying failed.*The disk is full\..*12 of 225 files/);
    await expect
      .element(result)
      .toHaveTextContent('3 files got a number, since the folder had a file of that name.');
    await expect
      .element(result)
      .toHaveTextContent('2 files could not be read any more: drop the folder again, and sort again.');
    await expect.element(result).toHaveTextContent('Choose another folder.');
    await zip();
    await expect.element(result).toHaveTextContent('No copy was left behind.');
  });

  test('without a file at hand can’t be copied', async () => {
    const plan = sorted();
    await open('sort', { planSort: async () => ({ ...plan, folders: [], copies: [] }) });
    await expect
      .element(page.getByTestId('sort-nothing'))
      .toHaveTextContent('There is no file at hand to copy.');
    await expect.element(page.getByTestId('sort-zip')).toBeDisabled();
  });
});
