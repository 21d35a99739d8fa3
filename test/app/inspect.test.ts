/** The inspector's commands, its keys, and which file a slice came from. */

import { describe, expect, test, vi } from 'vitest';
import type { Context } from '../../src/app/context.ts';
import { createDatasetCommands } from '../../src/app/datasets.ts';
import { createInspectCommands } from '../../src/app/inspect.ts';
import { createDrop, createOriginals } from '../../src/app/originals.ts';
import type { InspectTarget, RunRow, State } from '../../src/app/state.ts';
import type { WorkerHandle } from '../../src/app/workers.ts';
import { DEFAULT_OPTIONS } from '../../src/core/dataset/options.ts';
import type { ShardIndex } from '../../src/core/dataset/shard.ts';
import { LabError } from '../../src/core/errors.ts';
import type { InspectService, Original } from '../../src/core/inspect/service.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { SKIP_CODES } from '../../src/core/skip.ts';
import { KEY_BYTES, SLICE_BYTES } from '../../src/core/types.ts';
import type { Store } from '../../src/storage/port.ts';
import { commandOf } from '../../src/ui/inspect/keys.ts';
import {
  chosenPreset,
  chosenWindow,
  FIRST,
  type Picture,
  presetAt,
  presetsOf,
  presetWindow,
  valueAt,
} from '../../src/ui/inspect/picture.ts';
import { wheelSteps } from '../../src/ui/inspect/wheel.ts';
import { makeDataset, makeFacts, makeIndex } from '../builders/storage.ts';
import { rawImage } from '../fakes/inspection.ts';
import { RUNS, verdicts } from '../fakes/state.ts';

const file = (name: string) => ({ path: name, file: new Blob([name]) });
const key = (n: number) => new Uint8Array(KEY_BYTES).fill(n);
const keys = (...ns: number[]) => Uint8Array.from(ns.flatMap((n) => [...key(n)]));

describe('originals', () => {
  test('are found by the key of a slice, the newest drop first', () => {
    const originals = createOriginals();
    for (const content of ['old', 'new']) {
      const drop = originals.open();
      drop.add([{ path: 'a/1.dcm', file: new Blob([content]) }]);
      drop.note({ paths: ['a/1.dcm'], pathOf: Uint32Array.of(0, 0), keys: keys(7, 8) });
    }
    expect(originals.find(key(8))?.file.size).toBe(3);
    expect(originals.find(key(8))?.id).toBe('data 2:a/1.dcm');
    expect(originals.find(key(9))).toBeNull();
  });

  test('of the oldest drop are given up when there are too many files', () => {
    const originals = createOriginals();
    const noted = (n: number, count: number) => {
      const drop = originals.open();
      const blob = new Blob();
      drop.add(Array.from({ length: count }, (_, i) => ({ path: `${n}/${i}`, file: blob })));
      drop.note({
        paths: [`${n}/0`, `${n}/${count - 1}`],
        pathOf: Uint32Array.of(0, 1),
        keys: keys(n, n + 1),
      });
    };
    noted(10, 1);
    noted(20, 199_999);
    originals.open();
    expect(originals.find(key(10))?.id).toBe('data 1:10/0');
    noted(30, 200_001);
    // The last of one drop were too many by themselves.
    expect(originals.find(key(30))?.id).toBe('data 4:30/0');
    expect(originals.find(key(31))).toBeNull();
    originals.open();
    expect([originals.find(key(10)), originals.find(key(20))]).toEqual([null, null]);
    expect(originals.find(key(30))?.id).toBe('data 4:30/0');
  });

  test('of images in two files come with their headers, where those were dropped', () => {
    const drop = createDrop('d');
    drop.add([file('a/1.img'), file('a/1.hdr'), file('a/2.img'), file('b/2.hdr')]);
    expect(drop.at('a/1.img')!.header!.size).toBe('a/1.hdr'.length);
    expect(drop.at('a/2.img')).not.toHaveProperty('header');
    expect(drop.at('a/1.hdr')).not.toHaveProperty('header');
  });

  test('in an archive are found by their place in it', () => {
    const drop = createDrop('d');
    drop.add([file('x/disk.zip'), file('x/1.dcm')]);
    expect(drop.at('x/disk/CT/1.dcm')).toMatchObject({ inside: 'CT/1.dcm' });
    expect(drop.at('x/1.dcm')).toMatchObject({ inside: null });
    expect(drop.at('y/1.dcm')).toBeNull();
  });
});

