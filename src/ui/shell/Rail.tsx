/** The way between pages: left on a desk, below on a phone. */
import { useActions, useLab } from '../context.ts';
import { Icon } from '../parts/Icon.tsx';
import { PAGES } from './pages.ts';
import styles from './Rail.module.css';

export function Rail() {
  const current = useLab((state) => (state.known ? state.page : null));
  const actions = useActions();
  return (
    <nav className={styles.rail} aria-label="Pages">
      {PAGES.map(({ page, label, icon }) => (
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
          <Icon name={icon} size={20} />
          {label}
        </a>
      ))}
    </nav>
  );
}
