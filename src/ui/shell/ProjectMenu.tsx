/** The open project's name; opens a menu to change to another or create one. */
import { useId, useRef, useState } from 'react';
import { useActions, useLab } from '../context.ts';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';
import styles from './ProjectMenu.module.css';

export function ProjectMenu() {
  const project = useLab((state) => state.project);
  const projects = useLab((state) => state.projects);
  const actions = useActions();
  const menu = useRef<HTMLDivElement>(null);
  const id = useId();
  const [name, setName] = useState('');

  const close = () => menu.current?.hidePopover();
  const create = () => {
    if (!name.trim()) return;
    close();
    setName('');
    void actions.createProject(name.trim());
  };

  return (
    <>
      <Button tone="quiet" popoverTarget={id} aria-haspopup="dialog" data-testid="project-menu">
        <span className={styles.current}>{project.name || 'Project'}</span>
        <Icon name="down" size={12} />
      </Button>
      <div ref={menu} id={id} popover="auto" className={styles.menu} role="dialog" aria-label="Projects">
        <ul className={styles.list}>
          {projects.map((row) => (
            <li key={row.id}>
              <button
                type="button"
                className={styles.item}
                aria-current={row.id === project.id}
                onClick={() => {
                  close();
                  if (row.id !== project.id) void actions.openProject(row.id);
                }}
              >
                <span>{row.name}</span>
                {row.id === project.id && <Icon name="check" />}
              </button>
            </li>
          ))}
        </ul>
        <div className={styles.create}>
          <input
            value={name}
            placeholder="New project"
            aria-label="Name of a new project"
            data-testid="project-name"
            onChange={(event) => setName(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') create();
            }}
          />
          <Button size="small" disabled={!name.trim()} onClick={create} data-testid="project-create">
            Create
          </Button>
        </div>
      </div>
    </>
  );
}
