/** How this project's files are read: resizing, padding, and which DICOM Modality means which label. */

import { type ReactNode, useState } from 'react';
import { isPaperPreprocessing } from '../../core/dataset/options.ts';
import { isModalityCode } from '../../core/dicom/modalityCode.ts';
import { PAPER_PREPROCESSING } from '../../core/image/preprocessing.ts';
import type { LabelClass } from '../../core/labels/labelSet.ts';
import {
  type ModalityRules,
  modalityRules,
  sameRules,
  withModalityRules,
} from '../../core/labels/modalityRules.ts';
import { DEFAULT_SET } from '../../core/labels/sets/index.ts';
import { useActions, useLab } from '../context.ts';
import { Button } from '../parts/Button.tsx';
import { Card } from './Card.tsx';
import styles from './ReadingCard.module.css';

export function ReadingCard() {
  const options = useLab((state) => state.project.options);
  const busy = useLab((state) => state.readOnly || state.job !== null || state.live !== null);
  const actions = useActions();
  const set = useLab((state) => state.labelSets[0]);
  const rules = modalityRules(set);
  const setRules = (next: ModalityRules) => void actions.putLabelSet(withModalityRules(set, next));

  return (
    <Card title="Reading files">
      <Check
        name="antialias"
        title="Smooth when shrinking"
        checked={options.antialias}
        disabled={busy}
        onChange={(antialias) => void actions.setOptions({ ...options, antialias })}
      >
        On: averages areas. Off, as in the paper: bilinear, which skips pixels of large images.
      </Check>
      <Check
        name="padding"
        title="Leave DICOM’s padding values out of min-max"
        checked={options.padding === 'exclude'}
        disabled={busy}
        onChange={(out) => void actions.setOptions({ ...options, padding: out ? 'exclude' : 'include' })}
      >
        On: what fills the frame around a round image does not flatten its contrast. In the paper it counts
        like any pixel.
      </Check>
      <p className={styles.note}>Both concern files added from now on; stored slices stay.</p>
      {!isPaperPreprocessing(options) && (
        <div>
          <Button
            disabled={busy}
            onClick={() => void actions.setOptions({ ...options, ...PAPER_PREPROCESSING })}
            data-testid="reading-paper"
          >
            Both as in the paper
          </Button>
        </div>
      )}
      <table className={styles.map} data-testid="label-map">
        <caption>
          Labels by DICOM Modality; any other code, OT of captures among them, gives no label, in any folder
        </caption>
        <thead>
          <tr>
            <th scope="col">Modality</th>
            <th scope="col">Label</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {Object.keys(rules).map((code) => (
            <tr key={code}>
              <th scope="row">{code}</th>
              <td>
                <select
                  aria-label={`Label of ${code}`}
                  value={rules[code]}
                  disabled={busy}
                  onChange={(event) => setRules({ ...rules, [code]: event.target.value })}
                >
                  <ClassOptions classes={set.classes} />
                </select>
              </td>
              <td>
                <Button
                  aria-label={`Remove ${code}`}
                  disabled={busy}
                  onClick={() => {
                    const { [code]: _, ...rest } = rules;
                    setRules(rest);
                  }}
                >
                  Remove
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <AddCode classes={set.classes} rules={rules} disabled={busy} onAdd={setRules} />
      {!sameRules(rules, modalityRules(DEFAULT_SET)) && (
        <div>
          <Button
            disabled={busy}
            onClick={() => setRules(modalityRules(DEFAULT_SET))}
            data-testid="label-map-reset"
          >
            Back to the paper’s map
          </Button>
        </div>
      )}
    </Card>
  );
}

type CheckProps = {
  name: string;
  title: string;
  checked: boolean;
  disabled: boolean;
  onChange(checked: boolean): void;
  children: ReactNode;
};

function Check({ name, title, checked, disabled, onChange, children }: CheckProps) {
  return (
    <label className={styles.check}>
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
        data-testid={`option-${name}`}
      />
      <span>
        {title}
        <small>{children}</small>
      </span>
    </label>
  );
}

function ClassOptions({ classes }: { classes: readonly LabelClass[] }) {
  return classes.map(({ id, name }) => (
    <option key={id} value={id}>
      {name}
    </option>
  ));
}

type AddProps = {
  classes: readonly LabelClass[];
  rules: ModalityRules;
  disabled: boolean;
  onAdd(rules: ModalityRules): void;
};

function AddCode({ classes, rules, disabled, onAdd }: AddProps) {
  const [code, setCode] = useState('');
  const [label, setLabel] = useState(classes.at(-1)?.id ?? '');
  const clean = code.trim().toUpperCase();
  const valid = isModalityCode(clean);
  const add = () => {
    if (disabled || !valid) return;
    onAdd({ ...rules, [clean]: label });
    setCode('');
  };
  return (
    <div className={styles.add}>
      <input
        aria-label="DICOM Modality to add"
        placeholder="RG, XA, …"
        maxLength={16}
        value={code}
        disabled={disabled}
        aria-invalid={clean !== '' && !valid}
        onChange={(event) => setCode(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') add();
        }}
        data-testid="label-map-code"
      />
      <select
        aria-label="Its label"
        value={label}
        disabled={disabled}
        onChange={(event) => setLabel(event.target.value)}
      >
        <ClassOptions classes={classes} />
      </select>
      <Button onClick={add} disabled={disabled || !valid} data-testid="label-map-add">
        Add
      </Button>
    </div>
  );
}
