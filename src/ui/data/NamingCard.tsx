/** Asks whether datasets take the names of their folders; until then these are only on this page. */
import { useState } from 'react';
import type { DatasetRow } from '../../app/state.ts';
import { LOOKS_WORDS, type Looks, looksIdentifying } from '../../core/dataset/identifying.ts';
import { useActions, useLab } from '../context.ts';
import { plural } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import styles from './NamingCard.module.css';

type Offer = { dataset: string; now: string; name: string; looks: Looks | null };

export function NamingCard() {
  const datasets = useLab((state) => state.datasets);
  const folderNames = useLab((state) => state.folderNames);
  const readOnly = useLab((state) => state.readOnly);
  const reading = useLab((state) => state.job?.kind === 'ingest');
  if (readOnly || reading) return null;
  const found = offers(datasets, folderNames);
  const old = datasets
    .filter(({ nameFrom }) => nameFrom === 'unasked')
    .map(({ id, name }) => ({ dataset: id, now: name, name, looks: looksIdentifying(name) }));
  return (
    <>
      {found.length > 0 && (
        <Question
          key={found.map(({ dataset }) => dataset).join()}
          offers={found}
          title={`Name ${plural(found.length, 'dataset')} after ${found.length === 1 ? 'its folder' : 'their folders'}?`}
          words="These names are only on this screen. Those you tick are stored and stand in exports; the others are forgotten with this page."
          use="Use these names"
          keep="Keep neutral names"
        />
      )}
      {old.length > 0 && (
        <Question
          key={old.map(({ dataset }) => dataset).join()}
          offers={old}
          title={`Keep the ${old.length === 1 ? 'name' : 'names'} of ${plural(old.length, 'dataset')}?`}
          words="An earlier version took them from your folders and stored them. What you don’t tick becomes “Dataset 1”, …, in results and reports too."
          use="Keep these names"
          keep="Use neutral names"
        />
      )}
    </>
  );
}

function offers(
  datasets: readonly DatasetRow[],
  folderNames: readonly { dataset: string; name: string; looks: Looks | null }[],
): Offer[] {
  return datasets.flatMap(({ id, name: now, nameFrom }) => {
    const folder = folderNames.find(({ dataset }) => dataset === id);
    return folder && nameFrom === 'neutral' ? [{ ...folder, now }] : [];
  });
}

type Props = { offers: Offer[]; title: string; words: string; use: string; keep: string };

function Question({ offers, title, words, use, keep }: Props) {
  const actions = useActions();
  const [ticked, setTicked] = useState(
    () => new Set(offers.filter(({ looks }) => looks === null).map(({ dataset }) => dataset)),
  );
  const tick = (dataset: string, on: boolean) => {
    const next = new Set(ticked);
    if (on) next.add(dataset);
    else next.delete(dataset);
    setTicked(next);
  };
  const answer = (names: ReadonlySet<string>) =>
    void actions.nameDatasets(
      offers.map(({ dataset, name }) => ({ dataset, name: names.has(dataset) ? name : null })),
    );
  return (
    <section className={styles.card} aria-label={title} data-testid="naming-card">
      <div className={styles.words}>
        <h2>{title}</h2>
        <p>{words}</p>
        <div className={styles.acts}>
          <Button disabled={ticked.size === 0} onClick={() => answer(ticked)} data-testid="naming-use">
            {ticked.size === offers.length ? use : `${use} (${ticked.size})`}
          </Button>
          <Button tone="quiet" onClick={() => answer(new Set())} data-testid="naming-keep">
            {keep}
          </Button>
        </div>
      </div>
      <ul className={styles.names}>
        {offers.map(({ dataset, now, name, looks }) => (
          <li key={dataset}>
            <label>
              <input
                type="checkbox"
                checked={ticked.has(dataset)}
                onChange={(event) => tick(dataset, event.target.checked)}
              />
              {now !== name && <span className={styles.now}>{now}</span>}
              <span className={styles.name}>{name}</span>
            </label>
            {looks && <span className={styles.looks}>{LOOKS_WORDS[looks]}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
