/** A knob: a slider over its stops, or a list; one sentence describes it. */
import { useId } from 'react';
import type { Knob, Value } from '../../core/simulate/knob/knob.ts';
import styles from './KnobControl.module.css';

type Props = { knob: Knob<unknown>; value: Value; onChange: (value: Value) => void };

export function KnobControl({ knob, value, onChange }: Props) {
  const [id, words] = [useId(), useId()];
  const at = Math.max(
    0,
    knob.stops.findIndex((stop) => stop.value === value),
  );
  const shown = `${knob.stops[at].label} ${knob.unit}`.trim();
  return (
    <div className={styles.knob}>
      <label htmlFor={id}>{knob.label}</label>
      {knob.kind === 'slider' ? (
        <>
          <output htmlFor={id}>{shown}</output>
          <input
            id={id}
            type="range"
            min={0}
            max={knob.stops.length - 1}
            step={1}
            value={at}
            aria-valuetext={shown}
            aria-describedby={words}
            onChange={({ target }) => onChange(knob.stops[Number(target.value)].value)}
            data-testid={`knob-${knob.key}`}
          />
        </>
      ) : (
        <select
          id={id}
          value={String(value)}
          aria-describedby={words}
          onChange={({ target }) => onChange(target.value)}
          data-testid={`knob-${knob.key}`}
        >
          {knob.stops.map((stop) => (
            <option key={stop.value} value={stop.value}>
              {stop.label}
            </option>
          ))}
        </select>
      )}
      <p id={words}>{knob.description}</p>
    </div>
  );
}
