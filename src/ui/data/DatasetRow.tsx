/** One dataset of the table. */
import type { PointerEvent } from 'react';
import type { DatasetRow as Row } from '../../app/state.ts';
import { sumOf } from '../../core/labels/counts.ts';
import type { Split } from '../../core/types.ts';
import { useActions, useLab } from '../context.ts';
import { count } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { EditableText } from '../parts/EditableText.tsx';
import { Icon } from '../parts/Icon.tsx';
import { StackedBar } from '../parts/StackedBar.tsx';
import type { DrawnRows } from '../parts/useDrawnRows.ts';
import type { RovingRows } from '../parts/useRovingRows.ts';
import styles from './DatasetsTable.module.css';
import { SplitSelect } from './SplitSelect.tsx';

type Props = {
  dataset: Row;
  selected: boolean;
  onSelect: (id: string) => void;
  readOnly: boolean;
  /** In the order of the table. */
  index: number;
  /** Rows with the name of a folder are higher. */
  measure: DrawnRows['measure'];
  /** Whether this row is the table's tab stop; the fields of other rows are out of the tab order. */
  row: ReturnType<RovingRows['rowProps']>;
  /** Whether it is one of several chosen rows. */
  chosen: boolean;
  /** `range`: with all rows since the last one. */
  onChoose: (range: boolean) => void;
  /** A press that may become a drag. */
  onPress: (event: PointerEvent<HTMLElement>) => void;
};

export function DatasetRow({
  dataset,
  index,
  measure,
  selected,
  onSelect,
  readOnly,
  row,
  chosen,
  onChoose,
  onPress,
}: Props) {
  const actions = useActions();
  const { id, name, nameFrom } = dataset;
  const over = sumOf(dataset.capped);
  const folder = useLab(
    (state) => nameFrom === 'neutral' && state.folderNames.find((one) => one.dataset === id)?.name,
  );
  return (
    <tr
      {...row}
      ref={measure}
      data-index={index}
      // The head is the first row.
      aria-rowindex={index + 2}
      className={selected ? styles.selected : ''}
      data-chosen={chosen || undefined}
      aria-label={chosen ? `${name}, chosen` : name}
      onClick={(event) => {
        if (!isField(event.target) && (event.shiftKey || event.ctrlKey || event.metaKey))
          onChoose(event.shiftKey);
        onSelect(id);
      }}
      onPointerDown={onPress}
      onMouseDown={(event) => {
        // Shift and a click would select text.
        if (event.shiftKey && !isField(event.target)) event.preventDefault();
      }}
      onFocus={() => {
        row.onFocus();
        onSelect(id);
      }}
      onKeyDown={(event) => {
        const { target, currentTarget, key } = event;
        if (key === 'Enter' && target === currentTarget)
          currentTarget.querySelector<HTMLElement>('th input')?.focus();
        else if (key === 'Escape' && target !== currentTarget) currentTarget.focus();
      }}
      data-testid="dataset-row"
    >
      <td className={styles.pick}>
        {!readOnly && (
          <span className={styles.grip} title="Drag to a split above" data-grip data-testid="dataset-grip">
            <Icon name="grip" size={14} />
          </span>
        )}
        <input
          type="checkbox"
          aria-label={`Choose ${name}`}
          checked={chosen}
          // The row itself is chosen with Space.
          tabIndex={-1}
          onChange={() => undefined}
          onClick={(event) => onChoose(event.shiftKey)}
          data-testid="choose-dataset"
        />
      </td>
      <th scope="row">
        <EditableText
          value={name}
          label={`Name of dataset ${name}`}
          allowEmpty={false}
          disabled={readOnly}
          strong
          tabIndex={row.tabIndex}
          onCommit={(text) => actions.renameDataset(id, text)}
        />
        {folder && (
          <span className={styles.folder} title={`Folder “${folder}”: only on this screen, not stored`}>
            {folder}
            <span className="spoken"> is its folder’s name, on this screen only</span>
          </span>
        )}
      </th>
      <td className={styles.location}>
        <EditableText
          value={dataset.location}
          label={`Body location of ${name}`}
          placeholder="body location"
          tabIndex={row.tabIndex}
          disabled={readOnly}
          onCommit={(text) => actions.setLocation(id, text)}
        />
      </td>
      <td className={styles.split}>
        <SplitSelect
          value={dataset.split}
          label={`Split of ${name}`}
          tabIndex={row.tabIndex}
          disabled={readOnly}
          onChange={(split: Split) => void actions.setSplit(id, split)}
        />
      </td>
      <td className={styles.bar}>
        <StackedBar counts={dataset.counts} />
      </td>
      <td className={styles.number} title={over > 0 ? `${count(over)} more over the cap` : undefined}>
        {count(dataset.slices)}
        {over > 0 && (
          <>
            <span aria-hidden="true">*</span>
            <span className="spoken">, {count(over)} more over the cap</span>
          </>
        )}
      </td>
      <td className={styles.minor}>{count(dataset.series)}</td>
      <td className={styles.minor}>{count(dataset.patients)}</td>
      <td className={styles.warnings}>
        {dataset.warnings.length > 0 && (
          <span className={styles.warning} title={dataset.warnings.join('\n')}>
            <Icon name="warning" size={14} />
            {dataset.warnings.length}
            <span className="spoken">
              {dataset.warnings.length === 1 ? ' warning' : ' warnings'}: {dataset.warnings.join(' ')}
            </span>
          </span>
        )}
      </td>
      <td className={styles.acts}>
        <Button
          tone="quiet"
          size="small"
          disabled={readOnly}
          tabIndex={row.tabIndex}
          aria-label={`Remove ${name}`}
          title="Remove"
          data-testid="dataset-remove"
          onClick={() => void actions.removeDataset(id)}
        >
          <Icon name="trash" size={14} />
        </Button>
      </td>
    </tr>
  );
}

/** A press in a field is for the field. */
function isField(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.closest('input, select, button') !== null;
}
