/** The presets of a run: one card each, with one sentence. */
import { PRESETS, presetConfig } from '../../core/train/presets.ts';
import { PRESET_NAMES, type PresetName, type RunConfig } from '../../core/train/run.ts';
import styles from './PresetCards.module.css';

type Props = { config: RunConfig; onChange: (config: RunConfig) => void };

export function PresetCards({ config, onChange }: Props) {
  const choose = (preset: PresetName) => {
    const { seed, device, network } = config;
    onChange({ ...presetConfig(preset, seed), device, network });
  };
  return (
    <fieldset className={styles.cards}>
      <legend>Preset</legend>
      {PRESET_NAMES.map((name) => (
        <label key={name} className={styles.card} data-testid={`preset-${name}`}>
          <input
            type="radio"
            className="spoken"
            name="preset"
            checked={config.preset === name}
            onChange={() => choose(name)}
            // A press on the chosen card undoes later edits.
            onClick={() => choose(name)}
          />
          <span className={styles.box}>
            <strong>
              {PRESETS[name].label}
              {config.preset === name && isEdited(config) && <em>edited</em>}
            </strong>
            <span>{PRESETS[name].description}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** Whether any field set by the preset differs from it. */
function isEdited(config: RunConfig): boolean {
  const preset = presetConfig(config.preset);
  const { seed, device, network } = config;
  return JSON.stringify(sorted({ ...preset, seed, device, network })) !== JSON.stringify(sorted(config));
}

function sorted(config: RunConfig): [string, unknown][] {
  return Object.entries(config).sort(([a], [b]) => a.localeCompare(b));
}
