/** How this project's files are read: resizing, padding, and which DICOM Modality means which label. */

import { type ReactNode, useState } from 'react';
import { DEFAULT_OPTIONS, isPaperPreprocessing, sameMap } from '../../core/dataset/options.ts';
import { isModalityCode } from '../../core/dicom/modalityCode.ts';
import { PAPER_PREPROCESSING } from '../../core/image/preprocessing.ts';
import { LABELS, type Label } from '../../core/types.ts';
import { useActions, useLab } from '../context.ts';
import { Button } from '../parts/Button.tsx';
import { Card } from './Card.tsx';
import styles from './ReadingCard.module.css';

export function ReadingCard() {
  const options = useLab((state) => state.project.options);
  const busy = useLab((state) => state.readOnly || state.job !== null || state.live !== null);
  const actions = useActions();
  const { labelMap } = options;
  const setMap = (map: Record<string, Label>) => void actions.setOptions({ ...options, labelMap: map });
  const codes = Object.keys(labelMap).sort(
    (a, b) => LABELS.indexOf(labelMap[a]) - LABELS.indexOf(labelMap[b]),
  );

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
          Labels by DICOM Modality; any other code, OT of captures among them, becomes “other”, in any folder
        </caption>
        <thead>
          <tr>
            <th scope="col">Modality</th>
            <th scope="col">Label</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {codes.map((code) => (
            <tr key={code}>
              <th scope="row">{code}</th>
              <td>
                <select
                  aria-label={`Label of ${code}`}
                  value={labelMap[code]}
                  disabled={busy}
                  onChange={(event) => setMap({ ...labelMap, [code]: event.target.value as Label })}
                >
                  {LABELS.map((label) => (
                    <option key={label}>{label}</option>
                  ))}
                </select>
              </td>
              <td>
                <Button
                  aria-label={`Remove ${code}`}
                  disabled={busy}
                  onClick={() => {
                    const { [code]: _, ...rest } = labelMap;
                    setMap(rest);
                  }}
                >
                  Remove
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <AddCode labelMap={labelMap} disabled={busy} onAdd={setMap} />
      {!sameMap(labelMap, DEFAULT_OPTIONS.labelMap) && (
        <div>
          <Button
            disabled={busy}
            onClick={() => setMap({ ...DEFAULT_OPTIONS.labelMap })}
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

type AddProps = {
  labelMap: Record<string, Label>;
  disabled: boolean;
  onAdd(map: Record<string, Label>): void;
};

function AddCode({ labelMap, disabled, onAdd }: AddProps) {
  const [code, setCode] = useState('');
  const [label, setLabel] = useState<Label>('XR');
  const clean = code.trim().toUpperCase();
  const valid = isModalityCode(clean);
  const add = () => {
    if (disabled || !valid) return;
    onAdd({ ...labelMap, [clean]: label });
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
        onChange={(event) => setLabel(event.target.value as Label)}
      >
        {LABELS.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
      <Button onClick={add} disabled={disabled || !valid} data-testid="label-map-add">
        Add
      </Button>
    </div>
  );
}
