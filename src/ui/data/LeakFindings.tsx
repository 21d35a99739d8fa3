/** What datasets share, pair by pair, each mended by a button or a key. */
import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { Mend } from '../../app/guard.ts';
import type { Finding } from '../../core/leaks/findings.ts';
import { useActions, useLab } from '../context.ts';
import { plural } from '../format.ts';
import { PictureRows, usePictureRows } from '../label/PictureRows.tsx';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Modal } from '../parts/Modal.tsx';
import { SaidAloud, useSaid } from '../parts/Said.tsx';
import styles from './LeakFindings.module.css';
import { LeakRow } from './LeakRow.tsx';
import { LEAK_KEYS, mendsOf } from './leakWords.ts';

const NONE: readonly Finding[] = [];

export function LeakFindings({ onClose }: { onClose: () => void }) {
  const findings = useLab((state) => state.guard?.found.findings ?? NONE);
  const readOnly = useLab((state) => state.readOnly);
  const history = useLab((state) => state.history);
  const actions = useActions();
  const [said, say] = useSaid();
  const all = useRef<HTMLDivElement>(null);
  const list = usePictureRows(findings, {
    idOf: ({ id }) => id,
    refsOf: ({ kept, moved }) => [kept.show, moved.show],
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the dialog opens
  useEffect(() => {
    if (findings.length > 0) list.roving.goTo(0);
  }, []);

  const isEmpty = findings.length === 0;
  useEffect(() => {
    // The last row has gone, and the focus with it; U must still be heard.
    if (isEmpty) all.current?.focus();
  }, [isEmpty]);

  const mend = (index: number, how: Mend) => {
    const finding = findings[index];
    if (readOnly || !finding || !mendsOf(finding).includes(how)) return;
    list.leave(index);
    void actions.mendLeak(finding, how);
    say({ move: 'Moved.', exclude: 'Left out.', dismiss: 'Called no leak.' }[how]);
  };
  const step = (back: boolean) => {
    if (readOnly || (back ? history.undo : history.redo) === null) return;
    list.expect();
    say(back ? 'Undone.' : 'Done again.');
    void (back ? actions.undo() : actions.redo());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
    const key = event.key.toLowerCase();
    const how = LEAK_KEYS.find((one) => one.key.toLowerCase() === key)?.mend;
    if (how) mend(list.roving.current, how);
    else if (key === 'u' || key === 'r') step(key === 'u');
    else return;
    event.preventDefault();
    // The pairs of keys that change the page begin with one of these.
    event.stopPropagation();
  };

  return (
    <Modal title="Leak guard" shape="full" onClose={onClose} testId="leak-findings">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the rows in it have the focus */}
      <div ref={all} className={styles.list} tabIndex={-1} onKeyDown={onKeyDown}>
        <SaidAloud said={said} />
        <p className={styles.words} data-testid="leak-left">
          {isEmpty
            ? 'No picture is known to be in the data twice, and no patient in two splits.'
            : `${plural(findings.length, 'finding')}. A copy in training and in test makes results look better than they are; one in the same split counts twice.`}
        </p>
        <div className={styles.acts}>
          <Button
            size="small"
            disabled={readOnly || history.undo === null}
            onClick={() => step(true)}
            data-testid="leak-undo"
          >
            <Icon name="undo" size={12} /> Undo <kbd>U</kbd>
          </Button>
          <Button
            size="small"
            disabled={readOnly || history.redo === null}
            onClick={() => step(false)}
            data-testid="leak-redo"
          >
            <Icon name="redo" size={12} /> Redo <kbd>R</kbd>
          </Button>
        </div>
        <PictureRows
          list={list}
          label="What datasets share, open ones first"
          row={(finding, place) => (
            <LeakRow
              finding={finding}
              place={place}
              readOnly={readOnly}
              onMend={(how) => mend(place.index, how)}
            />
          )}
        />
      </div>
    </Modal>
  );
}
