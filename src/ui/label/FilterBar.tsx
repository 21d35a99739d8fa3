/** Search, filters and order of the queue. */
import { type RefObject, useEffect, useMemo, useRef } from 'react';
import type { View } from '../../app/route.ts';
import { formatLabel } from '../../core/formats/meta.ts';
import { IMAGE_TYPES, LABEL_SOURCES, SPLITS } from '../../core/types.ts';
import { useActions, useLab } from '../context.ts';
import { count, plural } from '../format.ts';
import { KIND_TITLES } from '../inspect/words.ts';
import { Button } from '../parts/Button.tsx';
import { KeyHint } from '../parts/KeyHint.tsx';
import { SPLIT_TITLES } from '../runs.ts';
import styles from './FilterBar.module.css';
import { FILTER_KEYS } from './filter.ts';
import { focusQueue, useFieldFocus } from './focusQueue.ts';
import type { Labeller } from './useLabeller.ts';
import { SOURCE_TITLES } from './words.ts';

type Choice = { value: string; label: string };

const OF_ITSELF: readonly Choice[] = [{ value: 'stored', label: 'as stored' }];

type Props = { labeller: Labeller; search: RefObject<HTMLInputElement | null> };

export function FilterBar({ labeller, search }: Props) {
  const { labelling, queue, text, setText, filtersShown, run, outdated, filterAgain } = labeller;
  const view = useLab((state) => state.view);
  const actions = useActions();
  const active = FILTER_KEYS.filter((key) => view[key] !== undefined).length;
  const ofRun = useLab((state) => state.runs.find(({ id }) => id === view.of));
  const opened = view.series !== undefined || ofRun !== undefined;
  return (
    <div className={styles.filters}>
      <input
        ref={search}
        type="search"
        className={styles.search}
        placeholder="Search   /"
        aria-label="Search tag, body part, format or dataset"
        aria-keyshortcuts="/"
        value={text}
        disabled={opened}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== 'Escape') return;
          event.stopPropagation();
          focusQueue();
        }}
        data-testid="label-search"
      />
      <Button
        size="small"
        aria-expanded={filtersShown}
        aria-keyshortcuts="F"
        disabled={opened}
        onClick={() => run({ do: 'filters' })}
        data-testid="label-filters"
      >
        Filters{active > 0 ? ` · ${active}` : ''} <KeyHint>F</KeyHint>
      </Button>
      <Order labeller={labeller} disabled={opened} />
      {(active > 0 || text !== '') && !opened && (
        <Button
          size="small"
          tone="quiet"
          onClick={() => {
            setText('');
            actions.look(Object.fromEntries(FILTER_KEYS.map((key) => [key, undefined])));
            focusQueue();
          }}
          data-testid="label-unfilter"
        >
          Show all
        </Button>
      )}
      {outdated && (
        <Button
          size="small"
          tone="quiet"
          onClick={() => {
            filterAgain();
            focusQueue();
          }}
          data-testid="filter-again"
        >
          Filter again
        </Button>
      )}
      {opened && (
        <Button
          size="small"
          onClick={() => {
            run({ do: 'close' });
            focusQueue();
          }}
          data-testid="close-series"
        >
          {view.series === undefined ? 'Back to the results' : 'Back to all series'}
        </Button>
      )}
      <p className={styles.shown} aria-live="polite" data-testid="label-shown">
        {opened
          ? `${plural(queue.length, 'slice')}${ofRun && view.series === undefined ? ` as judged by ${ofRun.title}` : ''}`
          : `${count(queue.length)} of ${plural(labelling.list.count, 'series', 'series')}`}
      </p>
      {filtersShown && !opened && <Choices labeller={labeller} />}
    </div>
  );
}

function Order({ labeller, disabled }: { labeller: Labeller; disabled: boolean }) {
  const { answers, doubts } = labeller.labelling;
  const options: Choice[] = [
    ...OF_ITSELF,
    { value: 'label', label: 'by label' },
    { value: 'slices', label: 'most slices first' },
    ...(answers ? [{ value: 'unsure', label: 'least sure first' }] : []),
    ...(doubts ? [{ value: 'doubt', label: 'most doubtful first' }] : []),
    ...(labeller.readers ? [{ value: 'cost', label: 'costliest disagreement first' }] : []),
  ];
  return <Select name="order" label="Order" any={null} options={options} disabled={disabled} />;
}

