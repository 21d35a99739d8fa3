/** The splits in numbers: what to know about them, and slices by class, body location and split. */
import { Fragment, useState } from 'react';
import type { Cells, HeatClass } from '../../core/dataset/heat.ts';
import { splitWarnings } from '../../core/dataset/splitRules/index.ts';
import { sumOf } from '../../core/labels/counts.ts';
import { SPLITS } from '../../core/types.ts';
import { useActions, useLab } from '../context.ts';
import { count, plural } from '../format.ts';
import { Callout } from '../parts/Message.tsx';
import { Modal } from '../parts/Modal.tsx';
import { TableDownload } from '../parts/TableDownload.tsx';
import styles from './SplitHeat.module.css';
import { splitCounts } from './splitCounts.ts';

/** Of larger sets, locations are shown when asked for. */
const MOST_OPEN = 8;

export function SplitHeat() {
  const datasets = useLab((state) => state.datasets);
  const set = useLab((state) => state.labelSet);
  const [first, second] = set.classes;
  const actions = useActions();
  const heat = splitCounts(datasets, set);
  const warnings = splitWarnings(heat);
  const [places, setPlaces] = useState(heat.length <= MOST_OPEN);
  const over = datasets.reduce((sum, { capped }) => sum + sumOf(capped), 0);
  const most = Math.max(1, ...heat.flatMap(({ cells }) => cells.map(({ slices }) => slices)));
  return (
    <Modal
      title="Splits by class and body location"
      shape="sheet"
      onClose={() => actions.look({ heat: undefined }, 'close')}
      testId="split-heat"
    >
      {warnings.length > 0 && (
        <Callout tone="warn" title={plural(warnings.length, 'remark')} testId="split-warnings">
          <ul className={styles.warnings}>
            {warnings.map(({ text }) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </Callout>
      )}
      <label className={styles.places}>
        <input
          type="checkbox"
          checked={places}
          onChange={({ target }) => setPlaces(target.checked)}
          data-testid="heat-places"
        />{' '}
        Body locations
      </label>
      <div>
        <TableDownload name="split-counts" run={null} table={() => heatTable(heat)} />
      </div>
      <table className={styles.heat}>
        <caption className="spoken">
          Slices, and in brackets datasets, by class, body location and split
        </caption>
        <thead>
          <tr>
            <th scope="col">Class</th>
            {SPLITS.map((split) => (
              <th key={split} scope="col" className={styles.number}>
                {split}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {heat.map((one) => (
            <Fragment key={one.id}>
              <tr className={styles.class} data-testid="heat-class">
                <th scope="row" title={one.name}>
                  {one.name}
                </th>
                <Row of={one} cells={one.cells} most={most} gaps />
              </tr>
              {places &&
                one.locations.map(({ name, cells }) => (
                  <tr key={name} data-testid="heat-location">
                    <th scope="row" title={name}>
                      {name || 'no known location'}
                    </th>
                    <Row of={one} cells={cells} most={most} gaps={false} />
                  </tr>
                ))}
            </Fragment>
          ))}
        </tbody>
      </table>
      <p className={styles.how}>
        Slices, and in brackets datasets. A dataset whose text names several locations counts in each of them:
        “head, chest ({first.name}); breast ({second.name})” names two for {first.name} and one for{' '}
        {second.name}. Without a text, the body parts of the DICOM headers count.
        {over > 0 && ` Not counted: ${plural(over, 'slice')} over a cap.`}
      </p>
    </Modal>
  );
}

type RowProps = { of: HeatClass; cells: Cells; most: number; gaps: boolean };

function Row({ of, cells, most, gaps }: RowProps) {
  const absent = of.cells.every(({ slices }) => slices === 0);
  return cells.map(({ slices, datasets }, split) => {
    const gap = gaps && slices === 0;
    const strength = slices === 0 ? 0 : 8 + Math.round((Math.log(slices + 1) / Math.log(most + 1)) * 42);
    return (
      <td
        key={SPLITS[split]}
        className={gap ? `${styles.number} ${absent ? styles.absent : styles.gap}` : styles.number}
        style={
          gap ? undefined : { background: `color-mix(in srgb, var(--accent) ${strength}%, transparent)` }
        }
        data-mark
      >
        {slices > 0 ? (
          <>
            {count(slices)} <span className={styles.datasets}>({datasets})</span>
          </>
        ) : gap ? (
          'none'
        ) : (
          '–'
        )}
      </td>
    );
  });
}

/** Every class, and every body location of it, in each split. */
export function heatTable(heat: readonly HeatClass[]) {
  return {
    head: ['class', 'location', 'split', 'slices', 'datasets'],
    rows: heat.flatMap(({ name, cells, locations }) => {
      const rowsOf = (location: string, of: Cells) =>
        SPLITS.map((split, i) => [name, location, split, of[i].slices, of[i].datasets]);
      return [
        ...rowsOf('all', cells),
        ...locations.flatMap((one) => rowsOf(one.name === '' ? 'not known' : one.name, one.cells)),
      ];
    }),
  };
}
