/** A small project for tests of label exchange: its shards, its files, its label sets. */
import type { LabelEdit, LabelEvent } from '../../src/core/labels/event.ts';
import type { FileAtHand, Project } from '../../src/core/labels/exchange/match.ts';
import { type EditEvent, type ExchangeShard, listSlices } from '../../src/core/labels/exchange/slices.ts';
import { NO_CLASS } from '../../src/core/labels/labelSet.ts';
import { MODALITY_SET } from '../../src/core/labels/sets/modality.ts';
import { KEY_BYTES, LABEL_SOURCES, type LabelSource } from '../../src/core/types.ts';
import { makeFacts } from './storage.ts';

export type SeriesSpec = {
  dataset: string;
  series: string;
  slices: number;
  label?: string | null;
  source?: LabelSource;
  tag?: string | null;
};

/** Shards of `size` rows; instance numbers count from 1 in each series. */
export function makeShards(specs: readonly SeriesSpec[], size = 8): ExchangeShard[] {
  const rows = specs.flatMap((spec) => Array.from({ length: spec.slices }, (_, i) => ({ spec, i })));
  const shards: ExchangeShard[] = [];
  for (let from = 0; from < rows.length; from += size) {
    const part = rows.slice(from, from + size);
    const inside = [...new Set(part.map(({ spec }) => spec))];
    const datasets = [...new Set(part.map(({ spec }) => spec.dataset))];
    shards.push({
      shard: 10 + shards.length,
      count: part.length,
      datasets,
      dataset: Uint16Array.from(part, ({ spec }) => datasets.indexOf(spec.dataset)),
      series: inside.map(({ series, tag = 'CT' }) => ({
        ...makeFacts(hash(series), 'patient'),
        modalityTag: tag,
      })),
      seriesOf: Uint16Array.from(part, ({ spec }) => inside.indexOf(spec)),
      label: Uint8Array.from(part, ({ spec }) => classNumber(spec.label ?? null)),
      source: Uint8Array.from(part, ({ spec }) => LABEL_SOURCES.indexOf(spec.source ?? 'tag')),
      removed: new Uint8Array(part.length),
      frame: new Uint32Array(part.length),
      instanceNumber: Int32Array.from(part, ({ i }) => i + 1),
      key: Uint8Array.from({ length: part.length * KEY_BYTES }, (_, i) => {
        const row = from + Math.floor(i / KEY_BYTES);
        return i % KEY_BYTES === 0 ? row & 255 : i % KEY_BYTES === 1 ? row >> 8 : 7;
      }),
    });
  }
  return shards;
}

/** One file for each slice, "drop/dataset/series/1.dcm". */
export function makeProject(specs: readonly SeriesSpec[], size?: number): Project {
  const list = listSlices(makeShards(specs, size));
  const files: FileAtHand[] = list.series.flatMap(({ slices }, i) =>
    slices.map((slice, k) => ({
      path: `drop/${specs[i].dataset}/${specs[i].series}/${k + 1}.dcm`,
      slices: [slice],
    })),
  );
  const datasets = [...new Set(specs.map(({ dataset }) => dataset))].map((id) => ({
    id,
    name: `Name ${id}`,
  }));
  return { list, datasets, files, contents: null };
}

/** What a series is called in exports: 16 digits, as a keyed hash is. */
export function hash(series: string): string {
  return [...series]
    .map((character) => character.charCodeAt(0).toString(16))
    .join('')
    .padStart(16, '0');
}

export function classNumber(id: string | null): number {
  return id === null ? NO_CLASS : MODALITY_SET.classes.findIndex((one) => one.id === id);
}

export function editEvent(seq: number, edit: LabelEdit, reader = 'A'): EditEvent {
  const stored = { seq, project: 'p', timeMs: seq * 1000, reader };
  return { ...stored, kind: 'edit', act: seq, ...edit } satisfies LabelEvent;
}
