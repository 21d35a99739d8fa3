/** Navigation between pages: left on wide screens, at the bottom on phones. */
import { useActions, useLab } from '../context.ts';
import { PAGE_NAMES, PAGES } from '../pages.ts';
import { Icon } from '../parts/Icon.tsx';
import styles from './Rail.module.css';

export function Rail() {
  const current = useLab((state) => (state.known ? state.page : null));
  const actions = useActions();
  return (
    <nav className={styles.rail} aria-label="Pages">
      {PAGE_NAMES.map((page) => (
        <a
          key={page}
          href={`#/${page}`}
          className={styles.link}
          aria-current={page === current ? 'page' : undefined}
          data-testid={`nav-${page}`}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            actions.go(page);
          }}
        >
          <Icon name={PAGES[page].icon} size={20} />
          {PAGES[page].label}
        </a>
      ))}
    </nav>
  );
}
