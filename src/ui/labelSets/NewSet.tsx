/** What a new label set starts with: nothing, an example, a copy, or the values that slices of the project have. */
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { ATTRIBUTE_NAMES, LABEL_ATTRIBUTES } from '../../core/labels/attributes.ts';
import { copySet, emptySet, freeName } from '../../core/labels/editSet.ts';
import { type LabelSet, MOST_CLASSES, MOST_NAME_CHARACTERS } from '../../core/labels/labelSet.ts';
import { EXAMPLE_SETS } from '../../core/labels/sets/index.ts';
import { type FoundValues, setOfValues, type ValueKind } from '../../core/labels/values.ts';
import { plural } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { Modal } from '../parts/Modal.tsx';
import styles from './NewSet.module.css';

type Start = 'nothing' | 'example' | 'copy' | 'values';

type Props = {
  sets: readonly LabelSet[];
  values: FoundValues | null;
  onGoOn: (set: LabelSet) => void;
  onClose: () => void;
};

const KINDS: readonly ValueKind[] = [...ATTRIBUTE_NAMES, 'folder'];

export function NewSet({ sets, values, onGoOn, onClose }: Props) {
  const [start, setStart] = useState<Start>('nothing');
  const [name, setName] = useState('');
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const [example, setExample] = useState(EXAMPLE_SETS[0]);
  const [copied, setCopied] = useState(sets[0]);
  const [kind, setKind] = useState<ValueKind>('BodyPartExamined');
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const found = values?.[kind] ?? [];
  const chosen = found.filter(({ value }) => !left.has(value));
  const ids = sets.map(({ id }) => id);
  const names = sets.map((set) => set.name);

  const made = (): LabelSet => {
    const title = name.trim();
    if (start === 'example') {
      // Under its own id if that is free: a set that was deleted then has its labels back.
      const free = !ids.includes(example.id);
      return free
        ? { ...example, name: freeName(title || example.name, names) }
        : renamed(copySet(example, sets), title);
    }
    if (start === 'copy') return renamed(copySet(copied, sets), title);
    const free = freeName(title || (start === 'values' ? labelOf(kind) : 'New set'), names);
    return start === 'values'
      ? setOfValues(
          free,
          kind,
          chosen.map(({ value }) => value),
          ids,
        )
      : emptySet(free, ids);
  };
  const ready = start !== 'values' || chosen.length > 0;
  const goOn = () => ready && onGoOn(made());

  return (
    <Modal
      title="New label set"
      shape="sheet"
      onClose={onClose}
      testId="set-new-dialog"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="accent" disabled={!ready} onClick={goOn} data-testid="set-new-go">
            Go on
          </Button>
        </>
      }
    >
      <label className={styles.name}>
        Name
        <input
          ref={first}
          value={name}
          maxLength={MOST_NAME_CHARACTERS}
          placeholder="What its classes say, such as Body region"
          data-testid="set-new-name"
          onChange={(event) => setName(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            // Else it would press the button that the next dialog focuses.
            event.preventDefault();
            goOn();
          }}
        />
      </label>
      <fieldset className={styles.starts}>
        <legend>Start with</legend>
        <Choice value="nothing" start={start} onStart={setStart} title="No classes yet">
          Type their names, or paste a list of them.
        </Choice>
        <Choice value="example" start={start} onStart={setStart} title="An example">
          <select
            aria-label="Example"
            value={example.id}
            data-testid="set-new-example"
            onFocus={() => setStart('example')}
            onChange={(event) => setExample(EXAMPLE_SETS.find(({ id }) => id === event.target.value)!)}
          >
            {EXAMPLE_SETS.map(({ id, name: called }) => (
              <option key={id} value={id}>
                {called}
              </option>
            ))}
          </select>{' '}
          {example.classes.map((one) => one.name).join(', ')}
        </Choice>
        <Choice value="copy" start={start} onStart={setStart} title="A copy of">
          <select
            aria-label="Set to copy"
            value={copied.id}
            data-testid="set-new-copy"
            onFocus={() => setStart('copy')}
            onChange={(event) => setCopied(sets.find(({ id }) => id === event.target.value)!)}
          >
            {sets.map(({ id, name: called }) => (
              <option key={id} value={id}>
                {called}
              </option>
            ))}
          </select>{' '}
          Its classes and rules; labels that were given in it stay there.
        </Choice>
        <Choice value="values" start={start} onStart={setStart} title="A class for each value of">
          <select
            aria-label="Attribute"
            value={kind}
            data-testid="set-new-kind"
            onFocus={() => setStart('values')}
            onChange={(event) => {
              setKind(event.target.value as ValueKind);
              setLeft(new Set());
            }}
          >
            {KINDS.map((one) => (
              <option key={one} value={one}>
                {labelOf(one)}
              </option>
            ))}
          </select>{' '}
          {values === null ? 'Counting …' : `${plural(found.length, 'value')} in this project`}
        </Choice>
      </fieldset>
      {start === 'values' && (
        <div className={styles.values} data-testid="set-new-values">
          {found.length === 0 && values !== null && <p>No stored slice has a value of it.</p>}
          {chosen.length > MOST_CLASSES && (
            <p>A set has at most {MOST_CLASSES} classes: the most frequent are taken.</p>
          )}
          {found.map(({ value, series, slices }) => (
            <label key={value}>
              <input
                type="checkbox"
                checked={!left.has(value)}
                onChange={() => setLeft(toggled(left, value))}
              />
              <span>{value}</span>
              <small>
                {plural(series, 'series', 'series')}, {plural(slices, 'slice')}
              </small>
            </label>
          ))}
        </div>
      )}
    </Modal>
  );
}

type ChoiceProps = {
  value: Start;
  start: Start;
  onStart: (start: Start) => void;
  title: string;
  children: ReactNode;
};

function Choice({ value, start, onStart, title, children }: ChoiceProps) {
  const id = useId();
  return (
    <div className={styles.choice}>
      <input
        id={id}
        type="radio"
        name="label-set-start"
        checked={start === value}
        data-testid={`set-start-${value}`}
        onChange={() => onStart(value)}
      />
      <label htmlFor={id}>{title}</label>
      <div>{children}</div>
    </div>
  );
}

function labelOf(kind: ValueKind): string {
  return kind === 'folder' ? 'Folder name' : LABEL_ATTRIBUTES[kind].label;
}

function renamed(set: LabelSet, title: string): LabelSet {
  return title ? { ...set, name: title } : set;
}

function toggled(values: ReadonlySet<string>, value: string): Set<string> {
  const next = new Set(values);
  if (!next.delete(value)) next.add(value);
  return next;
}
