/** The slices of a study: read once by the app's ingest, kept with 16-bit originals in two files. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { auditTable } from '../../src/core/audit/table.ts';
import { decodeWith } from '../../src/core/formats/decode.ts';
import { preprocessor } from '../../src/core/image/slice.ts';
import { NO_CLASS } from '../../src/core/labels/labelSet.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { isSkip } from '../../src/core/skip.ts';
import { SLICE_BYTES } from '../../src/core/types.ts';
import { type Corpus, readCorpus } from '../transfer/corpus.ts';
import { cappedSlices } from './cap.ts';
import { isHounsfield, ORIGINAL_SIDE, type Original, originalOf } from './original.ts';

const VERSION = 2;

export type StudyDataset = { name: string; location: string };

/** One entry of each list for each slice. */
export type StudySlices = {
  count: number;
  datasets: readonly StudyDataset[];
  label: Uint8Array;
  dataset: Uint16Array;
  /** Numbers; those of a patient are the same in all datasets. */
  series: Uint32Array;
  patient: Uint32Array;
  /** Order within the series. */
  position: Int32Array;
  /** Of the file. */
  rows: Uint16Array;
  columns: Uint16Array;
  hounsfield: Uint8Array;
  low: Float64Array;
  step: Float64Array;
  /** ORIGINAL_SIDE² levels of each. */
  levels: Uint16Array;
};

type Columns = Omit<StudySlices, 'count' | 'datasets' | 'levels'>;
type Kept = { version: number; limit: number; side: number; datasets: StudyDataset[]; read: number } & {
  [K in keyof Columns]: number[];
};

/**
 * @param limit greatest number of slices of one class from a dataset, spread evenly
 * @param all whether slices without a class are kept, too
 */
export async function studySlices(
  data: string,
  folder: string,
  limit: number,
  all = false,
): Promise<StudySlices> {
  const [list, blob] = ['corpus.json', 'corpus.u16'].map((name) => join(folder, name));
  const known = existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as Kept) : null;
  if (!known || known.version !== VERSION || known.limit !== limit || known.side !== ORIGINAL_SIDE) {
    mkdirSync(folder, { recursive: true });
    const { kept, levels } = await readSlices(data, limit, all);
    writeFileSync(blob, levels);
    // The list last, and at once: a killed run leaves no half of it.
    writeFileSync(`${list}.part`, JSON.stringify(kept));
    renameSync(`${list}.part`, list);
    return slicesOf(kept, levels);
  }
  const bytes = readFileSync(blob);
  return slicesOf(known, new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2));
}

async function readSlices(
  data: string,
  limit: number,
  all: boolean,
): Promise<{ kept: Kept; levels: Uint16Array }> {
  const originals = new Map<string, Original>();
  const toSlice = preprocessor(false);
  const corpus = await readCorpus(data, (bytes, options) =>
    decodeWith(
      (frame) => {
        const slice = toSlice(frame);
        const original = isSkip(slice) ? null : originalOf(frame);
        if (original) originals.set(nameOf(slice as Uint8Array), original);
        return slice;
      },
      bytes,
      options,
    ),
  );
  const table = auditTable(corpus.shards);
  const chosen = cappedSlices(table, all ? NO_CLASS + 1 : DEFAULT_SET.classes.length, limit);
  const pixels = pixelsOf(corpus, table);
  const found = chosen.flatMap((i) => {
    const original = originals.get(nameOf(pixels(i)));
    return original ? [{ i, original }] : [];
  });
  const area = ORIGINAL_SIDE ** 2;
  const levels = new Uint16Array(found.length * area);
  found.forEach(({ original }, at) => {
    levels.set(original.levels, at * area);
  });
  const facts = (i: number) => table.series[table.seriesOf[i]].facts;
  const computed = DEFAULT_SET.classes.findIndex(({ id }) => id === 'CT');
  const kept: Kept = {
    version: VERSION,
    limit,
    side: ORIGINAL_SIDE,
    read: table.count,
    datasets: namedDatasets(corpus, table.datasets, data),
    label: found.map(({ i }) => table.label[i]),
    dataset: found.map(({ i }) => table.dataset[i]),
    series: found.map(({ i }) => table.seriesOf[i]),
    patient: found.map(({ i }) => table.patient[i]),
    position: found.map(({ i }) => table.position[i]),
    rows: found.map(({ i }) => facts(i).rows),
    columns: found.map(({ i }) => facts(i).columns),
    hounsfield: found.map(({ i, original }) => Number(table.label[i] === computed && isHounsfield(original))),
    low: found.map(({ original }) => original.low),
    step: found.map(({ original }) => original.step),
  };
  return { kept, levels };
}

/** The app keeps no name that it takes for a person's: a single one is found by elimination. */
function namedDatasets({ records }: Corpus, ids: readonly string[], data: string): StudyDataset[] {
  const list = join(data, 'datasets.json');
  const written = existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as StudyDataset[]) : [];
  const found = ids.map((id) => records.find((record) => record.id === id)!);
  const kept = new Set(found.map(({ name }) => name));
  const left = written.filter(({ name }) => !kept.has(name));
  const nameless = found.filter(({ name }) => !written.some((one) => one.name === name));
  const lone = left.length === 1 && nameless.length === 1 ? left[0] : null;
  return found.map((record) => {
    const { name, location } = lone && record === nameless[0] ? lone : record;
    return { name: name ?? '', location };
  });
}

function nameOf(slice: Uint8Array): string {
  return createHash('sha1').update(slice).digest('hex');
}

function pixelsOf({ shards }: Corpus, table: ReturnType<typeof auditTable>): (slice: number) => Uint8Array {
  const blobs = new Map(shards.map(({ shard, pixels }) => [shard, pixels]));
  const shardOf = new Uint32Array(table.count);
  table.shards.forEach((shard, at) => {
    shardOf.fill(shard, table.start[at], table.start[at + 1]);
  });
  return (i) => blobs.get(shardOf[i])!.subarray(table.row[i] * SLICE_BYTES, (table.row[i] + 1) * SLICE_BYTES);
}

function slicesOf(kept: Kept, levels: Uint16Array): StudySlices {
  return {
    count: kept.label.length,
    datasets: kept.datasets,
    label: Uint8Array.from(kept.label),
    dataset: Uint16Array.from(kept.dataset),
    series: Uint32Array.from(kept.series),
    patient: Uint32Array.from(kept.patient),
    position: Int32Array.from(kept.position),
    rows: Uint16Array.from(kept.rows),
    columns: Uint16Array.from(kept.columns),
    hounsfield: Uint8Array.from(kept.hounsfield),
    low: Float64Array.from(kept.low),
    step: Float64Array.from(kept.step),
    levels,
  };
}
