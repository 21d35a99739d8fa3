/** What the user says of a dataset: source, licence, citation and a note, edited in place. Addresses are text, never links. */
import type { DatasetRow } from '../../app/state.ts';
import { FACT_KEYS, FACTS } from '../../core/files/datasetFacts.ts';
import { useActions, useLab } from '../context.ts';
import { EditableText } from '../parts/EditableText.tsx';
import styles from './DatasetFactList.module.css';

const EXAMPLES = {
  source: 'where it comes from, or its address',
  licence: 'e.g. CC BY 4.0',
  citation: 'how its authors ask to be cited',
  note: 'anything else, but no patient’s name',
} as const;

export function DatasetFactList({ dataset: { id, name, facts } }: { dataset: DatasetRow }) {
  const readOnly = useLab((state) => state.readOnly);
  const actions = useActions();
  const said = FACT_KEYS.filter((key) => facts[key]).map((key) => FACTS[key].label.toLowerCase());
  return (
    <details className={styles.facts} data-testid="dataset-facts">
      <summary>{said.length > 0 ? `Has ${said.join(', ')}` : 'Source, licence, citation, note'}</summary>
      <dl>
        {FACT_KEYS.map((key) => (
          <div key={key}>
            <dt>{FACTS[key].label}</dt>
            <dd>
              <EditableText
                value={facts[key] ?? ''}
                label={`${FACTS[key].label} of ${name}`}
                placeholder={EXAMPLES[key]}
                disabled={readOnly}
                onCommit={(text) => actions.setFact(id, key, text)}
              />
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