function Choices({ labeller: { labelling, readers, setFiltersShown } }: { labeller: Labeller }) {
  const { list, set, answers, doubts } = labelling;
  const datasets = useLab((state) => state.datasets);
  const formats = useMemo(() => [...new Set(list.facts.map(({ format }) => format))].sort(), [list]);
  const kinds = useMemo(() => new Set(list.facts.map(({ imageType }) => imageType ?? 'unknown')), [list]);
  const classes = set.classes.map(({ id, name }) => ({ value: id, label: name }));
  const fields = useRef<HTMLFieldSetElement>(null);
  useEffect(() => fields.current?.querySelector('select')?.focus(), []);
  return (
    <fieldset
      ref={fields}
      className={styles.choices}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        setFiltersShown(false);
        focusQueue();
      }}
      data-testid="label-choices"
    >
      <legend className="spoken">Filters</legend>
      <Select
        name="show"
        label="Only"
        any="everything"
        options={[
          { value: 'differs', label: 'label differs from tag' },
          { value: 'excluded', label: 'excluded' },
          ...(doubts ? [{ value: 'doubted', label: 'doubtful' }] : []),
          ...(readers ? [{ value: 'disagreed', label: 'readers disagree' }] : []),
        ]}
      />
      <Select
        name="label"
        label="Label"
        any="any"
        options={[{ value: 'none', label: 'no label' }, { value: 'mixed', label: 'mixed' }, ...classes]}
      />
      <Select
        name="source"
        label="Labelled by"
        any="anybody"
        options={LABEL_SOURCES.map((value) => ({ value, label: SOURCE_TITLES[value] }))}
      />
      <Select
        name="dataset"
        label="Dataset"
        any="all"
        options={datasets.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Select
        name="split"
        label="Split"
        any="all"
        options={SPLITS.map((value) => ({ value, label: SPLIT_TITLES[value] }))}
      />
      <Select
        name="kind"
        label="Image type"
        any="any"
        options={[...IMAGE_TYPES, 'unknown' as const]
          .filter((kind) => kinds.has(kind))
          .map((value) => ({ value, label: KIND_TITLES[value].toLowerCase() }))}
      />
      <Select
        name="format"
        label="Format"
        any="any"
        options={formats.map((value) => ({ value, label: formatLabel(value) }))}
      />
      {answers && (
        <>
          <Select name="predicted" label="Model says" any="any" options={classes} />
          <Percent name="from" label="at least" />
          <Percent name="to" label="at most" />
        </>
      )}
    </fieldset>
  );
}

type SelectProps = {
  name: keyof View;
  label: string;
  /** What stands for no choice; null: the first option does. */
  any: string | null;
  options: readonly Choice[];
  disabled?: boolean;
};

function Select({ name, label, any, options, disabled = false }: SelectProps) {
  const value = useLab((state) => state.view[name]);
  const actions = useActions();
  const { handlers, chosen } = useFieldFocus();
  return (
    <label className={styles.choice}>
      {label}
      <select
        value={value ?? (any === null ? options[0].value : '')}
        disabled={disabled}
        {...handlers}
        onChange={({ target }) => {
          const wanted = any === null && target.value === options[0].value ? '' : target.value;
          actions.look({ [name]: wanted || undefined });
          chosen();
        }}
        data-testid={`filter-${name}`}
      >
        {any !== null && <option value="">{any}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A probability in whole per cent. */
function Percent({ name, label }: { name: 'from' | 'to'; label: string }) {
  const value = useLab((state) => state.view[name]);
  const actions = useActions();
  return (
    <label className={styles.choice}>
      {label}
      <input
        type="number"
        min={0}
        max={100}
        step={5}
        value={value ?? ''}
        placeholder={name === 'from' ? '0' : '100'}
        onChange={({ target }) => actions.look({ [name]: target.value || undefined })}
        data-testid={`filter-${name}`}
      />
      %
    </label>
  );
}
