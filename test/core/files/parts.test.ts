/** The small parts of reading files: identifiers, junk, pace, feed and the job that is fed. */
import { describe, expect, test, vi } from 'vitest';
import { LabError } from '../../../src/core/errors.ts';
import { createEta } from '../../../src/core/files/eta.ts';
import { createFedJob } from '../../../src/core/files/fedJob.ts';
import { createFeed } from '../../../src/core/files/feed.ts';
import type { FileBatch, FileEntry } from '../../../src/core/files/fileBatch.ts';
import { readRanges, wholeRange } from '../../../src/core/files/fileBytes.ts';
import { createIdentifier, isGenericPatient } from '../../../src/core/files/identity.ts';
import { isJunk } from '../../../src/core/files/junk.ts';
import { OUTCOMES } from '../../../src/core/files/outcome.ts';
import { createReporter, type ReportEvent, type Reporter } from '../../../src/core/files/reporter.ts';
import { REMARK_CODES } from '../../../src/core/remarks.ts';

test('a patient ID that stands for anyone is no patient ID', () => {
  const generic = [
    '',
    ' ',
    '0',
    '12',
    'Anonymous',
    'ANON',
    'un-known',
    'No Name',
    '000000',
    'xxxx',
    'Patient^',
  ];
  expect(generic.filter((id) => !isGenericPatient(id))).toEqual([]);
  const real = ['LIDC-IDRI-0314', '12345', 'Müller', '0001', 'anonymous17'];
  expect(real.filter(isGenericPatient)).toEqual([]);
});

test('an identifier is hashed once, however many files have it, and forgotten after ten thousand others', async () => {
  const key = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const sign = vi.spyOn(crypto.subtle, 'sign');
  const { series } = createIdentifier(key);
  const of = (patient: string) =>
    series({ deviations: [] } as never, { patient, study: '', series: 's', instance: '' }, async () => '');
  const first = await of('patient one');
  expect(await of('patient one')).toEqual(first);
  // The patient and the series.
  expect(sign).toHaveBeenCalledTimes(2);
  for (let i = 0; i < 9_999; i++) await of(`patient ${i}`);
  sign.mockClear();
  expect(await of('patient one')).toEqual(first);
  expect(sign).toHaveBeenCalled();
  sign.mockRestore();
});

test('what systems leave in folders is junk, images are not', () => {
  const junk = ['.DS_Store', 'a/Thumbs.db', 'a/desktop.ini', '__MACOSX/a/1.dcm', 'a/._1.dcm'];
  expect(junk.filter((path) => !isJunk(path))).toEqual([]);
  expect(['a/1.dcm', 'a/.hidden.dcm', 'a_MACOSX/1', 'DICOMDIR'].filter(isJunk)).toEqual([]);
});

test('a file that can’t be read is named, and one too large is not read', async () => {
  const gone = () => Promise.reject(new DOMException('gone', 'NotFoundError'));
  const file = Object.assign(new Blob(), { arrayBuffer: gone });
  expect(await readRanges(file, [wholeRange(file)])).toMatchObject([{ bytes: { code: 'unreadable' } }]);
  const huge = Object.defineProperty(Object.assign(new Blob(), { arrayBuffer: gone }), 'size', {
    value: 3 * 2 ** 30,
  });
  expect(await readRanges(huge, [wholeRange(huge)])).toMatchObject([{ bytes: { code: 'too-large' } }]);
});

describe('the pace', () => {
  const at = (files: number) => ({ files, filesTotal: 100, bytes: files * 1000, bytesTotal: 100_000 });

  test('is unknown at first, then the rate of the last seconds and what is left at it', () => {
    const pace = createEta();
    expect(pace(0, at(0))).toEqual({ rate: null, secondsLeft: null });
    expect(pace(1000, at(10))).toEqual({ rate: null, secondsLeft: null });
    expect(pace(2000, at(20))).toEqual({ rate: 10, secondsLeft: 8 });
  });

  test('goes by bytes as well as by files: a large one that is left takes its time', () => {
    const pace = createEta();
    const mb = 2 ** 20;
    const small = { files: 0, filesTotal: 3, bytes: 0, bytesTotal: 12 * mb };
    pace(0, small);
    // 2 MB and two files in four seconds; 10 MB and one file are left.
    const { rate, secondsLeft } = pace(4000, { ...small, files: 2, bytes: 2 * mb });
    expect(rate).toBe(0.5);
    expect(secondsLeft).toBeCloseTo((4 * (10 * mb + 65_536)) / (2 * mb + 2 * 65_536));
    expect(pace(6000, { files: 3, filesTotal: 3, bytes: 12 * mb, bytesTotal: 12 * mb }).secondsLeft).toBe(0);
  });

  test('is unknown while nothing is done', () => {
    const pace = createEta();
    pace(0, at(3));
    expect(pace(9000, at(3))).toEqual({ rate: null, secondsLeft: null });
    expect(pace(9500, at(4)).rate).not.toBeNull();
  });

  test('forgets what was long ago', () => {
    const pace = createEta();
    pace(0, at(0));
    for (let second = 1; second <= 30; second++) pace(second * 1000, at(50));
    const { rate, secondsLeft } = pace(31_000, at(51));
    expect(rate).toBeCloseTo(0.1);
    expect(secondsLeft).toBeCloseTo(490);
  });
});