/** Two series of a dataset: rows 0, 2, 3 are one, the localizer among them included; row 1 is another. */
function index(): ShardIndex {
  const columns = makeIndex('p', ['a', 'a', 'a', 'a']);
  return {
    ...columns,
    shard: 5,
    series: [
      makeFacts('s', 'x'),
      makeFacts('t', 'x'),
      { ...makeFacts('s', 'x'), imageType: 'localizer' as const, burnedInRisk: null },
    ],
    seriesOf: Uint16Array.of(0, 1, 0, 2),
    instanceNumber: Int32Array.of(9, 1, 3, 1),
    frame: Uint32Array.of(0, 0, 4, 0),
    key: keys(10, 11, 12, 13),
  };
}

async function inspector(
  call: (args: { original: Original; frame: number }) => Promise<unknown>,
  find: (key: Uint8Array) => Original | null = () => ({ id: 'o', file: new Blob(), inside: null }),
  damaged = false,
  by: RunRow | null = RUNS[0],
) {
  let state = {
    project: { id: 'p', name: 'p', options: DEFAULT_OPTIONS },
    classify: { series: verdicts(2, by) },
  } as unknown as State;
  const record = { ...makeDataset('a', 'p'), exclude: ['localizer' as const] };
  const store = {
    projects: async () => [],
    labelSets: async () => [DEFAULT_SET],
    datasets: async () => [record],
    shardIndexes: async () => [index()],
    caps: async () => null,
    storedBytes: async () => 0,
    slicePixels: async (refs: unknown[]) => refs.map(() => (damaged ? null : new Uint8Array(SLICE_BYTES))),
  } as unknown as Store;
  const context: Context = {
    get: () => state,
    set: (patch) => {
      state = { ...state, ...(typeof patch === 'function' ? patch(state) : patch) };
    },
    store,
    notify: () => {},
    go: () => {},
    ask: async () => true,
  };
  const datasets = createDatasetCommands(context);
  await datasets.refresh();
  const end = vi.fn();
  // Both read one file; which of them is asked is up to the test.
  const worker = { call: { frame: call, header: call }, end } as unknown as WorkerHandle<InspectService>;
  const classified = createDrop('c');
  classified.add(verdicts(2)[0].slices.map(({ path }) => file(path)));
  const commands = createInspectCommands(context, datasets, { find }, () => classified, worker);
  return { ...commands, datasets, end };
}

const stored = (row: number): InspectTarget => ({ kind: 'stored', shard: 5, row });

