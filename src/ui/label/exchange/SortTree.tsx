/** The folders that sorted files would go into, with their counts, and what would not be copied. */
import type { SortPlan } from '../../../core/labels/exchange/sortPlan.ts';
import { plural } from '../../format.ts';
import { Callout } from '../../parts/Message.tsx';
import styles from './exchange.module.css';

export function SortTree({ plan }: { plan: SortPlan }) {
  const { folders, missing, leftOut, renumbered } = plan;
  const several = folders.find(({ kind }) => kind === 'several');
  return (
    <>
      {missing.slices > 0 && (
        <Callout
          tone="warn"
          title={`${plural(missing.slices, 'slice')} of ${plural(missing.series, 'series', 'series')} can’t be copied: their files are not at hand.`}
          testId="sort-missing"
        >
          A page knows files only since they were dropped on it. Drop their folders again, then open this
          again.
        </Callout>
      )}
      {folders.length > 0 ? (
        <ul className={styles.tree} data-testid="sort-tree" aria-label="Folders">
          {folders.map(({ name, colour, files, datasets }) => (
            <li key={name}>
              <div>
                <span>
                  {colour && (
                    <span className={styles.swatch} style={{ background: colour }} aria-hidden="true" />
                  )}
                  {name}
                </span>
                <span>{plural(files, 'file')}</span>
              </div>
              <ul>
                {datasets.map((dataset) => (
                  <li key={dataset.name}>
                    <div>
                      <span>{dataset.name}</span>
                      <span>{plural(dataset.files, 'file')}</span>
                    </div>
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      ) : (
        <p data-testid="sort-nothing">There is no file at hand to copy.</p>
      )}
      <div className={styles.note}>
        {several && (
          <p>
            Files whose slices have several labels go into “{several.name}”: {plural(several.files, 'file')}.
          </p>
        )}
        {renumbered > 0 && (
          <p>Given a number, since another file has the same name: {plural(renumbered, 'file')}.</p>
        )}
        {leftOut > 0 && <p>Left out, since they have no label: {plural(leftOut, 'file')}.</p>}
      </div>
    </>
  );
}
