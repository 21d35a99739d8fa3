/** One class of a set under edit: its description, proposed colours, DICOM values, and its end. */
import { useId, useState } from 'react';
import { PROPOSED_COLOURS } from '../../core/labels/colours.ts';
import { type ClassPatch, changeClass } from '../../core/labels/editSet.ts';
import { type DicomRule, type LabelSet, MOST_DESCRIPTION_CHARACTERS } from '../../core/labels/labelSet.ts';
import type { FoundValues } from '../../core/labels/values.ts';
import { Button } from '../parts/Button.tsx';
import styles from './ClassPanel.module.css';
import { colourWords } from './colourWords.ts';
import type { Faults } from './faultWords.ts';
import { Rules } from './Rules.tsx';

type Props = {
  set: LabelSet;
  at: number;
  locked: boolean;
  faults: Faults;
  hints: readonly string[];
  values: FoundValues | null;
  onChange: (set: LabelSet, field?: string | null) => void;
  onMerge: (into: string) => void;
  onRemove: () => void;
};

export function ClassPanel({ set, at, locked, faults, hints, values, onChange, onMerge, onRemove }: Props) {
  const id = useId();
  const one = set.classes[at];
  const called = one.name.trim() || `class ${at + 1}`;
  const change = (patch: ClassPatch, field: string | null = null) =>
    onChange(changeClass(set, one.id, patch), field && `${field} ${one.id}`);
  return (
    <section className={styles.panel} aria-labelledby={`${id}-title`} data-testid="class-panel">
      <h3 id={`${id}-title`} className={styles.title}>
        <span className={styles.swatch} style={{ background: one.colour }} data-mark aria-hidden="true" />
        {called}
      </h3>
      <label className={styles.field}>
        Description
        <input
          value={one.description}
          maxLength={MOST_DESCRIPTION_CHARACTERS}
          readOnly={locked}
          data-testid="class-description"
          onChange={(event) => change({ description: event.target.value }, 'description')}
        />
      </label>
      <Colours set={set} at={at} onChoose={(colour) => change({ colour })} />
      {hints.map((hint) => (
        <p key={hint} className={styles.hint} data-testid="colour-hint">
          {hint}
        </p>
      ))}
      <Rules set={set} at={at} values={values} onChange={(dicom: DicomRule[]) => change({ dicom })} />
      {faults.at(at, 'dicom').map((text) => (
        <p key={text} className={styles.problem}>
          {text}
        </p>
      ))}
      {!locked && <End set={set} at={at} onMerge={onMerge} onRemove={onRemove} />}
    </section>
  );
}

/** Colours that no other class has: native radio buttons, so arrow keys go through them. */
function Colours({ set, at, onChoose }: { set: LabelSet; at: number; onChoose: (colour: string) => void }) {
  const name = useId();
  const own = set.classes[at].colour.toLowerCase();
  const taken = set.classes.filter((_, i) => i !== at).map(({ colour }) => colour.toLowerCase());
  const free = PROPOSED_COLOURS.filter((colour) => !taken.includes(colour)).slice(0, MOST_COLOURS);
  return (
    <fieldset className={styles.colours} data-testid="class-colours">
      <legend>Free colours that are told apart with any colour vision</legend>
      {free.map((colour) => (
        <label key={colour} title={`${colourWords(colour)}, ${colour}`}>
          <input
            type="radio"
            className="spoken"
            name={name}
            aria-label={colourWords(colour)}
            checked={colour === own}
            onChange={() => onChoose(colour)}
          />
          <span style={{ background: colour }} data-mark />
        </label>
      ))}
    </fieldset>
  );
}

const MOST_COLOURS = 10;

type EndProps = { set: LabelSet; at: number; onMerge: (into: string) => void; onRemove: () => void };

function End({ set, at, onMerge, onRemove }: EndProps) {
  const others = set.classes.filter((_, i) => i !== at);
  const [into, setInto] = useState('');
  const target = others.find(({ id }) => id === into);
  return (
    <div className={styles.end}>
      {others.length > 0 && (
        <>
          <select
            aria-label="Merge into"
            value={target ? into : ''}
            data-testid="class-into"
            onChange={(event) => setInto(event.target.value)}
          >
            <option value="">Merge into …</option>
            {others.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
          <Button
            size="small"
            disabled={!target}
            data-testid="class-merge"
            onClick={() => target && onMerge(target.id)}
          >
            Merge
          </Button>
        </>
      )}
      <Button size="small" tone="danger" data-testid="class-remove" onClick={onRemove}>
        Remove the class
      </Button>
    </div>
  );
}
