/** The slices that an audit looks at: a slice table with the series, the patient and the source of each label. */
import type { ShardIndex } from '../dataset/shard.ts';
import { seriesKey } from '../series.ts';
import type { SliceTable } from '../train/table.ts';
import { LABEL_SOURCES, type LabelSource, type SeriesFacts, type SliceRef } from '../types.ts';
import { createUnion } from './union.ts';

/** `facts` are those of the first slice found. */
export type AuditedSeries = { dataset: string; key: string; facts: SeriesFacts };

/** Unlike in the tables of a run, slices without a class are in it: their `label` is no index of a class. */
export type AuditTable = SliceTable & {
  /** Index into LABEL_SOURCES. */
  source: Uint8Array;
  /** Index into `series`. */
  seriesOf: Uint32Array;
  series: readonly AuditedSeries[];
  /** Slices of one patient, or of one series in several datasets, have the same number. */
  patient: Uint32Array;
  /** DICOM InstanceNumber, else the frame: the order within a series. */
  position: Int32Array;
};

/** @param indexes without excluded slices, as of `slicesInUse` */
export function auditTable(indexes: readonly ShardIndex[]): AuditTable {
  const capacity = indexes.reduce((sum, { count }) => sum + count, 0);
  const row = new Uint16Array(capacity);
  const label = new Uint8Array(capacity);
  const source = new Uint8Array(capacity);
  const dataset = new Uint16Array(capacity);
  const seriesOf = new Uint32Array(capacity);
  const patient = new Uint32Array(capacity);
  const position = new Int32Array(capacity);
  const shards: number[] = [];
  const start: number[] = [];
  const datasets: string[] = [];
  const series: AuditedSeries[] = [];
  const numberOfDataset = numbering();
  const numberOfSeries = numbering();
  const numberOfSubject = numbering();
  const union = createUnion();
  let count = 0;
  for (const index of indexes) {
    const first = count;
    const patientOf = index.series.map((facts) => {
      const subject = numberOfSubject(`patient ${facts.patient}`);
      union.join(subject, numberOfSubject(`series ${facts.series}`));
      return subject;
    });
    for (let at = 0; at < index.count; at++) {
      if (index.removed[at]) continue;
      const id = index.datasets[index.dataset[at]];
      const facts = index.series[index.seriesOf[at]];
      const key = seriesKey(facts);
      row[count] = at;
      label[count] = index.label[at];
      source[count] = index.source[at];
      dataset[count] = numberOfDataset(id);
      datasets[dataset[count]] ??= id;
      seriesOf[count] = numberOfSeries(`${id}\n${key}`);
      series[seriesOf[count]] ??= { dataset: id, key, facts };
      patient[count] = patientOf[index.seriesOf[at]];
      position[count] = index.instanceNumber[at] >= 0 ? index.instanceNumber[at] : index.frame[at];
      count++;
    }
    if (count === first) continue;
    shards.push(index.shard);
    start.push(first);
  }
  return {
    count,
    shards: Uint32Array.from(shards),
    start: Uint32Array.from([...start, count]),
    row: row.slice(0, count),
    label: label.slice(0, count),
    source: source.slice(0, count),
    dataset: dataset.slice(0, count),
    datasets,
    seriesOf: seriesOf.slice(0, count),
    series,
    patient: patient.slice(0, count).map((subject) => union.rootOf(subject)),
    position: position.slice(0, count),
  };
}

/** `of`: the index of each slice in the whole table. */
export type Picked = SliceTable & { of: Uint32Array };

/** A table of some of the slices, with the index of each in the whole one. */
export function pick(table: SliceTable, isWanted: (slice: number) => boolean): Picked {
  const of: number[] = [];
  const shards: number[] = [];
  const start: number[] = [];
  for (let shard = 0; shard < table.shards.length; shard++) {
    const first = of.length;
    for (let i = table.start[shard]; i < table.start[shard + 1]; i++) if (isWanted(i)) of.push(i);
    if (of.length === first) continue;
    shards.push(table.shards[shard]);
    start.push(first);
  }
  return {
    ...table,
    count: of.length,
    shards: Uint32Array.from(shards),
    start: Uint32Array.from([...start, of.length]),
    row: Uint16Array.from(of, (i) => table.row[i]),
    label: Uint8Array.from(of, (i) => table.label[i]),
    dataset: Uint16Array.from(of, (i) => table.dataset[i]),
    of: Uint32Array.from(of),
  };
}

export function sourceOf({ source }: Pick<AuditTable, 'source'>, slice: number): LabelSource {
  return LABEL_SOURCES[source[slice]];
}

export function refOf({ shards, start, row }: SliceTable, slice: number): SliceRef {
  let shard = 0;
  for (let high = shards.length; high - shard > 1; ) {
    const middle = (shard + high) >> 1;
    if (start[middle] <= slice) shard = middle;
    else high = middle;
  }
  return { shard: shards[shard], row: row[slice] };
}

/** Numbers from 0 for texts, in the order of their first use. */
function numbering(): (text: string) => number {
  const numbers = new Map<string, number>();
  return (text) => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, numbers.size);
    return numbers.size - 1;
  };
}
