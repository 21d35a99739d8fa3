/** Everything the inspector's keys and drags do, as buttons and fields. */
import type { Window } from '../../core/image/window.ts';
import { Button } from '../parts/Button.tsx';
import styles from './Controls.module.css';
import type { Command } from './keys.ts';
import { type Choice, chosenPreset, type Picture, presetsOf } from './picture.ts';

type Props = {
  picture: Picture;
  choice: Choice;
  window: Window;
  inverted: boolean;
  onWindow: (window: Window) => void;
  onCommand: (command: Command) => void;
};

export function Controls({ picture, choice, window, inverted, onWindow, onCommand }: Props) {
  const chosen = chosenPreset(choice, picture);
  return (
    <div className={styles.controls}>
      <fieldset className={styles.group}>
        <legend className="spoken">Window presets</legend>
        {presetsOf(picture).map(({ preset, number }) => (
          <Button
            key={preset}
            size="small"
            aria-pressed={preset === chosen}
            className={styles.toggle}
            title={number < 10 ? `Shift + ${number}` : undefined}
            onClick={() => onCommand({ do: 'preset', number })}
          >
            {preset}
          </Button>
        ))}
      </fieldset>
      <fieldset className={styles.group}>
        <legend className="spoken">Window</legend>
        <Amount name="Centre" value={window.centre} onChange={(centre) => onWindow({ ...window, centre })} />
        <Amount
          name="Width"
          value={window.width}
          onChange={(width) => onWindow({ ...window, width: Math.max(0, width) })}
        />
      </fieldset>
      <fieldset className={styles.group}>
        <legend className="spoken">View</legend>
        <Button
          size="small"
          aria-pressed={inverted}
          className={styles.toggle}
          title="I"
          onClick={() => onCommand({ do: 'invert' })}
        >
          Invert
        </Button>
        <Button
          size="small"
          aria-label="Zoom out"
          title="−"
          onClick={() => onCommand({ do: 'zoom', by: 0.8 })}
        >
          −
        </Button>
        <Button size="small" title="=" onClick={() => onCommand({ do: 'fit' })}>
          Fit
        </Button>
        <Button
          size="small"
          aria-label="Zoom in"
          title="+"
          onClick={() => onCommand({ do: 'zoom', by: 1.25 })}
        >
          +
        </Button>
        <Button size="small" title="Space" onClick={() => onCommand({ do: 'reset' })}>
          Reset
        </Button>
      </fieldset>
    </div>
  );
}

function Amount({ name, value, onChange }: { name: string; value: number; onChange: (n: number) => void }) {
  return (
    <label className={styles.amount}>
      {name}
      <input
        type="number"
        step="any"
        value={Number(value.toPrecision(5))}
        onChange={({ target }) => {
          if (target.value !== '' && Number.isFinite(target.valueAsNumber)) onChange(target.valueAsNumber);
        }}
      />
    </label>
  );
}
