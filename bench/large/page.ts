/** The page for bench/cli/large.js: fills a project through the app's storage, and a plain list to compare scrolling with. */
import { crc32 } from '../../src/core/bytes/crc32.ts';
import { COLUMN_NAMES, emptyColumns } from '../../src/core/columns.ts';
import type { DatasetRecord } from '../../src/core/dataset/record.ts';
import { SHARD_SLICES } from '../../src/core/dataset/shard.ts';
import { hash32 } from '../../src/core/random.ts';
import {
  IMAGE_TYPES,
  KEY_BYTES,
  type SeriesFacts,
  SLICE_BYTES,
  SLICE_SIDE,
  SPLITS,
} from '../../src/core/types.ts';
import { openStore } from '../../src/storage/db.ts';
import { planProject } from './plan.ts';
import { makeRuns, queuedRuns } from './runs.ts';

type Order = { slices: number; series: number; datasets: number; long: number; runs: number };

const TAGS = ['CT', 'MR', 'PT', 'CR', 'US'] as const;
const PARTS = ['CHEST', 'HEAD', 'ABDOMEN', 'KNEE', null] as const;
const FORMATS = ['dicom', 'dicom', 'dicom', 'nifti', 'png'] as const;
const MAKERS = ['MAKER A', 'MAKER B', null] as const;
const PICTURES = 16;
/** Runs in the queue, which is paused. */
const WAITING = 12;
/** Where the page keeps the ids of its projects. */
const PROJECTS = 'bench:projects';

/** Stores the project in shards of consecutive slices, as drops leave them. */
async function fill({ slices, series, datasets, long, runs }: Order): Promise<void> {
  const store = await openStore();
  const { id: project } = await store.createProject('Large');
  const { id: empty } = await store.createProject('Empty');
  localStorage.setItem(PROJECTS, JSON.stringify({ large: project, empty }));
  choose('large');
  store.setFence(await store.takeWriter(project));
  const { sizes, datasetOf } = planProject(slices, series, datasets, long);
  const base = Array.from({ length: PICTURES }, (_, kind) => picture(kind));
  const stored = new Set<number>();
  let [of, within] = [0, 0];
  for (let from = 0; from < slices; from += SHARD_SLICES) {
    const count = Math.min(SHARD_SLICES, slices - from);
    const columns = emptyColumns(count, COLUMN_NAMES);
    const members: number[] = [];
    const sets: number[] = [];
    const pixels = new Uint8Array(count * SLICE_BYTES);
    const sums = new Uint32Array(count);
    for (let row = 0; row < count; row++) {
      if (members.at(-1) !== of) members.push(of);
      if (sets.at(-1) !== datasetOf[of]) sets.push(datasetOf[of]);
      columns.seriesOf[row] = members.length - 1;
      columns.dataset[row] = sets.length - 1;
      columns.instanceNumber[row] = within + 1;
      for (let i = 0; i < KEY_BYTES; i++) columns.key[row * KEY_BYTES + i] = hash32(1, from + row, i);
      const slice = pixels.subarray(row * SLICE_BYTES, (row + 1) * SLICE_BYTES);
      roll(base[of % PICTURES], hash32(2, from + row, 0) % SLICE_BYTES, slice);
      sums[row] = crc32(slice);
      if (++within === sizes[of]) [of, within] = [of + 1, 0];
    }
    const fresh = sets.filter((at) => !stored.has(at));
    for (const at of fresh) stored.add(at);
    await store.commitShard(
      {
        ...columns,
        project,
        count,
        crc32: crc32(pixels),
        datasets: sets.map(nameOf),
        series: members.map(factsOf),
        pixels: [pixels],
        sums,
      },
      fresh.map((at) => datasetRecord(project, at)),
    );
  }
  const read = {
    project: (await store.projects()).find(({ id }) => id === project)!,
    datasets: await store.datasets(project),
    indexes: await store.shardIndexes(project),
  };
  for (const { record, predictions } of makeRuns(runs, read)) await store.putJudged(record, predictions, []);
  for (const waiting of queuedRuns(runs > 0 ? WAITING : 0, read.project)) await store.putRun(waiting);
  store.close();
}

/** Chooses the project that the app opens. */
function choose(which: 'large' | 'empty'): void {
  localStorage.setItem('modality-lab:project', JSON.parse(localStorage.getItem(PROJECTS)!)[which]);
}

function nameOf(dataset: number): string {
  return hash32(3, dataset, 0).toString(16).padStart(16, '0');
}

function datasetRecord(project: string, at: number): DatasetRecord {
  return {
    id: nameOf(at),
    project,
    name: `Dataset ${at + 1}`,
    nameFrom: 'neutral',
    location: PARTS[at % PARTS.length]?.toLowerCase() ?? '',
    split: SPLITS[at % 10 < 7 ? 0 : at % 10 < 8 ? 1 : 2],
    splitFrom: 'proposed',
    settled: true,
    exclude: [],
  };
}

function factsOf(series: number): SeriesFacts {
  const pick = <T>(values: readonly T[], stream: number) => values[hash32(4, series, stream) % values.length];
  const hex = (stream: number) => hash32(5, series, stream).toString(16).padStart(8, '0');
  return {
    series: `${hex(0)}${hex(1)}`,
    // A patient has two series or so.
    patient: hash32(6, series >> 1, 0)
      .toString(16)
      .padStart(16, '0'),
    patientFrom: 'patient',
    format: pick(FORMATS, 0),
    modalityTag: pick(TAGS, 1),
    folders: [],
    bodyPart: pick(PARTS, 2),
    laterality: null,
    view: null,
    manufacturer: pick(MAKERS, 3),
    model: null,
    transferSyntax: '1.2.840.10008.1.2.1',
    photometric: 'MONOCHROME2',
    rows: 512,
    columns: 512,
    bits: 16,
    signed: true,
    imageType: hash32(7, series, 0) % 8 === 0 ? pick(IMAGE_TYPES, 4) : 'original',
    burnedInRisk: false,
  };
}

/** A bright disc of its own size on noise. */
function picture(kind: number): Uint8Array {
  return new Uint8Array(SLICE_BYTES).map((_, at) => {
    const [x, y] = [(at % SLICE_SIDE) - SLICE_SIDE / 2, Math.floor(at / SLICE_SIDE) - SLICE_SIDE / 2];
    const inside = Math.hypot(x, y) < 30 + 4 * kind;
    return (inside ? 130 : 10) + (hash32(8, kind, at) % 60);
  });
}

/** The picture from another place on: every slice has bytes of its own. */
function roll(from: Uint8Array, by: number, to: Uint8Array): void {
  to.set(from.subarray(by));
  to.set(from.subarray(0, by), from.length - by);
}

/** A list of rows of plain text in a box that scrolls. */
function plain(rows: number): void {
  const box = document.createElement('div');
  box.id = 'plain';
  Object.assign(box.style, { height: '600px', overflow: 'auto' });
  for (let i = 0; i < rows; i++) {
    const row = document.createElement('div');
    row.textContent = `Row ${i + 1}`;
    row.style.height = '46px';
    box.append(row);
  }
  document.body.replaceChildren(box);
}

Object.assign(globalThis, { fill, plain, choose });
