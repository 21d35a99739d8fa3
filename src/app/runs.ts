/** Converts stored runs to rows of the page, and creates new runs. */

import { baselineOf } from '../core/baselines/meta.ts';
import type { IngestOptions } from '../core/dataset/options.ts';
import { foldWords } from '../core/dataset/protocols/index.ts';
import { shareWords } from '../core/dataset/share.ts';
import type { LabelSet } from '../core/labels/labelSet.ts';
import { networkLabel } from '../core/nn/meta.ts';
import type { DropFigures, GuardFacts } from '../core/train/manifest.ts';
import type { RunConfig, Start } from '../core/train/run.ts';
import type { RunRecord } from '../storage/port.ts';
import { BUILD } from './build.ts';
import type { RunRow } from './state.ts';

/** @param live id of the run in progress: any other run stored as running was interrupted */
export function runRows(records: readonly RunRecord[], live: string | null): RunRow[] {
  const rows = records.map((record) => runRow(record, live));
  return rows.map((row, i) => {
    const same = rows.filter(({ title }) => title === row.title);
    return same.length === 1 ? row : { ...row, title: `${row.title} (${same.indexOf(rows[i]) + 1})` };
  });
}

export function runRow(record: RunRecord, live: string | null): RunRow {
  const { project: _, title, ...rest } = record;
  const { config } = record;
  const baseline = baselineOf(config);
  const epochs = config.epochs === 0 ? 'loaded' : config.epochs === 1 ? '1 epoch' : `${config.epochs} epochs`;
  const { parent } = record;
  const begins = config.start ? ` · ${startedFrom(config.start)}` : '';
  const fold = foldWords(config.fold);
  const share = shareWords(config.share);
  const again = parent ? ` · ${correctionsWords(parent.corrections)}` : '';
  return {
    ...rest,
    title:
      title ??
      baseline?.label ??
      `${networkLabel(config.network)} · ${config.inputSize} · ${epochs}${begins}${fold ? ` · ${fold}` : ''}${share ? ` · ${share}` : ''}${again}`,
    name: title,
    status: record.status === 'running' && record.id !== live ? 'interrupted' : record.status,
  };
}

function startedFrom({ layers }: Start): string {
  return layers === 'head' ? 'last layer of the starter' : 'from the starter';
}

export function correctionsWords(corrections: number): string {
  return corrections === 1 ? '1 correction' : `${corrections.toLocaleString('en-US')} corrections`;
}

/** Without blanks around, empty ones and repeats. */
export function tidyTags(tags: readonly string[]): string[] {
  return [...new Set(tags.map((tag) => tag.trim()).filter(Boolean))];
}

/**
 * @param labelSet the set it is trained on
 * @param options the project's options for reading files
 * @param drop the result of the last drop
 * @param guard what is known of copies across splits
 */
export function newRun(
  project: string,
  config: RunConfig,
  labelSet: LabelSet,
  options: IngestOptions,
  drop: DropFigures | null,
  guard: GuardFacts | null = null,
): RunRecord {
  return {
    id: crypto.randomUUID(),
    project,
    createdMs: Date.now(),
    config,
    labelSet,
    status: 'running',
    title: null,
    note: '',
    frozen: { app: { version: BUILD.version, commit: BUILD.commit }, options, drop, guard, datasets: [] },
    saved: null,
    evaluated: null,
    parameters: null,
    device: null,
    history: [],
    points: [],
    evaluation: null,
    imagesPerSecond: null,
    firstPointSeconds: null,
    error: null,
  };
}
