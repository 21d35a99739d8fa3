/** The label set that is in use; opens a menu to use another, and to edit, make, import and download sets. */
import { useId, useRef, useState } from 'react';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';
import type { LabelSetPort } from './port.ts';
import { importDialog, type SetDialog, SetDialogs } from './SetDialogs.tsx';
import { SetFile } from './SetFile.tsx';
import styles from './SetMenu.module.css';

export function SetMenu({ port }: { port: LabelSetPort }) {
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const id = useId();
  const [open, setOpen] = useState<SetDialog | null>(null);
  const active = port.sets.find((set) => set.id === port.active) ?? port.sets[0];

  const act = (then: () => void) => () => {
    menu.current?.hidePopover();
    then();
  };
  const acts = [
    { key: 'edit', label: `Edit “${active.name}” …`, run: () => setOpen({ kind: 'edit', set: active }) },
    { key: 'new', label: 'New set …', run: () => setOpen({ kind: 'new' }) },
    { key: 'import', label: 'Import a set …', run: () => picker.current?.click() },
    { key: 'download', label: `Download “${active.name}”`, run: () => port.download(active) },
  ];
  return (
    <>
      <Button ref={button} popoverTarget={id} aria-haspopup="dialog" data-testid="set-menu">
        <span className={styles.word}>Label set</span>
        <span className={styles.current}>{active.name}</span>
        <Icon name="down" size={12} />
      </Button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        className={styles.menu}
        role="dialog"
        aria-label="Label sets"
        onBeforeToggle={(event) => {
          if (event.newState === 'open') place(event.currentTarget, button.current!);
        }}
      >
        <ul className={styles.list}>
          {port.sets.map((set) => (
            <li key={set.id}>
              <button
                type="button"
                className={styles.item}
                aria-current={set.id === active.id}
                data-testid="set-use"
                onClick={act(() => {
                  if (set.id !== active.id) port.use(set.id);
                })}
              >
                <span className={styles.swatches} aria-hidden="true">
                  {set.classes.slice(0, 6).map((one) => (
                    <span key={one.id} style={{ background: one.colour }} data-mark />
                  ))}
                </span>
                <span>{set.name}</span>
                {set.id === active.id && <Icon name="check" />}
              </button>
            </li>
          ))}
        </ul>
        <ul className={styles.list}>
          {acts.map(({ key, label, run }) => (
            <li key={key}>
              <button
                type="button"
                className={styles.item}
                data-testid={`set-menu-${key}`}
                onClick={act(run)}
              >
                {label}
              </button>
            </li>
          ))}
        </ul>
      </div>
      <SetFile ref={picker} onFile={(file) => void importDialog(file, port.sets).then(setOpen)} />
      <SetDialogs port={port} open={open} onOpen={setOpen} />
    </>
  );
}

/** Under its button, within the window. */
function place(menu: HTMLElement, button: HTMLElement): void {
  const { left, bottom } = button.getBoundingClientRect();
  menu.style.left = `${Math.max(8, Math.min(left, window.innerWidth - MENU_PX - 8))}px`;
  menu.style.top = `${bottom + 4}px`;
}

/** As in the style sheet. */
const MENU_PX = 280;
