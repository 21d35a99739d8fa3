/** The identity of a series: its UID and its Modality, of which a series has only one (PS3.3 C.7.3.1). */
import type { SeriesFacts } from './types.ts';

/** Files of several modalities that share a UID are several series. */
export function seriesKey({ series, modalityTag }: Pick<SeriesFacts, 'series' | 'modalityTag'>): string {
  return `${series} ${modalityTag ?? ''}`;
}
