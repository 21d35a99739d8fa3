/** The presets of a run: one card each, with one sentence. */
import { PRESETS, presetConfig } from '../../core/train/presets.ts';
import { PRESET_NAMES, type PresetName, type RunConfig } from '../../core/train/run.ts';
import { useLab } from '../context.ts';
import styles from './PresetCards.module.css';

type Props = { config: RunConfig; onChange: (config: RunConfig) => void };

export function PresetCards({ config, onChange }: Props) {
  const starter = useLab((state) => state.starter);
  const names = PRESET_NAMES.filter((name) => starter || !PRESETS[name].config.start);
  const choose = (preset: PresetName) => {
    const { seed, device, network } = config;
    const chosen = { ...presetConfig(preset, seed, network), device };
    if (chosen.start && starter) {
      const { network, inputSize } = starter;
      onChange({ ...chosen, network, inputSize });
    } else onChange(chosen);
  };
  return (
    <fieldset className={styles.cards}>
      <legend>Preset</legend>
      {names.map((name) => (
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
  const { seed, device, network } = config;
  const preset = presetConfig(config.preset, seed, network);
  // Both are the starter's own; which weights those were is no edit.
  const begins = preset.start ? { start: preset.start, inputSize: config.inputSize } : {};
  const edited = { ...config, ...(config.start ? begins : {}) };
  return JSON.stringify(sorted({ ...preset, ...begins, device })) !== JSON.stringify(sorted(edited));
}

function sorted(config: RunConfig): [string, unknown][] {
  return Object.entries(config).sort(([a], [b]) => a.localeCompare(b));
}
