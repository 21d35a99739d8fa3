/** The buttons of the Label page's header that bring labels out and in. */
import { useState } from 'react';
import { useLab } from '../../context.ts';
import { Button } from '../../parts/Button.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import styles from './exchange.module.css';
import { ImportDialog } from './ImportDialog.tsx';
import { ReadersDialog } from './ReadersDialog.tsx';
import { SortDialog } from './SortDialog.tsx';

const DIALOGS = [
  { name: 'import', label: 'Import', title: 'Labels from a CSV or JSON file' },
  { name: 'export', label: 'Export', title: 'Labels as a CSV or JSON file' },
  { name: 'readers', label: 'Compare readers', title: 'Agreement of two readers' },
  { name: 'sort', label: 'Sort files', title: 'Copies of the files in folders by label' },
] as const;

export function ExchangeButtons() {
  const set = useLab((state) => state.labelSet);
  const [open, setOpen] = useState<(typeof DIALOGS)[number]['name'] | null>(null);
  const close = () => setOpen(null);
  return (
    <div className={styles.buttons}>
      {DIALOGS.map(({ name, label, title }) => (
        <Button key={name} title={title} onClick={() => setOpen(name)} data-testid={`label-${name}`}>
          {label}
        </Button>
      ))}
      {open === 'import' && <ImportDialog set={set} onClose={close} />}
      {open === 'export' && <ExportDialog set={set} onClose={close} />}
      {open === 'readers' && <ReadersDialog set={set} onClose={close} />}
      {open === 'sort' && <SortDialog onClose={close} />}
    </div>
  );
}
