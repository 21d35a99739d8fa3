/** What a tile of the Label page's grid says of its series, or slice. */
import type { Queue } from '../../app/label/queue.ts';
import type { Labelling } from '../../app/label/state.ts';
import { seriesAt } from '../../core/dataset/seriesList.ts';
import { NO_CLASS } from '../../core/labels/labelSet.ts';
import { LABEL_SOURCES } from '../../core/types.ts';
import { count, plural, roughPercent } from '../format.ts';
import type { Tile } from './Stack.tsx';
import { labelWords, sourceTitle, tagWords } from './words.ts';

const USER = LABEL_SOURCES.indexOf('user');

export function labelTile(labelling: Labelling, queue: Queue, item: number): Tile {
  const { list, labels, answers, doubts, set } = labelling;
  const [from, to] = [queue.from[item], queue.to[item]];
  const series = seriesAt(list, from);
  const facts = list.facts[series];
  const number = queue.bySlice ? from - list.start[series] + 1 : list.number[series];
  const label = queue.bySlice ? labels.label[from] : labels.labelOf[series];
  const source = queue.bySlice ? labels.source[from] : labels.sourceOf[series];
  const excluded = queue.bySlice ? labels.excluded[from] : labels.excludedOf[series];
  const predicted = queue.says?.predicted[item] ?? answers?.predicted[series] ?? NO_CLASS;
  const share = roughPercent(queue.says?.probability[item] ?? answers?.probability[series] ?? 0);
  const doubt = doubts?.get(series)?.reason ?? '';
  const slices = to - from;
  return {
    set,
    label,
    source: label === NO_CLASS && source !== USER ? '' : sourceTitle(source),
    says: predicted === NO_CLASS || predicted === label ? '' : `${labelWords(set, predicted)}? ${share}`,
    tag: tagWords(facts),
    number: `#${count(number)}`,
    doubt,
    excluded,
    spoken: [
      `${itemName(labelling, queue, item)}, ${tagWords(facts)}`,
      queue.bySlice ? '' : plural(slices, 'slice'),
      label === NO_CLASS ? 'no label' : `${labelWords(set, label)}, by ${sourceTitle(source)}`,
      excluded > 0 ? (excluded === slices ? 'excluded' : `${excluded} excluded`) : '',
      predicted === NO_CLASS ? '' : `the model says ${labelWords(set, predicted)}, ${share}`,
      doubt,
    ]
      .filter(Boolean)
      .join(', '),
  };
}

/** "Series 12", by its number in its dataset, or "Slice 3" of an opened series. */
export function itemName({ list }: Labelling, { bySlice, from, to }: Queue, item: number): string {
  const series = seriesAt(list, from[item]);
  if (bySlice) return `Slice ${from[item] - list.start[series] + 1}`;
  return `${to[item] - from[item] > 1 ? 'Series' : 'Image'} ${list.number[series]}`;
}
