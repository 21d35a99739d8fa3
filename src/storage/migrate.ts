/** What older versions of the app stored, as this one reads it: pure functions from record to record. */
import type { DatasetRecord } from '../core/dataset/dataset.ts';
import type { SeriesFacts } from '../core/types.ts';
import type { StoredIndex } from './schema.ts';

type Before<T, Later extends keyof T> = Omit<T, Later> & Partial<Pick<T, Later>>;

/** Version 2 keeps what kind of image a slice is; of those stored before it is not known. */
export function withKinds(
  index: Omit<StoredIndex, 'series'> & { series: Before<SeriesFacts, 'kind' | 'textRisk'>[] },
): StoredIndex {
  return { ...index, series: index.series.map((facts) => ({ kind: null, textRisk: null, ...facts })) };
}

/** Version 2 can leave kinds out of a dataset; none was left out before. */
export function withLeaveOut(record: Before<DatasetRecord, 'leaveOut'>): DatasetRecord {
  return { leaveOut: [], ...record };
}
