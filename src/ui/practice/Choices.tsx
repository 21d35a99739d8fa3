/** Choices of sites, modalities, body parts, number of patients and seed. */
import { DEFAULT_SET } from '../../core/labels/sets/index.ts';
import type { PracticeChoices } from '../../core/simulate/choices.ts';
import { planPractice } from '../../core/simulate/plan.ts';
import { REGIONS } from '../../core/simulate/region.ts';
import { modalitiesOf, PRACTICE_MODALITIES, SITES } from '../../core/simulate/site/index.ts';
import { Button } from '../parts/Button.tsx';
import { classOfSet } from '../parts/classes.ts';
import { LabelChip } from '../parts/LabelChip.tsx';
import { Segmented } from '../parts/Segmented.tsx';
import styles from './Choices.module.css';

type Props = { choices: PracticeChoices; onChange: (choices: PracticeChoices) => void };

const PATIENTS = [0.5, 1, 2, 4].map((value) => ({ value, label: value === 0.5 ? '½ ×' : `${value} ×` }));
const MOST_SEED = 999_999;

export function Choices({ choices, onChange }: Props) {
  const change = (patch: Partial<PracticeChoices>) => onChange({ ...choices, ...patch });
  // The sites drawn from the seed, if none were chosen.
  const sites = choices.sites ?? planPractice({ ...choices, sites: null }).manifest.map(({ name }) => name);
  return (
    <section className={styles.choices} aria-label="What is made">
      <div className={styles.row}>
        <Ticks
          title="Modalities"
          all={PRACTICE_MODALITIES}
          chosen={choices.modalities}
          onChange={(modalities) => change({ modalities })}
        />
      </div>
      <div className={styles.row}>
        <Ticks
          title="Body parts"
          all={REGIONS}
          chosen={choices.regions}
          onChange={(regions) => change({ regions })}
        />
      </div>
      <div className={styles.row}>
        <div className={styles.group}>
          <h3>Patients of each site</h3>
          <Segmented
            label="Patients of each site"
            options={PATIENTS}
            value={choices.patients}
            onChange={(patients) => change({ patients })}
            testId="practice-patients"
          />
        </div>
        <label className={styles.group}>
          <h3>Seed</h3>
          <input
            className={styles.seed}
            type="number"
            min={0}
            max={MOST_SEED}
            value={choices.seed}
            onChange={({ target }) => {
              const seed = Math.trunc(Number(target.value));
              if (seed >= 0 && seed <= MOST_SEED) change({ seed });
            }}
            data-testid="practice-seed"
          />
        </label>
        <p className={styles.note}>The same choices make the same files.</p>
      </div>
      <header className={styles.header}>
        <h3>Sites</h3>
        <span>
          {sites.length} of {SITES.length}
        </span>
        <Button size="small" tone="quiet" onClick={() => change({ sites: null })} disabled={!choices.sites}>
          As the seed draws
        </Button>
      </header>
      <ul className={styles.sites}>
        {SITES.map((site) => {
          const { folder, name, location } = site;
          const on = sites.includes(folder);
          return (
            <li key={folder}>
              <label className={styles.site}>
                <input
                  type="checkbox"
                  checked={on}
                  onChange={() =>
                    change({ sites: on ? sites.filter((one) => one !== folder) : [...sites, folder] })
                  }
                  data-testid="practice-site"
                />
                <span className={styles.name}>
                  {name.replace(/^Practice /, '')}
                  <span>{location}</span>
                </span>
                <span className={styles.chips}>
                  {modalitiesOf(site).map((modality) => (
                    <LabelChip key={modality} of={classOfSet(DEFAULT_SET, modality)} />
                  ))}
                </span>
              </label>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

type TicksProps<T extends string> = {
  title: string;
  all: readonly T[];
  chosen: readonly T[];
  onChange: (chosen: T[]) => void;
};

function Ticks<T extends string>({ title, all, chosen, onChange }: TicksProps<T>) {
  return (
    <fieldset className={styles.group}>
      <legend>{title}</legend>
      <div className={styles.ticks}>
        {all.map((one) => (
          <label key={one} className={styles.tick}>
            <input
              type="checkbox"
              checked={chosen.includes(one)}
              onChange={({ target }) =>
                onChange(all.filter((other) => (other === one ? target.checked : chosen.includes(other))))
              }
              data-testid={`practice-${one}`}
            />
            {one}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