/** Empty files in one batch. */
function batchOf(...paths: string[]): FileBatch {
  const entries = paths.map(
    (path): FileEntry => ({ path, role: 'image', bytes: 0, offset: 0, length: 0, entry: null }),
  );
  return { blob: new Blob(), entries };
}

test('the feed holds back whoever pushes more than there is room for', async () => {
  const feed = createFeed();
  const batches = (n: number) => Array.from({ length: n }, (_, i) => batchOf(`${i}`));
  let pushed = false;
  const push = feed.push(batches(30_000), true).then(() => {
    pushed = true;
  });
  await Promise.resolve();
  expect(pushed).toBe(false);
  const iterator = feed[Symbol.asyncIterator]();
  expect((await iterator.next()).value).toHaveLength(30_000);
  await push;
  await feed.push([], false);
  expect((await iterator.next()).done).toBe(true);
});

test('the feed lets whoever pushes go on where nothing more is read, and gives what was pushed first first', async () => {
  const feed = createFeed();
  const iterator = feed[Symbol.asyncIterator]();
  const waits = iterator.next();
  await feed.push([batchOf('a')], true);
  await feed.push([], true);
  await feed.push([batchOf('b')], true);
  expect((await waits).value).toMatchObject([batchOf('a')]);
  expect((await iterator.next()).value).toMatchObject([batchOf('b')]);
  const end = iterator.next();
  feed.close();
  expect((await end).done).toBe(true);
  const many = Array.from({ length: 20_001 }, () => batchOf('x'));
  const full = createFeed();
  const pushed = full.push(many, true);
  full.close();
  await pushed;
  await full.push([batchOf('late')], true);
  expect((await full[Symbol.asyncIterator]().next()).value).toHaveLength(20_001);
});

test('the feed has room for 20,000 files', async () => {
  const batches = (n: number) => [batchOf(...Array<string>(n).fill('x'))];
  const feed = createFeed();
  await feed.push(batches(20_000), true);
  let pushed = false;
  const push = feed.push(batches(1), true).then(() => {
    pushed = true;
  });
  await Promise.resolve();
  expect(pushed).toBe(false);
  const iterator = feed[Symbol.asyncIterator]();
  await iterator.next();
  await push;
  // The last batch waits for nobody.
  await feed.push(batches(30_000), false);
});

describe('a job that is fed', () => {
  const busy = () => new LabError('internal', 'Busy.', '', '');
  const one = batchOf('a');
  const gather = async (batches: AsyncIterable<unknown[]>) => {
    let count = 0;
    for await (const batch of batches) count += batch.length;
    return count;
  };

  test('gets what it begins with and what follows; another may run after it, none beside it', async () => {
    const { run, feed } = createFedJob(busy);
    const { signal } = new AbortController();
    const running = run({ batches: [one], more: true, signal }, gather);
    await expect(run({ batches: [], more: false, signal }, gather)).rejects.toThrow('Busy.');
    await feed({ batches: [one, one], more: true });
    await feed({ batches: [], more: false });
    expect(await running).toBe(3);
    expect(await run({ batches: [one], more: false, signal }, gather)).toBe(1);
    // Nobody is there to be fed.
    await feed({ batches: [one], more: true });
  });

  test('lets whoever feeds it go on where it fails or is cancelled, and makes way for another', async () => {
    const { run, feed } = createFedJob(busy);
    const controller = new AbortController();
    const full = batchOf(...Array<string>(30_000).fill('x'));
    const failing = run({ batches: [], more: true, signal: controller.signal }, async () => {
      await new Promise((resolve) => setTimeout(resolve));
      throw busy();
    });
    const feeding = feed({ batches: [full], more: true });
    await expect(failing).rejects.toThrow('Busy.');
    await feeding;
    const waiting = run({ batches: [], more: true, signal: controller.signal }, gather);
    controller.abort();
    expect(await waiting).toBe(0);
  });
});