describe('inspecting', () => {
  test('a stored slice reads its frame of its file, and says what is known of it', async () => {
    const asked: unknown[] = [];
    const raw = rawImage(3);
    const { inspect } = await inspector(async (args) => {
      asked.push(args);
      return raw;
    });
    const found = await inspect(stored(2));
    expect(asked).toMatchObject([{ original: { id: 'o' }, frame: 4, preprocessing: DEFAULT_OPTIONS }]);
    expect(found).toMatchObject({ raw, missing: null, label: 'CT', source: 'tag', dataset: 'name of a' });
    expect(found.slice).toHaveLength(SLICE_BYTES);
    expect(found).toMatchObject({ instanceNumber: 3, frame: 4, excluded: false });
    expect((await inspect(stored(3))).excluded).toBe(true);
  });

  test('says plainly that the original is not at hand, and what brings it back', async () => {
    const { inspect } = await inspector(
      async () => rawImage(0),
      () => null,
    );
    const { raw, missing, slice } = await inspect(stored(0));
    expect(raw).toBeNull();
    expect(missing?.next).toContain('Drop the folder again');
    expect(slice).toHaveLength(SLICE_BYTES);
  });

  test('looks for the original by the key of that very slice', async () => {
    const asked: Uint8Array[] = [];
    const { inspect } = await inspector(
      async () => rawImage(0),
      (wanted) => {
        asked.push(wanted);
        return null;
      },
    );
    for (const row of [0, 2, 3]) await inspect(stored(row));
    expect(asked).toEqual([key(10), key(12), key(13)]);
  });

  test('of a damaged slice shows the original, and without one says what heals it', async () => {
    const whole = await inspector(async () => rawImage(0), undefined, true);
    expect(await whole.inspect(stored(0))).toMatchObject({ missing: null, slice: null, damaged: true });
    const lost = await inspector(
      async () => rawImage(0),
      () => null,
      true,
    );
    const { missing, raw, damaged } = await lost.inspect(stored(0));
    expect([raw, damaged]).toEqual([null, true]);
    expect(missing?.reason).toContain('damaged');
    expect(missing?.next).toContain('heals');
  });

  test('a slice without an instance number has none', async () => {
    const { inspect, datasets } = await inspector(async () => rawImage(0));
    datasets.locate(stored(1) as never).index.instanceNumber[1] = -1;
    expect(await inspect(stored(1))).toMatchObject({ instanceNumber: null, damaged: false, verdict: null });
    expect(await inspect(stored(1))).toMatchObject({ facts: { series: 't' } });
  });

  test('what can’t be read now is told like a skipped file', async () => {
    const skipped = await inspector(async () => ({ code: 'unreadable' }));
    expect((await skipped.inspect(stored(0))).missing).toEqual({
      reason: SKIP_CODES.unreadable.reason,
      next: SKIP_CODES.unreadable.next,
    });
  });

  test('only the timer says that it took too long; a worker that dies tells its own cause', async () => {
    vi.stubGlobal('fetch', async () => new Response());
    const dead = await inspector(async () => {
      throw new LabError('worker-crashed', 'It stopped.', '', 'Again.');
    });
    expect((await dead.inspect(stored(0))).missing).toEqual({ reason: 'It stopped.', next: 'Again.' });

    vi.useFakeTimers();
    let crash = (_: Error) => {};
    const endless = await inspector(
      () =>
        new Promise((_, reject) => {
          crash = reject;
        }),
    );
    endless.end.mockImplementation(() => crash(new LabError('worker-crashed', 'It stopped.', '', '')));
    const late = endless.inspect(stored(0));
    await vi.advanceTimersByTimeAsync(30_000);
    expect((await late).missing?.reason).toBe(SKIP_CODES.timeout.reason);
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  test('a worker that could not be loaded because the server is gone says that', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('Failed to fetch');
    });
    const dead = await inspector(async () => {
      throw new LabError('worker-crashed', 'It stopped.', '', '');
    });
    const { missing } = await dead.inspect(stored(0));
    expect(missing?.reason).toContain('server');
    expect(missing?.next).toContain('npm start');
    vi.unstubAllGlobals();
  });

  test('a decoder that hangs is ended', async () => {
    vi.useFakeTimers();
    const hanging = await inspector(() => new Promise(() => {}));
    void hanging.inspect(stored(0));
    await vi.advanceTimersByTimeAsync(31_000);
    expect(hanging.end).toHaveBeenCalledOnce();
    vi.useRealTimers();
  });

  test('the stack of a slice is its series in order, whatever kinds are in it', async () => {
    const { stack } = await inspector(async () => rawImage(0));
    expect(stack(stored(0))).toEqual([stored(3), stored(2), stored(0)]);
    expect(stack(stored(1))).toEqual([stored(1)]);
  });

  test('the header is that of the slice’s file, stored or classified, and the file is all that is asked for', async () => {
    const asked: unknown[] = [];
    const tree = { nodes: [], left: 'nothing' };
    const { header } = await inspector(async (args) => {
      asked.push(args);
      return tree;
    });
    expect(await header(stored(2))).toBe(tree);
    const [series] = verdicts(2);
    expect(await header({ kind: 'classified', series: series.key, at: 1 })).toBe(tree);
    expect(asked).toMatchObject([
      { original: { id: 'o' } },
      { original: { id: `c:${series.slices[1].path}` } },
    ]);
  });

  test('a header that can’t be read says why: no file, no DICOM file, a skip', async () => {
    const of = async (found: unknown, find?: () => null) => {
      const { header } = await inspector(async () => found, find);
      return header(stored(0));
    };
    expect(await of(null, () => null)).toMatchObject({ reason: 'The original file is not at hand.' });
    expect(await of(null)).toMatchObject({ reason: 'The file of this slice is no DICOM file.' });
    expect(await of({ code: 'truncated' })).toEqual({
      reason: SKIP_CODES.truncated.reason,
      next: SKIP_CODES.truncated.next,
    });
  });

  test('a classified slice is read from the file it was classified from', async () => {
    const asked: Original[] = [];
    const { inspect, stack } = await inspector(async ({ original }) => {
      asked.push(original);
      return rawImage(0);
    });
    const [series] = verdicts(2);
    const found = await inspect({ kind: 'classified', series: series.key, at: 0 });
    expect(asked[0].id).toBe(`c:${series.slices[0].path}`);
    expect(found.verdict?.predicted).toBe(series.slices[0].predicted);
    const whole = stack({ kind: 'classified', series: series.key, at: 3 });
    expect(whole).toHaveLength(series.slices.length);
    expect(whole[1]).toEqual({ kind: 'classified', series: series.key, at: 1 });
    expect(found).toMatchObject({
      missing: null,
      damaged: false,
      excluded: false,
      frame: 0,
      instanceNumber: 1,
    });
    expect(found).toMatchObject({ label: null, source: null, dataset: null, facts: found.raw!.facts });
    expect(found.slice).toBe(found.raw!.slice);
    expect(found.verdict).toEqual({
      predicted: series.slices[0].predicted,
      probabilities: series.slices[0].probabilities,
      labelSet: DEFAULT_SET,
    });
  });

  test('a classified slice that is no longer shown, or whose file is gone, is not at hand', async () => {
    const { inspect, stack } = await inspector(async () => rawImage(0));
    const [, other] = verdicts(2);
    for (const target of [
      { kind: 'classified', series: other.key, at: 0 } as const,
      { kind: 'classified', series: 'gone', at: 0 } as const,
    ]) {
      const { raw, missing, slice } = await inspect(target);
      expect([raw, slice, missing?.reason]).toEqual([null, null, 'The original file is not at hand.']);
    }
    expect(stack({ kind: 'classified', series: 'gone', at: 0 })).toEqual([]);
    expect(await inspect({ kind: 'classified', series: 'gone', at: 0 })).toMatchObject({
      frame: 0,
      instanceNumber: null,
      verdict: null,
    });
  });

  test('a slice that was listed without a model has no answer to show', async () => {
    const { inspect } = await inspector(async () => rawImage(0), undefined, false, null);
    const [series] = verdicts(1, null);
    expect((await inspect({ kind: 'classified', series: series.key, at: 0 })).verdict).toBeNull();
  });

  test('a page of a dataset can be narrowed to a kind', async () => {
    const { datasets } = await inspector(async () => rawImage(0));
    const page = { kind: 'dataset', dataset: 'a', offset: 0, limit: 9 } as const;
    const rows = async (only: 'localizer' | 'original' | null) =>
      (await datasets.datasetSlices({ ...page, only })).cards.map(({ row }) => row);
    expect(await rows(null)).toEqual([0, 1, 2, 3]);
    expect(await rows('localizer')).toEqual([3]);
    expect(await rows('original')).toEqual([0, 1, 2]);
  });
});

