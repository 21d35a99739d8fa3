/** The series of the selected dataset: searched, sorted, filtered; Enter opens one, several are labelled at once. */
import { Fragment, type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from 'react';
import { createPictures } from '../../app/label/readAhead.ts';
import { everything, extended, moved, only, type Selection, toggled } from '../../app/label/selection.ts';
import type { Labelling } from '../../app/label/state.ts';
import { filterSeries, NO_FILTER } from '../../core/dataset/seriesFilter.ts';
import { MIXED } from '../../core/dataset/seriesLabels.ts';
import { middleSlice, sliceRef } from '../../core/dataset/seriesList.ts';
import { NO_CLASS } from '../../core/labels/labelSet.ts';
import { useActions, useLab } from '../context.ts';
import { count, plural } from '../format.ts';
import { useSeriesWords } from '../label/useSeriesWords.ts';
import { Gap } from '../parts/Gap.tsx';
import { SaidAloud, useSaid } from '../parts/Said.tsx';
import { type Sort, SortHeader } from '../parts/SortHeader.tsx';
import { useDrawnRows } from '../parts/useDrawnRows.ts';
import { nextRow } from '../parts/useRovingRows.ts';
import { SeriesRow } from './SeriesRow.tsx';
import styles from './SeriesTable.module.css';
import { type SeriesColumn, sortSeries } from './seriesSort.ts';

const ROW_PX = 46;
const HEAD_PX = 32;
const COLUMNS = 4;

type Props = { dataset: string; labelling: Labelling };

export function SeriesTable({ dataset, labelling }: Props) {
  const { list, labels, set, by, proposals, version } = labelling;
  const readOnly = useLab((state) => state.readOnly);
  const actions = useActions();
  const [text, setText] = useState('');
  const [label, setLabel] = useState('');
  const [sort, setSort] = useState<Sort<SeriesColumn>>({ key: 'number', ascending: true });
  const [selection, setSelection] = useState<Selection>(only(0));
  const scroller = useRef<HTMLDivElement>(null);
  const [said, say] = useSaid();
  const wordsOf = useSeriesWords(list);

  // biome-ignore lint/correctness/useExhaustiveDependencies: labels change in place, with the version
  const shown = useMemo(() => {
    const filter = {
      ...NO_FILTER,
      dataset: list.datasets.indexOf(dataset),
      label: wantedLabel(
        label,
        set.classes.map(({ id }) => id),
      ),
      only: label === 'differs' ? ('differs' as const) : null,
      text,
    };
    const of = { list, labels, splitOf: by.splitOf, proposals, answers: null, doubts: null, wordsOf };
    return sortSeries(labelling, filterSeries(of, filter), sort);
  }, [list, labels, by, proposals, set, wordsOf, dataset, label, text, sort, version]);
  const first = list.dataset.indexOf(list.datasets.indexOf(dataset));
  const all = list.dataset.lastIndexOf(list.datasets.indexOf(dataset)) - first + (first < 0 ? 0 : 1);
  const now = clipped(selection, shown.length);

  const drawn = useDrawnRows(scroller, { count: shown.length, rowPx: ROW_PX, headPx: HEAD_PX, stop: now.at });

  const pictures = useMemo(() => createPictures(actions.slicePictures, { kept: 200 }), [actions]);
  const wanted = drawn.rows.map(({ index }) => shown[index]).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the series in sight, as a value
  useEffect(() => {
    pictures.want(drawn.rows.map(({ index }) => sliceRef(list, middleSlice(list, shown[index]))));
  }, [pictures, list, wanted]);

  const open = (at: number) =>
    actions.go('label', null, { dataset, as: 'one', item: String(shown[at] - first) });
  const select = (next: Selection) => {
    setSelection(next);
    drawn.scrollTo(next.at);
    requestAnimationFrame(() => focusRow(scroller.current, next.at));
  };

  const press = (event: KeyboardEvent) => {
    if ((event.target as HTMLElement).dataset.roving === undefined) return;
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key.toLowerCase() === 'a') select(everything(now, shown.length));
    else if (event.key === ' ') select(toggled(now, now.at));
    else if (event.key === 'Enter') open(now.at);
    else {
      const to = command || event.altKey ? null : nextRow(event.key, now.at, shown.length);
      if (to === null) return;
      select(event.shiftKey ? extended(now, to) : only(to));
    }
    event.preventDefault();
  };

  const click = (at: number) => (event: MouseEvent) => {
    if (event.shiftKey) setSelection(extended(now, at));
    else if (event.ctrlKey || event.metaKey) setSelection(toggled(now, at));
    else setSelection(only(at));
  };

  return (
    <div className={styles.series} data-testid="series-part">
      <SaidAloud said={said} />
      <div className={styles.tools}>
        <input
          type="search"
          placeholder="Search"
          aria-label="Search tag, body part, type or #number"
          value={text}
          onChange={({ target }) => setText(target.value)}
          data-testid="series-search"
        />
        <select
          value={label}
          aria-label="Show series with this label"
          onChange={({ target }) => setLabel(target.value)}
          data-testid="series-filter"
        >
          <option value="">any label</option>
          <option value="none">no label</option>
          <option value="mixed">mixed</option>
          <option value="differs">differs from tag</option>
          {set.classes.map(({ id, name }) => (
            <option key={id} value={`:${id}`}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <div ref={scroller} className={styles.scroller}>
        <table
          className={styles.table}
          aria-label="Series of the dataset"
          aria-rowcount={shown.length + 1}
          aria-multiselectable="true"
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its rows are selected by key
          role="grid"
          onKeyDown={press}
          data-testid="series-table"
        >
          <thead>
            <tr aria-rowindex={1}>
              <SortHeader sort={sort} onSort={setSort} column="number" label="#" className={styles.picture} />
              <SortHeader sort={sort} onSort={setSort} column="tag" label="Series" />
              <SortHeader
                sort={sort}
                onSort={setSort}
                column="slices"
                label="Slices"
                numeric
                className={styles.number}
              />
              <SortHeader
                sort={sort}
                onSort={setSort}
                column="label"
                label="Label"
                className={styles.label}
              />
            </tr>
          </thead>
          <tbody>
            {drawn.rows.map(({ index, gap }) => (
              <Fragment key={shown[index]}>
                <Gap height={gap} columns={COLUMNS} />
                <SeriesRow
                  labelling={labelling}
                  series={shown[index]}
                  index={index}
                  stop={index === now.at}
                  selected={now.items.has(index)}
                  pictures={pictures}
                  onClick={click(index)}
                  onOpen={() => open(index)}
                />
              </Fragment>
            ))}
            <Gap height={drawn.below} columns={COLUMNS} />
          </tbody>
        </table>
        {shown.length === 0 && <p className={styles.none}>No series matches.</p>}
      </div>
      <div className={styles.acts}>
        <p aria-live="polite" data-testid="series-shown">
          {now.items.size > 1
            ? `${count(now.items.size)} selected`
            : shown.length < all
              ? `${count(shown.length)} of ${plural(all, 'series', 'series')}`
              : plural(all, 'series', 'series')}
        </p>
        <LabelAs
          name={now.items.size > 1 ? `Label ${count(now.items.size)} as …` : 'Label as …'}
          testId="series-label"
          classes={set.classes}
          disabled={readOnly || shown.length === 0}
          onChoose={(to) => {
            const spans = [...now.items].map(
              (at) => [list.start[shown[at]], list.start[shown[at] + 1]] as const,
            );
            actions.labelSpans(spans, to);
            const name = set.classes.find(({ id }) => id === to)?.name ?? to;
            say(`${plural(spans.length, 'series', 'series')} labelled ${name}.`);
          }}
        />
        <LabelAs
          name="Label all as …"
          testId="dataset-label"
          classes={set.classes}
          disabled={readOnly}
          onChoose={(to) => void actions.labelDataset(dataset, to)}
        />
      </div>
    </div>
  );
}

type LabelAsProps = {
  name: string;
  testId: string;
  classes: Labelling['set']['classes'];
  disabled: boolean;
  onChoose: (to: string) => void;
};

/** A menu: choosing acts at once. */
function LabelAs({ name, testId, classes, disabled, onChoose }: LabelAsProps) {
  return (
    <select
      value=""
      aria-label={name.replace(' …', '')}
      disabled={disabled}
      onChange={({ target }) => onChoose(target.value)}
      data-testid={testId}
    >
      <option value="" disabled>
        {name}
      </option>
      {classes.map((one) => (
        <option key={one.id} value={one.id}>
          {one.name}
        </option>
      ))}
    </select>
  );
}

function wantedLabel(choice: string, classes: readonly string[]): number | null {
  if (choice === 'none') return NO_CLASS;
  if (choice === 'mixed') return MIXED;
  return choice.startsWith(':') ? classes.indexOf(choice.slice(1)) : null;
}

/** What is left of a selection when fewer rows are shown. */
function clipped(selection: Selection, length: number): Selection {
  const items = [...selection.items].filter((item) => item < length);
  if (items.length === 0) return moved(selection, 0, length);
  return { ...selection, at: Math.min(selection.at, Math.max(0, length - 1)), items: new Set(items) };
}

function focusRow(scroller: HTMLElement | null, at: number): void {
  scroller?.querySelector<HTMLElement>(`[data-roving="${at}"]`)?.focus({ preventScroll: true });
}
