/** Changes to try on a slice: each is a button, a slider or a field. */
import {
  type Crop,
  type Edits,
  isEdited,
  LARGEST_BLUR,
  NO_EDITS,
  withinSlice,
} from '../../core/explain/edits.ts';
import { SLICE_SIDE } from '../../core/types.ts';
import { Button } from '../parts/Button.tsx';
import styles from './Why.module.css';

type Props = { edits: Edits; onEdits: (edits: Edits) => void };

const TOGGLES = [
  { edit: 'mirrored', label: 'Mirror', title: 'Left and right changed' },
  { edit: 'flipped', label: 'Flip', title: 'Top and bottom changed' },
  { edit: 'inverted', label: 'Invert', title: 'Dark and bright changed' },
] as const;

const SIDES: readonly { side: keyof Crop; label: string }[] = [
  { side: 'left', label: 'Left' },
  { side: 'top', label: 'Top' },
  { side: 'width', label: 'Width' },
  { side: 'height', label: 'Height' },
];

const WHOLE: Crop = { left: 0, top: 0, width: SLICE_SIDE, height: SLICE_SIDE };

export function EditTools({ edits, onEdits }: Props) {
  const change = (patch: Partial<Edits>) => onEdits({ ...edits, ...patch });
  const crop = edits.crop ?? WHOLE;
  return (
    <section className={styles.tools} aria-label="Change the slice">
      <div className={styles.line}>
        <h3>Change the slice</h3>
        <Button
          size="small"
          disabled={!isEdited(edits)}
          onClick={() => onEdits(NO_EDITS)}
          data-testid="edit-reset"
        >
          Undo all
        </Button>
      </div>
      <div className={styles.buttons}>
        {TOGGLES.map(({ edit, label, title }) => (
          <Button
            key={edit}
            size="small"
            aria-pressed={edits[edit]}
            className={styles.toggle}
            title={title}
            onClick={() => change({ [edit]: !edits[edit] })}
            data-testid={`edit-${edit}`}
          >
            {label}
          </Button>
        ))}
      </div>
      <label className={styles.slider}>
        Blur
        <input
          type="range"
          min={0}
          max={LARGEST_BLUR}
          step={0.5}
          value={edits.blur}
          onChange={({ target }) => change({ blur: target.valueAsNumber })}
          data-testid="edit-blur"
        />
        <output>{edits.blur.toFixed(1)} px</output>
      </label>
      <fieldset className={styles.crop}>
        <legend>Crop, in pixels of 224: draw a rectangle on the slice, or</legend>
        {SIDES.map(({ side, label }) => (
          <label key={side}>
            {label}
            <input
              type="number"
              min={0}
              max={SLICE_SIDE}
              value={crop[side]}
              onChange={({ target }) => {
                if (target.value === '' || !Number.isFinite(target.valueAsNumber)) return;
                const next = withinSlice({ ...crop, [side]: target.valueAsNumber });
                const whole = next.width === SLICE_SIDE && next.height === SLICE_SIDE;
                change({ crop: whole ? null : next });
              }}
              data-testid={`crop-${side}`}
            />
          </label>
        ))}
      </fieldset>
    </section>
  );
}