describe('the inspector’s keys', () => {
  const press = (key: string, more: Partial<KeyboardEvent> = {}) =>
    commandOf({ key, code: '', shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...more });

  test('are those of image viewers', () => {
    expect(press('ArrowDown')).toEqual({ do: 'step', by: 1 });
    expect(press('End')).toEqual({ do: 'last' });
    expect([press('i'), press('='), press(' ')].map((command) => command?.do)).toEqual([
      'invert',
      'fit',
      'reset',
    ]);
    // Whatever the keyboard makes of Shift and 3.
    expect(press('§', { code: 'Digit3', shiftKey: true })).toEqual({ do: 'preset', number: 3 });
    expect(press('3', { code: 'Digit3' })).toBeNull();
    expect(press('ArrowLeft', { shiftKey: true })).toEqual({ do: 'probe', dx: -1, dy: 0 });
  });

  test('leave the browser’s own alone', () => {
    expect([press('i', { ctrlKey: true }), press('Tab'), press('Escape')]).toEqual([null, null, null]);
  });
});

describe('windows of a picture', () => {
  const ct: Picture = { ...rawImage(1), from: 'original', unit: 'HU' };

  test('min–max is what the network gets; Hounsfield windows are for CT alone', () => {
    const { low, high } = ct.histogram!;
    expect(presetWindow('min–max', ct)).toEqual({ centre: (low + high) / 2, width: high - low });
    expect(presetWindow('full range', ct)).toEqual({ centre: 1023.5, width: 4095 });
    expect(presetWindow('lung', ct)).toEqual({ centre: -600, width: 1500 });
    expect(presetWindow('lung', { ...ct, unit: '' })).toBeNull();
  });

  test('a preset that does not suit gives way, one set by hand stays', () => {
    expect(chosenWindow('lung', { ...ct, unit: '' })).toEqual(presetWindow('min–max', ct));
    expect(chosenWindow({ centre: 1, width: 2 }, ct)).toEqual({ centre: 1, width: 2 });
  });

  test('the file’s own come first and are shown first; elsewhere min–max is', () => {
    const own = [
      { centre: 60, width: 300, shape: 'linear' as const },
      { centre: -500, width: 1400 },
    ];
    const file = { ...ct, windows: own };
    expect(presetsOf(file).map(({ preset, number }) => `${number} ${preset}`)).toEqual([
      ...['8 File 1', '9 File 2', '1 soft tissue', '2 lung', '3 bone', '4 brain'],
      ...['5 min–max', '6 1–99 %', '7 full range'],
    ]);
    expect(presetsOf(ct)[0]).toMatchObject({ preset: 'soft tissue', number: 1 });
    expect([file, ct].map((picture) => chosenPreset(FIRST, picture))).toEqual(['File 1', 'min–max']);
    expect(chosenWindow(FIRST, file)).toEqual(own[0]);
    expect(chosenWindow(presetAt(9), file)).toEqual(own[1]);
    expect(chosenPreset('File 2', { ...file, windows: own.slice(0, 1) })).toBe('File 1');
    expect(chosenPreset({ centre: 1, width: 2 }, file)).toBeNull();
  });

  test('a place is read out in modality values', () => {
    const picture = { rows: 2, columns: 2, values: Int16Array.of(0, 1, 2, 3), slope: 2, intercept: -5 };
    expect(valueAt(picture, { u: 0.6, v: 0.4 })).toEqual({ row: 0, column: 1, stored: 1, value: -3 });
    expect(valueAt(picture, { u: 1, v: 1 })).toMatchObject({ row: 1, column: 1 });
  });
});

describe('the wheel', () => {
  test.each([53, 100, 120, 240])('goes one slice on with a notch of %d pixels', (deltaY) => {
    expect(wheelSteps({ deltaY, deltaMode: 0 }, 0)).toEqual({ steps: 1, left: 0 });
    expect(wheelSteps({ deltaY: -deltaY, deltaMode: 0 }, 40)).toEqual({ steps: -1, left: 0 });
  });

  test('goes one slice on with a notch of three lines', () => {
    expect(wheelSteps({ deltaY: 3, deltaMode: 1 }, 0)).toEqual({ steps: 1, left: 0 });
  });

  test('gathers the small turns of a trackpad, and begins anew when it turns back', () => {
    let [left, gone] = [0, 0];
    for (let i = 0; i < 30; i++) {
      const turn = wheelSteps({ deltaY: 10, deltaMode: 0 }, left);
      left = turn.left;
      gone += turn.steps;
    }
    expect(gone).toBe(6);
    expect(wheelSteps({ deltaY: -10, deltaMode: 0 }, 40)).toEqual({ steps: 0, left: -10 });
  });
});
