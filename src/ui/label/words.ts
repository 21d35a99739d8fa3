/** Series and labels in words. */
import type { DatasetRow } from '../../app/state.ts';
import { MIXED } from '../../core/dataset/seriesLabels.ts';
import type { SeriesList } from '../../core/dataset/seriesList.ts';
import { formatLabel } from '../../core/formats/meta.ts';
import { classAt, type LabelSet } from '../../core/labels/labelSet.ts';
import { LABEL_SOURCES, type LabelSource, type SeriesFacts } from '../../core/types.ts';
import { codeWords } from '../parts/codes.ts';

export const SOURCE_TITLES = {
  tag: 'DICOM tag',
  folder: 'folder',
  user: 'you',
  model: 'model',
  import: 'import',
  none: 'nobody',
} as const satisfies Record<LabelSource, string>;

/** A class's name, or what stands for it. */
export function labelWords(set: LabelSet, label: number): string {
  return label === MIXED ? 'mixed' : (classAt(set, label)?.name ?? 'no label');
}

export function sourceTitle(source: number): string {
  return source === MIXED ? 'several' : SOURCE_TITLES[LABEL_SOURCES[source] ?? 'none'];
}

/** "CT · CHEST", for a caption. */
export function tagWords({ modalityTag, bodyPart, format }: SeriesFacts): string {
  const tag = modalityTag === null ? formatLabel(format) : codeWords(modalityTag);
  return bodyPart ? `${tag} · ${bodyPart}` : tag;
}

/** What a search looks through: tag, part of the body, format, type, dataset, number; made when first needed. */
export function wordsOfSeries(
  list: SeriesList,
  datasets: readonly Pick<DatasetRow, 'id' | 'name'>[],
): (series: number) => string {
  const names = new Map(datasets.map(({ id, name }) => [id, name]));
  const made = new Map<number, string>();
  return (series) => {
    const known = made.get(series);
    if (known !== undefined) return known;
    const { modalityTag, bodyPart, view, laterality, format, imageType, manufacturer } = list.facts[series];
    const dataset = names.get(list.datasets[list.dataset[series]]);
    const parts = [modalityTag, bodyPart, view, laterality, formatLabel(format), imageType, manufacturer];
    const words = [...parts, dataset, `#${list.number[series]}`].filter(Boolean).join(' ').toLowerCase();
    made.set(series, words);
    return words;
  };
}
