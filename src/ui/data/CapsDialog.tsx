/** Caps before they are set: the most slices of each class that a dataset gives, and what that leaves. */
import { useMemo, useState } from 'react';
import { previewCaps } from '../../core/dataset/capPreview.ts';
import {
  CAP_RULE,
  CAP_SEED,
  type Caps,
  capList,
  MOST_CAP,
  PAPER_CAPS,
  sameCaps,
  tidyCaps,
} from '../../core/dataset/caps.ts';
import { SPLITS } from '../../core/types.ts';
import { useActions, useLab } from '../context.ts';
import { count, plural } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { Modal } from '../parts/Modal.tsx';
import { SeedField } from '../parts/SeedField.tsx';
import styles from './CapsDialog.module.css';

/** Datasets over a cap that are listed. */
const MOST_LISTED = 12;

export function CapsDialog() {
  const datasets = useLab((state) => state.datasets);
  const set = useLab((state) => state.labelSet);
  const now = useLab((state) => state.caps);
  const blocked = useLab((state) => state.readOnly || state.job !== null);
  const actions = useActions();
  const [seed, setSeed] = useState(now?.seed ?? CAP_SEED);
  const [texts, setTexts] = useState(() => textsOf(now));
  const { caps, faulty } = useMemo(() => read(texts, seed), [texts, seed]);
  const { classes, all, over } = useMemo(() => previewCaps(datasets, caps, set), [datasets, caps, set]);
  const same = sameCaps(now, caps);
  const hasPaper = Object.keys(PAPER_CAPS.slices).every((id) => set.classes.some((one) => one.id === id));
  const close = () => actions.look({ caps: undefined }, 'close');

  return (
    <Modal
      title="Caps"
      shape="sheet"
      onClose={close}
      testId="caps-dialog"
      footer={
        <>
          <p className={styles.figures} role="status" data-testid="caps-figures">
            {faulty.length > 0
              ? 'A cap is a whole number of slices, at least 1.'
              : `${same ? 'Set now' : 'Would be used'}: ${count(all.left)} of ${plural(all.of, 'slice')} with a class.`}
          </p>
          <Button onClick={close}>Change nothing</Button>
          <Button
            tone="accent"
            disabled={blocked || same || faulty.length > 0}
            data-testid="caps-set"
            onClick={() => {
              close();
              void actions.setCaps(caps);
            }}
          >
            {caps || !now ? 'Set these caps' : 'Remove the caps'}
          </Button>
        </>
      }
    >
      <p>
        A cap is the most slices of a class that one dataset gives, in train, validate and test alike, as in
        the paper. The rest stays stored, but counts nowhere. {CAP_RULE}
      </p>
      <div className={styles.choices}>
        {hasPaper && (
          <Button size="small" data-testid="caps-paper" onClick={() => setTexts(textsOf(PAPER_CAPS))}>
            As the paper: {capList(PAPER_CAPS, set).join(', ')}
          </Button>
        )}
        <Button size="small" data-testid="caps-none" onClick={() => setTexts({})}>
          No caps
        </Button>
        <SeedField seed={seed} onChange={setSeed} testId="caps-seed" />
      </div>
      <table className={styles.classes}>
        <caption className="spoken">Caps by class, and the slices they leave in each split</caption>
        <thead>
          <tr>
            <th scope="col">Class</th>
            <th scope="col">Most of each dataset</th>
            {SPLITS.map((split) => (
              <th key={split} scope="col" className={styles.number}>
                {split}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {classes.map(({ id, name, splits }) => (
            <tr key={id} data-testid="caps-class">
              <th scope="row" title={name}>
                {name}
              </th>
              <td>
                <input
                  type="number"
                  min={1}
                  max={MOST_CAP}
                  step={1}
                  value={texts[id] ?? ''}
                  placeholder="no cap"
                  aria-label={`Most ${name} slices of each dataset`}
                  aria-invalid={faulty.includes(id)}
                  data-testid={`cap-${id}`}
                  onChange={({ target }) => setTexts({ ...texts, [id]: target.value })}
                />
              </td>
              {splits.map(({ left, of }, split) => (
                <td
                  key={SPLITS[split]}
                  className={left < of ? `${styles.number} ${styles.less}` : styles.number}
                  data-mark
                >
                  {of === 0 ? 'none' : left < of ? `${count(left)} of ${count(of)}` : count(of)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {over.length > 0 && (
        <table className={styles.over}>
          <caption>Over the cap ({count(over.length)})</caption>
          <tbody>
            {over.slice(0, MOST_LISTED).map(({ id, name, label, left, of }) => (
              <tr key={`${id} ${label}`} data-testid="caps-over">
                <th scope="row" title={name}>
                  {name}
                </th>
                <td className={styles.number}>
                  {count(left)} of {count(of)} {label}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {over.length > MOST_LISTED && (
        <p className={styles.more}>And {count(over.length - MOST_LISTED)} more.</p>
      )}
    </Modal>
  );
}

function textsOf(caps: Caps | null): Record<string, string> {
  return Object.fromEntries(Object.entries(caps?.slices ?? {}).map(([id, most]) => [id, String(most)]));
}

/** An empty field is no cap. */
function read(
  texts: Readonly<Record<string, string>>,
  seed: number,
): { caps: Caps | null; faulty: string[] } {
  const given = Object.entries(texts).filter(([, text]) => text.trim() !== '');
  const isCap = (n: number) => Number.isInteger(n) && n >= 1 && n <= MOST_CAP;
  const slices = given.map(([id, text]) => [id, Number(text)] as const);
  return {
    caps: tidyCaps({ seed, slices: Object.fromEntries(slices.filter(([, n]) => isCap(n))) }),
    faulty: slices.filter(([, n]) => !isCap(n)).map(([id]) => id),
  };
}