test('the reporter tells figures a few times a second, and nothing once it has stopped', () => {
  vi.useFakeTimers();
  const events: ReportEvent[] = [];
  const { skip, end, stop, progress } = createReporter((event) => events.push(event));
  expect(events).toMatchObject([{ kind: 'progress', progress: { files: 0 } }]);
  skip({ path: 'a/1', dataset: 'a' }, { code: 'blank' });
  end(9);
  // Whoever is told has figures of that moment, which do not change any more.
  expect(events).toMatchObject([{ progress: { files: 0 } }]);
  vi.advanceTimersByTime(150);
  expect(events.slice(1)).toMatchObject([{ kind: 'skipped' }, { kind: 'progress', progress: { files: 1 } }]);
  progress.slices = 5;
  vi.advanceTimersByTime(150);
  expect(events.slice(3)).toMatchObject([{ kind: 'progress', progress: { slices: 5 } }]);
  stop();
  expect(events).toHaveLength(5);
  vi.advanceTimersByTime(10_000);
  expect(events).toHaveLength(5);
  vi.useRealTimers();
});

test('the reporter tells one line a file and reason, and the figures at the end', () => {
  const events: ReportEvent[] = [];
  const { skip, end, stop, progress } = createReporter((event) => events.push(event));
  const file = { path: 'a/1', dataset: 'a' };
  for (const frame of [3, 4]) skip(file, { code: 'blank', frame });
  skip(file, { code: 'truncated', frame: 5 });
  end(9);
  progress.slices = 7;
  stop();
  const lines = events.flatMap((event) => (event.kind === 'skipped' ? event.files : []));
  expect(lines.map(({ reason }) => reason)).toEqual([
    'Every pixel has the same value. (2 frames)',
    'The file ends before its pixels do.',
  ]);
  const figures = { slices: 7, files: 1, skipped: 1, bytes: 9 };
  expect(events.at(-1)).toMatchObject({ kind: 'progress', progress: figures });
});

describe('every file has one outcome', () => {
  const file = { path: 'a/1', dataset: 'a' };
  const directory = { code: 'dicom-no-pixels', detail: 'directory' } as const;

  function outcome(work: (reporter: Reporter) => void) {
    const events: ReportEvent[] = [];
    const reporter = createReporter((event) => events.push(event));
    work(reporter);
    reporter.end(1);
    reporter.stop();
    const { read, other, described, skipped, files } = reporter.progress;
    expect(read + other + described + skipped).toBe(files);
    const lines = events.flatMap((event) => (event.kind === 'skipped' ? event.files : []));
    const remarks = events.flatMap((event) => (event.kind === 'remarks' ? event.files : []));
    return {
      outcome: OUTCOMES.filter((one) => reporter.progress[one] === 1),
      partial: lines.map(({ partial }) => partial),
      remarks: remarks.map(({ code }) => code),
    };
  }

  test('read, where some of its slices are labelled, even if others could not be', () => {
    const found = outcome(({ gave, skip }) => {
      skip(file, { code: 'blank', frame: 0 });
      gave('any');
    });
    expect(found).toEqual({ outcome: ['read'], partial: [true], remarks: [] });
  });

  test('kept as other, with a remark and no skip', () => {
    const found = outcome(({ gave, remark }) => {
      gave('other');
      remark(file, { code: 'other-modality', detail: 'Modality US' });
      remark(file, { code: 'other-modality', detail: 'Modality US' });
    });
    expect(found).toEqual({ outcome: ['other'], partial: [], remarks: ['other-modality'] });
  });

  test('a description, which is no loss: a manifest that was read, a DICOMDIR', () => {
    const description = { outcome: ['described'], partial: [], remarks: ['description'] };
    expect(outcome(({ remark }) => remark(file, { code: 'description' }))).toEqual(description);
    expect(outcome(({ skip }) => skip(file, directory))).toEqual(description);
  });

  test('not used, where it gave nothing', () => {
    const found = outcome(({ skip }) => skip(file, { code: 'dicom-no-pixels', detail: 'RT plan' }));
    expect(found).toEqual({ outcome: ['skipped'], partial: [false], remarks: [] });
  });

  test('and what is remarked is said whole: where, why, and what to do', () => {
    const events: ReportEvent[] = [];
    const { remark, end, stop } = createReporter((event) => events.push(event));
    remark(file, { code: 'no-label' });
    end(1);
    stop();
    const { reason, next } = REMARK_CODES['no-label'];
    expect(events).toContainEqual({ kind: 'remarks', files: [{ ...file, code: 'no-label', reason, next }] });
  });
});
