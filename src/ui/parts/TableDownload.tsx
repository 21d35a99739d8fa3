/** The button that saves a table of a page as CSV, its numbers not rounded. */
import type { Cell } from '../../core/csv.ts';
import { useActions } from '../context.ts';
import { Button } from './Button.tsx';

type Props = {
  /** The word for it in the file's name. */
  name: string;
  /** null: it is of the project. */
  run: string | null;
  /** Called when pressed. */
  table: () => { head: readonly string[]; rows: readonly (readonly Cell[])[] };
};

export function TableDownload({ name, run, table }: Props) {
  const actions = useActions();
  return (
    <Button
      size="small"
      title="This table, as CSV"
      onClick={() => void actions.download({ kind: 'table', run, name, ...table() })}
      data-testid={`${name}-table`}
    >
      CSV
    </Button>
  );
}
