/** The classes of a set under edit. One tab stop: ↑ ↓ go from row to row, Alt+↑ ↓ move the class, Tab goes into a row. */
import { Fragment, type KeyboardEvent, type PointerEvent, useId, useRef } from 'react';
import { type ClassPatch, changeClass, moveClass } from '../../core/labels/editSet.ts';
import { type LabelClass, type LabelSet, MOST_NAME_CHARACTERS } from '../../core/labels/labelSet.ts';
import { count } from '../format.ts';
import { Icon } from '../parts/Icon.tsx';
import { useRovingRows } from '../parts/useRovingRows.ts';
import styles from './ClassTable.module.css';
import type { Faults } from './faultWords.ts';
import { ListField } from './ListField.tsx';

type Props = {
  set: LabelSet;
  /** Whether classes, names and order stay as they are. */
  locked: boolean;
  /** Index of the class whose rules are shown. */
  chosen: number;
  faults: Faults;
  /** About the colours, for each class. */
  hints: readonly string[][];
  /** Slices by class id, as the set under edit labels them; null until they are counted. */
  counts: ReadonlyMap<string | null, number> | null;
  onChoose: (id: string) => void;
  onChange: (set: LabelSet, field?: string | null) => void;
  /** For screen readers. */
  onSay: (words: string) => void;
};

