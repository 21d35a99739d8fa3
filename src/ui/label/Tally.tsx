/** Slices per class and side of the split, always in sight; below, the current item. */
import { useRef } from 'react';
import { SPLITS } from '../../core/types.ts';
import { count } from '../format.ts';
import { useOverflow } from '../parts/size.ts';
import styles from './Tally.module.css';
import type { Labeller } from './useLabeller.ts';

const HEADS = { train: 'Train', validate: 'Valid.', test: 'Test' } as const;

export function Tally({ labeller }: { labeller: Labeller }) {
  const { labels, set } = labeller.labelling;
  const scroller = useRef<HTMLDivElement>(null);
  const scrolls = useOverflow(scroller);
  const { slices, classes } = labels.counts;
  const at = (split: number, label: number) => slices[split * (classes + 1) + label];
  const rows = [
    ...set.classes.map(({ id, name, colour }, label) => ({ id, name, colour, label })),
    { id: '', name: 'no label', colour: null, label: classes },
  ];
  return (
    <div ref={scroller} className={styles.scroller} tabIndex={scrolls ? 0 : undefined}>
      <table className={styles.tally} data-testid="label-tally">
        <caption className="spoken">Slices per class and split, without excluded ones</caption>
        <thead>
          <tr>
            <th scope="col">Slices</th>
            {SPLITS.map((split) => (
              <th key={split} scope="col" className={styles.number}>
                <span aria-hidden="true">{HEADS[split]}</span>
                <span className="spoken">{split}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, name, colour, label }) => (
            <tr key={id} data-class={id}>
              <th scope="row" title={name}>
                <span className={styles.swatch} style={colour ? { background: colour } : {}} data-mark />
                {name}
              </th>
              {SPLITS.map((split, i) => (
                <td key={split} className={styles.number}>
                  {count(at(i, label))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
