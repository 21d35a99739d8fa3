import { describe, expect, test } from 'vitest';
import { createFeed } from '../../../src/core/ingest/feed.ts';
import { isGenericPatient } from '../../../src/core/ingest/identity.ts';
import { isJunk } from '../../../src/core/ingest/junk.ts';
import { OUTCOMES } from '../../../src/core/ingest/outcome.ts';
import { createPace } from '../../../src/core/ingest/pace.ts';
import { readPieces, wholeFile } from '../../../src/core/ingest/parcel.ts';
import { createReporter, type ReportEvent, type Reporter } from '../../../src/core/ingest/reporter.ts';

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

test('what systems leave in folders is junk, images are not', () => {
  const junk = ['.DS_Store', 'a/Thumbs.db', 'a/desktop.ini', '__MACOSX/a/1.dcm', 'a/._1.dcm'];
  expect(junk.filter((path) => !isJunk(path))).toEqual([]);
  expect(['a/1.dcm', 'a/.hidden.dcm', 'a_MACOSX/1', 'DICOMDIR'].filter(isJunk)).toEqual([]);
});

test('a file that can’t be read is named, and one too large is not read', async () => {
  const gone = () => Promise.reject(new DOMException('gone', 'NotFoundError'));
  const file = Object.assign(new Blob(), { arrayBuffer: gone });
  expect(await readPieces(file, [wholeFile(file)])).toMatchObject([{ bytes: { code: 'unreadable' } }]);
  const huge = Object.defineProperty(Object.assign(new Blob(), { arrayBuffer: gone }), 'size', {
    value: 3 * 2 ** 30,
  });
  expect(await readPieces(huge, [wholeFile(huge)])).toMatchObject([{ bytes: { code: 'too-large' } }]);
});

describe('the pace', () => {
  const at = (files: number) => ({ files, filesTotal: 100, bytes: files * 1000, bytesTotal: 100_000 });

  test('is unknown at first, then the rate of the last seconds and what is left at it', () => {
    const pace = createPace();
    expect(pace(0, at(0))).toEqual({ rate: null, secondsLeft: null });
    expect(pace(1000, at(10))).toEqual({ rate: null, secondsLeft: null });
    expect(pace(2000, at(20))).toEqual({ rate: 10, secondsLeft: 8 });
  });

  test('forgets what was long ago', () => {
    const pace = createPace();
    pace(0, at(0));
    for (let second = 1; second <= 30; second++) pace(second * 1000, at(50));
    const { rate, secondsLeft } = pace(31_000, at(51));
    expect(rate).toBeCloseTo(0.1);
    expect(secondsLeft).toBeCloseTo(490);
  });
});

test('the feed holds back whoever pushes more than there is room for', async () => {
  const feed = createFeed();
  const lots = (n: number) =>
    Array.from({ length: n }, (_, i) => ({ blob: new Blob(), paths: [`${i}`], sizes: [0] }));
  let pushed = false;
  const push = feed.push(lots(30_000), true).then(() => {
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
      gave('CT');
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
});
