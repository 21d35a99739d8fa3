/** How this project's files are read: resizing, and which DICOM Modality means which label. */
import { type FormEvent, useId, useState } from 'react';
import { DEFAULT_OPTIONS, MODALITY_CODE, sameMap } from '../../core/dataset/options.ts';
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
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={options.antialias}
          disabled={busy}
          onChange={(event) => void actions.setOptions({ ...options, antialias: event.target.checked })}
          data-testid="option-antialias"
        />
        <span>
          Average areas when an image is made smaller
          <small>
            Off, as in the paper: bilinear, which skips pixels of large images. Concerns files added from now
            on.
          </small>
        </span>
      </label>
      <table className={styles.map} data-testid="label-map">
        <caption>Labels by DICOM Modality; any other code becomes “other”</caption>
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

type AddProps = {
  labelMap: Record<string, Label>;
  disabled: boolean;
  onAdd(map: Record<string, Label>): void;
};

function AddCode({ labelMap, disabled, onAdd }: AddProps) {
  const id = useId();
  const [code, setCode] = useState('');
  const [label, setLabel] = useState<Label>('XR');
  const clean = code.trim().toUpperCase();
  const valid = MODALITY_CODE.test(clean);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!valid) return;
    onAdd({ ...labelMap, [clean]: label });
    setCode('');
  };
  return (
    <form className={styles.add} onSubmit={submit}>
      <input
        id={id}
        aria-label="DICOM Modality to add"
        placeholder="RG, XA, …"
        maxLength={16}
        value={code}
        disabled={disabled}
        aria-invalid={clean !== '' && !valid}
        onChange={(event) => setCode(event.target.value)}
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
      <Button type="submit" disabled={disabled || !valid} data-testid="label-map-add">
        Add
      </Button>
    </form>
  );
}
