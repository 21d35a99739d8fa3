/** Shown for an unknown address. */
import { useActions, useLab } from '../context.ts';
import { PAGE_NAMES, PAGES } from '../pages.ts';
import { Button } from '../parts/Button.tsx';
import { Empty } from '../parts/Message.tsx';
import styles from './Unknown.module.css';

/** An address without a page: links to all pages. */
export function UnknownPage() {
  const actions = useActions();
  return (
    <>
      <h1 className="spoken">No such page</h1>
      <Empty icon="info" title="There is no page at this address" testId="unknown-page">
        <p>Nothing was changed. These are the pages:</p>
        <ul className={styles.links}>
          {PAGE_NAMES.map((page) => (
            <li key={page}>
              <Button onClick={() => actions.go(page)}>{PAGES[page].label}</Button>
            </li>
          ))}
        </ul>
      </Empty>
    </>
  );
}

/** The address names a run that is not in this project. */
export function UnknownRun() {
  const page = useLab((state) => state.page);
  const actions = useActions();
  const { label } = PAGES[page];
  return (
    <>
      <h1 className="spoken">{label}</h1>
      <Empty icon="info" title="There is no run at this address" testId="unknown-run">
        <p>It was deleted, or it belongs to another project: the name in the top bar opens others.</p>
        <Button tone="accent" onClick={() => actions.go(page)}>
          Show {label} of this project
        </Button>
      </Empty>
    </>
  );
}
