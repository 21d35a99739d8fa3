/** The DICOM values that propose a class: chips that can be removed, and proposals of values that occur in the project. */
import { useId, useState } from 'react';
import { ATTRIBUTE_NAMES, LABEL_ATTRIBUTES, type LabelAttribute } from '../../core/labels/attributes.ts';
import { type DicomRule, type LabelSet, MOST_NAME_CHARACTERS } from '../../core/labels/labelSet.ts';
import type { FoundValues } from '../../core/labels/values.ts';
import { plural } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { Chips } from './Chips.tsx';
import styles from './ClassPanel.module.css';

const MOST_PROPOSALS = 12;

type Props = {
  set: LabelSet;
  at: number;
  values: FoundValues | null;
  onChange: (rules: DicomRule[]) => void;
};

export function Rules({ set, at, values, onChange }: Props) {
  const list = useId();
  const { dicom, name } = set.classes[at];
  const [attribute, setAttribute] = useState<LabelAttribute>(
    dicom[0]?.attribute ??
      set.classes.find((one) => one.dicom.length > 0)?.dicom[0].attribute ??
      'BodyPartExamined',
  );
  const [value, setValue] = useState('');
  const label = LABEL_ATTRIBUTES[attribute].label;
  const taken = new Set(
    set.classes.flatMap((one) => one.dicom.map((rule) => `${rule.attribute} ${plain(rule.value)}`)),
  );
  const free = (values?.[attribute] ?? []).filter((one) => !taken.has(`${attribute} ${plain(one.value)}`));
  const add = (added: string) => {
    if (
      added.trim() !== '' &&
      !dicom.some((rule) => rule.attribute === attribute && plain(rule.value) === plain(added))
    )
      onChange([...dicom, { attribute, value: added.trim() }]);
    setValue('');
  };

  return (
    <div className={styles.rules} data-testid="class-rules">
      <h4>DICOM values that propose it</h4>
      {dicom.length === 0 && <p>None yet: nothing in a header proposes this class.</p>}
      {ATTRIBUTE_NAMES.filter((one) => dicom.some((rule) => rule.attribute === one)).map((one) => {
        const rules = dicom.filter((rule) => rule.attribute === one);
        return (
          <Chips
            key={one}
            label={LABEL_ATTRIBUTES[one].label}
            verb="Remove"
            sign="×"
            chips={rules.map((rule) => ({ text: rule.value }))}
            testId="class-rule"
            onPress={(i) => onChange(dicom.filter((rule) => rule !== rules[i]))}
          />
        );
      })}
      <div className={styles.rule}>
        <select
          aria-label="DICOM attribute"
          value={attribute}
          data-testid="rule-attribute"
          onChange={(event) => setAttribute(event.target.value as LabelAttribute)}
        >
          {ATTRIBUTE_NAMES.map((one) => (
            <option key={one} value={one}>
              {LABEL_ATTRIBUTES[one].label}
            </option>
          ))}
        </select>
        <input
          list={list}
          value={value}
          maxLength={MOST_NAME_CHARACTERS}
          aria-label={`Value of ${label}`}
          placeholder="Value"
          data-testid="rule-value"
          onChange={(event) => setValue(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') add(value);
          }}
        />
        <datalist id={list}>
          {free.map((one) => (
            <option key={one.value} value={one.value}>
              {plural(one.slices, 'slice')}
            </option>
          ))}
        </datalist>
        <Button size="small" disabled={!value.trim()} data-testid="rule-add" onClick={() => add(value)}>
          Add
        </Button>
      </div>
      {free.length > 0 && (
        <Chips
          label={`In this project, and of no class yet`}
          verb={`Add to ${name.trim() || 'the class'}:`}
          sign="+"
          chips={free.slice(0, MOST_PROPOSALS).map((one) => ({
            text: one.value,
            note: plural(one.slices, 'slice'),
          }))}
          testId="rule-proposal"
          onPress={(i) => add(free[i].value)}
        />
      )}
    </div>
  );
}

function plain(text: string): string {
  return text.trim().toLowerCase();
}
