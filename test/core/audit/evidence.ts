/** Evidence for a queue: series with their labels, and what a model is to say of each slice. */
import type { AuditData } from '../../../src/core/audit/evidence.ts';
import { NO_FOLD } from '../../../src/core/audit/folds.ts';
import { auditTable } from '../../../src/core/audit/table.ts';
import type { Twin } from '../../../src/core/audit/twins.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';
import { makeSeriesShards, type SeriesSpec } from '../../builders/series.ts';

const CLASSES = DEFAULT_SET.classes.length;

export type SpokenSeries = Partial<SeriesSpec> & {
  /** Class and probability of every slice, or of each; the rest is shared by the other classes. Absent: judged by none. */
  says?: readonly (readonly [string, number])[];
};

/** The shards of this evidence. */
export function shardsOf(series: readonly SpokenSeries[]) {
  return makeSeriesShards(
    series.map(({ says: _, ...spec }, i) => ({ dataset: 'd', series: `s${i}`, slices: 1, ...spec })),
  );
}

/** Series s0, s1, … of the dataset d, one slice each unless said otherwise. */
export function evidenceOf(
  series: readonly SpokenSeries[],
  extra: { twins?: Twin[]; neighbours?: Uint32Array } = {},
): AuditData {
  const table = auditTable(shardsOf(series));
  const fold = new Uint8Array(table.count).fill(NO_FOLD);
  const probabilities = new Float32Array(table.count * CLASSES);
  const place = new Uint32Array(series.length);
  for (let i = 0; i < table.count; i++) {
    const own = table.seriesOf[i];
    const { says } = series[own];
    if (!says) continue;
    const [name, p] = says[place[own]++ % says.length];
    const best = DEFAULT_SET.classes.findIndex(({ id }) => id === name);
    fold[i] = 0;
    for (let c = 0; c < CLASSES; c++)
      probabilities[i * CLASSES + c] = c === best ? p : (1 - p) / (CLASSES - 1);
  }
  return {
    set: DEFAULT_SET,
    table,
    predictions: series.some(({ says }) => says) ? { classes: CLASSES, probabilities, fold } : null,
    neighbours: extra.neighbours ?? null,
    byPatient: table.datasets.map(() => false),
    twins: extra.twins ?? [],
    settled: Array(table.count).fill(null),
  };
}