export function ClassTable(props: Props) {
  const { set, locked, chosen, faults, counts, onChoose, onChange, onSay } = props;
  const id = useId();
  const body = useRef<HTMLTableSectionElement>(null);
  const { rowProps, current, onKeyDown } = useRovingRows(body, set.classes.length);
  const drag = useRef(0);

  const move = (id: string, to: number, field: string | null = null) => {
    const next = moveClass(set, id, to);
    const place = next.classes.findIndex((one) => one.id === id);
    if (place === set.classes.findIndex((one) => one.id === id)) return;
    onChange(next, field);
    onSay(`${next.classes[place].name} is class ${place + 1} of ${next.classes.length}.`);
  };
  const keys = (event: KeyboardEvent, at: number) => {
    if (locked || !event.altKey || !['ArrowUp', 'ArrowDown'].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    move(set.classes[at].id, at + (event.key === 'ArrowUp' ? -1 : 1));
  };
  /** Follows the pointer from row to row. */
  const dragTo = (event: PointerEvent, id: string) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const rows = [...body.current!.querySelectorAll('[data-row]')];
    const over = rows.findIndex((row) => event.clientY < row.getBoundingClientRect().bottom);
    move(id, over < 0 ? rows.length - 1 : over, `drag ${drag.current}`);
  };

  return (
    <div className={styles.scroller}>
      <table className={styles.table} aria-label="Classes" data-testid="class-table">
        <thead>
          <tr>
            <th scope="col">
              <span className="spoken">Place</span>
            </th>
            <th scope="col">Colour</th>
            <th scope="col">Name</th>
            <th scope="col">Key</th>
            <th scope="col">Folder names</th>
            <th scope="col">DICOM values</th>
            <th scope="col" className={styles.number}>
              Slices
            </th>
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={onKeyDown}>
          {set.classes.map((one, at) => (
            <Fragment key={one.id}>
              <tr
                className={at === chosen ? styles.chosen : ''}
                data-row
                data-testid="class-row"
                onFocus={() => onChoose(one.id)}
                onKeyDown={(event) => keys(event, at)}
              >
                <td>
                  <button
                    type="button"
                    className={styles.handle}
                    aria-label={`${one.name || 'Class without a name'}, class ${at + 1} of ${set.classes.length}`}
                    aria-current={at === chosen}
                    title={locked ? undefined : 'Drag, or Alt+↑ and Alt+↓'}
                    data-testid="class-handle"
                    {...rowProps(at)}
                    onClick={() => onChoose(one.id)}
                    onPointerDown={(event) => {
                      if (locked) return;
                      drag.current++;
                      event.currentTarget.setPointerCapture(event.pointerId);
                    }}
                    onPointerMove={(event) => dragTo(event, one.id)}
                  >
                    {locked ? at + 1 : <Icon name="grip" />}
                  </button>
                </td>
                <Cells
                  {...props}
                  id={`${id}-${one.id}`}
                  one={one}
                  at={at}
                  tabIndex={at === current ? 0 : -1}
                />
                <td className={styles.number}>{counts ? count(counts.get(one.id) ?? 0) : '…'}</td>
              </tr>
              <Problems id={`${id}-${one.id}`} at={at} faults={faults} chosen={at === chosen} />
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type CellsProps = Props & { id: string; one: LabelClass; at: number; tabIndex: 0 | -1 };

function Cells({ id, set, locked, faults, hints, onChange, one, at, tabIndex }: CellsProps) {
  const called = one.name.trim() || `class ${at + 1}`;
  const change = (field: keyof ClassPatch, patch: ClassPatch) =>
    onChange(changeClass(set, one.id, patch), `${field} ${one.id}`);
  const wrong = (field: Field) => faults.at(at, field).length > 0;
  return (
    <>
      <td>
        <span className={styles.colour}>
          <input
            type="color"
            value={one.colour}
            tabIndex={tabIndex}
            aria-label={`Colour of ${called}`}
            aria-describedby={hints[at].length > 0 ? `${id}-colour` : undefined}
            data-testid="class-colour"
            onChange={(event) => change('colour', { colour: event.target.value })}
          />
          {hints[at].length > 0 && (
            <span className={styles.hint} title={hints[at].join(' ')}>
              <Icon name="warning" size={14} />
              <span id={`${id}-colour`} className="spoken">
                {hints[at].join(' ')}
              </span>
            </span>
          )}
        </span>
      </td>
      <td>
        <input
          value={one.name}
          maxLength={MOST_NAME_CHARACTERS}
          tabIndex={tabIndex}
          readOnly={locked}
          aria-label={`Name of class ${at + 1}`}
          aria-invalid={wrong('name')}
          aria-describedby={`${id}-name`}
          data-testid="class-name"
          onChange={(event) => change('name', { name: event.target.value })}
        />
      </td>
      <td>
        <input
          className={styles.key}
          value={one.key}
          maxLength={1}
          tabIndex={tabIndex}
          aria-label={`Key of ${called}`}
          aria-invalid={wrong('key')}
          aria-describedby={`${id}-key`}
          data-testid="class-key"
          onFocus={(event) => event.target.select()}
          onChange={(event) => change('key', { key: event.target.value.trim().toLowerCase() })}
        />
      </td>
      <td>
        <ListField
          values={one.folders}
          tabIndex={tabIndex}
          label={`Folder names of ${called}, with commas between`}
          invalid={wrong('folders')}
          describedBy={`${id}-folders`}
          testId="class-folders"
          onChange={(next) => change('folders', { folders: next })}
        />
      </td>
      <td className={styles.values}>
        <span title={one.dicom.map(({ value }) => value).join(', ')}>
          {one.dicom.map(({ value }) => value).join(', ') || '–'}
        </span>
      </td>
    </>
  );
}

const FIELDS = ['name', 'key', 'folders', 'dicom', 'id'] as const;
type Field = (typeof FIELDS)[number];

type ProblemsProps = { id: string; at: number; faults: Faults; chosen: boolean };

/** The faults of a class, in a row under its fields. */
function Problems({ id, at, faults, chosen }: ProblemsProps) {
  const found = FIELDS.filter((field) => faults.at(at, field).length > 0);
  if (found.length === 0) return null;
  return (
    <tr className={`${styles.problems} ${chosen ? styles.chosen : ''}`} data-testid="class-problems">
      <td colSpan={2} />
      <td colSpan={5}>
        {found.map((field) => (
          <p key={field} id={`${id}-${field}`}>
            {faults.at(at, field).join(' ')}
          </p>
        ))}
      </td>
    </tr>
  );
}
